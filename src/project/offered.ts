import { dirname, join, posix } from 'node:path';
import { isObject } from './data-shape.js';
import { DISK, type Files } from './files.js';

/**
 * Which files a package offers to the outside world, by its `package.json`:
 * nothing if it is private, else what `main`, `exports` and `bin` name. Where they name
 * what a build makes, and no source can be told from it, everything is offered.
 *
 * @param root absolute path of the project
 * @param files all files of the project, by their names from the root
 */
export function offeredFiles(root: string, files: readonly string[], source: Files = DISK): (file: string) => boolean {
  const packages = new Map<string, ((file: string) => boolean) | undefined>();
  const all = new Set(files);
  const packageAt = (folder: string): ((file: string) => boolean) => {
    let found = packages.get(folder);
    if (!found) {
      found = readPackage(join(root, folder, 'package.json'), folder, all, source) ?? (folder === '.' ? () => false : packageAt(dirname(folder)));
      packages.set(folder, found);
    }
    return found;
  };
  return (file) => packageAt(dirname(file))(file);
}

function readPackage(path: string, folder: string, files: ReadonlySet<string>, source: Files): ((file: string) => boolean) | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(source.read(path).toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (!isObject(manifest) || manifest['private'] === true || typeof manifest['name'] !== 'string') return () => false;
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

function pathsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(pathsIn);
  return isObject(value) ? Object.values(value).flatMap(pathsIn) : [];
}

const BUILT = /(^|\/)(?:dist|lib|build|out|esm|cjs|es|output|\.output)(?:\/(?:esm|cjs|es|commonjs|src|types|module|node|browser))?\//;
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** The file of that name, or the source from which a build would make it: `dist/index.js` comes from `src/index.ts`. */
function sourcesOf(path: string, files: ReadonlySet<string>): string[] {
  const folders = [path, path.replace(BUILT, '$1src/'), path.replace(BUILT, '$1'), path.replace(BUILT, '$1lib/')];
  for (const candidate of folders) {
    const stem = candidate.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
    const found = [...(files.has(candidate) ? [candidate] : []), ...EXTENSIONS.flatMap((extension) => [`${stem}${extension}`, `${stem}/index${extension}`]).filter((name) => files.has(name))];
    if (found.length > 0) return found;
  }
  return [];
}
