import { dirname, posix } from 'node:path';
import { isObject } from './data-shape.js';
import { pathsIn, sourcesOf, type Manifests } from './manifests.js';
import type { Resolve } from './resolver.js';

/** The fields by which a package names the file that is meant by its own name, best first. */
const ENTRY_FIELDS = ['source', 'module', 'main', 'browser', 'types', 'typings'];

/** `@scope/name/deep/file`: the package, and what is wanted of it. */
const SPECIFIER = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/;

/**
 * Resolution that knows the packages of the project by their names, linked into
 * `node_modules` or not, and takes the source where a manifest names what a
 * build makes of it: a checkout is judged before anything is installed or built.
 *
 * @param files all files of the project, by their names from the root
 */
export function amongPackages(resolve: Resolve, manifests: Manifests, files: ReadonlySet<string>): Resolve {
  let packages: ReadonlyMap<string, string> | undefined;
  const find: Resolve = (from, specifier) => {
    const found = resolve(from, specifier);
    if (found !== undefined) return files.has(found) ? found : (sourcesOf(found, files)[0] ?? found);
    const [, name, rest] = /^(?:\.|node:)/.test(specifier) ? [] : (SPECIFIER.exec(specifier) ?? []);
    const folder = name === undefined ? undefined : (packages ??= packagesOf(manifests, files)).get(name);
    return folder === undefined ? undefined : fileIn(folder, rest, manifests.at(folder) ?? {}, files);
  };
  return remembering(find);
}

/** The same resolution, found once for each file and specifier: linking asks for every use of what is imported. */
function remembering(resolve: Resolve): Resolve {
  const known = new Map<string, Map<string, string | undefined>>();
  return (from, specifier) => {
    let leads = known.get(from);
    if (!leads) known.set(from, (leads = new Map<string, string | undefined>()));
    if (!leads.has(specifier)) leads.set(specifier, resolve(from, specifier));
    return leads.get(specifier);
  };
}

/** The folders of the packages, by their names. */
function packagesOf(manifests: Manifests, files: Iterable<string>): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); !seen.has(folder); folder = dirname(folder)) {
      seen.add(folder);
      const name = manifests.at(folder)?.['name'];
      if (typeof name === 'string' && !packages.has(name)) packages.set(name, folder);
    }
  }
  return packages;
}

/** The file that a package means by a path behind its name, or by the name alone. */
function fileIn(folder: string, rest: string | undefined, manifest: Readonly<Record<string, unknown>>, files: ReadonlySet<string>): string | undefined {
  const named = exportedAs(rest === undefined ? '.' : `./${rest}`, manifest['exports']);
  const others = rest === undefined ? [...ENTRY_FIELDS.flatMap((field) => pathsIn(manifest[field])), 'src/index', 'index'] : [rest, `src/${rest}`];
  for (const path of [...named, ...others]) {
    const [source] = sourcesOf(posix.join(folder, path), files);
    if (source !== undefined) return source;
  }
  return undefined;
}

/** The paths that `exports` names for a subpath, of all conditions; a `*` stands for the same on both sides. */
function exportedAs(subpath: string, exported: unknown): string[] {
  if (!isObject(exported) || !Object.keys(exported).some((key) => key.startsWith('.'))) return subpath === '.' ? pathsIn(exported) : [];
  if (Object.hasOwn(exported, subpath)) return pathsIn(exported[subpath]);
  for (const [key, value] of Object.entries(exported)) {
    const [start, end] = key.split('*');
    if (start === undefined || end === undefined || !subpath.startsWith(start) || !subpath.endsWith(end) || subpath.length < start.length + end.length) continue;
    const middle = subpath.slice(start.length, subpath.length - end.length);
    return pathsIn(value).map((path) => path.replaceAll('*', middle));
  }
  return [];
}
