import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';

/** `for (const key of Object.keys(prefixes)) prefixes[key] = …`, `for (const [key, one] of map) map.set(key, …)`: a value is put in the place of another, under a key that the collection has already. */
export function rewritesOwnKey({ operation, place }: Effect, facts: Facts): boolean {
  const key = operation.key && unwrap(operation.key);
  const declared: Node | undefined = key?.type === 'Identifier' ? facts.bindings.variableOf(key)?.identifiers[0] : undefined;
  const pattern = declared?.parent.type === 'ArrayPattern' && declared.parent.elements[0] === declared ? declared.parent : declared;
  const loop = pattern?.parent.parent?.parent;
  if (!loop || (loop.type !== 'ForOfStatement' && loop.type !== 'ForInStatement') || !isWithin(declared, loop.left)) return false;
  const visited = facts.places.resolve(loop.type === 'ForInStatement' ? loop.right : pattern === declared ? keysOf(loop.right) : entriesOf(loop.right));
  return visited !== undefined && facts.places.key(visited) === facts.places.key(place);
}

/** `Object.keys(map)`, `map.keys()`: what has the keys. */
function keysOf(node: Node): Node {
  const call = parseMethodCall(unwrap(node));
  if (call?.method !== 'keys') return node;
  return pathText(call.object) === 'Object' ? (call.args[0] ?? node) : call.object;
}

/** `map`, `map.entries()`, `Object.entries(record)`: what has the entries. */
function entriesOf(node: Node): Node {
  const call = parseMethodCall(unwrap(node));
  if (call?.method !== 'entries') return node;
  return pathText(call.object) === 'Object' ? (call.args[0] ?? node) : call.object;
}

function isWithin(node: Node | undefined, ancestor: Node): boolean {
  return node !== undefined && node.range[0] >= ancestor.range[0] && node.range[1] <= ancestor.range[1];
}
