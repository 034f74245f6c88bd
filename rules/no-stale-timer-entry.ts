import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noStaleTimerEntry: LeakRule = {
  id: 'no-stale-timer-entry',
  description: 'disallow timers that fire and leave their entry in the collection that tracks them, and clearing a collection over live timers',
  stable: true,
  codemod: 'delete-on-fire',
  message: (finding) => `Entries of ${named(finding)} stay when their timers are over.${because(finding)} Delete the entry in the callback, and clear the timers before their collection.`,
};
