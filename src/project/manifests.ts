import { join } from 'node:path';
import { isObject } from './data-shape.js';
import { DISK, type Files } from './files.js';

/** The `package.json` files of a project, each read at most once. */
export class Manifests {
  // leakproof-bounded: as many as the project has folders, for one state of it
  readonly #known = new Map<string, Readonly<Record<string, unknown>> | undefined>();

  /** @param root absolute path */
  constructor(
    private readonly root: string,
    private readonly files: Files = DISK,
  ) {}

  /** The manifest of a folder, by its name from the root (`.` for that itself); undefined if there is none that can be read. */
  at(folder: string): Readonly<Record<string, unknown>> | undefined {
    if (!this.#known.has(folder)) this.#known.set(folder, this.#read(folder));
    return this.#known.get(folder);
  }

  #read(folder: string): Readonly<Record<string, unknown>> | undefined {
    try {
      const manifest: unknown = JSON.parse(this.files.read(join(this.root, folder, 'package.json')).toString('utf8').replace(/^\uFEFF/, ''));
      return isObject(manifest) ? manifest : {};
    } catch {
      return undefined;
    }
  }
}

/** The paths that a field of a manifest names, whatever its form, in their order. */
export function pathsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(pathsIn);
  return isObject(value) ? Object.values(value).flatMap(pathsIn) : [];
}

const BUILT = /(^|\/)(?:dist|lib|build|out|esm|cjs|es|output|\.output)(?:\/(?:esm|cjs|es|commonjs|src|types|module|node|browser))?\//;
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** The file of that name, or the source from which a build would make it: `dist/index.js` comes from `src/index.ts`. */
export function sourcesOf(path: string, files: { has(path: string): boolean }): string[] {
  const folders = [path, path.replace(BUILT, '$1src/'), path.replace(BUILT, '$1'), path.replace(BUILT, '$1lib/')];
  for (const candidate of folders) {
    const stem = candidate.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '');
    const found = [...(files.has(candidate) ? [candidate] : []), ...EXTENSIONS.flatMap((extension) => [`${stem}${extension}`, `${stem}/index${extension}`]).filter((name) => files.has(name))];
    if (found.length > 0) return found;
  }
  return [];
}
