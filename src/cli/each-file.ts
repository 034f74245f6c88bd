import type { Outside } from '../core/index.js';
import { nameOf, type SourceFile } from '../project/discover.js';
import { inspect, type Inspected } from '../project/inspect.js';
import type { Settings } from '../project/settings.js';
import { storeFor } from '../project/stored-records.js';
import type { Console } from './console.js';
import type { RecordedFinding } from './file-record.js';
import { Progress } from './progress.js';
import { ProjectRecords } from './project-records.js';
import { readersOn } from './readers.js';
import { readSuppressions, type Suppressions } from './suppressions-file.js';
import { Tallying, type Tally } from './tally.js';
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
  /** All files of its root. */
  readonly project: ProjectRecords;
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
  /** `skipsIdle`: files without a candidate are counted, and not visited. `cache: false`: nothing of other runs is believed, and nothing kept. */
  options: { readonly skipsIdle?: boolean; readonly cache?: boolean } = {},
): Promise<Tally> {
  const workingDirectory = process.cwd();
  const targets = findTargets(paths, workingDirectory);
  const tally = new Tallying(commonRoot(targets, workingDirectory), targets, paths, console);
  for (const target of targets) {
    const { root, settings, files } = target;
    const suppressions = readSuppressions(root);
    const store = storeFor<RecordedFinding>(root, settings, options.cache ?? true);
    const readers = readersOn(undefined);
    const reading = new Progress(console, 'Reading');
    const project = await ProjectRecords.read(target, target.source, store, readers, (done, all) => { reading.step(done, all); }).finally(() => readers.close());
    store.save();
    tally.begin(target);
    for (const source of files) {
      tally.next();
      const idle = options.skipsIdle && !source.named ? project.idle(source) : undefined;
      if (idle) {
        tally.judged(nameOf(tally.root, source.path), idle.lines);
        continue;
      }
      const file = nameOf(tally.root, source.path);
      const outside = project.outside.get(source.name);
      const inspection = inspect(source, settings, outside);
      if (inspection === 'generated') {
        tally.generated();
      } else if ('obstacle' in inspection) {
        tally.skipped(file, inspection.obstacle);
      } else {
        tally.judged(file, inspection.inspected.lines.lineCount);
        await visit({ ...inspection.inspected, file, source, settings, suppressions, outside, project });
      }
    }
    tally.end(target);
  }
  return tally.finish();
}
