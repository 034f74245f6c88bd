import type { Project } from 'ts-morph';
import { DEFAULT_SETTINGS } from '../core/index.js';
import type { Codemod } from './codemod.js';
import { mayBeMisread, MISREAD } from './misread.js';
import { replaceText } from './replace-text.js';
import { repairFile, UnreadableSourceError, type FileRepair, type RepairOptions } from './run.js';

/** What became of a project, by file path. */
export interface ProjectRepair {
  /** Files of which something was repaired, refused or failed. */
  readonly repairs: ReadonlyMap<string, FileRepair>;
  /** Files that were left alone, and why. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/**
 * Runs codemods over the source files of a ts-morph project, in memory: saving
 * is up to the caller. Only files that change are touched; as with every text
 * change in ts-morph, the nodes taken from them before are forgotten.
 *
 * @example
 * const project = new Project({ tsConfigFilePath: 'tsconfig.json' });
 * applyToProject(project, codemods, { includeReview: true });
 * await project.save();
 */
export function applyToProject(
  project: Project,
  codemods: readonly Codemod[],
  options: Partial<Omit<RepairOptions, 'codemods'>> = {},
): ProjectRepair {
  const repairs = new Map<string, FileRepair>();
  const unreadable = new Map<string, string>();
  for (const sourceFile of project.getSourceFiles()) {
    const path = sourceFile.getFilePath();
    try {
      const repair = repairFile(
        { path, text: sourceFile.getFullText() },
        { confidence: 'certain', includeReview: false, settings: DEFAULT_SETTINGS, ...options, codemods },
      );
      if (repair.changed && mayBeMisread(repair.text)) {
        unreadable.set(path, MISREAD);
        continue;
      }
      if (repair.changed) replaceText(sourceFile, repair.text);
      if (repair.repaired.length + repair.refused.length + repair.failed.length > 0) repairs.set(path, repair);
    } catch (error) {
      if (!(error instanceof UnreadableSourceError)) throw error;
      unreadable.set(path, error.message);
    }
  }
  return { repairs, unreadable };
}
