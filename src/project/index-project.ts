import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, outlineOf, type Outline, type Outside } from '../core/index.js';
import { discover, type SourceFile } from './discover.js';
import { isGenerated, isTestPath, kindOf } from './file-kinds.js';
import { LineIndex } from './line-index.js';
import { link } from './link.js';
import { offeredFiles } from './offered.js';
import { parse } from './parse.js';
import { readSource } from './read.js';
import { resolverFor, type Resolve } from './resolver.js';
import type { Settings } from './settings.js';

/** A project, read once. */
export interface ProjectIndex {
  /** What the other files do to each file, by its name from the root. */
  readonly outside: ReadonlyMap<string, Outside>;
  /** Files in which there is nothing to judge, by themselves or with what the others do, with the number of their lines. */
  readonly idle: ReadonlyMap<string, number>;
}

/**
 * Reads all files of a project and says for each what the others do to it.
 * Tests count for nothing: what only a test calls, nobody calls.
 *
 * @param root absolute path
 * @param onFile told before each file is read
 */
export function indexProject(root: string, settings: Settings, onFile: (index: number, total: number) => void = () => undefined): ProjectIndex {
  const { files, embedded } = discover(root, [{ path: root, isDirectory: true }], settings.ignore);
  const outlines = new Map<string, Outline>();
  const idle = new Map<string, number>();
  files.forEach((file, index) => {
    onFile(index, files.length);
    const known = readOutline(file, settings);
    if (!known) return;
    outlines.set(file.name, known.outline);
    if (known.isIdle) idle.set(file.name, known.lines);
  });
  const resolve = resolverFor(root);
  readImported(root, outlines, resolve, settings);
  const names = [...outlines.keys()];
  const outside = link({ outlines, resolve, isOffered: offeredFiles(root, names), usedUnseen: usedByComponents(root, embedded, resolve) });
  for (const [name, { inherited, effects, subscribers }] of outside) if (Object.keys(inherited).length + Object.keys(effects).length + subscribers.length > 0) idle.delete(name);
  return { outside, idle };
}

/**
 * What the files of a project import is a part of it, though a `.gitignore`
 * says otherwise: git itself passes over no file that it was told of by name.
 * Such files are not judged; what they do to others counts.
 */
function readImported(root: string, outlines: Map<string, Outline>, resolve: Resolve, settings: Settings): void {
  const tried = new Set<string>();
  const pending = [...outlines];
  for (const [file, { exports, stars, uses }] of pending) {
    for (const specifier of new Set([...exports.flatMap(({ from }) => from ?? []), ...stars, ...uses.map(({ of }) => of.from)])) {
      const name = resolve(file, specifier);
      if (name === undefined || outlines.has(name) || tried.has(name) || isTestPath(name)) continue;
      tried.add(name);
      const known = readOutline({ path: join(root, name), name, named: false }, settings);
      if (!known) continue;
      outlines.set(name, known.outline);
      pending.push([name, known.outline]);
    }
  }
}

function readOutline(file: SourceFile, settings: Settings): { outline: Outline; isIdle: boolean; lines: number } | undefined {
  if (kindOf(file.name) !== 'source') return undefined;
  const read = readSource(file.path);
  if ('problem' in read || isGenerated(read.text)) return undefined;
  const parsed = parse(file.name, read.text);
  if ('error' in parsed) return undefined;
  try {
    const { facts, verdicts } = analyze(parsed.ok, settings);
    return { outline: outlineOf(facts), isIdle: verdicts.length === 0, lines: new LineIndex(parsed.ok.text).lineCount };
  } catch {
    // It will be named when it is judged; here it is a file of which nothing is known.
    return undefined;
  }
}

const IMPORTS = /\bfrom\s*['"]([^'"]+)['"]|\b(?:import|require)\s*\(?\s*['"]([^'"]+)['"]/g;

/** The files that scripts in components import, which are not read otherwise. */
function usedByComponents(root: string, embedded: readonly string[], resolve: (from: string, specifier: string) => string | undefined): Set<string> {
  const used = new Set<string>();
  for (const name of embedded) {
    let text: string;
    try {
      text = readFileSync(`${root}/${name}`, 'utf8');
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
