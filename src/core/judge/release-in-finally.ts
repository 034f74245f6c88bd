import type { Facts } from '../facts/facts.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Verdict } from '../findings.js';

/** `require-release-in-finally`: is a timer that is started before an await also cleared when the await rejects? */
export function judgeReleaseInFinally(_timer: TimerAcquisition, _facts: Facts): Verdict | undefined {
  return undefined;
}
