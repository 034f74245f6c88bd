// What is certain of published packages, against the list that was read and judged: `npm run measure:published -- [--update] [--cached] [--only SPEC]`.
// Fails where a finding has come or gone. `--update` writes the list anew: what was judged keeps its judgement, what is new is `unknown`.
// A package that the list does not name is only taken in by `--update`. `--cached` leaves out what is not unpacked yet, aloud. The list holds no source: rule, path, line and symbol, and whether a reader found it true.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findUnpacked, published, unpacked } from './published.mjs';

const { values: options } = parseArgs({ options: { update: { type: 'boolean', default: false }, cached: { type: 'boolean', default: false }, only: { type: 'string' } } });
const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const LIST = new URL('published-findings.json', import.meta.url);
/** `partly`: a leak in the sense of the rule that costs nothing there, such as one that ends with the program. */
const JUDGEMENTS = ['true', 'partly', 'false', 'unknown'];
/** Parser tests, and bundles: what is published of these is not what somebody wrote. */
const NOT_WRITTEN = /^(?:test262-parser-tests|playwright-core|vite)@/;

const known = JSON.parse(readFileSync(LIST, 'utf8'));
const programs = published.filter((spec) => !NOT_WRITTEN.test(spec) && (options.only === undefined || spec.startsWith(options.only)));
/** Nobody has read the findings of the others yet. */
const wanted = programs.filter((spec) => options.update || spec in known);
const list = { ...known };
const absent = [];
let changes = 0;
let read = 0;
for (const spec of wanted) {
  const folder = options.cached ? findUnpacked(spec) : unpacked(spec);
  if (folder) list[spec] = compare(spec, scan(folder), known[spec] ?? []);
  else absent.push(spec);
}
if (options.update) writeFileSync(LIST, textOf(list));
report();
process.exitCode = changes > 0 && !options.update ? 1 : 0;

function scan(folder) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MAIN, 'scan', '--no-cache', '--threads', '1', '--format', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === null || status > 1) throw new Error(`${folder}: ${stderr}`);
  const { files, findings } = JSON.parse(stdout);
  read += files;
  return findings.map(({ rule, file, line, symbol }) => ({ rule, file, line, symbol }));
}

/** The findings of now with the judgements of before; tells what came and what went. */
function compare(spec, now, before) {
  const keyOf = ({ rule, file, line, symbol }) => `${rule} ${file}:${line} ${symbol}`;
  const judged = new Map(before.map((one) => [keyOf(one), one.judged]));
  const came = now.filter((one) => !judged.has(keyOf(one)));
  const present = new Set(now.map(keyOf));
  const went = before.filter((one) => !present.has(keyOf(one)));
  changes += came.length + went.length;
  for (const one of came) console.log(`+ ${spec} ${keyOf(one)}`);
  for (const one of went) console.log(`- ${spec} ${keyOf(one)} (${one.judged})`);
  return now.map((one) => ({ ...one, judged: judged.get(keyOf(one)) ?? 'unknown' }));
}

/** One finding a line, so that a change shows in a diff. */
function textOf(all) {
  const packages = Object.keys(all).sort().map((spec) => `  ${JSON.stringify(spec)}: [${all[spec].map((one) => `\n    ${JSON.stringify(one)}`).join(',')}${all[spec].length > 0 ? '\n  ' : ''}]`);
  return `{\n${packages.join(',\n')}\n}\n`;
}

function report() {
  const findings = wanted.flatMap((spec) => list[spec] ?? []);
  const count = (judged) => findings.filter((one) => one.judged === judged).length;
  console.log(`${wanted.length - absent.length} packages, ${read} files, ${findings.length} certain findings: ${JUDGEMENTS.map((judged) => `${count(judged)} ${judged}`).join(', ')}; ${changes} changed.`);
  const unread = programs.filter((spec) => !wanted.includes(spec));
  if (unread.length > 0) console.log(`Not read yet, so left out without --update: ${unread.join(', ')}`);
  if (absent.length > 0) console.log(`Skipped, since they are not here: ${absent.join(', ')}`);
}
