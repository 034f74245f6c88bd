import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';
import { judgeAbortedShutdowns } from './aborted-shutdown.js';
import { judgeAsyncExits } from './async-exit.js';
import { judgeLostCleanups } from './lost-cleanup.js';
import { judgeUncoveredEnds } from './uncovered-end.js';

/** `no-partial-exit-handler`, the ends of the program: does each of them, on every path, do what the fullest does? */
export function judgeProcessExit(facts: Facts): Verdict[] {
  return [...judgeAsyncExits(facts), ...judgeLostCleanups(facts), ...judgeUncoveredEnds(facts), ...judgeAbortedShutdowns(facts)];
}
