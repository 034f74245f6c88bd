import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Tree } from '../syntax/tree.js';
import type { Node } from '../syntax/nodes.js';

type NodeType = Parameters<Tree['all']>[0];
type ByFunction = Map<FunctionFact, Node[]>;

const lists = new WeakMap<Facts, Map<NodeType, ByFunction>>();

/** The nodes of a type that run with a function, not with one inside it, in source order. Each type of a file is sorted once, for functions are many in a bundle. */
export function nodesIn<T extends NodeType>(fn: FunctionFact, type: T, facts: Facts): ReturnType<typeof Tree.prototype.all<T>> {
  let byType = lists.get(facts);
  if (!byType) lists.set(facts, (byType = new Map<NodeType, ByFunction>()));
  let byFunction = byType.get(type);
  if (!byFunction) byType.set(type, (byFunction = sorted(facts.tree.all<NodeType>(type), facts)));
  // As in `Tree`: by construction, and too complex for the checker.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion
  return (byFunction.get(fn) ?? []) as unknown as ReturnType<typeof Tree.prototype.all<T>>;
}

function sorted(nodes: readonly Node[], facts: Facts): ByFunction {
  const byFunction: ByFunction = new Map();
  for (const node of nodes) {
    const fn = facts.functions.around(node);
    const list = byFunction.get(fn);
    if (list) list.push(node);
    else byFunction.set(fn, [node]);
  }
  return byFunction;
}
