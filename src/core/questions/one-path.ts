import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Effect } from '../facts/summaries.js';
import { flowOf } from '../flow/flow.js';
import type { Node } from '../syntax/nodes.js';

/**
 * Whether one run of a function may have both effects: a path evaluates the one
 * and the other. Those of branches that exclude each other share none.
 */
export function areOnOnePath(fn: FunctionFact, left: Effect, right: Effect, facts: Facts): boolean {
  const flow = flowOf(fn.node, facts.tree);
  return stepsOf(fn, left, facts).some((one) => stepsOf(fn, right, facts).some((other) => {
    const [from, to] = [flow.stepOf(one), flow.stepOf(other)];
    // What has no step of its own, the file does not order.
    if (!from || !to) return true;
    return from === to ? isOneStep(one, other, left, right, facts) : flow.leadsTo(from, to) || flow.leadsTo(to, from);
  }));
}

/** Where a function has an effect: where it is written, or every call of what has it, for an effect names only the first. */
function stepsOf(fn: FunctionFact, { operation, via: [call] }: Effect, facts: Facts): Node[] {
  if (!call) return [operation.node];
  const parts = [fn];
  for (const part of parts) parts.push(...facts.summaries.inlineOf(part));
  return parts.flatMap((part) => part.calls.flatMap(({ node, to }) => (to === call.to ? [node] : [])));
}

/** Two effects of one step: of the same callback, or of the same callee. */
function isOneStep(one: Node, other: Node, left: Effect, right: Effect, facts: Facts): boolean {
  const [leftCall] = left.via;
  const [rightCall] = right.via;
  if (one === other) return !leftCall || !rightCall || areOnOnePath(leftCall.to, { ...left, via: left.via.slice(1) }, { ...right, via: right.via.slice(1) }, facts);
  const inner = facts.functions.around(one);
  if (inner !== facts.functions.around(other)) return true;
  const flow = flowOf(inner.node, facts.tree);
  const [from, to] = [flow.stepOf(one), flow.stepOf(other)];
  return !from || !to || flow.leadsTo(from, to) || flow.leadsTo(to, from);
}
