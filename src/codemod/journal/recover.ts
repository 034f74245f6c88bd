import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { putAtomically, WriteError } from '../write.js';
import { bytesAt } from './held-at.js';
import { temporaryName, type FileRecord, type RunRecord } from './record.js';
import { isLive, type JournalStore } from './store.js';

/** What became of a run that was interrupted. */
export interface Recovery {
  readonly kind: RunRecord['kind'];
  /** How many files were put back as they were before the run. */
  readonly restored: number;
  /** Files that were not, each with a sentence. */
  readonly left: readonly string[];
  /** Where the texts of before are, if some files were left. */
  readonly record: string | undefined;
}

/**
 * Puts back what interrupted runs have written below or around a root, so that
 * each file is as it was before; a run that was only about to be ended, is ended.
 * Whatever kills this, the next call does the rest.
 *
 * A file that somebody has changed since is left as it is, and so is a set that
 * was complete before one of its files was changed.
 */
export async function recover(store: JournalStore, root: string): Promise<Recovery[]> {
  const recoveries: Recovery[] = [];
  for (const record of await store.pendingAround(root)) {
    if (isLive(record)) continue;
    if (await isUndone(store, record)) await store.forget(record.root);
    else recoveries.push(await putBack(store, record));
  }
  return recoveries;
}

/** An undoing is over when the run that it undoes is no longer there to be undone. */
async function isUndone(store: JournalStore, { kind, root }: RunRecord): Promise<boolean> {
  return kind.type === 'undo' && (await store.last(root))?.id !== kind.undoes;
}

async function putBack(store: JournalStore, record: RunRecord): Promise<Recovery> {
  const left: string[] = [];
  let restored = 0;
  for (const set of record.sets) {
    const files = await Promise.all(set.map(look));
    for (const { path } of files) await rm(join(dirname(path), temporaryName(path, record)), { force: true });
    const changed = files.filter(({ state }) => state === 'changed');
    const ours = files.filter(({ state }) => state === 'written' || state === 'torn');
    left.push(...changed.map(({ path }) => `${path} was changed since, so it was left as it is.`));
    const isComplete = files.every(({ state }) => state === 'written' || state === 'changed');
    if (changed.length > 0 && isComplete) {
      left.push(...ours.map(({ path }) => `${path} belongs to a file that was changed since, so it was left as it is.`));
      continue;
    }
    for (const file of ours) {
      const obstacle = await restore(file, record);
      if (obstacle === undefined) restored++;
      else left.push(obstacle);
    }
  }
  if (left.length > 0) return { kind: record.kind, restored, left, record: await store.setAside(record) };
  await store.forget(record.root);
  return { kind: record.kind, restored, left, record: undefined };
}

async function restore({ path, before, bytes }: LookedAt, record: RunRecord): Promise<string | undefined> {
  try {
    await putAtomically(path, before === null ? null : Buffer.from(before), { ...(bytes !== undefined && { expected: bytes }), temporary: temporaryName(path, record) });
    return undefined;
  } catch (error) {
    if (error instanceof WriteError) return error.message;
    throw error;
  }
}

/** A file of an interrupted run as it is now. */
interface LookedAt extends FileRecord {
  readonly state: FileState;
  /** Null if it is not there, undefined if it cannot be read. */
  readonly bytes: Buffer | null | undefined;
}

/** `changed`: it holds what the run has not written. `torn`: it was being written in place. */
type FileState = 'untouched' | 'written' | 'torn' | 'changed';

async function look(file: FileRecord): Promise<LookedAt> {
  const bytes = await bytesAt(file.path);
  return { ...file, bytes, state: await stateOf(file, bytes) };
}

async function stateOf(file: FileRecord, bytes: Buffer | null | undefined): Promise<FileState> {
  if (bytes === undefined) return 'changed';
  if (bytes === null) return file.before === null ? 'untouched' : file.texts.includes(null) ? 'written' : 'changed';
  const before = Buffer.from(file.before ?? '');
  if (file.before !== null && bytes.equals(before)) return 'untouched';
  const texts = file.texts.flatMap((text) => (text === null ? [] : [Buffer.from(text)]));
  if (texts.some((text) => bytes.equals(text))) return 'written';
  const hasSeveralNames = (await stat(file.path)).nlink > 1;
  const known = [before, ...texts];
  return hasSeveralNames && known.some((begun) => known.some((old) => isTorn(bytes, begun, old))) ? 'torn' : 'changed';
}

/** Whether these are the first bytes of one text over another, as a write in place leaves them that did not get to its end. */
function isTorn(bytes: Buffer, begun: Buffer, old: Buffer): boolean {
  let same = 0;
  while (same < begun.length && bytes[same] === begun[same]) same++;
  return bytes.length === Math.max(old.length, same) && bytes.subarray(same).equals(old.subarray(same));
}
