import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, within } from './wording/sentences.js';

export const noLeakedListener: LeakRule = {
  id: 'no-leaked-listener',
  description: 'disallow listeners on what outlives their owner that nothing takes away',
  stable: true,
  message: (finding) => `${what(finding)}${because(finding)} ${advice(finding)}`,
};

function what(finding: Finding): string {
  if (isLoop(finding)) return `Nothing ends the loop over what this '${finding.symbol}'${within(finding.owner)} gives.`;
  return `Nothing takes away the listener that this '${finding.symbol}'${within(finding.owner)} adds.`;
}

function isLoop({ subject }: Finding): boolean {
  return subject.type === 'listener' && subject.registration?.style === 'iterate';
}

function advice(finding: Finding): string {
  const hook = finding.reasons.find(({ names }) => names['hook'] !== undefined)?.names['hook'];
  const [teardown] = finding.related.filter(({ role }) => role === 'teardown');
  if (hook !== undefined) return hook.endsWith('Effect') ? 'Return a clean-up that removes it.' : `Remove it in '${hook}'.`;
  if (isLoop(finding)) return `Keep the iterator and end it ${teardown ? `in '${teardown.name}'` : 'when its owner ends'}.`;
  if (teardown) return `Keep the listener and remove it in '${teardown.name}'.`;
  return 'Keep the listener and remove it when its owner ends.';
}
