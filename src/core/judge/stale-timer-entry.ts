import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';

/** `no-stale-timer-entry`: does the entry that tracks a timer go when the timer does, and the timer when its entry does? */
export function judgeStaleEntries(_facts: Facts): Verdict[] {
  return [];
}
