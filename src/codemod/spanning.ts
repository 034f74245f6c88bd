import type { Analysis, Edit } from '../core/index.js';
import type { Safety } from './codemod.js';

/**
 * The files of a project in one state, as a repair that spans several of them may
 * ask. Files are named by their paths from the root of the project, with `/`.
 * Tests are none of them: what only a test does is no use.
 */
export interface ProjectView {
  /** A file, judged with the others; undefined if it is none of the project, or does not parse. */
  analysisOf(file: string): Analysis | undefined;
  /** The file of the project that a module specifier means. */
  resolve(from: string, specifier: string): string | undefined;
  /** The files whose texts hold a word. */
  filesWith(word: string): readonly string[];
  /** The files that pass on names of a module as their own: `export * from './state.js'`. */
  filesThatPassOn(file: string): readonly string[];
  /** The files that a file imports, directly or through others. */
  importedBy(file: string): ReadonlySet<string>;
}

/** Edits of several files that are made together or not at all. */
export interface SpanningRepair {
  /** Per file; each on its text as the view shows it. */
  readonly parts: ReadonlyMap<string, readonly Edit[]>;
  readonly safety: Safety;
  readonly notes: readonly string[];
}

/** `src/a.ts, src/b.ts and src/c.ts`. */
export function listed(files: readonly string[]): string {
  const [last, ...others] = [...files].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} and ${last}`;
}
