import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, capitalised, named, within } from './wording/sentences.js';

export const noUntrackedTimer: LeakRule = {
  id: 'no-untracked-timer',
  description: 'disallow timers that no code of their owner can clear, or that some of its endings leave running',
  stable: true,
  message: (finding) => `${what(finding)}${because(finding)} ${advice(finding)}`,
};

function what(finding: Finding): string {
  const kept = finding.subject.type === 'timer' && finding.subject.acquisition.destination.type === 'place';
  const callee = finding.subject.type === 'timer' ? finding.subject.acquisition.callee : finding.symbol;
  if (kept && finding.related.some((place) => place.role === 'release')) return `The handle of this ${finding.kind} is kept in ${named(finding)}, but not every ending clears it.`;
  if (kept) return `The handle of this ${finding.kind} is kept in ${named(finding)}, but nothing clears it.`;
  if (finding.subject.type === 'delay') return capitalised(`this '${callee}'${within(finding.owner)} gives no handle, so nothing can end it before its time.`);
  return capitalised(`the handle of this '${callee}'${within(finding.owner)} is dropped, so nothing can clear it.`);
}

function advice(finding: Finding): string {
  const clear = finding.kind === 'interval' ? 'clearInterval' : 'clearTimeout';
  const teardown = finding.related.find((place) => place.role === 'teardown');
  const deletion = finding.related.find((place) => place.role === 'deletion');
  const path = finding.reasons.find((reason) => reason.code === 'event-leaves-it' || reason.code === 'ending-leaves-it');
  const hook = finding.reasons.find((reason) => reason.names['hook'] !== undefined)?.names['hook'];
  if (finding.subject.type === 'delay') return "Use one that can be stopped, and stop it in a 'finally'.";
  if (finding.reasons.some((reason) => reason.code === 'race-loser' || reason.code === 'raced-elsewhere' || reason.code === 'deadline-passed')) return `Keep the handle and call ${clear} in a 'finally'.`;
  if (path) return `Keep the handle and call ${clear} on '${path.names['event'] ?? ''}', too.`;
  if (hook !== undefined) return hook.endsWith('Effect') ? `Keep the handle and return a clean-up that calls ${clear}.` : `Keep the handle and call ${clear} in '${hook}'.`;
  if (deletion) return `Keep the handle beside '${deletion.name}' and call ${clear} where the entry is deleted.`;
  if (teardown) return `Keep the handle and call ${clear} in '${teardown.name}'.`;
  return `Keep the handle and call ${clear} when its owner ends.`;
}
