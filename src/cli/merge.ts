import { noStore } from '../project/record-store.js';
import { CannotRun } from './cannot-run.js';
import type { Console } from './console.js';
import type { Exit } from './exit.js';
import type { FileRecord } from './file-record.js';
import { scan, type ScanOptions } from './scan.js';
import type { Store } from './project-records.js';
import { filesOfScan, settingsOf, type ShardedFile } from './shard.js';
import { readShards, type ShardEntry } from './shard-file.js';
import { findTargets } from './targets.js';

/**
 * Puts the parts of a scan together, links them and reports, as one scan would.
 * The sources must be here as they were read: what a file asks of others is
 * answered by module resolution, and some files are judged again.
 *
 * @throws CannotRun if the parts do not make one whole, or the files are not the same
 */
export async function merge(paths: readonly string[], options: Omit<ScanOptions, 'changed' | 'staged' | 'cache'>, output: Console, console: Console): Promise<Exit> {
  const shards = readShards(paths);
  const targets = findTargets(shards[0].paths, process.cwd());
  if (settingsOf(targets) !== shards[0].settings) throw new CannotRun(`${paths.join(', ')} were made with other settings than there are in this folder.`);
  const stores = matchSources(filesOfScan(targets), shards.flatMap(({ entries }) => entries));
  return scan(shards[0].paths, options, output, console, (root) => stores.get(root) ?? noStore());
}

/** What is known of each root, by its absolute path, if it is known of just the files that are here. */
function matchSources(files: readonly ShardedFile[], entries: readonly ShardEntry[]): Map<string, Store> {
  const known = new Map(entries.map((entry) => [idOf(entry), entry]));
  const stores = new Map<string, Store>();
  for (const file of files) {
    const { target, root, key } = file;
    const entry = known.get(idOf(file));
    if (!entry) {
      const hasChanged = entries.some((one) => one.root === root && one.name === file.file.name);
      throw new CannotRun(`${file.file.name} ${hasChanged ? 'has changed since it was read' : 'is in none of the parts'}: merge where the sources are as they were read.`);
    }
    known.delete(idOf(file));
    const store = stores.get(target.root) ?? noStore<FileRecord>();
    store.set(key, entry.record);
    stores.set(target.root, store);
  }
  const [absent] = known.values();
  if (absent) throw new CannotRun(`${absent.name} is not here: merge where the sources are as they were read.`);
  return stores;
}

function idOf({ root, key }: { readonly root: string; readonly key: string }): string {
  return `${root}\n${key}`;
}
