// What a scan costs, against only reading and parsing the same files: `npm run bench -- [--runs N] FOLDER…`.
// Each figure is the median of some runs, each in a process of its own, one after the other.
import { performance } from 'node:perf_hooks';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ options: { runs: { type: 'string', default: '3' } }, allowPositionals: true });
const RUNS = Number(values.runs);
const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
const PARSE = fileURLToPath(new URL('bench-parse.mjs', import.meta.url));
const METER = fileURLToPath(new URL('bench-meter.mjs', import.meta.url));

const cache = mkdtempSync(join(tmpdir(), 'leakproof-bench-'));
try {
  for (const folder of positionals) bench(resolve(folder));
} finally {
  rmSync(cache, { recursive: true, force: true });
}

function bench(folder) {
  const { lines, name } = JSON.parse(run(folder, [PARSE, folder]).stdout);
  const parse = median(() => run(folder, [PARSE, folder]));
  const scan = (...args) => run(folder, [MAIN, 'scan', ...args, '--format', 'json', '--output-file', join(cache, 'report.json')]);
  const cold = median(() => scan('--no-cache', '--threads', '1'));
  const threaded = median(() => scan('--no-cache'));
  scan();
  const warm = median(() => afterOneChange(join(folder, name), () => scan()));
  const ratio = (part, whole) => (part.cpu / whole.cpu).toFixed(2);
  console.log(`${folder}: ${lines} lines, Node ${process.versions.node}, ${availableParallelism()} processors, median of ${RUNS} runs`);
  console.log(`  reading and parsing    ${show(parse)}`);
  console.log(`  cold scan              ${show(cold)}   ${ratio(cold, parse)} times the parsing`);
  console.log(`  cold scan, all threads ${show(threaded)}   ${(threaded.wall / cold.wall).toFixed(2)} times the wall time of one`);
  console.log(`  warm, one file changed ${show(warm)}   ${(100 * warm.cpu / cold.cpu).toFixed(1)} % of the cold one`);
  console.log(`  memory of a cold scan  ${(cold.memory * 1024 / lines).toFixed(2)} KB per line`);
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
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', METER, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, LEAKPROOF_CACHE_DIR: cache } });
  if (status === null || status > 1) throw new Error(stderr);
  const measured = JSON.parse(stderr.trim().split('\n').at(-1));
  return { stdout, ...measured };
}

function median(measure) {
  const runs = Array.from({ length: RUNS }, measure).sort((left, right) => left.cpu - right.cpu);
  return runs[Math.floor((RUNS - 1) / 2)];
}

function show({ cpu, wall, memory }) {
  return `${cpu.toFixed(2).padStart(6)} s CPU ${wall.toFixed(2).padStart(6)} s wall ${String(Math.round(memory)).padStart(5)} MB`;
}
