import type { Obstacle } from '../project/inspect.js';
import type { Console } from './console.js';
import type { FileRecord } from './file-record.js';
import { Progress } from './progress.js';
import type { SkippedFile } from './report.js';
import type { Target } from './targets.js';

/** What became of the files that a command was to read. */
export interface Tally {
  /** Absolute path of the folder that the names are relative to. */
  readonly root: string;
  readonly judged: number;
  /** The names of the judged files. */
  readonly names: ReadonlySet<string>;
  readonly lines: number;
  /** Passed over because a program wrote them. */
  readonly generated: number;
  readonly skipped: readonly SkippedFile[];
}

/** Counts files while they are judged, and tells the person at the terminal. */
export class Tallying {
  readonly #total: number;
  readonly #skipped: SkippedFile[] = [];
  readonly #names = new Set<string>();
  readonly #progress: Progress;
  #read = 0;
  #judged = 0;
  #lines = 0;
  #generated = 0;

  constructor(readonly root: string, targets: readonly Target[], private readonly paths: readonly string[], private readonly console: Console) {
    this.#total = targets.reduce((sum, { files }) => sum + files.length, 0);
    this.#progress = new Progress(console, 'Judging');
  }

  begin({ unreadable }: Target): void {
    for (const name of unreadable) this.console.note(`Warning: the folder ${name} cannot be read and was skipped.`);
  }

  /** @param count how many more are done */
  next(count = 1): void {
    this.#read += count;
    this.#progress.step(this.#read, this.#total);
  }

  judged(file: string, lines: number): void {
    this.#judged++;
    this.#names.add(file);
    this.#lines += lines;
  }

  /** Files that a change cannot have touched: what is found in them is as it was, and nobody asks. */
  unaffected(records: readonly FileRecord[]): void {
    for (const record of records) {
      if (record.kind === 'generated') this.generated();
      if (record.kind !== 'judged') continue;
      this.#judged++;
      this.#lines += record.lines;
    }
  }

  generated(): void {
    this.#generated++;
  }

  skipped(file: string, { reason, ...place }: Obstacle): void {
    this.#skipped.push({ file, ...place, reason });
    this.console.note(`Warning: ${[file, place.line, place.column].filter(Boolean).join(':')} ${reason}; it was skipped.`);
  }

  end({ embedded }: Target): void {
    if (embedded.length > 0) this.console.note(`Warning: ${embedded.length} .vue or .svelte files were skipped, for their scripts cannot be read yet.`);
  }

  /** @param mayBeNone whether it is no surprise that there was nothing to judge */
  finish(mayBeNone = false): Tally {
    this.console.progress('');
    if (!mayBeNone && this.#judged === 0 && this.#skipped.length === 0) {
      this.console.note(`No JavaScript or TypeScript to judge in ${this.paths.join(', ') || 'this folder'} (tests and generated files only count when named).`);
    }
    return { root: this.root, judged: this.#judged, names: this.#names, lines: this.#lines, generated: this.#generated, skipped: this.#skipped };
  }
}
