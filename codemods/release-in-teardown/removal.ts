import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isProgramPath } from '../../src/core/kinds/listener-targets.js';
import { contains, literalText, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';

/** The call that takes a listener away, for whoever knows its target and its event. */
export interface Removal {
  /** The target as it is named where it is taken away. */
  readonly target: string;
  readonly method: string;
  /** What stands in front of the listener, and behind it. */
  readonly before: string;
  readonly after: string;
}

/** How a field is named by which a constant of the function that adds the listener is kept: `this.socket` after `this.socket = socket`. */
function fieldFor(target: Node, fn: FunctionFact, at: Node, facts: Facts): string | undefined {
  const inner = unwrap(target);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  if (!variable || variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return undefined;
  const kept = facts.tree.all('AssignmentExpression').filter(({ left, right, operator }) => operator === '=' && unwrap(right).type === 'Identifier' && facts.bindings.variableOf(unwrap(right) as never) === variable && unwrap(left).type === 'MemberExpression');
  const [only, ...others] = kept.filter((assignment) => facts.functions.around(assignment) === fn && isSeenFrom(assignment.left, at, facts));
  if (!only || others.length > 0) return undefined;
  const text = facts.model.text.slice(...only.left.range);
  // What is kept later is not there from the start.
  return isSafelyRead(text, facts) ? `${text}?` : text;
}

/** Whether the file asks for members of a field that may not be there. */
function isSafelyRead(text: string, facts: Facts): boolean {
  return facts.model.text.includes('?.') && text.startsWith('this.');
}

export function callOf({ target, method, before, after }: Removal, listener: string): string {
  return `${target}.${method}(${before}${listener}${after})`;
}

/** How a listener is taken away at another place of the file. */
export function removalFor(registration: ListenerRegistration, at: Node, facts: Facts): Removal | Refusal {
  const { style, method, target, eventNode, capture, node } = registration;
  const textOf = (part: Node): string => facts.model.text.slice(...part.range);
  if (style === 'callback') return { refused: 'It goes with the outcome that it waits for, and no teardown knows of that.' };
  if (style !== 'method') return { refused: `Nothing in this file shows what takes away again what ${registration.callee}() adds.` };
  const alias = isSeenFrom(target, at, facts) ? undefined : fieldFor(target, registration.fn, at, facts);
  if (alias === undefined && !isSeenFrom(target, at, facts)) return { refused: `${textOf(target)} is not the same thing where the listener would be taken away.` };
  if (eventNode && !isSeenFrom(eventNode, at, facts)) return { refused: `The event ${registration.event} is not known where the listener would be taken away.` };
  const counterpart = counterpartOf(method, facts);
  if (counterpart === undefined) return { refused: `What takes away again what ${method}() adds is not known.` };
  const options = node.arguments[2];
  if (method === 'addEventListener' && capture === undefined) return { refused: 'Its options do not show whether it listens while the event goes down to its target.' };
  const after = method === 'addEventListener' && capture === true && options ? `, ${unwrap(options).type === 'Literal' ? textOf(options) : '{ capture: true }'}` : '';
  return { target: alias ?? textOf(target), method: counterpart, before: eventNode ? `${textOf(eventNode)}, ` : '', after };
}

/** The opposite of a method, as this file spells it: `on` is undone by `off`, or by `removeListener` where the file has that. */
export function counterpartOf(method: string, { listeners }: Facts): string | undefined {
  switch (method) {
    case 'addEventListener':
      return 'removeEventListener';
    case 'on':
    case 'once':
    case 'addListener':
    case 'prependListener': {
      const usual = method === 'on' || method === 'once' ? 'off' : 'removeListener';
      const other = usual === 'off' ? 'removeListener' : 'off';
      return listeners.removals.some((removal) => removal.method === other) && !listeners.removals.some((removal) => removal.method === usual) ? other : usual;
    }
    default:
      return undefined;
  }
}

/** Whether an expression means the same at two places: a literal, a global, a variable around both, a field of the same object. */
function isSeenFrom(node: Node, at: Node, facts: Facts): boolean {
  const inner = unwrap(node);
  if (literalText(inner) !== undefined) return true;
  const path = pathText(inner);
  if (path === undefined) return false;
  const place = facts.places.resolve(inner);
  let root: Node = inner;
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  if (root.type === 'ThisExpression') {
    const self = facts.owners.thisAt(inner);
    const other = facts.owners.thisAt(at);
    return self !== undefined && self.owner === other?.owner && self.isStatic === other.isStatic;
  }
  const variable = root.type === 'Identifier' ? facts.bindings.variableOf(root) : undefined;
  if (!variable || variable.defs.length === 0) return place?.root.type === 'global' && (isProgramPath(path.split('.')) || path.split('.').length === 1);
  return contains(variable.scope.block, at);
}
