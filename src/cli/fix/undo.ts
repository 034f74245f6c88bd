import { realpathSync } from 'node:fs';
import { undo } from '../../codemod/journal/undo.js';
import type { Recovery } from '../../codemod/journal/recover.js';
import { compareNames, nameOf } from '../../project/discover.js';
import type { Console } from '../console.js';
import { Exit } from '../exit.js';
import { userJournal } from '../journal.js';
import { rootOfPaths } from '../targets.js';
import { count, wrap } from '../wrap.js';

/**
 * Takes back the last run of `fix --write` in the working directory, or in the
 * only named folder outside of it.
 *
 * @param recovered what was put back already, since the last run was interrupted
 */
export async function undoLast(paths: readonly string[], recovered: readonly Recovery[], console: Console): Promise<Exit> {
  if (recovered.some(({ kind }) => kind.type === 'repair')) return recovered.some(({ left }) => left.length > 0) ? Exit.CouldNotRun : Exit.Fine;
  const root = realpathSync(rootOfPaths(paths, process.cwd()));
  const undoing = await undo(userJournal(), root);
  if (!undoing) {
    console.note('There is no run to undo in this folder.');
    return Exit.CouldNotRun;
  }
  for (const path of [...undoing.restored].sort(compareNames)) console.result(`${nameOf(root, path)}: as it was before the last run.\n`);
  for (const sentence of undoing.refused) console.note(wrap(sentence, '', '  '));
  console.note(`${count(undoing.restored.length, 'file')} put back, ${undoing.refused.length} left as ${undoing.refused.length === 1 ? 'it is' : 'they are'}.`);
  return undoing.refused.length > 0 ? Exit.CouldNotRun : Exit.Fine;
}
