import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { flowOf } from '../flow/flow.js';
import { ENDS, hasReleasingName, isTeardownName } from '../kinds/releases.js';
import { isFunctionNode, lastName, type Node } from '../syntax/nodes.js';

/** A call, by the name of what it calls. */
export interface NamedCall {
  readonly name: string;
  readonly node: Node;
}

/** The first `await` of an asynchronous function, and the calls that come only behind it; undefined if it does not wait. */
export function afterFirstAwait({ node: fn }: FunctionFact, facts: Facts): { readonly await: Node; readonly calls: readonly NamedCall[] } | undefined {
  if (!isFunctionNode(fn) || !fn.async) return undefined;
  const waits = facts.tree.within('AwaitExpression', fn).filter((one) => facts.functions.around(one).node === fn);
  const [first] = waits;
  if (!first) return undefined;
  const flow = flowOf(fn, facts.tree);
  const calls = facts.tree.within('CallExpression', fn).filter((call) => facts.functions.around(call).node === fn && flow.isReachable(call) && flow.isPrecededBy(call, waits));
  return { await: first, calls: calls.map((node) => ({ name: lastName(node.callee), node })) };
}

/** Calls that let go of something: by what the called function does, or by its name where the file does not show it. */
export function releasingCalls(calls: readonly NamedCall[], facts: Facts): NamedCall[] {
  return calls.filter(({ name, node }) => ENDS.has(name) || isTeardownName(name) || hasReleasingName(name) || RELEASES_OUTSIDE.test(name) || facts.operations.some((operation) => operation.node === node && /^(?:shrink|clear|empty|end)$/.test(operation.kind)));
}

/** Functions that take away what outlives the process. */
const RELEASES_OUTSIDE = /^(?:rm|rmdir|unlink|rimraf)(?:Sync)?$/;
