import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { onlyValue } from '../scope/bindings.js';
import { contains, isFunctionNode, isNamed, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import type { KeyedRun } from './keyed-runs.js';

/** Whether a deletion only undoes what the lines before it have put in: `set(key, n); if (n > limit) delete(key)`. */
export function takesBack(deletion: Operation, growth: Operation, facts: Facts): boolean {
  if (growth.fn !== deletion.fn || growth.node.range[0] > deletion.node.range[0] || facts.summaries.keyText(growth.key) !== facts.summaries.keyText(deletion.key)) return false;
  let block: Node | undefined = growth.node;
  while (block && block.type !== 'BlockStatement') block = block.parent;
  return block !== undefined && contains(block, deletion.node);
}

/** Whether the run that puts a key in takes it out when its work is done: behind an `await`, or in a continuation. */
export function isInFlight({ operation }: Effect, growth: readonly Effect[], facts: Facts): boolean {
  return growth.some(({ operation: { fn, node } }) => {
    if (operation.fn === fn) return facts.tree.some(fn.node, (part) => part.type === 'AwaitExpression' && part.range[0] > node.range[0] && part.range[1] < operation.node.range[0]);
    for (let current = operation.fn; current.inline && current.parent; current = current.parent) if (current.parent === fn) return true;
    return false;
  });
}

/** Whether the key of a deletion is a parameter of the function: it is told which entry. */
export function isGivenTo({ node }: FunctionFact, { key }: Effect, facts: Facts): boolean {
  return isFunctionNode(node) && node.params.some((parameter) => key !== undefined && facts.summaries.keyText(parameter) === key);
}

/** `if (members.size === 0) rooms.delete(id)`: the last one went, as it does many times while the key is in use. */
export function isForTheLast(deletion: Node, facts: Facts): boolean {
  for (let child = deletion, current = deletion.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (current.type === 'IfStatement' && current.consequent === child && facts.tree.some(current.test, asksForNone)) return true;
  }
  return false;
}

/** `x.size === 0`, `!x.length`, `--count <= 0`. */
function asksForNone(test: Node): boolean {
  if (test.type === 'BinaryExpression') return /^(?:===?|<=?)$/.test(test.operator) && test.right.type === 'Literal' && (test.right.value === 0 || test.right.value === 1);
  const argument = test.type === 'UnaryExpression' && test.operator === '!' ? unwrap(test.argument) : undefined;
  return argument?.type === 'MemberExpression' && isNamed(argument, /^(?:size|length)$/);
}

/** `revisions.set(key, (revisions.get(key) ?? 0) + 1)`: a counter that must not start afresh, no memo. */
export function countsUp({ operation: { value } }: Effect, keeper: Collection, facts: Facts): boolean {
  const variable = value?.type === 'Identifier' ? facts.bindings.variableOf(value) : undefined;
  const behind = (variable && onlyValue(variable)) ?? value;
  const element = facts.places.key({ root: keeper.place.root, path: [...keeper.place.path, ELEMENT] });
  return behind !== undefined && facts.tree.some(behind, (part) => {
    const place = part.type === 'CallExpression' || part.type === 'MemberExpression' ? facts.places.resolve(part) : undefined;
    return place !== undefined && facts.places.key(place) === element;
  });
}

/** Whether a function goes over the collection: what it leaves there, it leaves on purpose. */
export function visits({ node }: FunctionFact, keeper: Collection, facts: Facts): boolean {
  return facts.tree.some(node, (part) => goesOver(part, keeper, facts));
}

/** Whether a node is a loop over the collection. */
function goesOver(node: Node, keeper: Collection, facts: Facts): boolean {
  const key = facts.places.key(keeper.place);
  const isKeeper = (part: Node): boolean => {
    const place = part.type === 'Identifier' || part.type === 'MemberExpression' ? facts.places.resolve(part) : undefined;
    return place !== undefined && facts.places.key(place) === key;
  };
  if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') return facts.tree.some(node.right, isKeeper);
  const call = parseMethodCall(node);
  return call?.method === 'forEach' && facts.tree.some(call.object, isKeeper);
}

/** `for (const key in seen) if (seen[key] < threshold) delete seen[key]`: what another function leaves goes when it is old. */
export function sweepsByAge(deletion: Operation, keeper: Collection, facts: Facts): boolean {
  let isCompared = false;
  for (let current: Node | undefined = deletion.node; current && current !== deletion.fn.node.parent; current = current.parent) {
    if (current.type === 'IfStatement' && facts.tree.some(current.test, (part) => part.type === 'BinaryExpression' && /^[<>]=?$/.test(part.operator))) isCompared = true;
    else if (isCompared && goesOver(current, keeper, facts)) return true;
  }
  return false;
}

/** Whether a run that takes a key out puts it in again: it starts an entry afresh, and ends none. */
export function isSetAgain(run: KeyedRun, key: string, ...collections: readonly Collection[]): boolean {
  return collections.some((collection) => run.grown.get(key)?.has(collection));
}
