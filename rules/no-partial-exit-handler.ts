import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { listed } from './wording/sentences.js';

export const noPartialExitHandler: LeakRule = {
  id: 'no-partial-exit-handler',
  description: 'disallow exit handlers that release less than the clean-up function of their owner',
  stable: true,
  codemod: 'unify-cleanup',
  message: (finding) => {
    const cleanup = finding.related.find((place) => place.role === 'cleanup')?.name ?? 'the clean-up';
    const skipped = finding.related.filter((place) => place.role === 'skipped').map((place) => `'${place.name}'`);
    return `${subject(finding)} skips ${listed(skipped, 6)}, which '${cleanup}' releases. What it skips stays for ever when the end comes this way. Let both call one function that releases everything.`;
  },
};

function subject(finding: Finding): string {
  return finding.owner === '' ? `The '${finding.symbol}' handler` : `The '${finding.symbol}' handler of '${finding.owner}'`;
}
