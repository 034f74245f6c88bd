import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';

/** `no-uneven-delete`: do collections that get a key together also lose it together? */
export function judgeUnevenDeletes(_facts: Facts): Verdict[] {
  return [];
}
