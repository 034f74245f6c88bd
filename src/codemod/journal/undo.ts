import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { heldAt } from './held-at.js';
import { standingText, type ChangeSet, type FileRecord } from './record.js';
import { Run } from './run.js';
import type { JournalStore } from './store.js';

/** What became of an undoing. */
export interface Undoing {
  /** Absolute paths of the files that hold again what they held before the run. */
  readonly restored: readonly string[];
  /** Sentences about the files that do not; they can be undone once what stands in the way is gone. */
  readonly refused: readonly string[];
}

/**
 * Puts back what the last run in a root wrote. A file that was changed since
 * keeps its text, and so do those that were written together with it; one that
 * holds its old text already is no obstacle, for nothing would be lost.
 *
 * @returns undefined if there is no run to undo
 * @throws JournalError if the journal cannot be kept, or another process writes there
 */
export async function undo(store: JournalStore, root: string): Promise<Undoing | undefined> {
  const last = await store.last(await realpath(root));
  if (!last) return undefined;

  const refused: string[] = [];
  const undoable: SetRecord[] = [];
  for (const set of last.sets) {
    const obstacles = (await Promise.all(set.map(obstacleTo))).filter((sentence) => sentence !== undefined);
    refused.push(...obstacles);
    if (obstacles.length === 0) undoable.push(set);
  }
  if (undoable.length === 0) return { restored: [], refused };

  const changes = new Map<ChangeSet, SetRecord>();
  for (const set of undoable) changes.set(await changesOf(set), set);
  const run = await Run.begin(store, last.root, [...changes.keys()], { type: 'undo', undoes: last.id });
  const failures = await run.write([...changes.keys()]);
  const failed = new Set(failures.map(({ set }) => changes.get(set)));
  const restored = undoable.filter((set) => !failed.has(set));
  const remaining = last.sets.filter((set) => !restored.includes(set));
  // With this the undoing is over: what remains is another run.
  await store.replaceLast(last.root, remaining.length > 0 ? { ...last, id: randomBytes(6).toString('hex'), sets: remaining } : undefined);
  await run.forget();
  return { restored: restored.flat().map(({ path }) => path), refused: [...refused, ...failures.map(({ why }) => why)] };
}

type SetRecord = readonly FileRecord[];

/** Why a file cannot be put back. */
async function obstacleTo(file: FileRecord): Promise<string | undefined> {
  const text = await heldAt(file.path);
  if (text === undefined || (text === null && file.before !== null && standingText(file) !== null)) return `${file.path} cannot be read any more, so it was not put back.`;
  return text === standingText(file) || text === file.before ? undefined : `${file.path} was changed since it was repaired, so it was not put back.`;
}

async function changesOf(set: SetRecord): Promise<ChangeSet> {
  return Promise.all(
    set.map(async ({ path, before }) => {
      const held = await heldAt(path);
      return { path, before: held === undefined ? before : held, after: before };
    }),
  );
}
