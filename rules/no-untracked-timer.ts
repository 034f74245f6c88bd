import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, capitalised, named, within } from './wording/sentences.js';

export const noUntrackedTimer: LeakRule = {
  id: 'no-untracked-timer',
  description: 'disallow timers that no code of their owner can clear',
  stable: true,
  codemod: 'track-timers',
  message: (finding) => `${what(finding)}${because(finding)} ${advice(finding)}`,
};

function what(finding: Finding): string {
  const kept = finding.subject.type === 'timer' && finding.subject.acquisition.destination.type === 'place';
  const callee = finding.subject.type === 'timer' ? finding.subject.acquisition.callee : finding.symbol;
  if (kept) return `The handle of this ${finding.kind} is kept in ${named(finding)}, but nothing clears it.`;
  return capitalised(`the handle of this '${callee}'${within(finding.owner)} is dropped, so nothing can clear it.`);
}

function advice(finding: Finding): string {
  const clear = finding.kind === 'interval' ? 'clearInterval' : 'clearTimeout';
  const teardown = finding.related.find((place) => place.role === 'teardown');
  const deletion = finding.related.find((place) => place.role === 'deletion');
  if (deletion) return `Keep the handle beside '${deletion.name}' and call ${clear} where the entry is deleted.`;
  if (teardown) return `Keep the handle and call ${clear} in '${teardown.name}'.`;
  return `Keep the handle and call ${clear} when its owner ends.`;
}
