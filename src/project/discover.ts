import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type ignore from 'ignore';
import type { Ignore } from 'ignore';
import { isSkippedFolder, isTestPath, kindOf } from './file-kinds.js';
import { DISK, type Entry, type Files } from './files.js';
import { WhenNeeded } from './when-needed.js';

const gitignore = new WhenNeeded<typeof ignore>('ignore');

/** A folder that paths are relative to, and whose settings hold. */
export interface Root {
  /** Absolute. */
  readonly directory: string;
}

/** A file to be read. */
export interface SourceFile {
  /** Absolute, in the system's spelling. */
  readonly path: string;
  /** Relative to its root, with `/`. */
  readonly name: string;
  /** Whether the user named this very file: then it is judged, whatever it looks like. */
  readonly named: boolean;
}

/** What a root holds for the named paths. */
export interface Discovered {
  /** Sorted by name, without repetition. */
  readonly files: readonly SourceFile[];
  /** `.vue` and `.svelte` files that were passed over, as names. */
  readonly embedded: readonly string[];
  /** Folders that could not be listed, as names. */
  readonly unreadable: readonly string[];
}

/** A path that the user named. */
export interface NamedPath {
  /** Absolute. */
  readonly path: string;
  readonly isDirectory: boolean;
}

/**
 * Looks up a path that the user named, following links.
 *
 * @throws the error of the file system if there is no such path, or if it may not be looked at
 */
export function lookUp(path: string, workingDirectory: string, files = DISK): NamedPath {
  const absolute = resolve(workingDirectory, path);
  return { path: absolute, isDirectory: files.isFolder(absolute) };
}

/** The root that a named path belongs to: the working directory, or the path itself where it lies outside. */
export function rootOf(named: NamedPath, workingDirectory: string): string {
  if (isInside(named.path, workingDirectory)) return workingDirectory;
  return named.isDirectory ? named.path : dirname(named.path);
}

/**
 * Finds the sources below a root that the named paths stand for. A named file
 * is taken as it is; a named folder is walked, and what `.gitignore` files and
 * `ignored` patterns hide is left out, but for the folder itself. Tests are left
 * out unless a named path is one. Links are not followed on the way, so a walk ends.
 *
 * @param ignored patterns in the language of `.gitignore`, relative to the root
 */
export function discover(root: string, named: readonly NamedPath[], ignored: readonly string[] = [], files = DISK): Discovered {
  const walk = new Walk(root, ignored, files);
  for (const path of named) {
    if (path.isDirectory) walk.enterNamed(path.path);
    else walk.take(path.path, true);
  }
  return walk.result();
}

/** All files of a project: what the files of a root are judged against, whichever of them are named. */
export function discoverAll(root: string, ignored: readonly string[], files = DISK): Discovered {
  return discover(root, [{ path: root, isDirectory: true }], ignored, files);
}

/** `/.`, `//`, or a separator at the end. */
const NEEDS_CARE = /[\\/](?:[.\\/]|$)/;

/** Names with `/`, whatever the system writes. */
export function nameOf(root: string, path: string): string {
  const start = root.endsWith(sep) ? root : root + sep;
  // Nearly every path is a plain one from the root, and then this is quicker.
  const way = path.startsWith(start) && !NEEDS_CARE.test(path) ? path.slice(start.length) : relative(root, path);
  return way.split(sep).join('/');
}

export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** One `.gitignore`, and the folder whose paths it speaks of. */
interface IgnoreFile {
  readonly directory: string;
  readonly rules: Ignore;
}

class Walk {
  readonly #files = new Map<string, SourceFile>();
  readonly #embedded = new Set<string>();
  readonly #unreadable = new Set<string>();
  readonly #root: string;
  readonly #own: IgnoreFile;

  constructor(root: string, ignored: readonly string[], private readonly files: Files) {
    this.#root = root;
    this.#own = { directory: root, rules: gitignore.get()().add([...ignored]) };
  }

  take(path: string, named: boolean): void {
    const name = nameOf(this.#root, path);
    if (named || !this.#files.has(name)) this.#files.set(name, { path, name, named });
  }

  enterNamed(directory: string): void {
    const outer = this.ignoreFilesAbove(directory);
    const isHidden = directory !== this.#root && isIgnored(directory, true, outer);
    const wantsTests = isTestPath(`${nameOf(this.#root, directory)}/x.ts`);
    this.enter(directory, isHidden ? [] : outer, wantsTests);
  }

  result(): Discovered {
    return {
      files: [...this.#files.values()].sort((left, right) => compareNames(left.name, right.name)),
      embedded: [...this.#embedded].sort(compareNames),
      unreadable: [...this.#unreadable].sort(compareNames),
    };
  }

  private enter(directory: string, outer: readonly IgnoreFile[], wantsTests: boolean): void {
    let entries: readonly Entry[];
    try {
      entries = this.files.list(directory);
    } catch {
      this.#unreadable.add(nameOf(this.#root, directory));
      return;
    }
    const own = entries.some(({ name }) => name === '.gitignore') ? this.readIgnoreFile(directory) : undefined;
    const ignores = own ? [...outer, own] : outer;
    for (const entry of entries) {
      const path = join(directory, entry.name);
      if (entry.kind === 'folder') {
        if (!isSkippedFolder(entry.name) && !isIgnored(path, true, ignores)) this.enter(path, ignores, wantsTests);
      } else if (entry.kind === 'file') {
        this.consider(path, ignores, wantsTests);
      }
    }
  }

  private consider(path: string, ignores: readonly IgnoreFile[], wantsTests: boolean): void {
    const kind = kindOf(basename(path));
    if (kind !== 'source' && kind !== 'embedded') return;
    const name = nameOf(this.#root, path);
    if (!wantsTests && isTestPath(name)) return;
    if (isIgnored(path, false, ignores)) return;
    if (kind === 'embedded') this.#embedded.add(name);
    else this.take(path, false);
  }

  /** The ignore files that speak of a folder, from the root down to its parent. */
  private ignoreFilesAbove(directory: string): IgnoreFile[] {
    const files = [this.#own];
    const steps = nameOf(this.#root, directory).split('/').filter(Boolean);
    let current = this.#root;
    for (const step of steps) {
      const file = this.readIgnoreFile(current);
      if (file) files.push(file);
      current = join(current, step);
    }
    return files;
  }

  private readIgnoreFile(directory: string): IgnoreFile | undefined {
    try {
      return { directory, rules: gitignore.get()().add(this.files.read(join(directory, '.gitignore')).toString('utf8')) };
    } catch {
      return undefined;
    }
  }
}

/** As git reads them: the innermost file that has an opinion decides. */
function isIgnored(path: string, isDirectory: boolean, files: readonly IgnoreFile[]): boolean {
  for (let index = files.length - 1; index >= 0; index--) {
    const { directory, rules } = files[index] as IgnoreFile;
    const verdict = rules.test(nameOf(directory, path) + (isDirectory ? '/' : ''));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

/** By code unit: the same order on every machine. */
export function compareNames(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
