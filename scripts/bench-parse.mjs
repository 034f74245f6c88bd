// Reads and parses the files that a scan of a folder reads, into JavaScript objects, and does nothing else.
import { parseSync } from 'oxc-parser';
import { discover } from '../dist/src/project/discover.js';
import { isGenerated } from '../dist/src/project/file-kinds.js';
import { readSource } from '../dist/src/project/read.js';
import { readSettings } from '../dist/src/project/settings.js';

const [folder] = process.argv.slice(2);
const { files } = discover(folder, [{ path: folder, isDirectory: true }], readSettings(folder).ignore);
let lines = 0;
let name;
for (const file of files) {
  const read = readSource(file.path);
  if ('problem' in read || isGenerated(read.text)) continue;
  const lang = /\.tsx$/.test(file.name) ? 'tsx' : /\.[cm]?ts$/.test(file.name) ? 'ts' : 'jsx';
  const { program, errors } = parseSync(file.name, read.text, { lang, astType: 'ts', range: true, preserveParens: false });
  if (errors.length > 0 || program.body.length === 0) continue;
  lines += read.text.split('\n').length;
  // The first file of some size is the one that the warm scan finds changed.
  if (name === undefined && read.text.length > 4000) name = file.name;
}
console.log(JSON.stringify({ lines, name: name ?? files[0]?.name }));
