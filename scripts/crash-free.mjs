// Puts files through every command, format and codemod: `npm run crash-free -- [--sample N] [--seed N] [--workers N] [--json FILE] [--no-hostile] [--published] FOLDER…`.
// `--published` adds the packages of scripts/published-packages.json, which come from the registry once.
// All JavaScript and TypeScript below the folders counts, declarations, minified and generated files too, and with it the files of scripts/crash-free/hostile.mjs.
// Fails if one crashes, hangs, takes more than 2 s of processor time for a step (a larger file than 1 MB: for each megabyte), or changes text outside the edits.
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearTimeout, setTimeout } from 'node:timers';
import { parseArgs } from 'node:util';
import { hostileFiles } from './crash-free/hostile.mjs';
import { published, unpacked } from './published.mjs';
import { seededSample } from './seeded.mjs';

const { values: options, positionals: folders } = parseArgs({
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' }, workers: { type: 'string' }, json: { type: 'string' }, hostile: { type: 'boolean', default: true }, published: { type: 'boolean', default: false } },
  allowNegative: true,
  allowPositionals: true,
});
/** Wall time after which a file is taken for a hang: other work may run beside. */
const HANG_MS = 600_000;
/** Of one group: as much as is scanned in a fraction of the time that one file may take. */
const GROUP_FILES = 25;
const GROUP_BYTES = 100_000;
const TRIAL = fileURLToPath(new URL('crash-free/trial.mjs', import.meta.url));
const SOURCE = /\.[cm]?[jt]sx?$/;

const scratch = mkdtempSync(join(tmpdir(), 'leakproof-hostile-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const real = [...(options.published ? published.flatMap((spec) => unpacked(spec) ?? []) : []), ...folders.map((folder) => resolve(folder))].flatMap(sourcesBelow);
const files = [...(options.hostile ? writeHostile() : []), ...real];
const chosen = options.sample === undefined ? files : seededSample(files, Number(options.sample), Number(options.seed));
const results = await tryAll(chosen, Number(options.workers ?? availableParallelism()));
report(results);
if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 1)}\n`);
process.exitCode = results.some(({ problems }) => problems.length > 0) ? 1 : 0;

function writeHostile() {
  return [...hostileFiles()].map(([name, content]) => {
    const path = join(scratch, name);
    mkdirSync(scratch, { recursive: true });
    writeFileSync(path, content);
    return path;
  });
}

/** Links are not followed. */
function sourcesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    // Where the published packages lie, which are asked for by an option.
    .filter((path) => !relative(folder, path).split(sep).includes('.cache'))
    .sort();
}

/**
 * Each worker takes the next files when it is done with some; one that dies or hangs is replaced.
 * Starting the command for each file by itself takes most of the time, so they go in groups; where
 * a group has a problem, each of its files is tried alone.
 */
async function tryAll(paths, workers) {
  const groups = groupsOf(paths);
  const done = [];
  let count = 0;
  const work = async () => {
    let child = await start();
    const attempt = async (group) => {
      const result = await ask(child, group);
      if (result.isDead) child = await start();
      return result;
    };
    for (let group = groups.shift(); group; group = groups.shift()) {
      const result = await attempt(group);
      if (result.problems.length === 0 || group.length === 1) add(result);
      else for (const path of group) add(await attempt([path]));
    }
    child.disconnect();
  };
  const add = (result) => {
    done.push(result);
    tell(result);
    const before = Math.floor(count / 1000);
    count += result.paths.length;
    if (Math.floor(count / 1000) > before) console.error(`${count} of ${paths.length} files`);
  };
  await Promise.all(Array.from({ length: workers }, work));
  return done;
}

/** Files of together not more than a group may hold, in their order; hostile ones alone. */
function groupsOf(paths) {
  const groups = [];
  let size = Infinity;
  for (const path of paths) {
    const own = path.startsWith(scratch) ? Infinity : statSync(path).size;
    if (size + own > GROUP_BYTES || groups.at(-1).length === GROUP_FILES) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1).push(path);
    size += own;
  }
  return groups;
}

function start() {
  return new Promise((ready, fail) => {
    const child = fork(TRIAL, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: ['--max-old-space-size=4096'] });
    child.last = '';
    child.stderr.on('data', (text) => (child.last = `${child.last}${text}`.slice(-500)));
    child.once('message', () => ready(child));
    child.once('error', fail);
  });
}

function ask(child, paths) {
  return new Promise((answer) => {
    const settle = (result) => {
      clearTimeout(patience);
      child.off('message', settle);
      child.off('exit', died);
      answer(result);
    };
    const dead = (problem) => settle({ paths, problems: [problem], steps: {}, findings: 0, repairs: 0, skipped: [], isDead: true });
    const died = (code, signal) => dead(`the process died: ${signal ?? code} ${child.last}`);
    const patience = setTimeout(() => {
      child.off('exit', died);
      child.kill('SIGKILL');
      dead(`no answer after ${HANG_MS / 1000} s`);
    }, HANG_MS);
    child.on('message', settle);
    child.once('exit', died);
    child.send(paths);
  });
}

/** Problems are told as they come. */
function tell({ paths: [path], problems }) {
  for (const problem of problems) console.log(`${nameOf(path)}\n  ${problem.split('\n').slice(0, 4).join('\n  ')}`);
}

function nameOf(path) {
  return path.startsWith(scratch) ? `hostile: ${basename(path)}` : path;
}

function report(all) {
  const files = all.flatMap(({ paths }) => paths);
  const sum = (count) => all.reduce((total, one) => total + count(one), 0);
  const steps = all.flatMap(({ paths: [path], steps: own }) => Object.entries(own).map(([label, ms]) => ({ path, label, ms })));
  const slowest = steps.sort((left, right) => right.ms - left.ms).slice(0, 5);
  const reasons = new Map();
  for (const skipped of all.flatMap((one) => one.skipped)) {
    const why = skipped.replace(/: (?!it is nested).*/, '');
    reasons.set(why, (reasons.get(why) ?? 0) + 1);
  }
  console.log(`${files.length} files (${files.filter((path) => path.startsWith(scratch)).length} of them hostile): ${sum(({ findings }) => findings)} findings, ${sum(({ repairs }) => repairs)} repairs; ${sum(({ skipped }) => skipped.length)} skipped with a reason; ${all.filter(({ problems }) => problems.length > 0).length} with a problem.`);
  for (const [why, times] of reasons) console.log(`  skipped: ${times} × ${why}`);
  for (const { path, label, ms } of slowest) console.log(`  slowest: ${Math.round(ms)} ms, ${label}, ${nameOf(path)}`);
}
