import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

/** Whether the run that adds an entry is to take it out again, and does not on every way. */
function isLeftByRun({ reasons }: Finding): boolean {
  return reasons.some(({ code }) => code === 'kept-on-rejection' || code === 'deleted-on-success' || code === 'kept-on-return');
}

export const noManualOnlyRelease: LeakRule = {
  id: 'no-manual-only-release',
  description: 'disallow long-lived per-key collections that only a manual call, a shutdown or the same key empties',
  stable: true,
  fixable: true,
  message: (finding) => isLeftByRun(finding)
    ? `An entry of ${named(finding)} stays when the run that adds it ends otherwise.${because(finding)} Take it out in 'finally'.`
    : `Nothing takes entries out of ${named(finding)} by itself.${because(finding)} Delete the key where its owner ends, or sweep entries by age.`,
};
