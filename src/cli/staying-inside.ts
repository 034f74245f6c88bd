import { nameOf, type SourceFile } from '../project/discover.js';
import { isTestPath, kindOf } from '../project/file-kinds.js';
import type { Files } from '../project/files.js';
import type { Change } from '../project/git-files.js';
import type { FileRecord } from './file-record.js';
import type { ProjectRecords } from './project-records.js';

/** A state of a project: where it is read, and what is known of its files. */
interface State {
  readonly files: Files;
  readonly records: ProjectRecords;
}

/**
 * Whether a change stays within the files that it touches: both states have the
 * same files, which lead to each other in the same way, and what the changed
 * ones show to others and do to them is the same, but for lines. Then nothing
 * is judged otherwise elsewhere. Most changes of a body are such.
 *
 * @param sources the files of the project as it is now
 */
export async function staysInside({ changed }: Change, root: string, sources: readonly SourceFile[], now: State, before: State): Promise<boolean> {
  const isSame = [...changed].every((path) => {
    const name = nameOf(root, path);
    if (LEADING.test(path) || kindOf(name) === 'embedded') return false;
    return kindOf(name) !== 'source' || isTestPath(name) || (isThere(path, now.files) && isThere(path, before.files));
  });
  if (!isSame) return false;
  const touched = sources.filter(({ path }) => changed.has(path));
  const [shownNow, shownBefore] = await Promise.all([now, before].map(async ({ records }) => (await records.recordsOf(touched)).map(shownBy)));
  return touched.every((_, index) => shownNow?.[index] === shownBefore?.[index]);
}

/** Files by which it is told which files there are, and where names lead. */
const LEADING = /(?:^|[\\/])(?:package\.json|\.gitignore)$/;

function isThere(path: string, files: Files): boolean {
  try {
    return !files.isFolder(path);
  } catch {
    return false;
  }
}

/** What others see of a file, in one text. A line is where something stands, and no part of what it is. */
function shownBy(record: FileRecord): string {
  return record.kind === 'judged' ? JSON.stringify(record.outline, (key, value: unknown) => (key === 'line' && typeof value === 'number' ? undefined : value)) : '';
}
