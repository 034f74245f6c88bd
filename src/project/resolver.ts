import { realpathSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type * as OxcResolver from 'oxc-resolver';
import { nameOf } from './discover.js';
import { WhenNeeded } from './when-needed.js';

const oxc = new WhenNeeded<typeof OxcResolver>('oxc-resolver');

/** Finds the file of a project that a module specifier means. */
export type Resolve = (from: string, specifier: string) => string | undefined;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
/** What an extension in a specifier may stand for, best first. */
const ALIASES: Readonly<Record<string, string[]>> = { '.js': ['.ts', '.tsx', '.js', '.jsx'], '.jsx': ['.tsx', '.jsx'], '.mjs': ['.mts', '.mjs'], '.cjs': ['.cts', '.cjs'] };

/**
 * Resolution in a state of the project that is not the one on the disk: what the
 * disk does not know, or knows another way, is looked up among the names.
 * Packages and aliases are still those of the disk.
 */
export function resolverAmong(root: string, names: ReadonlySet<string>): Resolve {
  const onDisk = resolverFor(root);
  return (from, specifier) => {
    const path = /^\.\.?(?:\/|$)/.test(specifier) ? posix.join(posix.dirname(from), specifier) : undefined;
    // A file of that name is meant before a folder, whose manifest may name another file; `..` and `./x/` mean folders.
    const file = path === undefined || /(?:^|\/)\.{0,2}$/.test(specifier) ? undefined : fileAmong(path, names);
    if (file !== undefined) return file;
    const found = onDisk(from, specifier);
    if (path === undefined || (found !== undefined && names.has(found))) return found;
    return fileAmong(path, names) ?? EXTENSIONS.map((extension) => posix.join(path, `index${extension}`)).find((name) => names.has(name)) ?? found;
  };
}

/** The file that a path means: itself, or what its extension stands for, or with one that it lacks. */
function fileAmong(path: string, names: ReadonlySet<string>): string | undefined {
  const extension = posix.extname(path);
  const stem = path.slice(0, path.length - extension.length);
  for (const alias of ALIASES[extension] ?? []) if (names.has(stem + alias)) return stem + alias;
  if (names.has(path)) return path;
  for (const one of EXTENSIONS) if (names.has(path + one)) return path + one;
  return undefined;
}

/**
 * Resolution as compilers and Node do it: relative paths, `paths` of the nearest
 * tsconfig, workspaces, `exports` and `imports` of packages; `.js` may stand for
 * `.ts`. What leads out of the root, or into a package that is only installed, is
 * no file of the project. A broken tsconfig is as good as none. `@/` and `~/`
 * that no tsconfig explains are the folder of sources nearest to the file, which
 * bundlers are told to take for them.
 *
 * @param root absolute path of the folder that file names are relative to
 */
export function resolverFor(root: string): Resolve {
  const base = realpathSync(root);
  const options = {
    extensions: EXTENSIONS,
    extensionAlias: ALIASES,
    conditionNames: ['source', 'development', 'types', 'import', 'require', 'node', 'default'],
    mainFields: ['source', 'module', 'main'],
  };
  const aware = new (oxc.get().ResolverFactory)({ ...options, tsconfig: 'auto' });
  const plain = new (oxc.get().ResolverFactory)(options);
  const known = new Map<string, string | undefined>();
  const behindAlias = aliasesIn(base, plain);
  return (from, specifier) => {
    if (/^(?:node|data|https?):/.test(specifier)) return undefined;
    const key = `${dirname(from)}\0${specifier}`;
    if (!known.has(key)) {
      const file = join(base, from);
      const path = aware.resolveFileSync(file, specifier).path ?? plain.sync(dirname(file), specifier).path ?? behindAlias(dirname(file), specifier);
      const name = path === undefined ? undefined : nameOf(base, path);
      known.set(key, name === undefined || name.startsWith('../') || /(?:^|\/)node_modules\//.test(name) ? undefined : name);
    }
    return known.get(key);
  };
}

/** Folders that bundlers are told to take for `@`, by convention, in a folder around the file. */
const ALIASED_FOLDERS = ['src', 'app', '.'];

/** Finds what an alias leads to from a folder, or else from those around it; files of one folder ask for the same again and again. */
function aliasesIn(base: string, resolver: OxcResolver.ResolverFactory): (folder: string, specifier: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const find = (folder: string, rest: string): string | undefined => {
    const key = `${folder}\0${rest}`;
    if (!known.has(key)) known.set(key, within(folder, rest) ?? (folder === base || folder === dirname(folder) ? undefined : find(dirname(folder), rest)));
    return known.get(key);
  };
  const within = (folder: string, rest: string): string | undefined => {
    for (const aliased of ALIASED_FOLDERS) {
      const { path } = resolver.sync(join(folder, aliased), `./${rest}`);
      if (path !== undefined) return path;
    }
    return undefined;
  };
  return (folder, specifier) => {
    const rest = /^[@~]\/(.+)$/.exec(specifier)?.[1];
    return rest === undefined ? undefined : find(folder, rest);
  };
}
