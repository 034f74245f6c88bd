import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ts } from 'ts-morph';
import { isInside } from '../../project/discover.js';
import { hasTsMorph, loadTsMorph } from './load-ts-morph.js';

/** A tsconfig that has been read, with what it extends. */
export interface Config {
  /** Absolute path of the file. */
  readonly path: string;
  readonly options: ts.CompilerOptions;
  /** Absolute paths, with `/`. Files that these import belong to the project as well. */
  readonly files: readonly string[];
}

/** Why types cannot be checked: a clause without subject or full stop. */
export interface Unchecked {
  readonly why: string;
}

/** Its compiler is the one that is asked. */
export const NO_COMPILER: Unchecked = { why: 'ts-morph is not installed' };

/**
 * The configs that a file may belong to, the likeliest first: the nearest
 * tsconfig.json between the file and the root, and what it references.
 */
export function findConfigs(path: string, root: string): readonly Config[] | Unchecked {
  const nearest = findNearest(dirname(path), root);
  if (nearest === undefined) return { why: 'no tsconfig.json' };
  if (!hasTsMorph()) return NO_COMPILER;
  const configs: Config[] = [];
  const queue = [nearest];
  for (const at of queue) {
    const read = readConfig(at);
    if ('why' in read) return { why: `${relative(root, at).replaceAll('\\', '/')} does not load: ${read.why}` };
    if (read.config.files.length > 0) configs.push(read.config);
    queue.push(...read.references.filter((reference) => !queue.includes(reference)));
  }
  const name = path.replaceAll('\\', '/');
  return [...configs.filter(({ files }) => files.includes(name)), ...configs.filter(({ files }) => !files.includes(name))];
}

function findNearest(folder: string, root: string): string | undefined {
  for (let current = folder; isInside(current, root); current = dirname(current)) {
    const path = join(current, 'tsconfig.json');
    if (existsSync(path)) return path;
    if (dirname(current) === current) return undefined;
  }
  return undefined;
}

function readConfig(path: string): { readonly config: Config; readonly references: readonly string[] } | Unchecked {
  const { ts } = loadTsMorph();
  const read = ts.readConfigFile(path, (name) => ts.sys.readFile(name));
  if (read.error) return { why: sentenceOf(read.error.messageText) };
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, dirname(path), undefined, path);
  // A config that only references others names no files, and need not.
  const problem = parsed.errors.find(({ code }) => code !== NO_INPUTS && code !== EMPTY_FILES);
  if (problem) return { why: sentenceOf(problem.messageText) };
  return {
    config: { path, options: parsed.options, files: parsed.fileNames },
    references: (parsed.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference)),
  };
}

const EMPTY_FILES = 18002;
const NO_INPUTS = 18003;

/** A message of TypeScript in one line, without its full stop. */
export function sentenceOf(message: string | ts.DiagnosticMessageChain): string {
  const { ts } = loadTsMorph();
  return ts.flattenDiagnosticMessageText(message, ' ').replaceAll(/\s+/gu, ' ').replace(/\.$/u, '');
}
