import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import type envPaths from 'env-paths';
import type writeFileAtomic from 'write-file-atomic';
import { WhenNeeded } from './when-needed.js';

const paths = new WhenNeeded<{ readonly default: typeof envPaths }>('env-paths');
const atomic = new WhenNeeded<typeof writeFileAtomic>('write-file-atomic');

/** Stores that nobody has used for so long are thrown away. */
const FORGOTTEN_AFTER_MS = 30 * 24 * 60 * 60 * 1000;
/** More projects than this are not remembered. */
const MOST_STORES = 100;
/** How many times what a run has used a store may hold. */
const MOST_UNUSED = 2;
const LINE_END = 0x0a;

/** What was found out about contents, kept for the next run. */
export interface RecordStore<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** Writes what has changed. A store that cannot be written is no error: the next run takes longer. */
  save(): void;
}

/** A store that forgets. */
export function noStore<Value>(): RecordStore<Value> {
  const known = new Map<string, Value>();
  return { get: (key) => known.get(key), set: (key, value) => void known.set(key, value), save: () => undefined };
}

/**
 * Opens the store of a project, in the user's folder for caches. What is there is
 * taken only if it is whole and was made for the same purpose; else it is as
 * good as none, and replaced. Runs at the same time may lose each other's
 * work, never break it: a file is replaced as a whole.
 *
 * @param root absolute path of the project
 * @param purpose all that the values depend on besides their keys: versions, settings
 */
export function openStore<Value>(root: string, purpose: string): RecordStore<Value> {
  return new FileStore<Value>(join(cacheFolder(), `${hash(root)}.json`), hash(purpose));
}

/** Where the stores lie: in the folder that the system has for caches, unless `LEAKPROOF_CACHE_DIR` names another. */
function cacheFolder(): string {
  const named = process.env['LEAKPROOF_CACHE_DIR'];
  return named === undefined || named === '' ? paths.get().default('leakproof', { suffix: '' }).cache : named;
}

/**
 * A file of parts, each two lines: a seal, and what was found out in one run.
 * Of two parts that know a key, the later one is right. A part is added where
 * little has changed, since writing all of them takes longer than most runs
 * with a change in one file.
 */
class FileStore<Value> implements RecordStore<Value> {
  // leakproof-bounded: as many as the file has
  readonly #known = new Map<string, Value>();
  /** Asked for or made in this run. */
  // leakproof-bounded: as many as the project has files, for one run of the command
  readonly #used = new Map<string, Value>();
  /** Made in this run. */
  // leakproof-bounded: as many as the project has files, for one run of the command
  readonly #made = new Map<string, Value>();
  /** How many the parts of the file have together; none if it cannot be added to. */
  #kept: number | undefined;

  constructor(private readonly path: string, private readonly purpose: string) {
    this.#read();
  }

  get(key: string): Value | undefined {
    const found = this.#used.get(key) ?? this.#known.get(key);
    if (found !== undefined) this.#used.set(key, found);
    return found;
  }

  set(key: string, value: Value): void {
    this.#used.set(key, value);
    this.#made.set(key, value);
  }

  save(): void {
    try {
      if (this.#made.size === 0) utimesSync(this.path, new Date(), new Date());
      else if (this.#kept !== undefined && this.#kept + this.#made.size <= MOST_UNUSED * this.#used.size) appendFileSync(this.path, `\n${this.#part([...this.#made])}`);
      else this.#write();
    } catch {
      // A full disk, a read-only home: scanning goes on without.
    }
  }

  /** Up to the first part that is not whole, or was made for another purpose. */
  #read(): void {
    try {
      const bytes = readFileSync(this.path);
      let kept = 0;
      for (let at = 0; at < bytes.length; ) {
        const middle = bytes.indexOf(LINE_END, at);
        const next = bytes.indexOf(LINE_END, middle + 1);
        const body = bytes.subarray(middle + 1, next < 0 ? bytes.length : next);
        if (middle < 0 || bytes.toString('latin1', at, middle) !== this.#seal(body)) return;
        const entries = JSON.parse(body.toString('utf8')) as [string, Value][];
        for (const [key, value] of entries) this.#known.set(key, value);
        kept += entries.length;
        at = next < 0 ? bytes.length : next + 1;
      }
      if (kept > 0) this.#kept = kept;
    } catch {
      // There is none, or what is there cannot be read.
    }
  }

  #part(entries: readonly (readonly [string, Value])[]): string {
    const body = JSON.stringify(entries);
    return `${this.#seal(body)}\n${body}`;
  }

  /** Tells whether a body is whole, and made for this purpose. */
  #seal(body: string | Buffer): string {
    return `${this.purpose} ${hash(body)}`;
  }

  #write(): void {
    // What this run had no use for belongs to another branch or to files that are gone: as much of it is kept as was used.
    const unused = [...this.#known].filter(([key]) => !this.#used.has(key));
    const kept = unused.slice(Math.max(0, unused.length - this.#used.size));
    mkdirSync(cacheFolder(), { recursive: true });
    atomic.get().sync(this.path, this.#part([...kept, ...this.#used]), { fsync: false });
    forgetOthers(cacheFolder(), basename(this.path));
  }
}

/** Deletes the stores of projects that nobody looks at any more. */
function forgetOthers(folder: string, own: string): void {
  const limit = Date.now() - FORGOTTEN_AFTER_MS;
  const others = readdirSync(folder).filter((name) => name !== own).map((name) => ({ path: join(folder, name), usedAt: statSync(join(folder, name)).mtimeMs }));
  others.sort((left, right) => right.usedAt - left.usedAt);
  for (const [rank, { path, usedAt }] of others.entries()) if (rank >= MOST_STORES - 1 || usedAt < limit) rmSync(path, { force: true });
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
