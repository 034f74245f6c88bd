import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { leakyClass } from './samples.js';

const require = createRequire(import.meta.url);
const ESLINT = join(dirname(require.resolve('eslint/package.json')), 'bin', 'eslint.js');
const folder = temporaryFolder();

function eslint(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [ESLINT, ...args, '.'], { cwd: folder.path, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

it('what ESLint was told to live with is repaired, and ESLint has no list left to prune', async () => {
  folder.write({
    'eslint.config.mjs': `import leakproof from ${JSON.stringify(pathToFileURL(require.resolve('eslint-plugin-leakproof')).href)};\nexport default [leakproof.configs.recommended];\n`,
    'src/a.js': leakyClass().replaceAll(': void', ''),
    // A second one that no codemod has an answer for.
    'src/b.js': `${leakyClass('B').replaceAll(': void', '')}export class Feed {\n  onMessage(id) {\n    setInterval(() => { this.tick(id); }, 60_000);\n  }\n  tick(_id) {}\n  close() {}\n}\n`,
  });
  expect(eslint('--suppress-all')).toEqual({ status: 0, output: '' });
  expect(JSON.parse(folder.read('eslint-suppressions.json'))).toEqual({ 'src/a.js': { 'leakproof/no-untracked-timer': { count: 1 } }, 'src/b.js': { 'leakproof/no-untracked-timer': { count: 2 } } });
  expect((await leakproof(folder, 'fix', '--write')).status).toBe(0);
  expect(eslint()).toEqual({ status: 0, output: '' });
  expect(folder.read('eslint-suppressions.json')).toBe('{\n  "src/b.js": {\n    "leakproof/no-untracked-timer": {\n      "count": 1\n    }\n  }\n}');
});
