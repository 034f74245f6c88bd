import { dirname, posix } from 'node:path';
import { isObject } from './data-shape.js';
import { type Manifests, pathsIn, sourcesOf } from './manifests.js';

type Manifest = Readonly<Record<string, unknown>>;
/** Says of a file, by its name from the root, whether it is one of those that are asked for. */
type Choice = (file: string) => boolean;

/**
 * Which files a package offers to the outside world, by its `package.json`:
 * nothing if it is private, else what `main`, `exports` and `bin` name. Where they name
 * what a build makes, and no source can be told from it, everything is offered.
 *
 * @param files all files of the project, by their names from the root
 */
export function offeredFiles(manifests: Manifests, files: ReadonlyMap<string, unknown>): Choice {
  return chosenFiles(manifests, (manifest, folder) => {
    if (!isForOthers(manifest)) return () => false;
    const named = namedBy(manifest, [...ENTRIES, 'browser', 'bin']);
    return filesBehind(named.length === 0 ? ['index.js'] : named, folder, files);
  });
}

/**
 * Which files a package publishes for other projects to build on: what it names
 * as its entries. What a program starts with, or an editor or a shell loads,
 * is offered to them, too, but not to be made again and again.
 */
export function publishedFiles(manifests: Manifests, files: ReadonlyMap<string, unknown>): Choice {
  return chosenFiles(manifests, (manifest, folder) => (isForOthers(manifest) && !isProgram(manifest) ? filesBehind(namedBy(manifest, ENTRIES), folder, files) : () => false));
}

/** Which files are of a package that others may build on, published by it or not. */
export function filesForOthers(manifests: Manifests): Choice {
  return chosenFiles(manifests, (manifest) => {
    const isForAll = isForOthers(manifest) && !isProgram(manifest);
    return () => isForAll;
  });
}

const ENTRIES = ['main', 'module', 'types', 'typings', 'source', 'exports'];

/** Asks the nearest manifest above each file. */
function chosenFiles(manifests: Manifests, choose: (manifest: Manifest, folder: string) => Choice): Choice {
  const packages = new Map<string, Choice>();
  const packageAt = (folder: string): Choice => {
    let found = packages.get(folder);
    if (!found) {
      const manifest = manifests.at(folder);
      found = manifest ? choose(manifest, folder) : folder === '.' ? () => false : packageAt(dirname(folder));
      packages.set(folder, found);
    }
    return found;
  };
  return (file) => packageAt(dirname(file))(file);
}

function isForOthers(manifest: Manifest): boolean {
  return manifest['private'] !== true && typeof manifest['name'] === 'string';
}

/** Whether what a manifest names is started by an editor or by Electron, once. */
function isProgram(manifest: Manifest): boolean {
  const needs = (field: string, name: string): boolean => isObject(manifest[field]) && Object.hasOwn(manifest[field], name);
  return needs('engines', 'vscode') || needs('engines', 'theiaPlugin') || needs('dependencies', 'electron') || needs('devDependencies', 'electron');
}

function namedBy(manifest: Manifest, fields: readonly string[]): string[] {
  return fields.flatMap((field) => pathsIn(manifest[field]));
}

/** The sources behind the files that a manifest names. */
function filesBehind(named: readonly string[], folder: string, files: ReadonlyMap<string, unknown>): Choice {
  const found = new Set<string>();
  for (const path of named) {
    const sources = sourcesOf(posix.join(folder, path), files);
    // A name that no source bears is made by a build: anything may be in it.
    if (sources.length === 0 && /\.[cm]?[jt]sx?$/.test(path)) return () => true;
    for (const source of sources) found.add(source);
  }
  return (file) => found.has(file);
}
