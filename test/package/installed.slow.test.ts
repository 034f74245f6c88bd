import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leakyClass } from '../cli/samples.js';
import { canInstall, NODES, pack, Project } from './packed.js';

const LEAK = leakyClass();

describe.skipIf(!canInstall())('the packed package, in a project of its own', () => {
  let tarball = '';
  const project = new Project();
  beforeAll(() => {
    tarball = pack();
    project.write({
      'package.json': '{ "name": "app", "private": true, "type": "module" }',
      'src/poller.js': LEAK.replaceAll(': void', ''),
      'eslint.config.js': "import leakproof from 'eslint-plugin-leakproof';\nexport default [leakproof.configs.recommended];\n",
    });
    project.install(tarball, 'eslint@10');
  });
  afterAll(() => { project.remove(); });

  it('needs neither ts-morph nor jscodeshift', () => {
    const { packages } = JSON.parse(readFileSync(join(project.path, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(packages).filter((name) => /\/(?:ts-morph|jscodeshift|@ts-morph\/common)$/u.test(name))).toEqual([]);
  });

  it('finds, repairs after one installation, and finds nothing more', () => {
    project.write({ 'src/poller.js': LEAK.replaceAll(': void', '') });
    expect(project.command('leakproof', 'scan')).toMatchObject({ status: 1, stdout: expect.stringContaining('leakproof/no-untracked-timer') as string });
    expect(project.command('leakproof', 'fix')).toMatchObject({ status: 0, stdout: expect.stringContaining('+  ') as string });
    expect(project.command('leakproof', 'fix', '--write')).toMatchObject({ status: 0 });
    expect(project.command('leakproof', 'scan')).toMatchObject({ status: 0, stdout: '' });
  });

  it('is also run by the name of the package', () => {
    expect(project.command('eslint-plugin-leakproof', '--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  it('carries the pages that it prints', () => {
    expect(project.command('leakproof', 'explain', 'no-untracked-timer').stdout).toContain('no-untracked-timer');
  });

  it.each(NODES)('lints, scans and repairs with Node %s', (version) => {
    const at = (...args: string[]) => project.run('npx', '--yes', '-p', `node@${version}`, 'node', ...args);
    const { status, stdout } = at('--version');
    if (status !== 0) {
      console.warn(`Skipped: Node ${version} cannot be had here.`);
      return;
    }
    expect(stdout.startsWith(`v${version}`)).toBe(true);
    project.write({ 'src/poller.js': LEAK.replaceAll(': void', '') });
    expect(at('node_modules/eslint/bin/eslint.js', 'src')).toMatchObject({ status: 1, stdout: expect.stringMatching(/3:5 +error .*leakproof\/no-untracked-timer/u) as string });
    const leakproof = 'node_modules/eslint-plugin-leakproof/dist/src/cli/main.js';
    expect(at(leakproof, 'scan', '--no-cache', '--threads', '2')).toMatchObject({ status: 1, stdout: expect.stringContaining('no-untracked-timer') as string });
    expect(at(leakproof, 'fix', '--write')).toMatchObject({ status: 0 });
    expect(at('node_modules/eslint/bin/eslint.js', 'src')).toMatchObject({ status: 0, stdout: '' });
  });
});

describe.skipIf(!canInstall())('with TypeScript', () => {
  const TYPESCRIPT_ESLINT = "import { defineConfig } from 'eslint/config';\nimport tseslint from 'typescript-eslint';\nimport leakproof from 'eslint-plugin-leakproof';\nexport default defineConfig({ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, plugins: { leakproof }, extends: ['leakproof/recommended'] });\n";
  const OWN_PARSER = "import { defineConfig } from 'eslint/config';\nimport leakproof from 'eslint-plugin-leakproof';\nimport * as parser from 'eslint-plugin-leakproof/parser';\nexport default defineConfig({ files: ['**/*.ts'], languageOptions: { parser }, extends: [leakproof.configs.recommended] });\n";
  let tarball = '';
  beforeAll(() => { tarball = pack(); });

  it.each([
    ['5', ['typescript@5', 'typescript-eslint@8'], TYPESCRIPT_ESLINT],
    ['6', ['typescript@6', 'typescript-eslint@8'], TYPESCRIPT_ESLINT],
    // typescript-eslint does not load with it.
    ['7', ['typescript@7'], OWN_PARSER],
  ])('%s the plugin lints and the command scans and repairs', (major, packages, config) => {
    const project = new Project();
    try {
      project.write({ 'package.json': '{ "name": "app", "private": true, "type": "module" }', 'src/poller.ts': LEAK, 'eslint.config.js': config });
      project.install(tarball, 'eslint@10', ...packages);
      expect(JSON.parse(readFileSync(join(project.path, 'node_modules/typescript/package.json'), 'utf8'))).toMatchObject({ version: expect.stringMatching(new RegExp(`^${major}\\.`, 'u')) as string });
      expect(project.command('eslint', 'src')).toMatchObject({ status: 1, stdout: expect.stringMatching(/3:5 +error .*leakproof\/no-untracked-timer/u) as string });
      expect(project.command('leakproof', 'scan')).toMatchObject({ status: 1 });
      expect(project.command('leakproof', 'fix', '--write')).toMatchObject({ status: 0 });
      expect(project.command('eslint', 'src')).toMatchObject({ status: 0 });
    } finally {
      project.remove();
    }
  });

  it.each([
    ['eslint.config.cjs', "const { defineConfig } = require('eslint/config');\nconst leakproof = require('eslint-plugin-leakproof');\nmodule.exports = defineConfig([{ plugins: { leakproof }, extends: ['leakproof/recommended'] }]);\n"],
    ['eslint.config.mjs', "import { defineConfig } from 'eslint/config';\nimport leakproof from 'eslint-plugin-leakproof';\nexport default defineConfig([{ extends: [leakproof.configs.recommended] }]);\n"],
    ['eslint.config.ts', "import { defineConfig } from 'eslint/config';\nimport leakproof from 'eslint-plugin-leakproof';\nexport default defineConfig([leakproof.configs.strict satisfies object]);\n"],
  ])('a config can be %s', (name, config) => {
    const project = new Project();
    try {
      project.write({ 'package.json': '{ "name": "app", "private": true, "type": "module" }', 'src/poller.js': LEAK.replaceAll(': void', ''), [name]: config });
      project.install(tarball, 'eslint@10', 'jiti@2');
      expect(project.command('eslint', 'src')).toMatchObject({ status: 1, stdout: expect.stringContaining('leakproof/no-untracked-timer') as string });
    } finally {
      project.remove();
    }
  });
});
