import { applyEdits, type Analysis, type Edit } from '../core/index.js';
import type { Codemod, Repair, RepairValues } from './codemod.js';
import { composeEdits } from './compose-edits.js';
import { collectNewFindings } from './gates/finding-gone.js';
import { planRepair } from './plan.js';
import type { ReadText } from './read-text.js';

/** Findings that one repair may bring to light. */
const MAX_FOLLOW_UPS = 8;

/**
 * A repair together with those of what it brings to light: a class that is given
 * a teardown for one thing has to end the others there, too. Undefined if it
 * brings nothing to light, or something that has no repair.
 */
export function withFollowUps(repair: Repair, before: Analysis, codemods: readonly Codemod[], values: RepairValues | undefined, read: ReadText): Repair | undefined {
  const { path, text } = before.model;
  let edits: readonly Edit[] = repair.edits;
  let { safety } = repair;
  const notes = [...repair.notes];
  for (let count = 0; count <= MAX_FOLLOW_UPS; count++) {
    const after = read(path, applyEdits(text, edits));
    if ('unreadable' in after) return undefined;
    const [next] = collectNewFindings({ before, after, edits });
    if (!next) return count === 0 ? undefined : { edits, safety, notes };
    const plan = planRepair(next, after, codemods, values);
    if ('refused' in plan) return undefined;
    edits = composeEdits(edits, plan.edits, text.length);
    if (plan.safety === 'review') safety = 'review';
    notes.push(...plan.notes);
  }
  return undefined;
}
