/** A place as people count: both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into lines and columns; lines end where ECMAScript says so. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    if (/[\r\u2028\u2029]/.test(text)) for (const end of text.matchAll(/\r\n|[\r\n\u2028\u2029]/g)) this.#starts.push(end.index + end[0].length);
    else for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.#starts.push(end + 1);
  }

  /** Number of lines; an empty last line counts. */
  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; an offset beyond the text lies on the last line. */
  positionOf(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.startOf(low) + 1 };
  }

  private startOf(index: number): number {
    return this.#starts[index] ?? 0;
  }
}
