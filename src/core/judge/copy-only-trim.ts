import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';

/** `no-copy-only-trim`: is the bound applied to the collection, or to a copy of it? */
export function judgeCopyOnlyTrims(_facts: Facts): Verdict[] {
  return [];
}
