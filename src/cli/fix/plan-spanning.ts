import { compareNames } from '../../project/discover.js';
import { isUncommitted } from '../git.js';
import type { ProjectState } from '../project-state.js';
import type { PlannedFile } from './planned-file.js';
import { SpanningRepairs } from './spanning-repairs.js';

/**
 * Plans the repairs that files share, for findings that no codemod repairs in
 * their own file. Files that are written for them and that nobody named join the others.
 *
 * @param files of all roots; those that join are put among them
 * @param staysClean whether a file with uncommitted changes must not be written for the sake of another
 */
export function planSpanning(files: PlannedFile[], staysClean: boolean): void {
  const homes = files.filter(mayShare);
  for (const project of new Set(homes.map((file) => file.project))) {
    const state = project.toState();
    if (!state) continue;
    const known = new Map(files.filter((file) => file.project === project).map((file) => [file.name, file]));
    const own = homes.filter((file) => file.project === project);
    const fileAt = (name: string, now: ProjectState): PlannedFile | undefined => {
      const source = state.fileOf(name);
      const file = known.get(name) ?? (source && own[0]?.neighbour(source, now));
      if (file) known.set(name, file);
      return file;
    };
    const spanning = new SpanningRepairs(state, fileAt, (file) => (staysClean && isUncommitted(file.path) ? 'has uncommitted changes' : undefined));
    for (const file of own) spanning.plan(file);
    for (const file of known.values()) if (spanning.idsIn(file).length > 0 && !files.includes(file)) files.push(file);
    for (const file of new Set([...own, ...known.values()])) if (own.includes(file) || spanning.idsIn(file).length > 0) file.share(spanning);
  }
  files.sort((left, right) => compareNames(left.file, right.file));
}

/** Whether a file has findings that no codemod repairs in it alone, and of which one may know a repair in several files. */
function mayShare({ repair, codemods }: PlannedFile): boolean {
  return repair.refused.some(({ rule }) => codemods.some((codemod) => codemod.planSpanning && codemod.rules.includes(rule)));
}
