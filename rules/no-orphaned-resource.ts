import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, capitalised, named, within } from './wording/sentences.js';

export const noOrphanedResource: LeakRule = {
  id: 'no-orphaned-resource',
  description: 'disallow processes, watchers, servers, sockets and the like that no exit path ends',
  stable: true,
  message: (finding) => `${what(finding)}${because(finding)} ${advice(finding)}`,
};

function what(finding: Finding): string {
  const noun = nounOf(finding);
  if (isPartial(finding)) return `The end of the ${noun} ${named(finding)} is not the end of all of it.`;
  if (finding.related.some(({ role }) => role === 'release')) return `The ${noun} ${named(finding)} is not ended on every exit path.`;
  if (finding.subject.type === 'resource' && finding.subject.places.length > 0) return `Nothing ends the ${noun} ${named(finding)}.`;
  return capitalised(`the handle of this '${finding.symbol}'${within(finding.owner)} is dropped, so nothing can end the ${noun}.`);
}

function advice(finding: Finding): string {
  const reasons = new Set(finding.reasons.map(({ code }) => code));
  const hook = finding.reasons.find((reason) => reason.names['hook'] !== undefined)?.names['hook'];
  const teardown = finding.related.find(({ role }) => role === 'teardown');
  const end = endOf(finding);
  if (reasons.has('leaves-clients')) return 'End the clients, too.';
  if (reasons.has('kills-shell-only')) return 'Run the command without a shell, or kill its process group.';
  if (reasons.has('restarted-without-exit') || reasons.has('no-exit-path')) return `Call '${end}' when the program exits, too.`;
  if (reasons.has('given-up')) return `Call '${end}' where it is given up.`;
  if (reasons.has('reset-without-end')) return `Call '${end}' before it is reset.`;
  if (hook !== undefined) return `Return a clean-up that calls '${end}'.`;
  if (teardown) return `Keep the handle and call '${end}' in '${teardown.name}'.`;
  if (reasons.has('left-open') || reasons.has('left-by-return')) return `Call '${end}' in a 'finally', or hand it to whoever ends it.`;
  return `Keep the handle and call '${end}' when its owner ends.`;
}

function isPartial(finding: Finding): boolean {
  return finding.reasons.some(({ code }) => code === 'leaves-clients' || code === 'kills-shell-only');
}

function nounOf({ subject, kind }: Finding): string {
  return subject.type === 'resource' ? subject.acquisition.kind.noun : kind;
}

/** The method that ends a resource of that kind. */
function endOf({ subject }: Finding): string {
  return (subject.type === 'resource' ? subject.acquisition.kind.release[0] : undefined) ?? 'close';
}
