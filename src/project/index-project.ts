import { readFileSync } from 'node:fs';
import { collectFacts, outlineOf, type Outline, type Outside } from '../core/index.js';
import { discover, type SourceFile } from './discover.js';
import { isGenerated, kindOf } from './file-kinds.js';
import { link } from './link.js';
import { offeredFiles } from './offered.js';
import { parse } from './parse.js';
import { readSource } from './read.js';
import { resolverFor } from './resolver.js';
import type { Settings } from './settings.js';

/**
 * Reads all files of a project and says for each what the others do to it.
 * Tests count for nothing: what only a test calls, nobody calls.
 *
 * @param root absolute path
 * @param onFile told before each file is read
 */
export function indexProject(root: string, settings: Settings, onFile: (index: number, total: number) => void = () => undefined): Map<string, Outside> {
  const { files, embedded } = discover(root, [{ path: root, isDirectory: true }], settings.ignore);
  const outlines = new Map<string, Outline>();
  files.forEach((file, index) => {
    onFile(index, files.length);
    const outline = readOutline(file, settings);
    if (outline) outlines.set(file.name, outline);
  });
  const resolve = resolverFor(root);
  const names = [...outlines.keys()];
  return link({ outlines, resolve, isOffered: offeredFiles(root, names), usedUnseen: usedByComponents(root, embedded, resolve) });
}

function readOutline(file: SourceFile, settings: Settings): Outline | undefined {
  if (kindOf(file.name) !== 'source') return undefined;
  const read = readSource(file.path);
  if ('problem' in read || isGenerated(read.text)) return undefined;
  const parsed = parse(file.name, read.text);
  if ('error' in parsed) return undefined;
  try {
    return outlineOf(collectFacts(parsed.ok, settings));
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
