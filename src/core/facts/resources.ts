import type { Acquire, ResourceKind } from '../kinds/resources.js';
import type { Bindings } from '../scope/bindings.js';
import { pathText, type CallLike } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { FunctionFact, Functions } from './functions.js';
import type { Destination, Places } from './places.js';
import type { ResourceCatalog } from './resource-names.js';

/** A call that acquires what must be ended: a process, a watcher, a server, and what becomes of its handle. */
export interface ResourceAcquisition {
  readonly kind: ResourceKind;
  /** The callee by which it is known. */
  readonly acquire: Acquire;
  readonly node: CallLike;
  /** The callee as written. */
  readonly callee: string;
  /** The function in which it is acquired. */
  readonly fn: FunctionFact;
  readonly destination: Destination;
}

export function collectResources(tree: Tree, functions: Functions, places: Places, bindings: Bindings, catalog: ResourceCatalog): ResourceAcquisition[] {
  const isByNameOnly = !catalog.knowsOneOf(tree.modules);
  return [...tree.all('CallExpression'), ...tree.all('NewExpression')].flatMap((node) => {
    const known = catalog.find(node, bindings, isByNameOnly);
    return known ? [{ ...known, node, callee: pathText(node.callee) ?? known.kind.id, fn: functions.around(node), destination: places.destinationOf(node) }] : [];
  }).sort((left, right) => left.node.range[0] - right.node.range[0]);
}
