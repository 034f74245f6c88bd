// What the codemods do about leaks that were really fixed: `npm run measure:repairs -- --corpus leaks.jsonl --mirrors DIR [--only ID|CATEGORY] [--json FILE] [--out DIR]`.
// Each row of the corpus names a file of a public repository at the commit before a fix; DIR holds the clones as owner+name/repo, owner+name.git or owner+name.
// The findings that fit the row are repaired one file at a time, down to `likely`, reviews included, through the engine with its gates. `--out` keeps both texts.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { codemods } from '../dist/codemods/all.js';
import { readWith } from '../dist/src/codemod/read-text.js';
import { repairFile } from '../dist/src/codemod/run.js';
import { DEFAULT_SETTINGS, isFinding } from '../dist/src/core/index.js';
import { LineIndex } from '../dist/src/project/line-index.js';
import { addedTypeErrors } from './added-type-errors.mjs';

const { values: options } = parseArgs({ options: { corpus: { type: 'string' }, mirrors: { type: 'string' }, only: { type: 'string' }, json: { type: 'string' }, out: { type: 'string' } } });
if (!options.corpus || !options.mirrors) {
  console.error('usage: npm run measure:repairs -- --corpus leaks.jsonl --mirrors DIR [--only ID|CATEGORY] [--json FILE] [--out DIR]');
  process.exit(2);
}

/** Which rules are right about a category of the corpus. */
const COLLECTION = ['no-unbounded-collection', 'no-manual-only-release', 'no-uneven-delete', 'no-partial-exit-handler'];
const TEARDOWN = ['no-forgotten-field', 'no-partial-exit-handler', 'no-orphaned-resource'];
const FITS = {
  'timeout-untracked': ['no-untracked-timer', 'no-forgotten-field'],
  'interval-untracked': ['no-untracked-timer', 'no-forgotten-field'],
  'race-timeout': ['no-untracked-timer', 'require-release-in-finally'],
  'timer-tracked-not-cleared': ['no-untracked-timer', 'no-forgotten-field', 'no-partial-exit-handler', 'no-stale-timer-entry', 'require-release-in-finally'],
  'timer-map-overwrite': ['no-timer-overwrite', 'no-stale-timer-entry', 'no-untracked-timer'],
  'map-no-delete': ['no-unbounded-collection', 'no-uneven-delete', 'no-manual-only-release'],
  'map-manual-delete-only': COLLECTION,
  'array-unbounded': ['no-unbounded-collection', 'no-copy-only-trim', 'no-manual-only-release'],
  'sibling-map': COLLECTION,
  'exit-handler-partial': [...TEARDOWN, 'no-uneven-delete'],
  'dispose-forgets-field': [...TEARDOWN, 'no-untracked-timer', 'no-leaked-listener'],
  'listener-not-removed': ['no-leaked-listener', 'no-mismatched-removal', 'no-forgotten-field', 'no-partial-exit-handler', 'require-release-in-finally'],
  'child-process-orphan': TEARDOWN,
  'watcher-or-server-not-closed': TEARDOWN,
};
/** Symbols that name an API or a teardown, not a thing: any other finding in the file could bear them. */
const COMMON = /^(?:set(?:Timeout|Interval|Immediate)|on|once|off|add\w*Listener|remove\w*Listener|subscribe|listen|spawn|fork|exec|watch|dispose|close|destroy|stop|end|quit|kill|shutdown|disconnect|terminate|cleanup|exit|onExit|onClose|onclose|useEffect|constructor|process|emit|race)$/i;
/** Lines between a label and a report of the same thing. */
const NEAR = 3;

