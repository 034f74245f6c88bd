// What a scan costs, against only reading and parsing the same files:
//   npm run bench -- [--runs N] [--stages] [--others] [--growth] [--staged] [--json FILE | --compare FILE] [FOLDER…]
// Without a folder: of published packages at pinned versions, which come from the registry once.
// Each figure is the median of some runs, each in a process of its own, one after the other. `--stages` also measures
// what a scan costs before its first rule, `--others` also runs ESLint with this plugin and with others, oxlint,
// jscodeshift and ts-morph, `--growth` also scans two and four copies of the folder, `--staged` one file that is staged
// for a commit, in a repository that is scanned already. `--json` keeps the ratios; `--compare` fails if one of them is
// more than a tenth worse than those kept.
import { performance } from 'node:perf_hooks';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { others } from './bench-others.mjs';
import { unpacked } from './published.mjs';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, stages: { type: 'boolean' }, others: { type: 'boolean' }, growth: { type: 'boolean' }, staged: { type: 'boolean' }, json: { type: 'string' }, compare: { type: 'string' } },
  allowPositionals: true,
});
const RUNS = Number(values.runs);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const MAIN = here('../dist/src/cli/main.js');
/** Sources as they were written, of a server, an SDK and a client. */
const PACKAGES = ['mongodb@7.9.0', 'puppeteer-core@24.43.1', 'matrix-js-sdk@37.5.0'];
/** What a ratio may be worse than the kept one. */
const TOLERANCE = 1.1;

const scratch = mkdtempSync(join(tmpdir(), 'leakproof-bench-'));
try {
  const folders = positionals.length > 0 ? positionals : PACKAGES.flatMap((spec) => sourcesOf(spec) ?? []);
  const ratios = Object.fromEntries(folders.map((folder) => [basename(resolve(folder)), bench(resolve(folder))]));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(ratios, null, 2)}\n`);
  if (values.compare) compare(JSON.parse(readFileSync(values.compare, 'utf8')), ratios);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function bench(folder) {
  const parsing = [here('bench-parse.mjs'), folder];
  const { lines, name } = JSON.parse(run(folder, parsing).stdout);
  if (name === undefined) throw new Error(`${folder} holds no file of 4,000 characters, so nothing would be measured but Node's start.`);
  const parse = median(() => run(folder, parsing));
  const cold = median(() => scan(folder, '--no-cache', '--threads', '1'));
  const threaded = median(() => scan(folder, '--no-cache'));
  scan(folder);
  const warm = median(() => afterOneChange(join(folder, name), () => scan(folder)));
  // Lower is better, for all of them.
  const ratios = {
    coldToParse: cold.cpu / parse.cpu,
    warmToCold: warm.cpu / cold.cpu,
    kilobytesPerLine: (cold.memory * 1024) / lines,
  };
  console.log(`${basename(folder)}: ${lines} lines, Node ${process.versions.node}, ${availableParallelism()} processors, median of ${RUNS} runs`);
  console.log(`  reading and parsing    ${show(parse)}`);
  console.log(`  cold scan              ${show(cold)}   ${ratios.coldToParse.toFixed(2)} times the parsing`);
  console.log(`  cold scan, all threads ${show(threaded)}   ${(threaded.wall / cold.wall).toFixed(2)} times the wall time of one`);
  console.log(`  warm, one file changed ${show(warm)}   ${(100 * ratios.warmToCold).toFixed(1)} % of the cold one`);
  console.log(`  memory of a cold scan  ${ratios.kilobytesPerLine.toFixed(2)} KB per line`);
  if (values.stages) {
    for (const [stage, name] of [['model', 'parents and scopes too'], ['facts', 'and facts, no rule    ']]) {
      const reached = median(() => run(folder, [here('bench-stage.mjs'), folder, stage]));
      console.log(`  ${name} ${show(reached)}   ${(reached.cpu / parse.cpu).toFixed(2)} times the parsing`);
    }
  }
  if (values.others) Object.assign(ratios, others(folder, lines, cold, (args) => median(() => run(folder, args)), show));
  if (values.staged) {
    ratios.stagedToNode = staged(folder, name);
    console.log(`  one staged file        ${ratios.stagedToNode.toFixed(1)} times Node's own start, wall time`);
  }
  if (values.growth) {
    ratios.growthExponent = growth(folder, cold);
    console.log(`  growth, 1 to 4 copies  exponent ${ratios.growthExponent.toFixed(2)}`);
  }
  return ratios;
}

