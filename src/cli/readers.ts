import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import type { Outside } from '../core/index.js';
import type { SourceFile } from '../project/discover.js';
import { DISK, type Files } from '../project/files.js';
import type { Settings } from '../project/settings.js';
import { judgeAgain, recordOf, type FileRecord, type JudgedAgain } from './file-record.js';
import type { Answer, Task } from './reading-thread.js';

/** Reads and judges single files. */
export interface Reader {
  /** Judges a file by itself. */
  recordOf(file: SourceFile, settings: Settings, files: Files, assumed: Outside | undefined): FileRecord | Promise<FileRecord>;
  /** Judges a file with what others do to it. */
  judgeAgain(file: SourceFile, settings: Settings, files: Files, outside: Outside | undefined): JudgedAgain | Promise<JudgedAgain>;
}

/** Those who share the work. */
export interface Readers {
  /** @param count how many files there are to read */
  forSome(count: number): Reader;
  close(): Promise<void>;
}

/** Fewer files than this are read sooner than threads start. */
const WORTH_THREADS = 150;

/** One file after the other; of each it can be told that it is done before the next is begun. */
class Here implements Reader {
  #turn: Promise<unknown> = Promise.resolve();

  recordOf(...args: Parameters<typeof recordOf>): Promise<FileRecord> {
    return this.#next(() => recordOf(...args));
  }

  judgeAgain(...args: Parameters<typeof judgeAgain>): Promise<JudgedAgain> {
    return this.#next(() => judgeAgain(...args));
  }

  #next<Done>(work: () => Done): Promise<Done> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Everything is read in this very thread. */
export function hereOnly(): Readers {
  return { forSome: () => new Here(), close: () => Promise.resolve() };
}

/**
 * What is found does not depend on how many threads there are.
 *
 * @param threads as many as asked for; undefined for one per processor, if there is enough to do
 */
export function readersOn(threads: number | undefined): Readers {
  return threads === 1 || !isBuilt ? hereOnly() : new Threads(threads);
}

/** Threads run what was compiled; run from its source, as by a test, everything stays here. */
const isBuilt = import.meta.url.endsWith('.js');

class Threads implements Readers {
  #pool: Tinypool | undefined;

  constructor(private readonly wanted: number | undefined) {}

  forSome(count: number): Reader {
    const threads = this.wanted ?? (count < WORTH_THREADS ? 1 : availableParallelism());
    if (threads === 1 || count === 0) return new Here();
    this.#pool ??= new Tinypool({ filename: new URL('./reading-thread.js', import.meta.url).href, minThreads: 1, maxThreads: Math.min(threads, count) });
    return new PoolReader(this.#pool);
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
  }
}

/** A file that is not on the disk is sent with its content. */
function bytesFor(file: SourceFile, files: Files): Pick<Task, 'bytes'> {
  if (files === DISK) return {};
  try {
    return { bytes: files.read(file.path) };
  } catch {
    return {};
  }
}

/** Hands files to the threads of a pool. */
class PoolReader implements Reader {
  readonly #watched = new WeakSet<object>();

  constructor(private readonly pool: Tinypool) {}

  recordOf(file: SourceFile, settings: Settings, files: Files, assumed: Outside | undefined): Promise<FileRecord> {
    return this.#ask({ file, settings, outside: assumed, ...bytesFor(file, files) }, () => recordOf(file, settings, files, assumed)) as Promise<FileRecord>;
  }

  judgeAgain(file: SourceFile, settings: Settings, files: Files, outside: Outside | undefined): Promise<JudgedAgain> {
    return this.#ask({ file, settings, outside, isAgain: true, ...bytesFor(file, files) }, () => judgeAgain(file, settings, files, outside)) as Promise<JudgedAgain>;
  }

  /** A thread says of some files that they are not for it: its stack has another size than ours. */
  async #ask(task: Task, here: () => FileRecord | JudgedAgain): Promise<FileRecord | JudgedAgain> {
    try {
      const answer = this.pool.run(task);
      this.#watch();
      return ((await answer) as Answer) ?? here();
    } catch (error) {
      // It is not read here: what took a thread down may take us down.
      return { kind: 'obstacle', isPassing: true, obstacle: { reason: `cannot be judged: the thread that read it died (${error instanceof Error ? error.message : String(error)})` } };
    } finally {
      this.#watch();
    }
  }

  /** The pool hears of a thread that fails, not of one that just ends: it would wait for its answer for ever. */
  #watch(): void {
    for (const thread of this.pool.threads) {
      if (this.#watched.has(thread)) continue;
      this.#watched.add(thread);
      thread.on('exit', (code: unknown) => {
        // One that the pool itself ends is none of its threads any more.
        if (this.pool.threads.includes(thread)) thread.emit('error', new Error(`it ended with ${String(code)}`));
      });
    }
  }
}
