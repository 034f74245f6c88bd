import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';

/** What functions run, and what the timers run that they start: an end that is put off is an end. */
export function withTimers(reach: ReadonlySet<FunctionFact>, facts: Facts): ReadonlySet<FunctionFact> {
  return new Set([...reach, ...facts.timers.flatMap(({ fn, callback }) => (callback && reach.has(fn) ? [...facts.summaries.reach(callback)] : []))]);
}
