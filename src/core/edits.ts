import type { Span } from './source-model.js';

/** Replaces a span of the original text; an empty span inserts. */
export interface Edit extends Span {
  readonly text: string;
}

/** Two edits that cannot both be applied. */
export interface Overlap {
  readonly first: Edit;
  readonly second: Edit;
}

/**
 * The first two edits that touch the same text, or nothing. Two insertions at
 * one offset overlap as well, since their order would be a guess: a plan that
 * wants both merges them itself.
 */
export function findOverlap(edits: readonly Edit[]): Overlap | undefined {
  const sorted = inOrder(edits);
  for (let index = 1; index < sorted.length; index++) {
    const first = sorted[index - 1] as Edit;
    const second = sorted[index] as Edit;
    if (second.start < first.end || second.start === first.start) return { first, second };
  }
  return undefined;
}

/** The text with all edits made. Throws a RangeError if they overlap or leave the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const overlap = findOverlap(edits);
  if (overlap) throw new RangeError(`edits overlap at ${overlap.second.start}`);
  let result = '';
  let offset = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < 0 || edit.end < edit.start || edit.end > text.length) throw new RangeError(`edit outside the text at ${edit.start}`);
    result += text.slice(offset, edit.start) + edit.text;
    offset = edit.end;
  }
  return result + text.slice(offset);
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((left, right) => left.start - right.start || left.end - right.end);
}
