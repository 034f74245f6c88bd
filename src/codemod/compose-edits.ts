import type { Edit } from '../core/index.js';

/** A stretch of the text after some edits: kept from the text before, or written. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

/**
 * The edits of one text that do what two rounds do, one after the other.
 *
 * @param first edits of a text
 * @param second edits of what the first ones made of it
 * @param length of the text before both, in UTF-16 units
 */
export function composeEdits(first: readonly Edit[], second: readonly Edit[], length: number): Edit[] {
  return editsOf(edited(edited([{ start: 0, end: length }], first), second), length);
}

function edited(pieces: readonly Piece[], edits: readonly Edit[]): Piece[] {
  const result: Piece[] = [];
  let offset = 0;
  for (const { start, end, text } of [...edits].sort((left, right) => left.start - right.start || left.end - right.end)) {
    result.push(...cut(pieces, offset, start), { text });
    offset = end;
  }
  return [...result, ...cut(pieces, offset, Infinity)];
}

/** What of some pieces lies between two offsets of the text that they make up. */
function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const result: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const size = 'text' in piece ? piece.text.length : piece.end - piece.start;
    const start = Math.max(from - offset, 0);
    const end = Math.min(to - offset, size);
    if (start < end) result.push('text' in piece ? { text: piece.text.slice(start, end) } : { start: piece.start + start, end: piece.start + end });
    offset += size;
  }
  return result;
}

function editsOf(pieces: readonly Piece[], length: number): Edit[] {
  const edits: Edit[] = [];
  let offset = 0;
  let text = '';
  const close = (next: number): void => {
    if (text !== '' || next > offset) edits.push({ start: offset, end: next, text });
    text = '';
  };
  for (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
      continue;
    }
    close(piece.start);
    offset = piece.end;
  }
  close(length);
  return edits;
}
