import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because } from './wording/sentences.js';

export const noMismatchedRemoval: LeakRule = {
  id: 'no-mismatched-removal',
  description: 'disallow taking away a listener that was never added, or was added otherwise',
  stable: true,
  message: (finding) => `${what(finding)}${because(finding)} Keep the function that is added, and take just that away from the same target.`,
};

function what(finding: Finding): string {
  const removal = finding.related.find(({ role }) => role === 'removal');
  return removal ? `The listener that this '${finding.symbol}' adds stays: '${removal.name}' does not match it.` : `This '${finding.symbol}' takes away nothing.`;
}
