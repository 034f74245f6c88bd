import { discover } from '../dist/src/project/discover.js';
import { isGenerated } from '../dist/src/project/file-kinds.js';
import { readSource } from '../dist/src/project/read.js';
import { readSettings } from '../dist/src/project/settings.js';

/** The files that a scan of a folder judges, one after the other, with their texts. */
export function* filesOf(folder) {
  for (const file of discover(folder, [{ path: folder, isDirectory: true }], readSettings(folder).ignore).files) {
    const read = readSource(file.path);
    if (!('problem' in read) && !isGenerated(read.text)) yield { file, text: read.text };
  }
}
