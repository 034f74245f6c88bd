import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { nameOf } from './discover.js';
import { DISK, type Entry, type Files } from './files.js';

/** Git cannot do what was asked of it; the message is one sentence. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** The modes of plain files; links and submodules are none. */
const FILE_MODE = '100';

/** The files of git's index, as they would be committed. */
export function stagedFiles(folder: string): Files {
  return new GitFiles(folder, listIndex(folder));
}

/** What differs between two states of a project. */
export interface Change {
  /** The files as they were before. */
  readonly before: Files;
  /** Absolute paths of files that are new, gone, or have another content. */
  readonly changed: ReadonlySet<string>;
}

/** What is staged, against the last commit. */
export function stagedChange(folder: string): Change {
  const base = hasCommit(folder) ? 'HEAD' : EMPTY_TREE;
  const changed = paths(folder, git(folder, ['diff', '--cached', '--name-only', '--no-renames', '--relative', '-z', base, '--']));
  return { before: new GitFiles(folder, listRevision(folder, base)), changed };
}

/**
 * What has changed on the disk since a branch was left, commits, stage, work
 * tree and new files together.
 *
 * @param revision what to compare with, from where the two parted; without it, the default branch
 */
export function changeSince(folder: string, revision: string | undefined): Change {
  const base = baseOf(folder, revision);
  const changed = new Set([
    ...paths(folder, git(folder, ['diff', '--name-only', '--no-renames', '--relative', '-z', base, '--'])),
    // As the walk does: only what `.gitignore` files hide is no part of the project.
    ...paths(folder, git(folder, ['ls-files', '--others', '--exclude-per-directory=.gitignore', '-z'])),
  ]);
  return { before: new GitFiles(folder, listRevision(folder, base), (path) => !changed.has(path)), changed };
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function baseOf(folder: string, revision: string | undefined): string {
  if (!hasCommit(folder)) {
    if (revision !== undefined) throw new GitError(`There is no commit yet, so nothing has changed since ${revision}.`);
    return EMPTY_TREE;
  }
  if (revision !== undefined) {
    const commit = tryGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
    if (commit === undefined) throw new GitError(`There is no revision ${revision} in this repository.`);
    return tryGit(folder, ['merge-base', 'HEAD', commit.trim()])?.trim() ?? commit.trim();
  }
  for (const branch of ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master']) {
    const base = tryGit(folder, ['merge-base', 'HEAD', branch]);
    if (base !== undefined) return base.trim();
  }
  return 'HEAD';
}

function hasCommit(folder: string): boolean {
  return tryGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']) !== undefined;
}

/** By absolute path, the names of the contents. */
type Contents = ReadonlyMap<string, string>;

function listIndex(folder: string): Contents {
  const found = new Map<string, string>();
  for (const row of git(folder, ['ls-files', '--stage', '-z']).split('\0')) {
    const [, mode = '', id = '', stage = '', name = ''] = /^(\d+) (\w+) (\d)\t([^]*)$/.exec(row) ?? [];
    // Of a conflict, our own side stands.
    if (mode.startsWith(FILE_MODE) && (stage === '0' || stage === '2')) found.set(join(folder, name), id);
  }
  return found;
}

function listRevision(folder: string, revision: string): Contents {
  const found = new Map<string, string>();
  for (const row of git(folder, ['ls-tree', '-r', '-z', revision]).split('\0')) {
    const [, mode = '', id = '', name = ''] = /^(\d+) blob (\w+)\t([^]*)$/.exec(row) ?? [];
    if (mode.startsWith(FILE_MODE)) found.set(join(folder, name), id);
  }
  return found;
}

/** Files that are read one at a time, in between. */
const ASKED_FOR = /[\\/](?:package\.json|leakproof\.json|eslint-suppressions\.json|\.gitignore)$/;

/** Files that git holds, below one folder. Contents are read by one process for all that are expected. */
class GitFiles implements Files {
  // leakproof-bounded: as many as git holds files below the folder, for one run of the command
  readonly #read = new Map<string, Buffer>();
  readonly #folders = new Map<string, Map<string, Entry>>();

  /** @param isOnDisk files whose content on the disk is that of git */
  constructor(private readonly folder: string, private readonly contents: Contents, private readonly isOnDisk: (path: string) => boolean = () => false) {
    this.#folders.set(folder, new Map());
    for (const path of contents.keys()) this.#enter(path, 'file');
    this.expect([...contents.keys()].filter((path) => ASKED_FOR.test(path)));
  }

  list(folder: string): readonly Entry[] {
    const entries = this.#folders.get(folder);
    if (!entries) throw missing(folder);
    return [...entries.values()];
  }

  isFolder(path: string): boolean {
    if (this.#folders.has(path)) return true;
    if (this.contents.has(path)) return false;
    throw missing(path);
  }

  idOf(path: string): string {
    const id = this.contents.get(path);
    if (id === undefined) throw missing(path);
    // A work tree may write line ends in another way than git keeps them.
    return this.isOnDisk(path) ? DISK.idOf(path) : id;
  }

  read(path: string): Buffer {
    const id = this.contents.get(path);
    if (id === undefined) throw missing(path);
    if (this.isOnDisk(path)) return DISK.read(path);
    if (!this.#read.has(id)) this.#load([id]);
    const bytes = this.#read.get(id);
    if (!bytes) throw missing(path);
    return bytes;
  }

  expect(expected: readonly string[]): void {
    this.#load([...new Set(expected.flatMap((path) => (this.isOnDisk(path) ? [] : (this.contents.get(path) ?? []))))]);
  }

  #load(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const { stdout } = spawnSync('git', ['cat-file', '--batch'], { cwd: this.folder, input: `${ids.join('\n')}\n`, maxBuffer: Infinity });
    // Each content follows a line `<id> blob <size>`, and is followed by a line end.
    for (let at = 0; at < stdout.length; ) {
      const end = stdout.indexOf('\n', at);
      const [id = '', , size] = stdout.toString('utf8', at, end).split(' ');
      at = end + 1;
      if (size === undefined || !/^\d+$/.test(size)) continue;
      this.#read.set(id, stdout.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
  }

  #enter(path: string, kind: Entry['kind']): void {
    const parent = dirname(path);
    const entries = this.#folders.get(parent) ?? new Map<string, Entry>();
    const isNew = !this.#folders.has(parent);
    this.#folders.set(parent, entries);
    const name = nameOf(parent, path);
    entries.set(name, { name, kind });
    if (isNew && parent !== this.folder && parent !== dirname(parent)) this.#enter(parent, 'folder');
  }
}

function missing(path: string): Error {
  return Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
}

function paths(folder: string, output: string): Set<string> {
  return new Set(output.split('\0').filter(Boolean).map((name) => join(folder, name)));
}

function tryGit(folder: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: Infinity });
  return status === 0 ? stdout : undefined;
}

function git(folder: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: Infinity });
  if (error) throw new GitError('Git cannot be run, and without it nobody knows what has changed.');
  if (status === 0) return stdout;
  if (/not a git repository/i.test(stderr)) throw new GitError('This folder is not in a git repository, so nobody knows what has changed.');
  throw new GitError(`Git failed: ${(stderr.split('\n')[0] ?? '').replace(/^fatal: /, '').replace(/\.$/, '')}.`);
}
