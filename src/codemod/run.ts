import { applyEdits, isFinding, type Analysis, type AnalysisSettings, type Confidence, type Edit, type Finding, type RuleId } from '../core/index.js';
import { LineIndex } from '../project/line-index.js';
import { splitByteOrderMark } from './byte-order-mark.js';
import type { Codemod, CodemodId, RepairValues, Safety } from './codemod.js';
import { withFollowUps } from './follow-ups.js';
import { passGates, type Gate, type Passage } from './gates/pass-gates.js';
import { dominantLineEnd, withLineEnds, type LineEnd } from './line-ends.js';
import { originalOffset } from './origins.js';
import { planRepair } from './plan.js';
import { readWith, type ReadText } from './read-text.js';

/** Which findings are repaired, and how much a repair may ask of the reader. */
export interface RepairOptions {
  readonly codemods: readonly Codemod[];
  /** `certain` repairs only certain findings, `likely` all. */
  readonly confidence: Confidence;
  /** Whether repairs that want a look are made, too. */
  readonly includeReview: boolean;
  readonly settings: AnalysisSettings;
  /** Numbers that repairs write into the code. */
  readonly values?: RepairValues;
  /** Only findings of these rules; without it, of all. */
  readonly rules?: readonly RuleId[];
  /** A last word on each finding: a baseline, a range of lines, a person at the terminal. */
  readonly accepts?: (finding: Finding, analysis: Analysis) => boolean;
  /** What is done with a repair that has passed all gates; without it, it is made. */
  readonly decide?: (proposal: Proposal) => Decision;
  /** How a text is read and judged, before and after an edit; without it, as a file on its own. */
  readonly read?: ReadText;
  /** Rounds of edits that the text has got already, of repairs that it shares with other files. */
  readonly rounds?: readonly (readonly Edit[])[];
}

/** A finding that a codemod was asked about, told by its line in the text that was given. */
export interface AskedFinding {
  readonly rule: RuleId;
  readonly symbol: string;
  readonly line: number;
  readonly codemod: CodemodId;
}

/** A repair that has passed all gates, and waits to be made. */
export interface Proposal extends AskedFinding {
  /** The same for the same finding of the same text, whatever else is repaired; no other file has it. */
  readonly id: string;
  /** As it stands in `before`. */
  readonly finding: Finding;
  /** Of `before` and of `after`, without byte order marks. */
  readonly analysis: Analysis;
  readonly outcome: Analysis;
  readonly safety: Safety;
  readonly notes: readonly string[];
  /** The file's text with all repairs made so far, and with this one, both with byte order mark. */
  readonly before: string;
  readonly after: string;
  /** Why the text that was given instead will not do. */
  readonly objection?: string;
}

/**
 * What is done with a repair: it is made; or it is not, since a person or
 * another gate has refused it; or a person has written something else, the text
 * that shall stand instead of `after`. That text goes through the gates as well:
 * if one stops it, the same repair is proposed again, with the objection.
 */
export type Decision = 'make' | { readonly refused: string } | { readonly gate: Gate; readonly why: string } | { readonly text: string };

export interface Repaired extends AskedFinding {
  /** Of the proposal that was made. */
  readonly id: string;
  readonly safety: Safety;
  readonly notes: readonly string[];
}

/** No repair is known to be right, or it wants a look and that was not asked for. */
export interface Refused extends AskedFinding {
  readonly why: string;
}

/** A repair was planned and made in memory, but a gate stopped it. */
export interface Failed extends AskedFinding {
  readonly gate: Gate;
  readonly why: string;
}

/** What became of one file. A finding stands in one of the lists. */
export interface FileRepair {
  readonly text: string;
  readonly changed: boolean;
  readonly repaired: readonly Repaired[];
  readonly refused: readonly Refused[];
  readonly failed: readonly Failed[];
}

/** Thrown for a text that does not parse: such a file is never written. */
export class UnreadableSourceError extends Error {
  override readonly name = 'UnreadableSourceError';
}

/**
 * Repairs the findings of one file, one after the other, each planned on the
 * text that the ones before it left. A repair that a gate stops is dropped and
 * the others go on. Ends because the gates let pass only what lowers the number
 * of findings, and because a repair that failed is not tried again.
 */
export function repairFile(source: SourceText, options: RepairOptions): FileRepair {
  const steps = repairSteps(source, options);
  let step = steps.next();
  while (!step.done) step = steps.next(options.decide?.(step.value) ?? 'make');
  return step.value;
}

/** A text to be repaired, byte order mark included. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** As `repairFile`, but whoever drives it decides on each repair, in its own time. */
export function* repairSteps(source: SourceText, options: RepairOptions): Generator<Proposal, FileRepair, Decision> {
  const { mark, text: original } = splitByteOrderMark(source.text);
  const read = options.read ?? readWith(options.settings);
  const rounds = options.rounds ?? [];
  const analysis = read(source.path, rounds.reduce(applyEdits, original));
  if ('unreadable' in analysis) throw new UnreadableSourceError(`${source.path} does not parse: ${analysis.unreadable}`);

  const progress: Progress = {
    mark,
    lines: new LineIndex(original),
    lineEnd: dominantLineEnd(original),
    analysis,
    rounds: [...rounds],
    repaired: [],
    refused: [],
    denied: new Map(),
    failed: new Map(),
  };
  while (yield* repairNext(progress, options, read));
  return {
    text: mark + progress.analysis.model.text,
    changed: progress.rounds.length > 0,
    repaired: progress.repaired,
    refused: [...progress.denied.values(), ...progress.refused].sort((left, right) => left.line - right.line),
    failed: [...progress.failed.values()],
  };
}

