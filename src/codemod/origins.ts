import type { Edit } from '../core/index.js';

/** Where an offset of an edited text was before the edits. */
export interface Origin {
  /** Offset in the text before; of written text, the place where it was put. */
  readonly offset: number;
  /** Whether the edits wrote the text at this offset. */
  readonly written: boolean;
}

/** Takes an offset of the text after one round of edits back to the text before it. */
export function originOf(offset: number, edits: readonly Edit[]): Origin {
  let shift = 0;
  for (const edit of [...edits].sort((left, right) => left.start - right.start)) {
    const start = edit.start + shift;
    if (offset < start) break;
    if (offset < start + edit.text.length) return { offset: edit.start, written: true };
    shift += edit.text.length - (edit.end - edit.start);
  }
  return { offset: offset - shift, written: false };
}

/** Takes an offset of the present text back through all rounds to the text that we were given. */
export function originalOffset(offset: number, rounds: readonly (readonly Edit[])[]): number {
  return rounds.reduceRight((present, edits) => originOf(present, edits).offset, offset);
}
