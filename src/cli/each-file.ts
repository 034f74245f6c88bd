import type { Outside } from '../core/index.js';
import { nameOf, type SourceFile } from '../project/discover.js';
import { indexProject } from '../project/index-project.js';
import type { Settings } from '../project/settings.js';
import type { Console } from './console.js';
import { inspect, type Inspected } from './inspect.js';
import { Progress } from './progress.js';
import type { SkippedFile } from './report.js';
import { readSuppressions, type Suppressions } from './suppressions-file.js';
import { commonRoot, findTargets } from './targets.js';

/** A judged file with what its root says of it. */
export interface JudgedFile extends Inspected {
  /** Relative to the common root, with `/`. */
  readonly file: string;
  readonly source: SourceFile;
  readonly settings: Settings;
  readonly suppressions: Suppressions;
  /** What the other files of its root do to it. */
  readonly outside: Outside | undefined;
}

/** What became of the files that a command was to read. */
export interface Tally {
  /** Absolute path of the folder that the names are relative to. */
  readonly root: string;
  readonly judged: number;
  /** The names of the judged files. */
  readonly names: ReadonlySet<string>;
  readonly lines: number;
  /** Passed over because a program wrote them. */
  readonly generated: number;
  readonly skipped: readonly SkippedFile[];
}

/**
 * Judges the files that the named paths stand for, one after the other in a
 * fixed order, so that only one is in memory, and notes each one that cannot be.
 *
 * @throws CannotRun if a path cannot be looked at
 * @throws SettingsError if the settings of a root cannot be used
 */
export async function eachFile(
  paths: readonly string[],
  console: Console,
  visit: (file: JudgedFile) => void | Promise<void>,
  /** `skipsIdle`: files without a candidate are counted, and not visited. */
  options: { readonly skipsIdle?: boolean } = {},
): Promise<Tally> {
  const workingDirectory = process.cwd();
  const targets = findTargets(paths, workingDirectory);
  const root = commonRoot(targets, workingDirectory);
  const total = targets.reduce((sum, { files }) => sum + files.length, 0);
  const skipped: SkippedFile[] = [];
  const names = new Set<string>();
  let [read, judged, generated, lines] = [0, 0, 0, 0];
  const judging = new Progress(console, 'Judging');
  for (const { root: own, settings, files, embedded, unreadable } of targets) {
    const suppressions = readSuppressions(own);
    const reading = new Progress(console, 'Reading');
    const index = indexProject(own, settings, (done, all) => { reading.step(done, all); });
    for (const name of unreadable) console.note(`Warning: the folder ${name} cannot be read and was skipped.`);
    for (const source of files) {
      judging.step(++read, total);
      const idleLines = options.skipsIdle && !source.named ? index.idle.get(source.name) : undefined;
      if (idleLines !== undefined) {
        judged++;
        names.add(nameOf(root, source.path));
        lines += idleLines;
        continue;
      }
      const file = nameOf(root, source.path);
      const inspection = inspect(source, settings, index.outside.get(source.name));
      if (inspection === 'generated') {
        generated++;
      } else if ('obstacle' in inspection) {
        const { reason, ...place } = inspection.obstacle;
        skipped.push({ file, ...place, reason });
        console.note(`Warning: ${[file, place.line, place.column].filter(Boolean).join(':')} ${reason}; it was skipped.`);
      } else {
        judged++;
        names.add(file);
        lines += inspection.inspected.lines.lineCount;
        await visit({ ...inspection.inspected, file, source, settings, suppressions, outside: index.outside.get(source.name) });
      }
    }
    if (embedded.length > 0) console.note(`Warning: ${embedded.length} .vue or .svelte files were skipped, for their scripts cannot be read yet.`);
  }
  console.progress('');
  if (judged === 0 && skipped.length === 0) {
    console.note(`No JavaScript or TypeScript to judge in ${paths.join(', ') || 'this folder'} (tests and generated files only count when named).`);
  }
  return { root, judged, names, lines, generated, skipped };
}