const REPAIRABLE = new Set(codemods.flatMap((codemod) => codemod.rules));
const rows = readFileSync(options.corpus, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter((row) => !options.only || [row.id, row.category].includes(options.only));
const absent = new Set();
const results = rows.flatMap((row) => {
  const text = textBefore(row);
  if (text === undefined) absent.add(row.repo);
  return text === undefined ? [] : measure(row, text);
});
report(results);
if (absent.size > 0) console.log(`\nAbsent, not measured: ${[...absent].join(', ')}`);
if (options.json) writeFileSync(options.json, `${JSON.stringify({ results, absent: [...absent] }, null, 1)}\n`);

/** The file of a row before the fix; undefined if no clone has it. */
function textBefore({ repo, before, file }) {
  const folder = repo.replace('/', '+');
  const clone = [join(folder, 'repo'), join(folder, 'repo', '.git'), `${folder}.git`, folder].map((path) => join(options.mirrors, path)).find((path) => existsSync(join(path, 'objects')));
  if (!clone) return undefined;
  try {
    return execFileSync('git', ['--git-dir', clone, 'show', `${before}:${file}`], { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

/** One result per finding that fits the row and whose rule has a codemod. */
function measure(row, text) {
  const path = basename(row.file);
  const analysis = readWith(DEFAULT_SETTINGS)(path, text);
  if ('unreadable' in analysis) return [];
  const lines = new LineIndex(text);
  const lineOf = (place) => lines.positionOf(place.span.start).line;
  const found = analysis.verdicts.filter((verdict) => isFinding(verdict) && !verdict.suppressed && FITS[row.category].includes(verdict.rule) && REPAIRABLE.has(verdict.rule) && fits(verdict, row, lineOf));
  const wanted = new Map(found.map((finding) => [`${finding.rule} ${lineOf(finding)}`, finding]));
  const keyOf = ({ rule, line }) => `${rule} ${line}`;
  const repair = repairFile({ path, text }, {
    codemods,
    confidence: 'likely',
    includeReview: true,
    settings: DEFAULT_SETTINGS,
    accepts: ({ rule, symbol }) => found.some((one) => one.rule === rule && one.symbol === symbol), // the rest is not even planned
    decide: (proposal) => (wanted.has(keyOf(proposal)) ? 'make' : { refused: 'Another finding.' }),
  });
  const after = repair.changed ? readWith(DEFAULT_SETTINGS)(path, repair.text) : analysis;
  const countOf = ({ verdicts }, rule, symbol) => verdicts.filter((verdict) => isFinding(verdict) && verdict.rule === rule && verdict.symbol === symbol).length;
  // What another repair took with it has gone with that.
  const isGone = (rule, symbol) => !('unreadable' in after) && countOf(after, rule, symbol) < countOf(analysis, rule, symbol);
  const typeErrors = repair.changed ? addedTypeErrors(path, text, repair.text) : [];
  if (options.out && repair.changed) keep(row.id, path, text, repair.text);
  return [...wanted].map(([key, { rule, symbol }]) => {
    const made = repair.repaired.find((one) => keyOf(one) === key);
    const failed = repair.failed.find((one) => keyOf(one) === key);
    const refused = repair.refused.find((one) => keyOf(one) === key);
    const about = made ?? failed ?? refused;
    const outcome = made ? 'repaired' : failed ? `failed ${failed.gate}` : refused || !isGone(rule, symbol) ? 'refused' : 'repaired';
    return { id: row.id, category: row.category, rule, symbol, line: Number(key.split(' ')[1]), codemod: about?.codemod ?? '(with another)', outcome, why: failed?.why ?? refused?.why, safety: made?.safety, typeErrors: made ? typeErrors : [] };
  });
}

/** Whether a finding stands at the row's places or has the row's name, itself or by a related place. */
function fits(finding, row, lineOf) {
  const near = (line) => [row.line, ...(row.also_lines ?? [])].some((one) => Math.abs(one - line) <= NEAR);
  if (near(lineOf(finding))) return true;
  return last(finding.symbol) === last(row.symbol) && !COMMON.test(last(row.symbol));
}

function last(name) {
  return String(name ?? '').replace(/\(.*$/, '').split(/[.#]/).pop();
}

function keep(id, path, before, after) {
  const folder = join(options.out, id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `before-${path}`), before);
  writeFileSync(join(folder, `after-${path}`), after);
}

/** A Markdown table per codemod and category, the reasons, and every result that is not as it should be. */
function report(all) {
  for (const key of ['codemod', 'category']) {
    console.log(`| ${key} | findings | repaired | refused | failed a gate | added type errors |\n| --- | --- | --- | --- | --- | --- |`);
    for (const name of [...new Set(all.map((one) => one[key]))].sort()) console.log(`| ${name} | ${cells(all.filter((one) => (one[key]) === name))} |`);
    console.log(`| together | ${cells(all)} |\n`);
  }
  for (const { outcome, id, rule, symbol, line, why } of all.filter((one) => one.outcome !== 'repaired')) console.log(`${outcome}: ${id}, ${rule} ${symbol} in line ${line}: ${why}`);
  for (const { id, typeErrors } of all) for (const error of typeErrors) console.log(`type error: ${id}: ${error}`);
}

function cells(some) {
  const count = (test) => some.filter(test).length;
  const repaired = count((one) => one.outcome === 'repaired');
  return [some.length, `${repaired} (${Math.round((100 * repaired) / some.length)} %)`, count((one) => one.outcome === 'refused'), count((one) => one.outcome.startsWith('failed')), count((one) => one.typeErrors.length > 0)].join(' | ');
}
