import type { LeakRule } from './leak-rule.js';
import { because } from './wording/sentences.js';

export const noMismatchedRemoval: LeakRule = {
  id: 'no-mismatched-removal',
  description: 'disallow taking away a listener that was never added, or was added otherwise',
  stable: true,
  codemod: '',
  message: (finding) => `This '${finding.symbol}' takes away nothing.${because(finding)} Keep the function that is added, and remove that from the same target.`,
};
