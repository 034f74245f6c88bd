import { realpathSync } from 'node:fs';
import { Run, type WriteFailure } from '../../codemod/journal/run.js';
import type { ChangeSet } from '../../codemod/journal/record.js';
import { isInside } from '../../project/discover.js';
import { CannotRun } from '../cannot-run.js';
import { isUncommitted } from '../git.js';
import { userJournal } from '../journal.js';
import type { PlannedFile } from './planned-file.js';
import { SuppressionsList, type Pruned } from './suppressions-list.js';

/** Files that could not be written, each with a sentence that says why. */
export type Obstacles = Map<PlannedFile, string>;

/**
 * Nothing is written if any of the files, or of ESLint's lists beside them, has changes that only the work tree holds.
 *
 * @throws CannotRun naming the files
 */
export function refuseUncommitted(files: readonly PlannedFile[], lists: readonly Pruned[]): void {
  const dirty = [...files.filter(({ ids }) => ids.length > 0), ...lists.map(({ list }) => list)].filter(({ path }) => isUncommitted(path));
  if (dirty.length === 0) return;
  const names = dirty.map(({ file }) => file).join(', ');
  throw new CannotRun(`Nothing was written, since there are uncommitted changes in ${names}; commit them, or use --allow-dirty.`);
}

/** The files, put together where they share repairs. */
function groupsOf(files: readonly PlannedFile[]): (readonly PlannedFile[])[] {
  const seen = new Set<PlannedFile>();
  return files.flatMap((file) => {
    if (seen.has(file)) return [];
    const group = (file.spanning?.togetherWith(file) ?? [file]).filter((one) => files.includes(one));
    for (const one of group) seen.add(one);
    return [group];
  });
}

/** One run of the journal over repaired files. */
export class Writing {
  /** Files that stay as they are. */
  readonly obstacles: Obstacles = new Map();
  /** ESLint's lists beside the files. */
  readonly #lists: readonly SuppressionsList[];
  /** Files that are written together or not at all, as they share repairs now: a repair that is taken out later changes nothing of it. */
  readonly #groups: readonly (readonly PlannedFile[])[];
  #run: Run | undefined;

  /**
   * @param root that paths are relative to; the run can be undone there
   * @param files with repairs
   */
  constructor(
    private readonly root: string,
    private readonly files: readonly PlannedFile[],
  ) {
    for (const file of files) {
      if (isInside(file.realPath, realpathSync(file.root))) continue;
      this.obstacles.set(file, `${file.file} leads out of the folder, to ${file.realPath}, so it was not written.`);
    }
    this.#lists = SuppressionsList.besides(files, root);
    this.#groups = groupsOf(files);
  }

  /** Files that can be written, as far as is known. */
  get writable(): readonly PlannedFile[] {
    return this.files.filter((file) => !this.obstacles.has(file));
  }

  /** Gives each file its text, and the one of its test. What cannot be written becomes an obstacle. */
  async write(textOf: (file: PlannedFile) => string, testOf: (file: PlannedFile) => string | null = ({ test }) => test?.text ?? null): Promise<void> {
    const changesOf = (file: PlannedFile): ChangeSet => [
      { path: file.realPath, before: file.before, after: textOf(file) },
      ...(file.test ? [{ path: file.test.path, before: null, after: testOf(file) }] : []),
    ];
    const groups = this.#groups.filter((group) => group.every((file) => !this.obstacles.has(file)));
    const sets = new Map<ChangeSet, readonly PlannedFile[]>(groups.map((group) => [group.flatMap(changesOf), group]));
    if (sets.size === 0) return;
    const lists = this.#lists.map(({ path, before }) => [{ path, before, after: before }]);
    this.#run ??= await Run.begin(userJournal(), this.root, [...sets.keys(), ...lists]);
    for (const { set, why } of await this.#run.write([...sets.keys()])) for (const file of sets.get(set) ?? []) this.obstacles.set(file, why);
  }

  /** What goes from ESLint's lists with the repairs, of those lists that change. */
  prunedLists(): readonly Pruned[] {
    return this.#lists.map((list) => list.without(this.writable)).filter(({ removed }) => removed > 0);
  }

  /** What is written stays, and can be undone; what it ends goes from ESLint's lists. */
  async keep(): Promise<readonly WriteFailure[]> {
    if (!this.#run) return [];
    const failures = await this.#run.write(this.prunedLists().map(({ list: { path, before }, text }) => [{ path, before, after: text }]));
    await this.#run.complete();
    return failures;
  }

  /** Everything is as it was before. */
  async takeBack(): Promise<readonly WriteFailure[]> {
    return (await this.#run?.rollBack()) ?? [];
  }
}
