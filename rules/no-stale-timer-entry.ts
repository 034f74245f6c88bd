import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noStaleTimerEntry: LeakRule = {
  id: 'no-stale-timer-entry',
  description: 'disallow timers that fire and leave their entry in the collection that tracks them, and dropping entries over live timers',
  stable: true,
  fixable: true,
  message: (finding) => (dropsLiveTimers(finding)
    ? `Timers in ${named(finding)} go on when their entries are gone, and nothing can stop them any more.${because(finding)} Clear the timers first.`
    : `Entries of ${named(finding)} stay when their timers are over.${because(finding)} Delete the entry where its timer ends.`),
};

/** Whether the entry goes before its timer, not the timer before its entry. */
function dropsLiveTimers(finding: Finding): boolean {
  return finding.reasons.some(({ code }) => code === 'emptied-over-timers' || code === 'deleted-over-timer');
}
