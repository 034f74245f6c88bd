import type { Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import type { CollectionSubject } from '../../src/core/subject.js';
import { isParameter, onlyValue } from '../../src/core/scope/bindings.js';
import { isFunctionNode, keyName, memberName, parentOf, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { isConstant, isRepeatable } from '../track-timers/key.js';
import { deletionOf, lookUpsIn, type LookUp } from './look-up.js';

/**
 * Lets an entry go where the promise is settled that it was kept for: nobody
 * can settle it again, so nobody needs the entry. Undefined where no entry
 * settles a promise, or the file does not show where.
 */
export function planSettled({ collection, growth }: CollectionSubject, { reasons }: Finding, facts: Facts): Plan | undefined {
  const promised = settlersOf(growth, facts);
  // A callback that is kept by a key made for one question is called with the answer.
  const isAnswered = promised.size === 0 && reasons.some(({ code }) => code === 'answered-but-kept');
  const settlers = isAnswered ? new Set(['']) : promised;
  if (settlers.size === 0 || collection.kind === 'array') return undefined;
  const writer = new CodeWriter(facts.model, facts.tree);
  const written = new Set<Node>();
  for (const lookUp of lookUpsIn(collection, facts)) {
    for (const call of settlingCalls(lookUp, settlers, facts)) {
      const refusal = writeDeletion(call, lookUp, written, writer, facts);
      if (refusal) return refusal;
    }
  }
  if (written.size === 0) return undefined;
  if (holdsPendingTimer(collection.place, facts)) return { refused: `An entry of ${collection.name} holds a timer, too, and where its promise is settled that is not cleared.` };
  return { edits: writer.edits, safety: 'review', notes: [isAnswered ? `an entry of ${collection.name} goes with its answer: a second one for the same key finds nothing` : `an entry of ${collection.name} goes when its promise is settled`] };
}

/**
 * The paths within an entry that lead to what settles its promise: parameters of
 * the executor in which the entry is made. `0` and `1` of `[resolve, reject]`,
 * `resolve` of `{ resolve }`, the empty path where the entry is one itself.
 * Empty unless every entry is made so.
 */
function settlersOf(growth: readonly Effect[], facts: Facts): ReadonlySet<string> {
  const found = growth.map(({ operation: { value } }) => (value ? pathsToSettlers(value, '', facts) : []));
  return new Set(found.every((paths) => paths.length > 0) ? found.flat() : []);
}

function pathsToSettlers(value: Node, path: string, facts: Facts): string[] {
  const node = unwrap(value);
  const below = (step: string): string => (path === '' ? step : `${path}.${step}`);
  if (node.type === 'ArrayExpression') return node.elements.flatMap((element, index) => (element ? pathsToSettlers(element, below(String(index)), facts) : []));
  if (node.type === 'ObjectExpression') return node.properties.flatMap((property) => (property.type === 'Property' ? pathsToSettlers(property.value, below(keyName(property) ?? '?'), facts) : []));
  const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
  if (!variable) return [];
  if (isParameter(variable)) return isExecutor(variable.defs[0]?.node as Node) ? [path] : [];
  const only = onlyValue(variable);
  return only && /^(?:Array|Object)Expression$/u.test(only.type) ? pathsToSettlers(only, path, facts) : [];
}

/** The function that `new Promise` is given. */
function isExecutor(node: Node): boolean {
  const created = isFunctionNode(node) ? parentOf(wrapped(node)) : undefined;
  return created?.type === 'NewExpression' && created.callee.type === 'Identifier' && created.callee.name === 'Promise';
}

/** The calls of what a looked-up entry settles its promise with. */
function settlingCalls({ node }: LookUp, settlers: ReadonlySet<string>, facts: Facts): Node[] {
  const calls: Node[] = [];
  follow(wrapped(node), '');
  return calls;

  function follow(value: Node, path: string): void {
    const user = parentOf(value);
    const below = (step: string): string => (path === '' ? step : `${path}.${step}`);
    if (user?.type === 'CallExpression' && unwrap(user.callee) === unwrap(value)) {
      if (settlers.has(path)) calls.push(user);
    } else if (user?.type === 'MemberExpression' && unwrap(user.object) === unwrap(value)) {
      const name = memberName(user);
      const call = parentOf(wrapped(user));
      if (settlers.has(path) && /^(?:call|apply)$/u.test(name ?? '') && call?.type === 'CallExpression' && unwrap(call.callee) === user) calls.push(call);
      else if (name !== undefined) follow(wrapped(user), below(name));
    } else if (user?.type === 'VariableDeclarator' && user.init && unwrap(user.init) === unwrap(value)) {
      bind(user.id, path);
    }
  }

  /** Follows the names that a pattern gives to parts of the entry. */
  function bind(pattern: Node, path: string): void {
    const below = (step: string): string => (path === '' ? step : `${path}.${step}`);
    if (pattern.type === 'Identifier') {
      const variable = facts.bindings.variableOf(pattern);
      if (variable?.references.some((reference) => reference.isWrite() && reference.init !== true)) return;
      for (const { identifier } of variable?.references ?? []) if (identifier !== pattern) follow(wrapped(identifier), path);
    } else if (pattern.type === 'ArrayPattern') {
      pattern.elements.forEach((element, index) => { if (element) bind(element, below(String(index))); });
    } else if (pattern.type === 'ObjectPattern') {
      for (const property of pattern.properties) if (property.type === 'Property') bind(property.value, below(keyName(property) ?? '?'));
    }
  }
}

/** Deletes the entry behind the call that settles its promise; in front of a `return` that makes the call. */
function writeDeletion(call: Node, lookUp: LookUp, written: Set<Node>, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const text = writer.textOf(lookUp.key);
  if (!isRepeatable(lookUp.key) || !isConstant(lookUp.key, facts)) return { refused: `The key ${text} may be another one when the promise is settled.` };
  const slot = findStatementSlot(call) ?? slotOfOptionalCall(call);
  if (!slot) return { refused: `There is no place for a statement beside the one that settles the promise of ${text}.` };
  if (written.has(slot.node)) return undefined;
  written.add(slot.node);
  const line = `${deletionOf(lookUp, writer)}${writer.style.semicolon}`;
  const isLast = slot.node.type === 'ReturnStatement' || slot.node.type === 'ThrowStatement' || slot.type === 'arrow';
  writer.around(slot, isLast ? [line] : [], isLast ? [] : [line], { keepsValue: true });
  return undefined;
}

/** `calls.get(id)?.(answer);`: deleting what may not be there does nothing. */
function slotOfOptionalCall(call: Node) {
  const statement = parentOf(wrapped(call));
  return statement?.type === 'ExpressionStatement' ? findStatementSlot(statement) : undefined;
}

/** Whether entries hold timers that nothing clears in the function that looks an entry up. */
function holdsPendingTimer(place: CollectionSubject['collection']['place'], facts: Facts): boolean {
  const entry = `${facts.places.key({ root: place.root, path: [...place.path, ELEMENT] })}.`;
  const held = facts.timers.flatMap(({ destination }) => (destination.type === 'place' && facts.places.key(destination.place).startsWith(entry) ? [facts.places.key(destination.place)] : []));
  return held.some((key) => !facts.operations.some((operation) => operation.kind === 'clear' && facts.places.key(operation.place) === key));
}
