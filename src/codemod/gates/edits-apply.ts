import { findOverlap, type Edit } from '../../core/index.js';
import type { Objection } from './trial.js';

/** The edits lie within the text and none touches another. */
export function editsApply(text: string, edits: readonly Edit[]): Objection {
  if (edits.length === 0) return 'The plan has no edits.';
  const outside = edits.find((edit) => edit.start < 0 || edit.end < edit.start || edit.end > text.length);
  if (outside) return `An edit lies outside the text, at ${outside.start}.`;
  const overlap = findOverlap(edits);
  return overlap && `Two edits touch the same text, at ${overlap.second.start}.`;
}
