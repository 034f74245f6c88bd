import { isFinding, type Analysis, type Confidence, type Finding, type RuleId } from '../core/index.js';
import { isAllowed } from '../project/allow.js';
import { LineIndex } from '../project/line-index.js';
import type { Settings } from '../project/settings.js';
import { DisableComments } from './disable-comments.js';
import { SUPPRESSIONS_FILE, type Suppressions } from './suppressions-file.js';

/** What the user wants to hear of. */
export interface Wanted {
  /** Overrides the settings; undefined leaves them their say. */
  readonly confidence: Confidence | undefined;
  /** Only these rules, even those that the settings switch off; undefined for all others. */
  readonly rules: readonly RuleId[] | undefined;
}

/** A finding that somebody answered already. */
export interface Suppressed {
  readonly finding: Finding;
  /** `eslint-disable`, `eslint-suppressions.json`, or the name of our own comment. */
  readonly by: string;
  readonly reason: string;
}

/** The findings of one file that are to be reported, and those that would be if nobody had answered them. */
export interface Sifted {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
}

/** Sifts the verdicts of a file by what the user asked for, the settings, and the suppressions. */
export function sift(analysis: Analysis, file: string, wanted: Wanted, settings: Settings, suppressions: Suppressions): Sifted {
  const reportable = analysis.verdicts.filter(isFinding).filter((finding) => isWanted(finding, wanted, settings));
  const comments = new DisableComments(analysis.model);
  const lines = new LineIndex(analysis.model.text);
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of reportable) {
    const reason = comments.reasonAt(`leakproof/${finding.rule}`, lines.positionOf(finding.span.start));
    if (finding.suppressed) suppressed.push({ finding, by: finding.suppressed.by, reason: finding.suppressed.why });
    else if (reason !== undefined) suppressed.push({ finding, by: 'eslint-disable', reason });
    else findings.push(finding);
  }
  const listed = listedFindings(findings, (rule) => suppressions(file, `leakproof/${rule}`));
  return {
    findings: findings.filter((finding) => !listed.has(finding)),
    suppressed: [
      ...suppressed,
      ...[...listed].map((finding) => ({ finding, by: SUPPRESSIONS_FILE, reason: '' })),
    ].sort((left, right) => left.finding.span.start - right.finding.span.start),
  };
}

function isWanted(finding: Finding, { confidence, rules }: Wanted, settings: Settings): boolean {
  if (rules && !rules.includes(finding.rule)) return false;
  const own = settings.rules.get(finding.rule);
  if (own?.level === 'off' && !rules) return false;
  if (own && isAllowed(finding, own.allow)) return false;
  const threshold = confidence ?? (own?.level === 'likely' ? 'likely' : 'certain');
  return threshold === 'likely' || finding.outcome === 'certain';
}

/**
 * What ESLint's list covers. It holds counts, and as in ESLint one finding more
 * than counted brings all of them back. A list made at `certain` still covers
 * the certain ones when likely ones are shown as well.
 */
function listedFindings(findings: readonly Finding[], countOf: (rule: RuleId) => number): Set<Finding> {
  const listed = new Set<Finding>();
  for (const rule of new Set(findings.map((finding) => finding.rule))) {
    const all = findings.filter((finding) => finding.rule === rule);
    const certain = all.filter(({ outcome }) => outcome === 'certain');
    const covered = [all, certain].find((some) => some.length <= countOf(rule));
    for (const finding of covered ?? []) listed.add(finding);
  }
  return listed;
}
