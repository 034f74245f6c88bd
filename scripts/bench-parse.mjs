// Reads and parses the files that a scan of a folder reads, into JavaScript objects, and does nothing else.
import { parseSync } from 'oxc-parser';
import { filesOf } from './bench-files.mjs';

const [folder] = process.argv.slice(2);
let lines = 0;
let name;
for (const { file, text } of filesOf(folder)) {
  const lang = /\.tsx$/.test(file.name) ? 'tsx' : /\.[cm]?ts$/.test(file.name) ? 'ts' : 'jsx';
  const { program, errors } = parseSync(file.name, text, { lang, astType: 'ts', range: true, preserveParens: false });
  if (errors.length > 0 || program.body.length === 0) continue;
  lines += text.split('\n').length;
  // The first file of some size is the one that the warm scan finds changed.
  if (name === undefined && text.length > 4000) name = file.name;
}
console.log(JSON.stringify({ lines, name }));
