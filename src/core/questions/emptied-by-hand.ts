import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Effect } from '../facts/summaries.js';
import { arrives } from '../kinds/events.js';
import { hasPath, isFunctionNode, isNamed, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { namedAround } from './growth-shape.js';
import { comesByItself, originsOf, type Origin } from './origins.js';

/**
 * Whether an array that fills by itself is emptied only where somebody asks for
 * it: a history with a `clear()` that is handed out. To take all entries out and
 * use them is no such thing: that is a queue.
 */
export function isOnlyEmptiedByHand(collection: Collection, growth: readonly Effect[], removals: readonly Effect[], facts: Facts): boolean {
  if (collection.kind !== 'array') return false;
  // A list of events is a queue as likely as a history; that it records what happened has to be seen.
  const isState = facts.stores.of(collection.place) !== undefined;
  if (!(isState && findArrival(growth, facts)) && !findRecording(collection, growth, facts)) return false;
  return removals.every((removal) => isByHand(removal, growth, facts));
}

function isByHand(removal: Effect, growth: readonly Effect[], facts: Facts): boolean {
  const { operation } = removal;
  if (operation.kind !== 'empty' && !(operation.how === 'splice' && parseMethodCall(operation.node)?.args.length === 1)) return false;
  if (parseMethodCall(operation.node) && !isDiscarded(operation.node)) return false;
  const isState = facts.stores.of(removal.place) !== undefined;
  const home = operation.fn;
  // A reducer grows and empties in one function, each for an action of its own.
  if (!isState && growth.some((effect) => facts.summaries.reach(effect.operation.fn).has(home) || facts.summaries.reach(home).has(effect.operation.fn))) return false;
  if (!isState && usesEntries(removal, home, facts)) return false;
  if (isState && operation.value && !isFreshValue(operation.value)) return false;
  return originsOf(operation, facts).every(({ kind }) => kind === 'call' || kind === 'gesture' || (isState && kind === 'effect'));
}

function isDiscarded(call: Node): boolean {
  return wrapped(call).parent?.type === 'ExpressionStatement';
}

function isFreshValue(value: Node): boolean {
  const inner = unwrap(value);
  return (inner.type === 'ArrayExpression' && inner.elements.length === 0) || (inner.type === 'ObjectExpression' && inner.properties.length === 0);
}

/** Whether a function that empties a collection looks at what is in it. */
function usesEntries({ place }: Effect, fn: FunctionFact, facts: Facts): boolean {
  const key = facts.places.key(place);
  return facts.tree.some(namedAround(fn).node, (node) => {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
    const found = facts.places.resolve(node);
    if (!found || facts.places.key(facts.functions.fieldOf(found)) !== key) return false;
    const parent = parentOf(wrapped(node));
    if (parent?.type === 'MemberExpression' && parent.property === node) return false;
    if (parent?.type === 'MemberExpression' && unwrap(parent.object) === node) return !isNamed(parent, /^(?:length|splice)$/);
    return !(parent?.type === 'AssignmentExpression' && unwrap(parent.left) === node) && parent?.type !== 'IfStatement' && parent?.type !== 'BinaryExpression' && parent?.type !== 'UnaryExpression';
  });
}

/** What brings the entries of a collection by itself, if a path shows it. */
export function findArrival(growth: readonly Effect[], facts: Facts): Origin | undefined {
  for (const { operation } of growth) {
    const origin = originsOf(operation, facts).find(comesByItself);
    if (origin) return origin;
  }
  return undefined;
}

/** Names of arrays that keep what has happened. */
const RECORD_NAME = /(?:^|[_a-z])(?:history|histories|logs?|journal|audits?|auditlog|trail|timeline|messages?|events?|errors?|records?|entries|traces?|samples?|telemetry|metrics?|notifications?|transcript)$/i;

/**
 * Growth that records what happens with each call: a copy of the arguments, or
 * an entry with the time in it, in a list or from a function that says so.
 */
export function findRecording(collection: Collection, growth: readonly Effect[], facts: Facts): Node | undefined {
  const recorded = growth.find(({ operation }) => operation.value && (isDatedEntry(operation.value, facts) || isCopyOfArguments(operation.value, operation.fn, facts)));
  if (!recorded) return undefined;
  return RECORD_NAME.test(collection.name) || arrives(namedAround(recorded.operation.fn).name) ? recorded.operation.node : undefined;
}

/** `{ …, at: Date.now() }`, written there or in a local. */
function isDatedEntry(value: Node, facts: Facts): boolean {
  const inner = unwrap(value);
  const made = inner.type === 'Identifier' ? initOf(inner, facts) : inner;
  return made?.type === 'ObjectExpression' && made.properties.some((property) => property.type === 'Property' && isNow(unwrap(property.value)));
}

function initOf(identifier: Node, facts: Facts): Node | undefined {
  const definition = facts.bindings.variableOf(identifier)?.defs[0]?.node as Node | undefined;
  return definition?.type === 'VariableDeclarator' && definition.init ? unwrap(definition.init) : undefined;
}

function isNow(node: Node): boolean {
  if (node.type === 'NewExpression') return pathText(node.callee) === 'Date' && node.arguments.length === 0;
  const method = parseMethodCall(node);
  return method !== undefined && (hasPath((node as { callee: Node }).callee, /^(?:Date|performance)\.now$/) || (/^(?:toISOString|getTime|valueOf)$/.test(method.method) && isNow(unwrap(method.object))));
}

/** `[...args]`, `[].concat(args)`, `args.slice()`, `arguments`. */
function isCopyOfArguments(value: Node, fn: FunctionFact, facts: Facts): boolean {
  const inner = unwrap(value);
  if (inner.type === 'Identifier') return inner.name === 'arguments' && facts.bindings.isGlobal(inner);
  const isList = (node: Node | undefined): boolean => {
    const list = node && unwrap(node);
    if (list?.type !== 'Identifier') return false;
    if (list.name === 'arguments') return true;
    const variable = facts.bindings.variableOf(list);
    return variable !== undefined && isFunctionNode(fn.node) && String(variable.defs[0]?.type) === 'Parameter' && variable.defs[0]?.node === fn.node;
  };
  if (inner.type === 'ArrayExpression') return inner.elements.length === 1 && inner.elements[0]?.type === 'SpreadElement' && isList(inner.elements[0].argument);
  const method = parseMethodCall(inner);
  if (method?.method === 'concat' && unwrap(method.object).type === 'ArrayExpression') return isList(method.args[0]);
  return method?.method === 'slice' && method.args.length === 0 && isList(method.object);
}
