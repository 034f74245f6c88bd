import type { ReportedFinding } from '../report.js';

/** What a line has to do with the leak: something is acquired there, or the release is missing there. */
export type Mark = 'acquired' | 'missing' | 'other';

type Related = ReportedFinding['related'][number];

/** What each role says of its place; the name is that of the thing there. */
const WORDS: Readonly<Record<string, (name: string) => string>> = {
  acquisition: () => 'it is acquired here',
  call: (name) => `'${name}' hands it on here`,
  cleanup: (name) => `the clean-up function is '${name}'`,
  copy: () => 'only this copy is bounded',
  deletion: (name) => `the entry of '${name}' is deleted here, while the timer is pending`,
  forgotten: (name) => `'${name}' is acquired here`,
  growth: (name) => `it grows here (${name})`,
  registration: () => 'it is registered here',
  release: (name) => `it is released here (${name})`,
  released: (name) => `'${name}' is released here`,
  removal: () => 'this removal cannot match',
  skipped: (name) => `'${name}' is not released`,
  stale: (name) => `the entry stays in '${name}'`,
  survivor: (name) => `'${name}' stays, and a comment says so`,
  teardown: (name) => `'${name}' does not release it`,
  timer: () => 'the timer is set here',
};

/** A related place as a clause. */
export function describeRelated({ role, name }: Related): string {
  return WORDS[role]?.(name) ?? `${role}: ${name}`;
}

/** Rules whose findings stand where the release is missing, and whose related places are what is not released. */
const AT_THE_END: readonly string[] = ['no-partial-exit-handler', 'no-forgotten-field'];
const MISSING: readonly string[] = ['copy', 'deletion', 'removal', 'skipped', 'stale', 'teardown'];
const ACQUIRED: readonly string[] = ['acquisition', 'forgotten', 'registration', 'skipped', 'timer'];

/** What the line of the finding itself is. */
export function markOfFinding({ rule, related }: ReportedFinding): Mark {
  const standsAtTheEnd = AT_THE_END.includes(rule) || related.some(({ role }) => role === 'acquisition' || role === 'registration');
  return standsAtTheEnd ? 'missing' : 'acquired';
}

/** What the line of a related place is. */
export function markOfRelated(finding: ReportedFinding, { role }: Related): Mark {
  if (markOfFinding(finding) === 'missing') return ACQUIRED.includes(role) ? 'acquired' : 'other';
  return MISSING.includes(role) ? 'missing' : 'other';
}
