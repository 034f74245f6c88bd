import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
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

class FileStore<Value> implements RecordStore<Value> {
  readonly #known: ReadonlyMap<string, Value>;
  /** Asked for or made in this run. */
  // leakproof-bounded: as many as the project has files, for one run of the command
  readonly #used = new Map<string, Value>();
  #isChanged = false;

  constructor(private readonly path: string, private readonly purpose: string) {
    this.#known = this.#read();
  }

  get(key: string): Value | undefined {
    const found = this.#used.get(key) ?? this.#known.get(key);
    if (found !== undefined) this.#used.set(key, found);
    return found;
  }

  set(key: string, value: Value): void {
    this.#used.set(key, value);
    this.#isChanged = true;
  }

  save(): void {
    try {
      if (this.#isChanged) this.#write();
      else utimesSync(this.path, new Date(), new Date());
    } catch {
      // A full disk, a read-only home: scanning goes on without.
    }
  }

  #read(): Map<string, Value> {
    try {
      const text = readFileSync(this.path, 'utf8');
      const end = text.indexOf('\n');
      const body = text.slice(end + 1);
      if (text.slice(0, end) !== this.#seal(body)) return new Map();
      return new Map(JSON.parse(body) as [string, Value][]);
    } catch {
      return new Map();
    }
  }

  /** Tells whether a body is whole, and made for this purpose. */
  #seal(body: string): string {
    return `${this.purpose} ${hash(body)}`;
  }

  #write(): void {
    // What this run had no use for belongs to another branch or to files that are gone: as much of it is kept as was used.
    const unused = [...this.#known].filter(([key]) => !this.#used.has(key));
    const kept = unused.slice(Math.max(0, unused.length - this.#used.size));
    const body = JSON.stringify([...kept, ...this.#used]);
    mkdirSync(cacheFolder(), { recursive: true });
    atomic.get().sync(this.path, `${this.#seal(body)}\n${body}`, { fsync: false });
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

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
