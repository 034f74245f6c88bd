import { resolve } from 'node:path';
import { compareNames, discover, discoverAll, isInside, lookUp, rootOf, type Discovered, type NamedPath } from '../project/discover.js';
import { DISK, type Files } from '../project/files.js';
import { systemReason } from '../project/read.js';
import { readSettings, type Settings } from '../project/settings.js';
import { CannotRun } from './cannot-run.js';

/** A root with what was named of it. */
export interface Target extends Discovered {
  /** Absolute. */
  readonly root: string;
  readonly settings: Settings;
  /** Where its files are read. */
  readonly source: Files;
  /** Whether all files below the root count; else only those that were named, and what they import. */
  readonly isWhole: boolean;
  /** Whether the root itself was named, and nothing else: then what was named is all. */
  readonly isNamed: boolean;
}

/**
 * Finds the files that the named paths stand for, root by root; without a path, those of the working directory.
 *
 * @throws CannotRun if there is no such path
 * @throws SettingsError if the settings of a root cannot be used
 */
export function findTargets(paths: readonly string[], workingDirectory: string, filesOf: (root: string) => Files = () => DISK): Target[] {
  const byRoot = new Map<string, NamedPath[]>();
  for (const path of paths.length > 0 ? paths : ['.']) {
    const named = lookUpOrFail(path, workingDirectory, filesOf);
    const root = rootOf(named, workingDirectory);
    byRoot.set(root, [...(byRoot.get(root) ?? []), named]);
  }
  return [...byRoot]
    .sort(([left], [right]) => compareNames(left, right))
    .map(([root, named]) => {
      const source = filesOf(root);
      const settings = readSettings(root, source);
      // A file outside the working directory has no project that anybody spoke of: the folder that it lies in may be anything, as /tmp is.
      const isWhole = root === workingDirectory || named.some(({ isDirectory }) => isDirectory);
      const isNamed = named.every(({ path }) => path === root);
      return { root, settings, source, isWhole, isNamed, ...discover(root, named, settings.ignore, source) };
    });
}

/** The files of a target's project that are read, in one state of it. */
export function projectOf(target: Pick<Target, 'root' | 'settings' | 'source' | 'isWhole' | 'isNamed' | 'files' | 'embedded'>, source: Files): Pick<Discovered, 'files' | 'embedded'> {
  if (!target.isWhole) return { files: target.files, embedded: [] };
  return target.isNamed && source === target.source ? target : discoverAll(target.root, target.settings.ignore, source);
}

/**
 * The folder that reported paths would be relative to, without looking for files in it.
 *
 * @throws CannotRun if there is no such path
 */
export function rootOfPaths(paths: readonly string[], workingDirectory: string): string {
  const roots = new Set((paths.length > 0 ? paths : ['.']).map((path) => rootOf(lookUpOrFail(path, workingDirectory, () => DISK), workingDirectory)));
  const [only = workingDirectory, ...others] = roots;
  return others.length === 0 ? only : workingDirectory;
}

function lookUpOrFail(path: string, workingDirectory: string, filesOf: (root: string) => Files): NamedPath {
  // An unset variable of a script, not the current folder.
  if (path === '') throw new CannotRun('One of the named paths is empty.');
  const files = isInside(resolve(workingDirectory, path), workingDirectory) ? filesOf(workingDirectory) : DISK;
  try {
    return lookUp(path, workingDirectory, files);
  } catch (error) {
    throw new CannotRun(`Cannot read ${path}: ${systemReason(error)}.`);
  }
}

/** The folder that reported paths are relative to: the only root there is, or the working directory. */
export function commonRoot(targets: readonly Target[], workingDirectory: string): string {
  const [only, ...others] = targets;
  return only && others.length === 0 ? only.root : workingDirectory;
}
