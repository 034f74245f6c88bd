import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { flowOf } from '../flow/flow.js';
import { isEntryEndName } from '../kinds/releases.js';
import type { Node } from '../syntax/nodes.js';

/** An end of an entry that puts its key in again. */
export interface AddedAgain {
  readonly fn: FunctionFact;
  readonly deletion: Effect;
  /** The call that adds the key again. */
  readonly node: Node;
}

/**
 * Where a function that ends an entry takes its key out and then calls, on
 * every way, something that gets the entry or makes it: what was let go is
 * there again, and nobody will end it a second time. What is put in its place
 * in the open is meant.
 */
export function findAddedAgain(place: Place, removals: readonly Effect[], facts: Facts): AddedAgain | undefined {
  const key = facts.places.key(place);
  const homes = new Set(removals.flatMap(({ operation }) => [operation.fn, ...facts.functions.callersOf(operation.fn)]));
  for (const fn of homes) {
    if (!isEntryEndName(fn.name)) continue;
    const effects = facts.summaries.of(fn).filter((effect) => facts.places.key(effect.place) === key && effect.key !== undefined);
    const flow = flowOf(fn.node, facts.tree);
    for (const deletion of effects.filter(({ operation }) => operation.kind === 'shrink')) {
      const from = flow.stepOf(deletion.via[0]?.node ?? deletion.operation.node);
      const again = effects.find((effect) => effect.operation.kind === 'grow' && effect.key === deletion.key && effect.via[0] !== undefined && effect.via[0] !== deletion.via[0] && follows(flow, from, effect.via[0].node));
      if (again?.via[0]) return { fn, deletion, node: again.via[0].node };
    }
  }
  return undefined;
}

/** Whether every way from a step on runs a call. */
function follows(flow: ReturnType<typeof flowOf>, from: Node | undefined, call: Node): boolean {
  const to = flow.stepOf(call);
  return from !== undefined && to !== undefined && flow.leadsTo(from, to) && !flow.leavesWithout(from, [to], { byThrow: false, mayThrow: () => false });
}