interface Progress {
  /** The byte order mark, if there is one. */
  readonly mark: string;
  /** Of the text that was given. */
  readonly lines: LineIndex;
  readonly lineEnd: LineEnd;
  /** Of the text as it is now. */
  analysis: Analysis;
  /** The edits of every repair, each on the text that the one before it left. */
  readonly rounds: (readonly Edit[])[];
  readonly repaired: Repaired[];
  /** Asked anew in every round: a repair may clear the way for another. */
  refused: Refused[];
  /** Repairs that whoever decides did not want, by id, as the next. */
  readonly denied: Map<string, Refused>;
  readonly failed: Map<string, Failed>;
}

/** Makes the first repair that can be made; false if there is none left. */
function* repairNext(progress: Progress, options: RepairOptions, read: ReadText): Generator<Proposal, boolean, Decision> {
  const { analysis, lines, rounds, denied, failed } = progress;
  progress.refused = [];
  for (const finding of analysis.verdicts.filter(isFinding)) {
    if (!isWanted(finding, analysis, options)) continue;
    const offset = originalOffset(finding.span.start, rounds);
    const id = `${analysis.model.path} ${finding.rule} ${offset}`;
    if (denied.has(id) || failed.has(id)) continue;

    const plan = planRepair(finding, analysis, options.codemods, options.values);
    if (plan.codemod === undefined) continue;
    const { line } = lines.positionOf(offset);
    const asked: AskedFinding = { rule: finding.rule, symbol: finding.symbol, line, codemod: plan.codemod };
    if ('refused' in plan) {
      progress.refused.push({ ...asked, why: plan.refused });
      continue;
    }
    if (plan.safety === 'review' && !options.includeReview) {
      progress.refused.push({ ...asked, why: WANTS_A_LOOK });
      continue;
    }

    const tryOut = (some: readonly Edit[]) => passGates({ finding, edits: some, before: analysis, codemods: options.codemods, values: options.values ?? {} }, read);
    const alone = inLinesOf(progress, plan.edits);
    const passage = tryOut(alone);
    // What a repair that wants a look brings to light is repaired with it, if that is all that stops it.
    const together = plan.safety === 'review' && 'gate' in passage && passage.gate === 'finding-gone' ? withFollowUps(plan, analysis, options.codemods, options.values, read) : undefined;
    const whole = together ?? plan;
    const edits = together ? inLinesOf(progress, together.edits) : alone;
    const proposal = { ...asked, id, finding, safety: whole.safety, notes: whole.notes };
    const outcome = yield* decideOn(proposal, edits, together ? tryOut(edits) : passage, tryOut, progress);
    if ('refused' in outcome) {
      denied.set(id, { ...asked, why: outcome.refused });
    } else if ('gate' in outcome) {
      failed.set(id, { ...asked, gate: outcome.gate, why: outcome.why });
    } else {
      progress.repaired.push({ ...asked, id, safety: whole.safety, notes: whole.notes });
      rounds.push(outcome.edits);
      progress.analysis = outcome.after;
      return true;
    }
  }
  return false;
}

/** Edits whose text has the line ends of the file. */
function inLinesOf({ lineEnd }: Progress, edits: readonly Edit[]): Edit[] {
  return edits.map((edit) => ({ ...edit, text: withLineEnds(edit.text, lineEnd) }));
}

/** What is to be done with a planned repair after all gates and the decision. */
type Outcome = Exclude<Decision, 'make' | { readonly text: string }> | { readonly edits: readonly Edit[]; readonly after: Analysis };

/** Asks for the decision on a repair that has passed the gates; and both again where the decision is another text. */
function* decideOn(
  proposal: Omit<Proposal, 'before' | 'after' | 'analysis' | 'outcome'>,
  planned: readonly Edit[],
  passage: Passage,
  tryOut: (edits: readonly Edit[]) => Passage,
  { analysis, mark }: Progress,
): Generator<Proposal, Outcome, Decision> {
  if ('gate' in passage) return passage;
  const texts = { before: mark + analysis.model.text, after: mark + passage.after.model.text, analysis, outcome: passage.after };
  let objection: string | undefined;
  for (;;) {
    const decision = yield { ...proposal, ...texts, ...(objection !== undefined && { objection }) };
    if (decision === 'make') return { edits: planned, after: passage.after };
    if (!('text' in decision)) return decision;
    const edits = editBetween(analysis.model.text, splitByteOrderMark(decision.text).text);
    const other = tryOut(edits);
    if ('after' in other) return { edits, after: other.after };
    objection = other.why;
  }
}

/** The one edit that makes a text another; none if they are the same. */
function editBetween(before: string, after: string): Edit[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [{ start, end: before.length - end, text: after.slice(start, after.length - end) }];
}

/** Why a repair is not made that somebody has to look at. */
export const WANTS_A_LOOK = 'The repair wants a look, and is made only with --review.';

/** Whether a finding is one that is to be repaired. */
export function isWanted(finding: Finding, analysis: Analysis, options: RepairOptions): boolean {
  return (
    finding.suppressed === undefined &&
    (finding.outcome === 'certain' || options.confidence === 'likely') &&
    (options.rules === undefined || options.rules.includes(finding.rule)) &&
    (options.accepts === undefined || options.accepts(finding, analysis))
  );
}
