import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noManualOnlyRelease: LeakRule = {
  id: 'no-manual-only-release',
  description: 'disallow long-lived per-key collections that only a manual call, a shutdown or the same key empties',
  stable: true,
  fixable: true,
  message: (finding) => `Nothing takes entries out of ${named(finding)} by itself.${because(finding)} Delete the key where its owner ends, or sweep entries by age.`,
};
