import { createHash } from 'node:crypto';
import { compareNames, nameOf, type SourceFile } from '../project/discover.js';
import { kindOf } from '../project/file-kinds.js';
import { recordKey, storeFor } from '../project/stored-records.js';
import type { Console } from './console.js';
import { Exit } from './exit.js';
import type { FileRecord, RecordedFinding } from './file-record.js';
import { Progress } from './progress.js';
import { ProjectRecords } from './project-records.js';
import { readersOn } from './readers.js';
import { writeShard, type ShardEntry, type ShardNumber } from './shard-file.js';
import { findTargets, projectOf, type Target } from './targets.js';

/** A file that a scan reads, for itself or for what it says of others. */
export interface ShardedFile {
  readonly target: Target;
  /** Of its root, from the working directory. */
  readonly root: string;
  readonly file: SourceFile;
  readonly key: string;
}

/**
 * Reads one part of the files that a scan would read, and writes what is known
 * of each by itself. Every n-th file belongs to a part: neighbours in a folder
 * are alike in size, and the parts are to be.
 */
export async function shard(
  paths: readonly string[],
  { index, count }: ShardNumber,
  options: { readonly threads?: number; readonly cache?: boolean },
  output: Console,
  console: Console,
): Promise<Exit> {
  const targets = findTargets(paths, process.cwd());
  const own = filesOfScan(targets).filter((_, at) => at % count === index - 1);
  const readers = readersOn(options.threads);
  const progress = new Progress(console, 'Reading');
  const entries: ShardEntry[] = [];
  let done = 0;
  try {
    for (const target of targets) {
      const share = own.filter((file) => file.target === target);
      const store = storeFor<RecordedFinding>(target.root, target.settings, options.cache ?? true);
      const project = ProjectRecords.unlinked(target.settings, target.source, store, readers);
      const records = await project.recordsOf(share.map(({ file }) => file), () => { progress.step(++done, own.length); });
      entries.push(...share.map(({ root, key, file: { name } }, at) => ({ root, key, name, record: records[at] as FileRecord })));
      store.save();
    }
  } finally {
    await readers.close();
    console.progress('');
  }
  output.result(writeShard({ index, count, paths, settings: settingsOf(targets), entries }));
  return Exit.Fine;
}

/** All files that a scan of the targets reads and can read, in a fixed order. */
export function filesOfScan(targets: readonly Target[]): ShardedFile[] {
  return targets.flatMap((target) => {
    const { root, source } = target;
    const below = projectOf(target, source).files;
    const files = [...below, ...target.files].filter(({ name }) => kindOf(name) === 'source').sort((left, right) => compareNames(left.name, right.name));
    const byKey = new Map(files.flatMap((file) => {
      const key = recordKey(file, source);
      return key === undefined ? [] : [[key, { target, root: nameOf(process.cwd(), root), file, key }]];
    }));
    return [...byKey.values()];
  });
}

/** Names the settings that records and the choice of files depend on. */
export function settingsOf(targets: readonly Target[]): string {
  const all = targets.map(({ root, settings: { cleanupFunctions, timers, resources, ignore } }) => [nameOf(process.cwd(), root), cleanupFunctions, timers, resources, ignore]);
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 32);
}
