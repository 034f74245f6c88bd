import { isFinding, type Analysis, type AnalysisSettings, type Confidence, type Edit, type Finding, type RuleId } from '../core/index.js';
import { LineIndex } from '../project/line-index.js';
import { splitByteOrderMark } from './byte-order-mark.js';
import type { Codemod, CodemodId, RepairValues, Safety } from './codemod.js';
import { passGates, type Gate } from './gates/pass-gates.js';
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
  /** How a text is read and judged, before and after an edit; without it, as a file on its own. */
  readonly read?: ReadText;
}

/** A finding that a codemod was asked about, told by its line in the text that was given. */
export interface AskedFinding {
  readonly rule: RuleId;
  readonly symbol: string;
  readonly line: number;
  readonly codemod: CodemodId;
}

export interface Repaired extends AskedFinding {
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
export function repairFile(source: { readonly path: string; readonly text: string }, options: RepairOptions): FileRepair {
  const { mark, text: original } = splitByteOrderMark(source.text);
  const read = options.read ?? readWith(options.settings);
  const analysis = read(source.path, original);
  if ('unreadable' in analysis) throw new UnreadableSourceError(`${source.path} does not parse: ${analysis.unreadable}`);

  const progress: Progress = {
    lines: new LineIndex(original),
    lineEnd: dominantLineEnd(original),
    analysis,
    rounds: [],
    repaired: [],
    refused: [],
    failed: new Map(),
  };
  while (repairNext(progress, options, read));
  return {
    text: mark + progress.analysis.model.text,
    changed: progress.rounds.length > 0,
    repaired: progress.repaired,
    refused: progress.refused,
    failed: [...progress.failed.values()],
  };
}

interface Progress {
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
  readonly failed: Map<string, Failed>;
}

/** Makes the first repair that can be made; false if there is none left. */
function repairNext(progress: Progress, options: RepairOptions, read: ReadText): boolean {
  const { analysis, lines, rounds, failed } = progress;
  progress.refused = [];
  for (const finding of analysis.verdicts.filter(isFinding)) {
    if (!isWanted(finding, analysis, options)) continue;
    const offset = originalOffset(finding.span.start, rounds);
    const identity = `${finding.rule} ${offset}`;
    if (failed.has(identity)) continue;

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

    const edits = plan.edits.map((edit) => ({ ...edit, text: withLineEnds(edit.text, progress.lineEnd) }));
    const passage = passGates({ finding, edits, before: analysis, codemods: options.codemods, values: options.values ?? {} }, read);
    if ('gate' in passage) {
      failed.set(identity, { ...asked, gate: passage.gate, why: passage.why });
      continue;
    }
    progress.repaired.push({ ...asked, safety: plan.safety, notes: [...plan.notes, NOT_TYPE_CHECKED] });
    rounds.push(edits);
    progress.analysis = passage.after;
    return true;
  }
  return false;
}

const WANTS_A_LOOK = 'The repair wants a look, and such repairs were not asked for.';
const NOT_TYPE_CHECKED = 'not type-checked';

function isWanted(finding: Finding, analysis: Analysis, options: RepairOptions): boolean {
  return (
    finding.suppressed === undefined &&
    (finding.outcome === 'certain' || options.confidence === 'likely') &&
    (options.rules === undefined || options.rules.includes(finding.rule)) &&
    (options.accepts === undefined || options.accepts(finding, analysis))
  );
}
