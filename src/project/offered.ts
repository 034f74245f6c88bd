import { dirname, posix } from 'node:path';
import { type Manifests, pathsIn, sourcesOf } from './manifests.js';

/**
 * Which files a package offers to the outside world, by its `package.json`:
 * nothing if it is private, else what `main`, `exports` and `bin` name. Where they name
 * what a build makes, and no source can be told from it, everything is offered.
 *
 * @param files all files of the project, by their names from the root
 */
export function offeredFiles(manifests: Manifests, files: readonly string[]): (file: string) => boolean {
  const packages = new Map<string, ((file: string) => boolean) | undefined>();
  const all = new Set(files);
  const packageAt = (folder: string): ((file: string) => boolean) => {
    let found = packages.get(folder);
    if (!found) {
      found = readPackage(manifests.at(folder), folder, all) ?? (folder === '.' ? () => false : packageAt(dirname(folder)));
      packages.set(folder, found);
    }
    return found;
  };
  return (file) => packageAt(dirname(file))(file);
}

function readPackage(manifest: Readonly<Record<string, unknown>> | undefined, folder: string, files: ReadonlySet<string>): ((file: string) => boolean) | undefined {
  if (!manifest) return undefined;
  if (manifest['private'] === true || typeof manifest['name'] !== 'string') return () => false;
  const named = ['main', 'module', 'browser', 'types', 'typings', 'source', 'exports', 'bin'].flatMap((key) => pathsIn(manifest[key]));
  if (named.length === 0) named.push('index.js');
  const offered = new Set<string>();
  for (const path of named) {
    const sources = sourcesOf(posix.join(folder, path), files);
    // A name that no source bears is made by a build: anything may be in it.
    if (sources.length === 0 && /\.[cm]?[jt]sx?$/.test(path)) return () => true;
    for (const source of sources) offered.add(source);
  }
  return (file) => offered.has(file);
}
