// What other tools take for the same files: `npm run bench -- --others FOLDER`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const LINTERS = JSON.parse(readFileSync(here('bench-linters.json'), 'utf8'));
const CACHE = here('../node_modules/.cache/leakproof-linters');

/**
 * Prints how others do, and gives the ratios. Some plugins come from the registry, once.
 * @param measure runs a script with arguments, some times, and gives the median
 * @param cold what the cold scan took
 */
export function others(folder, lines, cold, measure, show) {
  const ratios = {};
  const bench = here('bench-eslint.mjs');
  const linters = { 'this plugin': undefined, 'typescript-eslint': require.resolve('typescript-eslint'), ...fetched() };
  for (const [name, module] of Object.entries(linters)) {
    const run = measure([bench, folder, ...(module ? [module] : [])]);
    const { parse, rules } = JSON.parse(run.stdout);
    const total = Object.values(rules).reduce((sum, ms) => sum + ms, 0);
    console.log(`  ESLint, ${name.replace('eslint-plugin-', '').padEnd(17)} ${show(run)}   rules ${ms(total)}: ${(100 * total / parse).toFixed(1)} % of its parsing, ${(1000 * total / lines).toFixed(2)} ms per 1,000 lines; ${(run.cpu / cold.cpu).toFixed(1)} times the cold scan`);
    if (module === undefined) {
      ratios.rulesToParse = total / parse;
      ratios.coldToEslint = cold.cpu / run.cpu;
      for (const [id, own] of Object.entries(rules).sort(([, left], [, right]) => right - left)) console.log(`    ${id.padEnd(40)} ${ms(own)}   ${(1000 * own / lines).toFixed(2)} ms per 1,000 lines`);
    } else if (name === 'typescript-eslint') ratios.rulesToTypescriptEslint = (ratios.rulesToParse * parse) / total;
  }
  const tools = { 'oxlint': oxlint(folder), 'jscodeshift, no change': [here('bench-parsers.mjs'), folder, 'jscodeshift'], 'ts-morph, loading': [here('bench-parsers.mjs'), folder, 'ts-morph'] };
  for (const [name, args] of Object.entries(tools)) {
    const run = measure(args);
    console.log(`  ${name.padEnd(25)} ${show(run)}   ${(run.cpu / cold.cpu).toFixed(1)} times the cold scan`);
  }
  return ratios;
}

/** Its own rules of correctness, in one thread; it is written in Rust. */
function oxlint(folder) {
  const manifest = require.resolve('oxlint/package.json');
  return [join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.oxlint), '--threads', '1', '--silent', folder];
}

/** Where the plugins of others are, by name; what cannot be had is said. */
function fetched() {
  mkdirSync(CACHE, { recursive: true });
  const present = (name) => existsSync(join(CACHE, 'node_modules', name, 'package.json'));
  if (!Object.keys(LINTERS).every(present)) {
    writeFileSync(join(CACHE, 'package.json'), '{ "private": true }');
    const wanted = ['eslint@10', 'typescript@6', ...Object.entries(LINTERS).map(([name, version]) => `${name}@${version}`)];
    spawnSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...wanted], { cwd: CACHE, stdio: 'ignore', shell: process.platform === 'win32' });
  }
  return Object.fromEntries(Object.keys(LINTERS).flatMap((name) => {
    if (!present(name)) {
      console.log(`  ESLint, ${name}: skipped, since it cannot be fetched`);
      return [];
    }
    // Imported from there, as a config in that folder would.
    const loader = join(CACHE, `load-${name}.mjs`);
    writeFileSync(loader, `import * as all from ${JSON.stringify(name)};\nexport default all.default ?? all;\n`);
    return [[name, loader]];
  }));
}

function ms(value) {
  return `${(value / 1000).toFixed(2)} s`;
}
