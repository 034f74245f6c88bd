import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAIN } from '../cli/leakproof.js';
import { leakyClass } from '../cli/samples.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();
const DENY = fileURLToPath(new URL('deny.mjs', import.meta.url));

/** Code that leaves a trace if anybody runs it. */
const TRAP = "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'ran'), '');\n";
const TRAP_MODULE = "import { writeFileSync } from 'node:fs';\nwriteFileSync(new URL('ran', import.meta.url), '');\nexport default [];\n";

/** A project in which everything that a tool might load is a trap. */
beforeEach(() => {
  folder.write({
    'src/poller.ts': `import './trap.cjs';\n${leakyClass()}`,
    'src/trap.cjs': TRAP,
    'package.json': JSON.stringify({ name: 'trap', main: './index.cjs', scripts: { prepare: 'node index.cjs', test: 'node index.cjs' }, workspaces: ['packages/*'] }),
    'index.cjs': TRAP,
    'eslint.config.js': TRAP_MODULE,
    'eslint.config.mjs': TRAP_MODULE,
    '.eslintrc.cjs': TRAP,
    'leakproof.config.js': TRAP_MODULE,
    'leakproof.js': TRAP,
    'tsconfig.json': JSON.stringify({ extends: 'trap-config', compilerOptions: { plugins: [{ name: 'trap-plugin' }], strict: true }, include: ['src'] }),
    'node_modules/trap-config/tsconfig.json': '{}',
    'node_modules/trap-plugin/index.js': TRAP,
    'node_modules/trap-plugin/package.json': '{ "name": "trap-plugin", "main": "index.js" }',
    'node_modules/oxc-parser/index.js': TRAP,
    'node_modules/oxc-parser/package.json': '{ "name": "oxc-parser", "main": "index.js" }',
    'node_modules/ts-morph/index.js': TRAP,
    'node_modules/ts-morph/package.json': '{ "name": "ts-morph", "main": "index.js" }',
    'node_modules/typescript/lib/typescript.js': TRAP,
    'node_modules/typescript/package.json': '{ "name": "typescript", "main": "lib/typescript.js", "version": "5.0.0" }',
  });
});

const TRACES = ['src/ran', 'ran', 'node_modules/trap-plugin/ran', 'node_modules/oxc-parser/ran', 'node_modules/ts-morph/ran', 'node_modules/typescript/lib/ran'];

/** Runs the built command where no process may be started and no connection opened. */
function denied(...args: string[]): { status: number | null; stderr: string; asked: string[]; traces: string[] } {
  const log = join(folder.path, 'denied.log');
  const { status, stderr } = spawnSync(process.execPath, ['--import', DENY, MAIN, ...args], { cwd: folder.path, encoding: 'utf8', env: { ...process.env, DENIED: log } });
  return { status, stderr, asked: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [], traces: TRACES.filter((name) => existsSync(join(folder.path, name))) };
}

describe('nothing of a scanned project is run, and nobody is called', () => {
  it.each([
    [1, ['scan', '--format', 'html']],
    [1, ['scan', '--format', 'sarif', '--threads', '2']],
    [0, ['matrix']],
    [0, ['why', 'src/poller.ts:3']],
    [0, ['fix', '--review']],
  ] as [number, string[]][])('%i: %j', (status, args) => {
    expect(denied(...args)).toMatchObject({ status, asked: [], traces: [] });
  }, 60_000);

  it('by a repair that is written, which asks git alone', () => {
    const { asked, traces } = denied('fix', '--write');
    expect(asked.filter((what) => !what.endsWith(' git'))).toEqual([]);
    expect(traces).toEqual([]);
  }, 60_000);

  it('but the command that a person names', () => {
    expect(denied('fix', '--verify', 'npm test').asked.some((what) => what.startsWith('child_process.spawn'))).toBe(true);
  }, 60_000);
});
