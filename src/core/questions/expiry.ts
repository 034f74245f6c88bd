import type { Facts } from '../facts/facts.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Expiry } from '../subject.js';
import { lifetimeOf } from './lifetime.js';

/** The entries that a timer's own callback deletes, and who else deletes from there: an entry that ends early leaves its timer behind. */
export function expiriesOf(timer: TimerAcquisition, facts: Facts): Expiry[] {
  if (!timer.callback) return [];
  const expiries: Expiry[] = [];
  for (const effect of facts.summaries.of(timer.callback)) {
    if (effect.operation.kind !== 'shrink' || effect.key === undefined) continue;
    const lifetime = lifetimeOf(effect.place, facts);
    if (lifetime === 'call' || lifetime === 'unknown') continue;
    const reach = facts.summaries.reach(timer.callback);
    const others = facts.effectsOn(effect.place).map((other) => other.operation).filter((operation) => !reach.has(operation.fn));
    const key = facts.places.key(effect.place);
    expiries.push({
      place: effect.place,
      collection: facts.collections.find((collection) => facts.places.key(collection.place) === key),
      deletion: effect.operation,
      early: others.filter((operation) => operation.kind === 'shrink'),
      emptied: others.filter((operation) => operation.kind === 'empty'),
    });
  }
  return expiries;
}
