import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { isInside } from '../../project/discover.js';
import type { ProjectRunner } from './project-runner.js';
import type { RunnerId } from './runners.js';

/** Where the test of a file goes, and how it names other modules. */
export interface TestPlace {
  /** Absolute; there is no such file. */
  readonly path: string;
  readonly specifier: string;
  readonly rebase: (specifier: string) => string;
}

const TEST = /\.(test|spec)\.[cm]?[jt]sx?$/u;
const FOLDERS = ['test', 'tests', '__tests__', 'spec'];
const SOURCES = /^(?:src|lib|source)(?:\/|$)/u;

/**
 * The place of a new test: beside the source, if the tests of its folder stand
 * there; else in the nearest folder for tests, up to the package's; else beside.
 *
 * @param path absolute path of the source
 * @param taken paths that are given to other tests
 */
export function findTestPlace(path: string, text: string, { id, folder: home }: ProjectRunner, taken: ReadonlySet<string> = new Set()): TestPlace {
  const folder = folderFor(path, home);
  const example = testsIn(folder)[0];
  const word = (example && TEST.exec(example)?.[1]) ?? 'test';
  const extension = extname(path).replace(/x$/u, '');
  const stem = `${basename(path, extname(path))}.leak`;
  let name = `${stem}.${word}${extension}`;
  for (let number = 2; taken.has(join(folder, name)) || existsSync(join(folder, name)); number++) name = `${stem}${number}.${word}${extension}`;
  const spelled = spelling([text, ...(example === undefined ? [] : [readFileSync(join(folder, example), 'utf8')])], id);
  return {
    path: join(folder, name),
    specifier: specifierOf(folder, path, spelled),
    rebase: (specifier) => (specifier.startsWith('.') ? dotted(relative(folder, join(dirname(path), specifier))) : specifier),
  };
}

function folderFor(path: string, home: string): string {
  const beside = dirname(path);
  if (testsIn(beside).length > 0) return beside;
  for (let current = beside; isInside(current, home); current = dirname(current)) {
    const tests = FOLDERS.map((name) => join(current, name)).find(isFolder);
    // The tests of src/a/b.ts are in test/a, if there is such a folder.
    const mirrored = tests && join(tests, relative(current, beside).split(sep).join('/').replace(SOURCES, ''));
    if (tests && mirrored !== undefined) return isFolder(mirrored) ? mirrored : tests;
    if (current === home) break;
  }
  return beside;
}

function testsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => TEST.test(name)).sort();
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

type Spelling = 'as-js' | 'as-is' | 'bare';

/** How the project names a TypeScript file of its own in an import. */
function spelling(texts: readonly string[], runner: RunnerId): Spelling {
  for (const text of texts) {
    const [, specifier] = /\bfrom\s+['"](\.{1,2}\/[^'"]+)['"]/u.exec(text) ?? [];
    if (specifier !== undefined) return /\.[cm]?jsx?$/u.test(specifier) ? 'as-js' : /\.[cm]?tsx?$/u.test(specifier) ? 'as-is' : 'bare';
  }
  return runner === 'node:test' ? 'as-is' : 'bare';
}

function specifierOf(folder: string, path: string, spelled: Spelling): string {
  const extension = extname(path);
  const isTyped = /^\.[cm]?tsx?$/u.test(extension);
  const stem = dotted(relative(folder, path)).slice(0, -extension.length);
  if (!isTyped) return `${stem}${extension}`;
  if (spelled === 'bare') return stem;
  return `${stem}${spelled === 'as-is' ? extension : extension.replace('ts', 'js').replace(/x$/u, '')}`;
}

function dotted(path: string): string {
  const slashed = path.split(sep).join('/');
  return slashed.startsWith('.') ? slashed : `./${slashed}`;
}
