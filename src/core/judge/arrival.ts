import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { arrives } from '../kinds/events.js';
import { findArrival, findRecording } from '../questions/emptied-by-hand.js';
import { functionAround } from '../questions/owner-name.js';
import { namedAround } from '../questions/growth-shape.js';
import type { Argument } from './argument.js';

/** What brings entries by itself. */
const WHAT: Readonly<Record<string, string>> = { stream: 'every item of a stream', interval: 'every turn of an interval', event: 'every event', failure: 'every failure' };

/**
 * Evidence that a list fills by itself: the state of a store that grows with
 * every event, or a history that only somebody's call empties.
 */
export function weighArrival(collection: Collection, growth: readonly Effect[], removals: readonly Effect[], facts: Facts, argument: Argument): void {
  // A record that is kept per key grows with new keys, not with every event.
  if (collection.kind !== 'array') return;
  const isState = facts.stores.of(collection.place) !== undefined;
  const [removal] = removals;
  const arrival = isState ? findArrival(growth, facts) : undefined;
  if (arrival) argument.evidence('arrives-by-itself', arrival.node, { what: WHAT[arrival.kind] ?? '' });
  else if (isState && !removal) {
    const named = growth.map((effect) => ({ effect, action: actionOf(effect, facts) })).find(({ action }) => arrives(action));
    if (named) argument.evidence('recorded-by-name', named.effect.operation.node, { action: named.action }, 'supporting');
  }
  const recording = findRecording(collection, growth, facts);
  if (recording) argument.evidence('records-calls', recording, {}, 'supporting');
  if (removal) argument.evidence('emptied-by-hand', removal.operation.node, { where: functionAround(removal.operation.node, facts) }, 'supporting');
}

/** The action or function that makes a state grow. */
function actionOf({ operation }: Effect, facts: Facts): string {
  return facts.stores.actionsOf(operation.fn.node, operation.node)[0] ?? namedAround(operation.fn).name;
}
