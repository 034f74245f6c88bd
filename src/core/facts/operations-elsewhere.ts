import type { Others } from '../linkage/others.js';
import { keyOfReference } from '../linkage/outline.js';
import type { Bindings } from '../scope/bindings.js';
import { keyName, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Functions } from './functions.js';
import type { Operation } from './operations.js';
import { originOf } from './resource-names.js';

/** What calls of imported functions do to the collections of their modules: `dropSession(id)` takes an entry out of `sessions` over there. */
export function operationsElsewhere(others: Others, tree: Tree, functions: Functions, bindings: Bindings): Operation[] {
  const effectsOf = new Map(Object.entries(others.ask('effects')));
  if (effectsOf.size === 0) return [];
  const operations: Operation[] = [];
  for (const node of tree.all('CallExpression')) {
    const origin = originOf(node.callee, bindings);
    const effects = origin?.module === undefined ? undefined : effectsOf.get(keyOfReference({ from: origin.module, path: origin.path }));
    for (const { does, file, collection, argument, path } of effects ?? []) {
      const given = node.arguments[argument];
      const key = given && partOf(given, path);
      if (key) operations.push({ kind: does, place: { root: { type: 'module', file, name: collection }, path: [] }, node, fn: functions.around(node), key, value: undefined, how: does === 'grow' ? 'set' : 'delete' });
    }
  }
  return operations;
}

/** `id` of `{ id: session.id, … }`; of what is not written out, only the whole is known. */
function partOf(given: Node, path: readonly string[]): Node | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return given;
  const object = unwrap(given);
  if (object.type !== 'ObjectExpression') return undefined;
  const property = object.properties.find((one) => one.type === 'Property' && keyName(one) === name);
  return property?.type === 'Property' ? partOf(property.value, rest) : undefined;
}
