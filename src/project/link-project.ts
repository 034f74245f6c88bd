import type { Outline, Outside } from '../core/index.js';
import { DISK, type Files } from './files.js';
import { link } from './link.js';
import { offeredFiles } from './offered.js';
import { resolverAmong, resolverFor } from './resolver.js';

/**
 * Says for each file of a project what the others do to it.
 *
 * @param root absolute path
 * @param outlines by name from the root
 * @param embedded names of components whose scripts are not read: what they import is in use
 */
export function linkProject(root: string, files: Files, outlines: ReadonlyMap<string, Outline>, embedded: readonly string[]): Map<string, Outside> {
  const names = [...outlines.keys()];
  const resolve = files === DISK ? resolverFor(root) : resolverAmong(root, new Set(names));
  return link({ outlines, resolve, isOffered: offeredFiles(root, names, files), usedUnseen: usedByComponents(root, files, embedded, resolve) });
}

const IMPORTS = /\bfrom\s*['"]([^'"]+)['"]|\b(?:import|require)\s*\(?\s*['"]([^'"]+)['"]/g;

/** The files that scripts in components import, which are not read otherwise. */
function usedByComponents(root: string, files: Files, embedded: readonly string[], resolve: (from: string, specifier: string) => string | undefined): Set<string> {
  const used = new Set<string>();
  for (const name of embedded) {
    let text: string;
    try {
      text = files.read(`${root}/${name}`).toString('utf8');
    } catch {
      continue;
    }
    for (const [, from, called] of text.matchAll(IMPORTS)) {
      const target = resolve(name, from ?? called ?? '');
      if (target !== undefined) used.add(target);
    }
  }
  return used;
}
