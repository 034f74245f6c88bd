import type { TSESLint } from '@typescript-eslint/utils';
import { codemods } from '../../codemods/all.js';
import { planSuggestion } from '../../codemods/suggestions/all.js';
import type { Repair } from '../codemod/codemod.js';
import { dominantLineEnd, withLineEnds } from '../codemod/line-ends.js';
import { planRepair } from '../codemod/plan.js';
import type { Analysis, Edit, Finding } from '../core/index.js';

/** What an editor offers about a finding. */
export interface EditorRepair {
  /** What it does, as a heading. */
  readonly title: string;
  readonly fix: TSESLint.ReportFixFunction;
  /** Whether it may be made unseen: it is safe, and one contiguous edit is all of it. */
  readonly isAutomatic: boolean;
}

/** The repair of a finding that this file decides; undefined if none is known to be right. Asked for reported findings only. */
export function findEditorRepair(finding: Finding, analysis: Analysis): EditorRepair | undefined {
  const plan = planRepair(finding, analysis, codemods);
  if ('refused' in plan) return suggestionFor(finding, analysis);
  const title = codemods.find(({ id }) => id === plan.codemod)?.title ?? plan.codemod;
  return { title: plan.notes.length > 0 ? `${title} (${plan.notes.join('; ')})` : title, fix: fixOf(plan, analysis), isAutomatic: plan.safety === 'safe' && plan.edits.length === 1 };
}

function suggestionFor(finding: Finding, analysis: Analysis): EditorRepair | undefined {
  const suggestion = planSuggestion(finding, analysis);
  if (!suggestion || 'refused' in suggestion.plan) return undefined;
  return { title: suggestion.title, fix: fixOf(suggestion.plan, analysis), isAutomatic: false };
}

function fixOf({ edits }: Repair, { model }: Analysis): TSESLint.ReportFixFunction {
  const lineEnd = dominantLineEnd(model.text);
  return (fixer) => edits.map(({ start, end, text }: Edit) => fixer.replaceTextRange([start, end], withLineEnds(text, lineEnd)));
}
