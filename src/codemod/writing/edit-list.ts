import type { Edit, Span } from '../../core/index.js';

/**
 * Collects the edits of one plan. Insertions at one offset are put together in
 * the order in which they were asked for, and in front of a replacement that
 * starts there, since the engine takes two edits at one offset for an overlap.
 */
export class EditList {
  readonly #insertions = new Map<number, string>();
  readonly #replacements: Edit[] = [];

  insert(offset: number, text: string): void {
    this.#insertions.set(offset, (this.#insertions.get(offset) ?? '') + text);
  }

  replace(span: Span, text: string): void {
    if (span.start === span.end) this.insert(span.start, text);
    else this.#replacements.push({ ...span, text });
  }

  /** All edits, in the order of the text. */
  all(): Edit[] {
    const insertions = new Map(this.#insertions);
    const replacements = this.#replacements.map((edit) => {
      const before = insertions.get(edit.start) ?? '';
      insertions.delete(edit.start);
      return { ...edit, text: before + edit.text };
    });
    const rest = [...insertions].map(([offset, text]) => ({ start: offset, end: offset, text }));
    return [...replacements, ...rest].sort((left, right) => left.start - right.start || left.end - right.end);
  }
}
