import type { Released } from '../subject.js';
import { canRunTogether } from './exclusive-arms.js';
import { clearsField, keyed, type Releases } from './released.js';

/** What the fuller of two ends releases and the other does not. */
export interface Gap {
  readonly skipped: readonly Released[];
  /** Whether both delete their key from one collection: then they end the same entry. */
  readonly isSameEntry: boolean;
}

/** What a full clean-up releases per key, or clears as a timer, and another end of the same thing does not; undefined if they end different things. */
export function gapBetween(own: Releases, full: Releases): Gap | undefined {
  const isSameEntry = shareEntry(own, full);
  if (!isSameEntry && ![...full].some(([key, one]) => clearsField(one) && own.has(key))) return undefined;
  const entries = new Set(keyed(full).filter((one) => isReleasedWith(one, own, full)));
  // Whoever ends one entry does not empty a whole collection (BENIGN, S2).
  return { isSameEntry, skipped: [...full].flatMap(([key, one]) => (!own.has(key) && (isSameEntry ? entries.has(one) : clearsField(one)) ? [one] : [])) };
}

/** Whether one run of the clean-up releases something together with what both release: a dispatcher does different things in its cases. */
function isReleasedWith(one: Released, own: Releases, full: Releases): boolean {
  const common = [...full].flatMap(([key, other]) => (own.has(key) ? other.effects : []));
  return one.effects.some((effect) => common.some((other) => canRunTogether(effect, other)));
}

function shareEntry(own: Releases, full: Releases): boolean {
  const mine = new Set(keyed(own));
  const theirs = new Set(keyed(full));
  return [...own].some(([key, one]) => mine.has(one) && theirs.has(full.get(key) as Released));
}
