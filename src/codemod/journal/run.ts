import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { changedMeanwhile, putAtomically, WriteError } from '../write.js';
import { JournalError } from './journal-error.js';
import { heldAt } from './held-at.js';
import { temporaryName, type ChangeSet, type FileChange, type FileRecord, type Held, type RunKind, type RunRecord } from './record.js';
import { isLive, type JournalStore } from './store.js';

/** A set that was not written; its files are as they were, unless the sentence says otherwise. */
export interface WriteFailure {
  readonly set: ChangeSet;
  /** For the user. */
  readonly why: string;
}

/**
 * Writes sets of files under the journal: what is to be written is on the disk,
 * outside the project, before the first file changes. If the process dies, the
 * next call puts everything back (`recover`).
 */
export class Run {
  /** What each file holds now, by path. */
  readonly #held: Map<string, Held>;

  private constructor(
    private readonly store: JournalStore,
    private record: RunRecord,
  ) {
    this.#held = new Map(record.sets.flat().map(({ path, before }) => [path, before]));
  }

  /**
   * Begins a run. No file is touched yet.
   *
   * @param root of the project; only one process at a time writes below it
   * @throws JournalError if another process writes there, or if the journal cannot be kept
   */
  static async begin(store: JournalStore, root: string, sets: readonly ChangeSet[], kind: RunKind = { type: 'repair' }): Promise<Run> {
    const record: RunRecord = {
      version: 1,
      id: randomBytes(6).toString('hex'),
      kind,
      root: await realpath(root),
      startedAt: new Date().toISOString(),
      process: { id: process.pid, host: hostname() },
      sets: sets.map((set) => set.map(({ path, before, after }) => ({ path, before, texts: [after] }))),
    };
    const other = (await store.pendingAround(record.root)).find(isLive);
    if (other) throw new JournalError(`Another leakproof (process ${other.process.id}) is writing here; nothing was written.`);
    await store.begin(record);
    return new Run(store, record);
  }

  /**
   * Gives the files of the sets their texts, whatever the run gave them before.
   * A set of which one file cannot be written is put back as it was.
   *
   * @param sets of the files that the run began with
   */
  async write(sets: readonly ChangeSet[]): Promise<WriteFailure[]> {
    await this.announce(sets);
    const failures: WriteFailure[] = [];
    for (const set of sets) {
      const why = await this.writeSet(set);
      if (why !== undefined) failures.push({ set, why });
    }
    return failures;
  }

  /** Ends the run; what it changed can be undone from now on. */
  async complete(): Promise<void> {
    const sets = this.record.sets
      .map((set) => set.filter(({ path, before }) => this.#held.get(path) !== before).map((file) => ({ ...file, texts: [this.heldBy(file)] })))
      .filter((set) => set.length > 0);
    if (sets.length === 0) {
      await this.store.forget(this.record.root);
      return;
    }
    await this.store.update({ ...this.record, sets });
    await this.store.end(this.record);
    await this.store.tidy();
  }

  /** Ends the run of which nothing is to be undone: it changed nothing, or it was an undoing. */
  async forget(): Promise<void> {
    await this.store.forget(this.record.root);
  }

  /** Puts every file back as it was, and ends the run. */
  async rollBack(): Promise<WriteFailure[]> {
    const failures = await this.write(this.record.sets.map((set) => set.map(({ path, before }) => ({ path, before, after: before }))));
    if (failures.length === 0) await this.forget();
    else await this.store.setAside(this.record);
    return failures;
  }

  /** Says in the journal which texts are about to be put where, if that is new. */
  private async announce(sets: readonly ChangeSet[]): Promise<void> {
    const texts = new Map(sets.flat().map(({ path, after }) => [path, after]));
    const textFor = ({ path, before }: FileRecord): Held => (texts.has(path) ? (texts.get(path) as Held) : before);
    const isNew = (file: FileRecord): boolean => textFor(file) !== file.before && !file.texts.includes(textFor(file));
    if (!this.record.sets.flat().some(isNew)) return;
    const announced = this.record.sets.map((set) => set.map((file) => (isNew(file) ? { ...file, texts: [...file.texts, textFor(file)] } : file)));
    this.record = { ...this.record, sets: announced };
    await this.store.update(this.record);
  }

  private async writeSet(set: ChangeSet): Promise<string | undefined> {
    const held = new Map(set.map(({ path }) => [path, this.#held.get(path) as Held]));
    try {
      for (const file of set) await this.put(file);
      return undefined;
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      const stuck = await this.putBack(set, held);
      return [error.message, ...stuck].join(' ');
    }
  }

  /** Gives the files of a set, one of which could not be written, what they held. */
  private async putBack(set: ChangeSet, held: ReadonlyMap<string, Held>): Promise<string[]> {
    const stuck: string[] = [];
    for (const { path } of set.filter((file) => this.#held.get(file.path) !== held.get(file.path))) {
      try {
        await this.replace(path, held.get(path) as Held);
      } catch (error) {
        if (!(error instanceof WriteError)) throw error;
        stuck.push(error.message);
      }
    }
    return stuck;
  }

  private async put({ path, before, after }: FileChange): Promise<void> {
    if (after !== this.#held.get(path)) await this.replace(path, after);
    // What we wrote may have been changed since, by a command that was run on it.
    else if (after !== before && (await heldAt(path)) !== after) throw new WriteError(changedMeanwhile(path));
  }

  private async replace(path: string, text: Held): Promise<void> {
    await putAtomically(path, bytesOf(text), { expected: bytesOf(this.#held.get(path) as Held), temporary: temporaryName(path, this.record) });
    this.#held.set(path, text);
  }

  private heldBy({ path, before }: FileRecord): Held {
    const held = this.#held.get(path);
    return held === undefined ? before : held;
  }
}

function bytesOf(text: Held): Buffer | null {
  return text === null ? null : Buffer.from(text);
}