/** The wall time of `--staged` with one changed file of a scanned repository, in starts of Node; they take turns. */
function staged(folder, name) {
  const repository = mkdtempSync(join(scratch, 'staged-'));
  copySources(folder, repository);
  const git = (...args) => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], { cwd: repository, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  scan(repository);
  const least = { staged: Infinity, node: Infinity };
  const empty = join(scratch, 'empty.mjs');
  writeFileSync(empty, '');
  for (let turn = 0; turn < Math.max(3, RUNS) + 1; turn++) {
    appendFileSync(join(repository, name), `\n// ${performance.now()}\n`);
    git('add', '-A');
    const { wall } = timed(() => run(repository, [MAIN, 'scan', '--staged', '--format', 'json', '--output-file', join(scratch, 'report.json')]));
    // The first one fills the cache with what the last commit holds.
    if (turn > 0) least.staged = Math.min(least.staged, wall);
    least.node = Math.min(least.node, timed(() => run(repository, [empty])).wall);
  }
  return least.staged / least.node;
}

/** As somebody waits for it: with the start of the process. */
function timed(measure) {
  const start = performance.now();
  measure();
  return { wall: performance.now() - start };
}

/** Where a package's sources lie, outside of `node_modules`, which linters leave out; undefined if it cannot be fetched. */
function sourcesOf(spec) {
  const from = unpacked(spec);
  const to = join(scratch, spec.replaceAll('/', '+'));
  if (from) copySources(from, to);
  else console.log(`${spec}: skipped, since it cannot be fetched`);
  return from && to;
}

function copySources(from, to) {
  cpSync(from, to, { recursive: true, filter: (path) => !/[\\/](?:node_modules|\.git)$/.test(path) });
}

/** The exponent of the lines that fits the CPU time best: the slope in logarithms, by least squares. */
function growth(folder, single) {
  const points = [[0, Math.log(single.cpu)]];
  const copies = mkdtempSync(join(scratch, 'copies-'));
  for (let made = 0; made < 4; ) {
    copySources(folder, join(copies, `copy-${++made}`));
    if (made === 1 || made === 3) continue;
    points.push([Math.log(made), Math.log(median(() => scan(copies, '--no-cache', '--threads', '1')).cpu)]);
  }
  const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, cpu]) => cpu))];
  return points.reduce((sum, [at, cpu]) => sum + (at - x) * (cpu - y), 0) / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}

function compare(kept, now) {
  const worse = Object.entries(now).flatMap(([tree, ratios]) =>
    Object.entries(ratios).flatMap(([name, ratio]) => {
      const before = kept[tree]?.[name];
      return before !== undefined && ratio > before * TOLERANCE ? [`${tree}: ${name} is ${ratio.toFixed(3)}, and was ${before.toFixed(3)}`] : [];
    }),
  );
  for (const line of worse) console.error(line);
  if (worse.length > 0) process.exitCode = 1;
  const unknown = Object.keys(now).filter((tree) => !kept[tree]);
  if (unknown.length > 0) throw new Error(`Nothing is kept of ${unknown.join(', ')}, so there is nothing to compare with.`);
}

function scan(folder, ...args) {
  return run(folder, [MAIN, 'scan', ...args, '--format', 'json', '--output-file', join(scratch, 'report.json')]);
}

/** A comment is added to one file, a new one each time, and the file is put back. */
function afterOneChange(path, measure) {
  const before = readFileSync(path);
  try {
    appendFileSync(path, `\n// ${performance.now()}\n`);
    return measure();
  } finally {
    writeFileSync(path, before);
  }
}

/** @returns CPU and wall time in seconds, memory at the peak in megabytes */
function run(folder, args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', here('bench-meter.mjs'), ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, LEAKPROOF_CACHE_DIR: join(scratch, 'cache') } });
  // A linter that finds something ends with 1; so does a script that throws, but then what it used is not the last line.
  const last = stderr.trim().split('\n').at(-1);
  if (status === null || status > 1 || !last.startsWith('{')) throw new Error(stderr);
  const measured = JSON.parse(last);
  return { stdout, ...measured };
}

function median(measure) {
  const runs = Array.from({ length: RUNS }, measure).sort((left, right) => left.cpu - right.cpu);
  return runs[Math.floor((RUNS - 1) / 2)];
}

function show({ cpu, wall, memory }) {
  return `${cpu.toFixed(2).padStart(6)} s CPU ${wall.toFixed(2).padStart(6)} s wall ${String(Math.round(memory)).padStart(5)} MB`;
}
