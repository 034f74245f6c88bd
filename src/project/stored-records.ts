import type { SourceFile } from './discover.js';
import type { FileRecord } from './file-record.js';
import type { Files } from './files.js';
import { ownCode } from './own-code.js';
import { pack, unpack, type PackedRecord } from './packed-record.js';
import { noStore, openStore, type RecordStore } from './record-store.js';
import type { Settings } from './settings.js';

/** The store of a root; the same for all states of it, for the command and for the plugin. */
export function storeFor<Found>(root: string, { cleanupFunctions, timers, resources }: Settings, isCached: boolean): RecordStore<FileRecord<Found>> {
  return isCached ? packing(openStore(root, JSON.stringify([ownCode(), cleanupFunctions, timers, resources]))) : noStore();
}

/** A store that keeps records packed, and unpacks one when it is first asked for. */
function packing<Found>(store: RecordStore<PackedRecord<Found>>): RecordStore<FileRecord<Found>> {
  const records = noStore<FileRecord<Found>>();
  return {
    get: (key) => {
      const known = records.get(key);
      const packed = known ? undefined : store.get(key);
      if (packed) records.set(key, unpack(packed));
      return known ?? records.get(key);
    },
    set: (key, record) => {
      records.set(key, record);
      store.set(key, pack(record));
    },
    save: () => { store.save(); },
  };
}

/** Names all that the record of a file depends on, but for settings and versions; undefined for a file that cannot be read. */
export function recordKey(file: SourceFile, files: Files): string | undefined {
  try {
    return recordKeyOf(files.idOf(file.path), file);
  } catch {
    return undefined;
  }
}

/** The same for a file whose content is at hand, by the name of that. */
export function recordKeyOf(id: string, { name, named }: Pick<SourceFile, 'name' | 'named'>): string {
  return `${id} ${name}${named ? ' named' : ''}`;
}
