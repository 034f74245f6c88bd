// A process that puts files through every command and codemod, as its parent sends their paths: some at a time, or one alone.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { codemods } from '../../dist/codemods/all.js';
import { dominantLineEnd, withLineEnds } from '../../dist/src/codemod/line-ends.js';
import { repairFile } from '../../dist/src/codemod/run.js';
import { run } from '../../dist/src/cli/program.js';
import { FORMATS, MATRIX_FORMATS } from '../../dist/src/cli/formats.js';
import { DEFAULT_SETTINGS } from '../../dist/src/core/index.js';

const MB = 2 ** 20;
/** What one step may take of a file of up to a megabyte, in ms of processor time; a larger file gets as much for each megabyte. */
const LIMIT_MS = 2000;
/** Each repair is planned on what the one before it left, so a codemod takes as long as a scan for each finding: so many of a file are repaired. */
const REPAIRED_FINDINGS = 10;

const scratch = mkdtempSync(join(tmpdir(), 'leakproof-crash-free-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.env.LEAKPROOF_CACHE_DIR = join(scratch, 'cache');
process.env.XDG_DATA_HOME = join(scratch, 'data');
const folder = join(scratch, 'project');

process.on('message', async (paths) => process.send(await trial(paths)));
process.on('disconnect', () => process.exit());
// The program is loaded before anything is timed.
mkdirSync(folder);
process.chdir(folder);
await command('fix');
process.send('ready');

/** Everything that can be done with some files, which stand alone in a folder. What is said of several is said of one of them: it is for the parent to ask again. */
async function trial(asked) {
  // What somebody has taken away since it was found is no problem of ours.
  const paths = asked.filter((path) => existsSync(path));
  const problems = [];
  const steps = {};
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  process.chdir(folder);
  const names = paths.map((path, index) => `file${index}${extname(path)}`);
  for (const [index, path] of paths.entries()) copyFileSync(path, names[index]);
  const before = names.map((name) => readFileSync(name));
  const limit = LIMIT_MS * Math.max(1, Math.ceil(before.reduce((sum, { length }) => sum + length, 0) / MB));
  const step = async (label, work, times = 1) => {
    const start = process.cpuUsage();
    try {
      return await work();
    } catch (error) {
      problems.push(`${label}: ${error instanceof Error ? error.stack : String(error)}`);
      return undefined;
    } finally {
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1000;
      steps[label] = Math.max(ms, steps[label] ?? 0);
      if (ms > limit * times) problems.push(`${label}: took ${Math.round(ms)} ms`);
    }
  };

  let report;
  for (const format of ['json', ...FORMATS.filter((one) => one !== 'json')]) {
    await step(`scan ${format}`, async () => {
      const output = await command('scan', ...names, '--format', format, '--confidence', 'likely', '--verbose');
      problems.push(...faultsIn(`scan ${format}`, output, format));
      if (format === 'json') report = JSON.parse(output.stdout);
    });
  }
  for (const format of MATRIX_FORMATS) {
    await step(`matrix ${format}`, async () => problems.push(...faultsIn(`matrix ${format}`, await command('matrix', ...names, '--format', format), format)));
  }
  let repairs = 0;
  for (const [index, name] of names.entries()) {
    const findings = report?.findings.filter(({ file }) => file === name) ?? [];
    const [first] = findings;
    if (!first) continue;
    await step('why', async () => problems.push(...faultsIn('why', await command('why', `${name}:${first.line}`), 'text')));
    for (const codemod of [...codemods.map((one) => [one]), codemods]) {
      const label = codemod.length > 1 ? 'all codemods' : codemod[0].id;
      const own = findings.filter(({ rule }) => codemod.some(({ rules }) => rules.includes(rule)));
      if (own.length === 0) continue;
      await step(label, () => {
        const { faults, repaired } = repairWith(codemod, name, before[index].toString());
        repairs += repaired;
        problems.push(...faults.map((fault) => `${label}: ${fault}`));
      }, 1 + Math.min(REPAIRED_FINDINGS, own.length));
    }
  }
  for (const [index, name] of names.entries()) if (!readFileSync(name).equals(before[index])) problems.push('a file was written that nobody asked to write');
  return { paths, problems, steps, findings: report?.findings.length ?? 0, repairs, skipped: report?.skipped.map(({ reason }) => reason) ?? [] };
}

/** Repairs a text and holds every step against the edits that were planned for it. */
function repairWith(some, path, text) {
  const faults = [];
  const plans = new WeakMap();
  const watched = some.map((codemod) => ({
    ...codemod,
    plan(finding, ...rest) {
      try {
        const plan = codemod.plan(finding, ...rest);
        plans.set(finding, plan);
        return plan;
      } catch (error) {
        faults.push(error.stack);
        throw error;
      }
    },
  }));
  let chosen;
  const accepts = (finding, { verdicts }) => {
    chosen ??= new Set(verdicts.filter(({ rule, outcome }) => outcome !== 'silent' && some.some(({ rules }) => rules.includes(rule))).slice(0, REPAIRED_FINDINGS).map(nameOf));
    return chosen.has(nameOf(finding));
  };
  const options = { codemods: watched, confidence: 'likely', includeReview: true, settings: DEFAULT_SETTINGS, accepts };
  let last = text;
  const repair = repairFile({ path, text }, {
    ...options,
    decide({ before, after, finding, rule, line }) {
      if (before !== last) faults.push(`${rule} in line ${line} does not start from what the repair before it left`);
      if (after !== spliced(before, plans.get(finding).edits)) faults.push(`${rule} in line ${line} changes text outside its edits`);
      last = after;
      return 'make';
    },
  });
  if (repair.text !== last) faults.push('the result is not that of the last repair');
  for (const { gate, why } of repair.failed) if (gate === 'edits-apply' || gate === 'rest-untouched') faults.push(`${gate}: ${why}`);
  if (repair.changed && repairFile({ path, text: repair.text }, options).changed) faults.push('a second run changes the result');
  return { faults, repaired: repair.repaired.length };
}

function nameOf({ rule, owner, symbol }) {
  return `${rule} ${owner} ${symbol}`;
}

/** Edits made by hand, in the simplest way: from the last to the first. */
function spliced(text, edits) {
  const mark = /^\uFEFF*/.exec(text)[0].length;
  return [...edits]
    .sort((left, right) => right.start - left.start)
    .reduce((result, { start, end, text: inserted }) => result.slice(0, start + mark) + withLineEnds(inserted, dominantLineEnd(text)) + result.slice(end + mark), text);
}

/** Runs one command in this process. */
async function command(...args) {
  let stdout = '';
  let stderr = '';
  const status = await run(args, { result: (text) => (stdout += text), note: (sentence) => (stderr += `${sentence}\n`), progress() {}, paint: (_style, text) => text });
  return { status, stdout, stderr };
}

function faultsIn(label, { status, stdout, stderr }, format) {
  const faults = [];
  // What is scanned may speak of internal errors as well, and a page shows it.
  if (/internal error/i.test(stderr) || /thread that read it died/i.test(stderr + stdout)) faults.push(`${label}: ${stderr.trim()}`);
  if (![0, 1, 2].includes(status)) faults.push(`${label}: ended with ${status}`);
  if ((format === 'json' || format === 'sarif') && stdout !== '') JSON.parse(stdout);
  // eslint-disable-next-line no-control-regex -- what would steer a terminal
  if (/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(stdout)) faults.push(`${label}: prints a control character`);
  return faults;
}
