import { dirname } from 'node:path/posix';
import { compareNames } from '../../project/discover.js';
import type { Report, ReportedFinding } from '../report.js';
import { count } from '../wrap.js';

/** `3 findings (2 certain, 1 likely) in 5 files, 1 suppressed.` */
export function summaryOf({ findings, suppressed, skipped, files }: Report): string {
  const certain = findings.filter(({ confidence }) => confidence === 'certain').length;
  return `${[
    `${count(findings.length, 'finding')} (${certain} certain, ${findings.length - certain} likely) in ${count(files, 'file')}`,
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(skipped.length > 0 ? [`${count(skipped.length, 'file')} skipped`] : []),
  ].join(', ')}.`;
}

export interface Counts {
  readonly certain: number;
  readonly likely: number;
}

/** How many findings each rule has; the most first. */
export function ruleCounts(findings: readonly ReportedFinding[]): (Counts & { readonly rule: string })[] {
  return countsBy(findings, ({ rule }) => rule).map(({ key, ...counts }) => ({ rule: key, ...counts }));
}

/** How many findings each folder has, without those below it; the most first. */
export function folderCounts(findings: readonly ReportedFinding[]): (Counts & { readonly folder: string })[] {
  return countsBy(findings, ({ file }) => dirname(file)).map(({ key, ...counts }) => ({ folder: key, ...counts }));
}

function countsBy(findings: readonly ReportedFinding[], keyOf: (finding: ReportedFinding) => string): (Counts & { readonly key: string })[] {
  const groups = new Map<string, { certain: number; likely: number }>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const counts = groups.get(key) ?? { certain: 0, likely: 0 };
    counts[finding.confidence]++;
    groups.set(key, counts);
  }
  return [...groups]
    .map(([key, counts]) => ({ key, ...counts }))
    .sort((left, right) => right.certain + right.likely - left.certain - left.likely || compareNames(left.key, right.key));
}
