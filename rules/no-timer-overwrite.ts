import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noTimerOverwrite: LeakRule = {
  id: 'no-timer-overwrite',
  description: 'disallow giving a handle that may hold a live timer a new one without clearing the old',
  stable: true,
  fixable: true,
  message: (finding) => {
    const clear = finding.kind === 'interval' ? 'clearInterval' : 'clearTimeout';
    return `${named(finding)} is given a new ${finding.kind} without clearing the old one, which nothing can stop any more.${because(finding)} Call ${clear} before it is set.`;
  },
};
