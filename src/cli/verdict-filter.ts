import { isFinding, type Analysis, type Confidence, type Finding, type RuleId, type SourceModel } from '../core/index.js';
import { isAllowed } from '../project/allow.js';
import { LineIndex } from '../project/line-index.js';
import type { Settings } from '../project/settings.js';
import { DisableComments } from './disable-comments.js';
import { coveredBy, SUPPRESSIONS_FILE, type Suppressions } from './suppressions-file.js';

/** What the user wants to hear of. */
export interface Wanted {
  /** Overrides the settings; undefined leaves them their say. */
  readonly confidence: Confidence | undefined;
  /** Only these rules, even those that the settings switch off; undefined for all others. */
  readonly rules: readonly RuleId[] | undefined;
}

/** What somebody said to a finding already. */
export interface Answer {
  /** `eslint-disable`, `eslint-suppressions.json`, or the name of our own comment. */
  readonly by: string;
  readonly reason: string;
}

/** A finding that somebody answered already. */
export interface Suppressed<Found = Finding> extends Answer {
  readonly finding: Found;
}

/** The findings of one file that are to be reported, and those that would be if nobody had answered them. */
export interface Sifted<Found = Finding> {
  readonly findings: readonly Found[];
  readonly suppressed: readonly Suppressed<Found>[];
}

/** What is asked of a finding, whatever its form. */
interface Siftable {
  readonly rule: string;
  readonly symbol: string;
  readonly owner: string;
  readonly confidence: Confidence;
  readonly answer?: Answer | undefined;
}

/** Sifts the verdicts of a file by what the user asked for, the settings, and the suppressions. */
export function sift(analysis: Analysis, file: string, wanted: Wanted, settings: Settings, suppressions: Suppressions): Sifted {
  const all = analysis.verdicts.filter(isFinding);
  const answers = answersOf(all, analysis.model, new LineIndex(analysis.model.text));
  const { findings, suppressed } = siftAnswered(all.map((finding) => ({ ...namesOf(finding), finding, answer: answers.get(finding) })), file, wanted, settings, suppressions);
  return { findings: findings.map(({ finding }) => finding), suppressed: suppressed.map(({ finding: { finding }, ...answer }) => ({ finding, ...answer })) };
}

function namesOf({ rule, symbol, owner, outcome }: Finding): Siftable {
  return { rule, symbol, owner, confidence: outcome };
}

/** What comments in the file say to its findings, whoever asks for them. */
export function answersOf(findings: readonly Finding[], model: SourceModel, lines: LineIndex): Map<Finding, Answer> {
  const answers = new Map<Finding, Answer>();
  if (findings.length === 0) return answers;
  const comments = new DisableComments(model);
  for (const finding of findings) {
    const reason = comments.reasonAt(`leakproof/${finding.rule}`, lines.positionOf(finding.span.start));
    if (finding.suppressed) answers.set(finding, { by: finding.suppressed.by, reason: finding.suppressed.why });
    else if (reason !== undefined) answers.set(finding, { by: 'eslint-disable', reason });
  }
  return answers;
}

/** Sifts findings of one file, in source order, whose answers in comments are known. */
export function siftAnswered<Found extends Siftable>(all: readonly Found[], file: string, wanted: Wanted, settings: Settings, suppressions: Suppressions): Sifted<Found> {
  const reportable = all.filter((finding) => isWanted(finding, wanted, settings));
  const unanswered = reportable.filter(({ answer }) => !answer);
  const listed = listedFindings(unanswered, (rule) => suppressions(file, `leakproof/${rule}`));
  return {
    findings: unanswered.filter((finding) => !listed.has(finding)),
    suppressed: reportable.flatMap((finding) => (finding.answer ? [{ finding, ...finding.answer }] : listed.has(finding) ? [{ finding, by: SUPPRESSIONS_FILE, reason: '' }] : [])),
  };
}

function isWanted(finding: Siftable, { confidence, rules }: Wanted, settings: Settings): boolean {
  const rule = finding.rule as RuleId;
  if (rules && !rules.includes(rule)) return false;
  const own = settings.rules.get(rule);
  if (own?.level === 'off' && !rules) return false;
  if (own && isAllowed(finding, own.allow)) return false;
  const threshold = confidence ?? (own?.level === 'likely' ? 'likely' : 'certain');
  return threshold === 'likely' || finding.confidence === 'certain';
}

/** What ESLint's list covers. */
function listedFindings<Found extends Siftable>(findings: readonly Found[], countOf: (rule: string) => number): Set<Found> {
  const listed = new Set<Found>();
  for (const rule of new Set(findings.map((finding) => finding.rule))) {
    for (const finding of coveredBy(countOf(rule), findings.filter((one) => one.rule === rule))) listed.add(finding);
  }
  return listed;
}
