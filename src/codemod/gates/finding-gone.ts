import { isFinding, type Analysis, type Finding } from '../../core/index.js';
import { originOf } from '../origins.js';
import type { Objection, Trial } from './trial.js';

/**
 * The finding is gone and no other has come. Findings are compared without
 * their places, which an edit may move, and down to `likely`: a repair that
 * turns a certain leak into a likely one has not repaired it.
 */
export function findingGone({ finding, before, after }: Trial): Objection {
  const had = countFindings(before);
  const has = countFindings(after);
  const key = keyOf(finding);
  if ((has.get(key) ?? 0) >= (had.get(key) ?? 0)) return `The repaired code still has the finding (${describe(key)}).`;
  for (const [other, count] of has) {
    if (count > (had.get(other) ?? 0)) return `The repaired code has a finding that was not there (${describe(other)}).`;
  }
  return undefined;
}

/**
 * The findings of the repaired code that were not there. Of those that are alike
 * but for their place, the ones that stand where none of them stood.
 */
export function collectNewFindings({ before, after, edits }: Pick<Trial, 'before' | 'after' | 'edits'>): Finding[] {
  const had = countFindings(before);
  const has = countFindings(after);
  const stood = new Set(before.verdicts.filter(isFinding).map((finding) => `${keyOf(finding)} ${finding.span.start}`));
  return after.verdicts.filter(isFinding).filter((finding) => {
    const key = keyOf(finding);
    if (!had.has(key)) return true;
    const { offset } = originOf(finding.span.start, edits);
    return (has.get(key) ?? 0) >= (had.get(key) ?? 0) && !stood.has(`${key} ${offset}`);
  });
}

function countFindings(analysis: Analysis): Map<string, number> {
  const counts = new Map<string, number>();
  for (const verdict of analysis.verdicts) {
    if (!isFinding(verdict)) continue;
    const key = keyOf(verdict);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOf(finding: Finding): string {
  return JSON.stringify([finding.rule, finding.symbol, finding.owner]);
}

function describe(key: string): string {
  const [rule, symbol, owner] = JSON.parse(key) as [string, string, string];
  return `${rule}: ${owner === '' ? symbol : `${owner}.${symbol}`}`;
}
