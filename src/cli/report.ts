import { codemods } from '../../codemods/all.js';
import { planSuggestion } from '../../codemods/suggestions/all.js';
import { rules } from '../../rules/index.js';
import { describeReason } from '../../rules/wording/reasons.js';
import type { Safety } from '../codemod/codemod.js';
import { passGates } from '../codemod/gates/pass-gates.js';
import { dominantLineEnd, withLineEnds } from '../codemod/line-ends.js';
import { planRepair, type RepairPlan } from '../codemod/plan.js';
import type { ReadText } from '../codemod/read-text.js';
import type { Analysis, Confidence, Finding, OtherPlace, Span, Verdict } from '../core/index.js';
import type { LineIndex, Position } from '../project/line-index.js';

/** A place in a file; `file` is relative to the root of the report, with `/`. */
export interface Place extends Position {
  readonly file: string;
}

/** What a codemod would do about a finding, or why none does anything. */
export type RepairOffer = { readonly codemod: string; readonly safety: Safety } | { readonly refused: string };

/** A finding as the reports and `--format json` show it. Lines and columns from 1, ends exclusive. */
export interface ReportedFinding extends Place {
  readonly rule: string;
  readonly kind: string;
  readonly endLine: number;
  readonly endColumn: number;
  readonly symbol: string;
  readonly owner: string;
  readonly confidence: Confidence;
  readonly message: string;
  /** The steps of the argument, in order. */
  readonly reasons: readonly (Place & { readonly text: string })[];
  readonly related: readonly (Place & { readonly role: string; readonly name: string })[];
  readonly fingerprint: string;
  readonly repair: RepairOffer;
}

export interface SuppressedFinding extends ReportedFinding {
  readonly by: string;
  readonly reason: string;
}

/** A file that could not be judged. */
export interface SkippedFile {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly reason: string;
}

/** An edit of a repair; the end is exclusive. */
export interface PlacedEdit {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** The result of a scan; the shape of `--format json`. */
export interface Report {
  readonly version: string;
  /** Absolute path of the folder that all paths are relative to. */
  readonly root: string;
  /** How many files were judged. */
  readonly files: number;
  readonly findings: readonly ReportedFinding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly skipped: readonly SkippedFile[];
  readonly durationMs: number;
}

/** Puts findings of one file into words and places. */
export class Reporter {
  readonly #plans = new Map<Finding, RepairPlan>();

  constructor(
    private readonly file: string,
    private readonly analysis: Analysis,
    private readonly lines: LineIndex,
    private readonly fingerprints: ReadonlyMap<Finding, string>,
    /** What leads from the root of the report to the root of the file's project; empty, or ends in `/`. */
    private readonly prefix = '',
  ) {}

  report(finding: Finding): ReportedFinding {
    const end = this.lines.positionOf(finding.span.end);
    return {
      rule: finding.rule,
      kind: finding.kind,
      ...this.place(finding.span),
      endLine: end.line,
      endColumn: end.column,
      symbol: finding.symbol,
      owner: finding.owner,
      confidence: finding.outcome,
      message: messageOf(finding),
      reasons: this.reasons(finding),
      related: finding.related.map(({ role, name, span, at }) => ({ role, name, ...this.place(span, at) })),
      fingerprint: this.fingerprints.get(finding) ?? '',
      repair: this.repair(finding),
    };
  }

  reasons(verdict: Verdict): ReportedFinding['reasons'] {
    return verdict.reasons.map((reason) => ({ text: describeReason(reason), ...this.place(reason.span, reason.at) }));
  }

  /**
   * The edits of the finding's repair, for those who would make them; none if
   * there is no repair, or a gate stops it.
   */
  edits(finding: Finding, read: ReadText): readonly PlacedEdit[] {
    const plan = this.plan(finding);
    if ('refused' in plan) return [];
    const lineEnd = dominantLineEnd(this.analysis.model.text);
    const edits = plan.edits.map((edit) => ({ ...edit, text: withLineEnds(edit.text, lineEnd) }));
    if ('gate' in passGates({ finding, edits, before: this.analysis, codemods, values: {} }, read)) return [];
    return edits.map(({ start, end, text }) => ({ start: this.lines.positionOf(start), end: this.lines.positionOf(end), text }));
  }

  private place(span: Span, at?: OtherPlace): Place {
    if (at) return { file: this.prefix + at.file, line: at.line, column: 1 };
    return { file: this.file, ...this.lines.positionOf(span.start) };
  }

  private plan(finding: Finding): RepairPlan {
    const known = this.#plans.get(finding);
    if (known) return known;
    const plan = planRepair(finding, this.analysis, codemods);
    this.#plans.set(finding, plan);
    return plan;
  }

  private repair(finding: Finding): RepairOffer {
    const plan = this.plan(finding);
    if (!('refused' in plan)) return { codemod: plan.codemod, safety: plan.safety };
    const suggestion = planSuggestion(finding, this.analysis);
    if (!suggestion) return { refused: plan.refused };
    return { refused: 'refused' in suggestion.plan ? suggestion.plan.refused : `No codemod does it; the rule offers it in the editor: ${suggestion.title}.` };
  }
}

function messageOf(finding: Finding): string {
  const rule = rules.find(({ id }) => id === finding.rule);
  return rule?.message(finding) ?? finding.rule;
}
