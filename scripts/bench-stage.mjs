// Does to the files that a scan of a folder reads what the scan does first, up to a stage, and nothing else:
//   model: parsed, with parents, lists of nodes and scopes, which any rule would need;
//   facts: with the facts of the file too, judged by no rule.
import { collectFacts } from '../dist/src/core/facts/facts.js';
import { parse } from '../dist/src/project/parse.js';
import { readSettings } from '../dist/src/project/settings.js';
import { filesOf } from './bench-files.mjs';

const [folder, stage] = process.argv.slice(2);
const settings = readSettings(folder);
for (const { file, text } of filesOf(folder)) {
  const parsed = parse(file.name, text);
  if (stage === 'facts' && 'ok' in parsed) collectFacts(parsed.ok, settings);
}
