import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { arrives, eventOfHandlerName, isEndingEvent, isGesture, REGISTERS_LISTENER } from '../kinds/events.js';
import { isFunctionNode, literalText, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';

/**
 * What sets code off, at the far end of the calls that lead to it: items of a
 * `stream` (`for await`), an `interval`, an `event` that brings something, a
 * `failure` that is caught, an `ending` event, a `gesture` of a person, an
 * `effect` of a component, a plain `call` from outside, or `unknown`.
 */
export type OriginKind = 'stream' | 'interval' | 'event' | 'failure' | 'ending' | 'gesture' | 'effect' | 'call' | 'unknown';

export interface Origin {
  readonly kind: OriginKind;
  readonly node: Node;
}

/** Calls in a row, and functions in all, that are followed back for one answer. */
const MAX_FUNCTIONS = 200;

/** Everything that sets an operation off. */
export function originsOf(operation: Operation, facts: Facts): Origin[] {
  const found: Origin[] = [];
  const seen = new Set<FunctionFact>();
  const pending: { node: Node; fn: FunctionFact }[] = [{ node: operation.node, fn: operation.fn }];
  for (const { node, fn } of pending) {
    const inside = originWithin(node, fn);
    if (inside) { found.push(inside); continue; }
    if (seen.has(fn) || seen.size > MAX_FUNCTIONS) continue;
    seen.add(fn);
    const dispatches = facts.stores.dispatchesOf(fn.node, node);
    if (dispatches) { for (const site of dispatches) pending.push({ node: site, fn: facts.functions.around(site) }); continue; }
    const calls = facts.functions.callsOf(fn);
    for (const call of calls) pending.push({ node: call.node, fn: call.from });
    const uses = usesOf(fn, facts);
    for (const use of uses) {
      const origin = originOfUse(use, facts);
      if (origin === 'goes-on') pending.push({ node: use, fn: facts.functions.around(use) });
      else found.push({ kind: origin, node: use });
    }
    for (const registration of fn.registrations) found.push({ kind: kindOfEvent(registration.event, registration.emitter !== undefined), node: registration.node });
    if (calls.length + uses.length + fn.registrations.length === 0) found.push({ kind: 'call', node: fn.node });
  }
  return found;
}

/** Whether what sets code off comes again and again by itself, and nobody's hand is needed. */
export function comesByItself({ kind }: Origin): boolean {
  return kind === 'stream' || kind === 'interval' || kind === 'event' || kind === 'failure';
}

/** A stream that is read, or a failure that is caught, around a node in its own function. */
function originWithin(node: Node, fn: FunctionFact): Origin | undefined {
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) {
    if (current.type === 'ForOfStatement' && current.await) return { kind: 'stream', node: current };
    if (current.type === 'CatchClause') return { kind: 'failure', node: current };
  }
  return undefined;
}

/** Where a function is used as a value: where it stands, or where its name does. */
function usesOf(fn: FunctionFact, facts: Facts): Node[] {
  if (!isFunctionNode(fn.node)) return [];
  let value = wrapped(fn.node);
  // const onLine = useCallback((line) => …, [])
  const call = parentOf(value);
  if (call?.type === 'CallExpression' && facts.functions.valueOf(call) === fn) value = wrapped(call);
  const holder = parentOf(value);
  const name = isFunctionNode(fn.node) && fn.node.type === 'FunctionDeclaration' ? fn.node.id : holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' ? holder.id : undefined;
  const variable = name && facts.bindings.variableOf(name);
  if (!variable) return isUse(value) ? [value] : [];
  return variable.references.flatMap((reference) => (reference.isRead() && isUse(reference.identifier as Node) ? [reference.identifier as Node] : []));
}

/** Handed to a call or an element of a view; what else becomes of a function is its caller's business. */
function isUse(node: Node): boolean {
  const parent = parentOf(wrapped(node));
  if (parent?.type === 'JSXExpressionContainer') return true;
  return (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && unwrap(parent.callee) !== node;
}

function originOfUse(use: Node, facts: Facts): OriginKind | 'goes-on' {
  const parent = parentOf(wrapped(use));
  if (parent?.type === 'JSXExpressionContainer') return 'gesture';
  if (parent?.type !== 'CallExpression') return parent?.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Promise' ? 'goes-on' : 'unknown';
  const callee = unwrap(parent.callee);
  const name = parseMethodCall(parent)?.method ?? (callee.type === 'Identifier' ? callee.name : '');
  const index = parent.arguments.findIndex((argument) => unwrap(argument) === unwrap(use));
  if (name === 'catch' || (name === 'then' && index === 1)) return 'failure';
  if (name === 'setInterval') return 'interval';
  if (/^use\w*Effect$/.test(name)) return 'effect';
  const [first] = parent.arguments;
  if (REGISTERS_LISTENER.has(name) && index > 0 && first) return kindOfEvent(literalText(unwrap(first)) ?? '', true);
  const event = eventOfHandlerName(name);
  if (event !== undefined) return kindOfEvent(event, false);
  if (name === 'subscribe') return 'event';
  const fn = facts.functions.valueOf(use);
  return fn?.inline === true || /^(?:then|finally|setTimeout|use(?:Callback|Event|EffectEvent))$/.test(name) || facts.functions.valueOf(callee) !== undefined ? 'goes-on' : 'unknown';
}

/** An emitter brings what it likes, but for a person's gestures; a handler that is called by the name of an event alone is trusted only where the name says that something comes. */
function kindOfEvent(event: string, hasEmitter: boolean): OriginKind {
  if (isEndingEvent(event)) return 'ending';
  if (isGesture(event)) return 'gesture';
  return hasEmitter || arrives(event) ? 'event' : 'gesture';
}
