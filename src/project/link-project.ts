import type { Outline } from '../core/index.js';
import { isTestPath, kindOf } from './file-kinds.js';
import { DISK, type Files } from './files.js';
import { link, type Outsides } from './link.js';
import { Manifests } from './manifests.js';
import { offeredFiles, publishedFiles } from './offered.js';
import { resolverAmong, resolverFor, type Resolve } from './resolver.js';
import { amongPackages } from './workspace.js';

/** Reads a file, by its name from the root; undefined if it cannot be. */
type ReadOutline = (name: string) => Outline | undefined;

/** What the files of a project do to each other. */
export interface LinkedProject extends Outsides {
  /** The same project, with other outlines of some of its files. Names lead where they led. */
  with(changed: ReadonlyMap<string, Outline>): LinkedProject;
  /** The file of the project that a module specifier means. */
  readonly resolve: Resolve;
}

const ANYBODY = (): boolean => true;

/**
 * Says for each file of a project what the others do to it.
 *
 * @param root absolute path
 * @param known outlines by name from the root
 * @param embedded names of components whose scripts are not read: what they import is in use
 * @param read reads the outline of a file that is imported and has none yet; without it, such files are none of the project
 * @param isWhole whether these are all files of the project; else any of them may have users that nobody has read
 */
export function linkProject(root: string, files: Files, known: ReadonlyMap<string, Outline>, embedded: readonly string[], read?: ReadOutline, isWhole = true): LinkedProject {
  const manifests = new Manifests(root, files);
  const names = new Set(known.keys());
  const resolve = amongPackages(files === DISK ? resolverFor(root) : resolverAmong(root, names), manifests, names);
  const usedUnseen = usedByComponents(root, files, embedded, resolve);
  const linkAll = (named: ReadonlyMap<string, Outline>): LinkedProject => {
    const outlines = read ? withImported(named, resolve, read) : named;
    const outsides = link({
      ...{ outlines, resolve, usedUnseen },
      isOffered: isWhole ? offeredFiles(manifests, outlines) : ANYBODY,
      // Of a file that is all there is, anybody may be the user, too.
      isPublished: isWhole && outlines.size > 1 ? publishedFiles(manifests, outlines) : ANYBODY,
    });
    return { get: (file) => outsides.get(file), with: (changed) => linkAll(new Map([...outlines, ...changed])), resolve };
  };
  return linkAll(known);
}

/**
 * What the files of a project import is a part of it, though a `.gitignore`
 * says otherwise: git itself passes over no file that it was told of by name.
 * Such files are not judged; what they do to others counts.
 */
function withImported(known: ReadonlyMap<string, Outline>, resolve: Resolve, read: ReadOutline): Map<string, Outline> {
  const outlines = new Map(known);
  const tried = new Set(known.keys());
  // What is added on the way is visited too.
  for (const [file, { exports, stars, uses }] of outlines) {
    for (const specifier of new Set([...exports.flatMap(({ from }) => from ?? []), ...stars, ...uses.map(({ of }) => of.from)])) {
      const name = resolve(file, specifier);
      if (name === undefined || tried.has(name) || kindOf(name) !== 'source' || isTestPath(name)) continue;
      tried.add(name);
      const outline = read(name);
      if (outline) outlines.set(name, outline);
    }
  }
  return outlines;
}

const IMPORTS = /\bfrom\s*['"]([^'"]+)['"]|\b(?:import|require)\s*(?:\(\s*)?['"]([^'"]+)['"]/g;

/** The module specifiers in a text, whatever it is written in, and whether it is a type that is imported or a value. */
export function specifiersIn(text: string): string[] {
  return [...text.matchAll(IMPORTS)].map(([, from, called]) => from ?? called ?? '');
}

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
    for (const specifier of specifiersIn(text)) {
      const target = resolve(name, specifier);
      if (target !== undefined) used.add(target);
    }
  }
  return used;
}
