import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { listed } from './wording/sentences.js';

export const noPartialExitHandler: LeakRule = {
  id: 'no-partial-exit-handler',
  description: 'disallow exit handlers that release less than the clean-up function of their owner',
  stable: true,
  message: (finding) => {
    const say = PROGRAM_END[finding.kind];
    if (say) return say(finding.symbol, listed(finding.related.filter((place) => place.role === 'skipped').map((place) => `'${place.name}'`), 6));
    const cleanup = finding.related.find((place) => place.role === 'cleanup')?.name ?? 'the clean-up';
    const skipped = finding.related.filter((place) => place.role === 'skipped').map((place) => `'${place.name}'`);
    return `${subject(finding)} skips ${listed(skipped, 6)}, which '${cleanup}' releases. What it skips stays for ever when the end comes this way. Let both call one function that releases everything.`;
  },
};

/** What is wrong with an end of the program, by the kind of the finding. */
const PROGRAM_END: Readonly<Record<string, (symbol: string, skipped: string) => string>> = {
  'async-exit': (_symbol, skipped) => `The 'exit' handler of the process waits, and the process does not wait for it: ${skipped} never runs. Do in it only what needs no await, and the rest before the process is asked to exit.`,
  'lost-cleanup': (symbol, skipped) => `'${symbol}' is not awaited before process.exit(): ${skipped} never runs. Await it first.`,
  signals: (symbol, skipped) => `The '${symbol}' handler ends the child process, but nothing does on ${skipped}: then it outlives the program. Let each of them run the same clean-up.`,
  shutdown: (symbol, skipped) => `'${symbol}' stops at the first step that rejects, and ${skipped} never runs. Let each step fail by itself.`,
};

function subject(finding: Finding): string {
  return finding.owner === '' ? `The '${finding.symbol}' handler` : `The '${finding.symbol}' handler of '${finding.owner}'`;
}
