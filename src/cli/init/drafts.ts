import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { writeAtomically, WriteError } from '../../codemod/write.js';
import { systemReason } from '../../project/read.js';
import { CannotRun } from '../cannot-run.js';
import type { Outcome } from './outcome.js';

/** A file as it is to be. */
export interface Draft {
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** Undefined for a file that is to be made. */
  readonly before: string | undefined;
  readonly after: string;
}

/** The files of a root, with what is to be changed in them; nothing is written until it is asked for. */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  constructor(private readonly root: string) {}

  has(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  /**
   * The text of a file with what is to be changed in it; undefined if there is no such file.
   *
   * @throws CannotRun if it cannot be read as UTF-8
   */
  read(file: string): string | undefined {
    const draft = this.#drafts.get(file);
    if (draft) return draft.after;
    if (!this.has(file)) return undefined;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(join(this.root, file)));
    } catch (error) {
      throw new CannotRun(`Cannot read ${file}: ${error instanceof TypeError ? 'it is not UTF-8' : systemReason(error)}.`);
    }
  }

  /** Has a file edited, one that is not there as an empty text. */
  edit(file: string, edit: (text: string) => Outcome): Outcome {
    const text = this.read(file);
    const outcome = edit(text ?? '');
    if (typeof outcome === 'object' && 'edited' in outcome) {
      const before = this.#drafts.has(file) ? this.#drafts.get(file)?.before : text;
      this.#drafts.set(file, { file, before, after: outcome.edited });
    }
    return outcome;
  }

  /** In the order in which they were first edited. */
  all(): readonly Draft[] {
    return [...this.#drafts.values()];
  }

  /**
   * Writes all of them, each if it still holds what was read.
   *
   * @throws CannotRun naming the file that cannot be written, and those that were
   */
  async write(): Promise<void> {
    const written: string[] = [];
    for (const { file, before, after } of this.all()) {
      const path = join(this.root, file);
      try {
        if (before === undefined) await writeFile(path, after, { flag: 'wx', mode: 0o755 });
        else await writeAtomically(path, Buffer.from(after), { expected: Buffer.from(before) });
      } catch (error) {
        const why = error instanceof WriteError ? error.message : `Cannot write ${file}: ${systemReason(error)}.`;
        throw new CannotRun(written.length === 0 ? why : `${why} Written before were ${written.join(', ')}; another run goes on from there.`);
      }
      written.push(file);
    }
  }
}
