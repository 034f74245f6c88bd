// Measures what starting costs: the plugin above ESLint's own start, the command above Node's.
// `npm run measure:start` prints the figures, and fails if one is above its budget.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const plugin = new URL('../dist/src/index.js', import.meta.url).href;
const main = join(root, 'dist', 'src', 'cli', 'main.js');
/** Processor time of a start varies with what else the machine does, but only upwards: the least of some runs is nearest to the truth. */
const RUNS = 15;
/** Milliseconds of processor time, where Node takes `NODE_MS` to start. */
const BUDGETS = { plugin: 60, command: 50 };
/** What Node's own start takes on an idle machine. On a busy one all takes longer, and so may we. */
const NODE_MS = 40;

const folder = mkdtempSync(join(tmpdir(), 'leakproof-start-'));
try {
  const without = join(folder, 'without.config.mjs');
  const withRule = join(folder, 'rule.config.mjs');
  const withPlugin = join(folder, 'with.config.mjs');
  writeFileSync(without, 'export default [{}];\n');
  writeFileSync(withRule, "export default [{ rules: { 'no-unused-vars': 'error' } }];\n");
  writeFileSync(withPlugin, `import leakproof from ${JSON.stringify(plugin)};\nexport default [leakproof.configs.recommended];\n`);
  const lint = (config) => `const { ESLint } = require(${JSON.stringify(join(root, 'node_modules', 'eslint'))});
    new ESLint({ cwd: ${JSON.stringify(folder)}, overrideConfigFile: ${JSON.stringify(config)} }).calculateConfigForFile('a.js').then(report);`;
  const costs = costsOf({
    eslint: lint(without),
    rule: lint(withRule),
    plugin: lint(withPlugin),
    node: 'report();',
    command: `process.argv = [process.argv[0], ${JSON.stringify(main)}, '--version']; import(${JSON.stringify(pathToFileURL(main).href)}).then(report);`,
  });
  const figures = Object.fromEntries(Object.entries(costs).map(([name, all]) => [name, Math.min(...all)]));
  /** The median of what one takes more than the other, run by run. */
  const between = (more, less) => ms(costs[more].map((cost, run) => cost - costs[less][run]).sort((a, b) => a - b)[RUNS >> 1]).trim();
  const above = { plugin: figures.plugin - figures.eslint, command: figures.command - figures.node };
  const slowness = Math.max(1, figures.node / NODE_MS);
  const allowed = { plugin: BUDGETS.plugin * slowness, command: BUDGETS.command * slowness };
  console.log(`ESLint with an empty config     ${ms(figures.eslint)}`);
  console.log(`  and with a rule of its own    ${ms(figures.rule)}`);
  console.log(`  and with the plugin           ${ms(figures.plugin)}  ${ms(above.plugin)} more; allowed are ${ms(allowed.plugin).trim()}`);
  console.log(`Node                            ${ms(figures.node)}`);
  console.log(`  and with leakproof --version  ${ms(figures.command)}  ${ms(above.command)} more; allowed are ${ms(allowed.command).trim()}`);
  console.log(`Median of ${RUNS} pairs: the plugin ${between('plugin', 'eslint')} above the empty config, ${between('plugin', 'rule')} above the one rule; --version ${between('command', 'node')} above Node.`);
  process.exitCode = Object.keys(allowed).some((name) => above[name] > allowed[name]) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The processor times of some programs, in ms. They take turns, so that a busy minute hits all of them. */
function costsOf(programs) {
  const costs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const [name, program] of Object.entries(programs)) costs[name].push(costOf(program));
  }
  return costs;
}

function costOf(program) {
  const report = "const report = () => { const { user, system } = process.cpuUsage(); process.stderr.write(String((user + system) / 1000)); };\n";
  const { status, stderr } = spawnSync(process.execPath, ['-e', report + program], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stderr);
}

function ms(value) {
  return `${value.toFixed(0).padStart(4)} ms`;
}
