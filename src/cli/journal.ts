import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { recover, type Recovery } from '../codemod/journal/recover.js';
import { JournalStore } from '../codemod/journal/store.js';
import type { Console } from './console.js';
import { count, wrap } from './wrap.js';

/** The journal of this user, outside of all projects (docs/decisions/0013-journal.md). */
export function userJournal(): JournalStore {
  return new JournalStore(envPaths('leakproof', { suffix: '' }).data);
}

/** Before anything else, puts back what an interrupted run has written around the working directory and the named paths, and says so. */
export async function recoverInterrupted(paths: readonly string[], console: Console): Promise<Recovery[]> {
  const recoveries: Recovery[] = [];
  for (const place of new Set(['.', ...paths].flatMap(realPlace))) {
    for (const recovery of await recover(userJournal(), place)) {
      recoveries.push(recovery);
      const restored = recovery.restored === 0 ? 'it had written nothing' : `${count(recovery.restored, 'file')} that it had written ${recovery.restored === 1 ? 'is' : 'are'} as before`;
      console.note(wrap(`An earlier run was interrupted; ${restored}.`, ''));
      for (const sentence of recovery.left) console.note(wrap(sentence, '', '  '));
      if (recovery.record !== undefined) console.note(wrap(`What these files held before is in ${recovery.record}.`, ''));
    }
  }
  return recoveries;
}

/** A path that does not exist is not our business here. */
function realPlace(path: string): string[] {
  try {
    return [realpathSync(resolve(path))];
  } catch {
    return [];
  }
}
