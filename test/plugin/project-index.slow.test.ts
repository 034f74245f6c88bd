import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { ENGINES, type Engine } from './lint.js';
import { FOUND, PROJECT } from './server-project.js';

const home = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();

it.each(Object.keys(ENGINES) as Engine[])('the threads of %s have the findings of the whole scan', (engine) => {
  folder.write({
    ...PROJECT,
    'eslint.config.js': `
import parser from '@typescript-eslint/parser';
import leakproof from 'eslint-plugin-leakproof';
export default [{ files: ['src/**/*.js', 'src/**/*.ts'], languageOptions: { parser } }, leakproof.configs.strict, { settings: { leakproof: { index: true } } }];
`,
  });
  mkdirSync(join(folder.path, 'node_modules/@typescript-eslint'), { recursive: true });
  symlinkSync(home, join(folder.path, 'node_modules/eslint-plugin-leakproof'));
  symlinkSync(join(home, 'node_modules/@typescript-eslint/parser'), join(folder.path, 'node_modules/@typescript-eslint/parser'));
  const bin = join(home, 'node_modules', engine === 'ESLint 9' ? 'eslint9' : 'eslint', 'bin/eslint.js');
  const { stdout, stderr } = spawnSync(process.execPath, [bin, '--concurrency', '2', '--format', 'json', 'src'], { cwd: folder.path, encoding: 'utf8' });
  expect(stderr).not.toMatch(/error/i);
  const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
  const found = results.flatMap(({ filePath, messages }) => messages.map(({ ruleId }) => `src/${basename(filePath)} ${ruleId.replace('leakproof/', '')}`));
  expect(found.sort()).toEqual(FOUND);
});
