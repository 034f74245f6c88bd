import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../../support/folder.js';
import { MAIN } from '../leakproof.js';
import { CLEAN, leakyClass } from '../samples.js';

const folder = temporaryFolder();
const OURS = fileURLToPath(new URL('../../../node_modules', import.meta.url));

interface Setting {
  readonly tool: string;
  readonly files: Readonly<Record<string, string>>;
  /** Packages of it. */
  readonly packages: readonly string[];
  /** What makes the tool a hook of git. */
  readonly install: () => void;
  /** The file that `init` writes, and what it then holds. */
  readonly after: readonly [file: string, text: string];
}

const MANIFEST = '{\n  "name": "app",\n  "devDependencies": {\n    "eslint-plugin-leakproof": "*"\n  }\n}\n';
const STEP = 'npx --no leakproof scan --staged';

/** A hook of git of our own making. */
function installHook(script: string): void {
  folder.write({ '.git/hooks/pre-commit': `#!/bin/sh\n${script}\n` });
  succeed('chmod', '+x', '.git/hooks/pre-commit');
}

const SETTINGS: readonly Setting[] = [
  {
    tool: 'husky',
    files: { 'package.json': MANIFEST, '.husky/pre-commit': 'echo first\n' },
    packages: ['husky'],
    install: () => { succeed('husky'); },
    after: ['.husky/pre-commit', `echo first\n${STEP}\n`],
  },
  {
    tool: 'lefthook',
    files: { 'package.json': MANIFEST, 'lefthook.yml': 'pre-commit:\n  commands:\n    first: # fast\n      run: echo first\n' },
    // Its package writes into the project that installs it: what it would run is run by a hook of our own.
    packages: [],
    install: () => {
      const config = parse(folder.read('lefthook.yml')) as { 'pre-commit': { commands: Record<string, { run: string }> } };
      installHook(Object.values(config['pre-commit'].commands).map(({ run }) => run).join(' && '));
    },
    after: ['lefthook.yml', `pre-commit:\n  commands:\n    first: # fast\n      run: echo first\n    leakproof:\n      run: ${STEP}\n`],
  },
  {
    tool: 'simple-git-hooks',
    files: { 'package.json': MANIFEST, '.simple-git-hooks.json': '{\n  "pre-commit": "echo first"\n}\n' },
    packages: ['simple-git-hooks'],
    install: () => { succeed('simple-git-hooks'); },
    after: ['.simple-git-hooks.json', `{\n  "pre-commit": "echo first && ${STEP}"\n}\n`],
  },
  {
    tool: 'lint-staged',
    files: { 'package.json': MANIFEST, '.lintstagedrc.json': '{\n  "*.css": "echo first"\n}\n' },
    packages: ['lint-staged'],
    install: () => { installHook('npx lint-staged'); },
    after: ['.lintstagedrc.json', '{\n  "*.css": "echo first",\n  "*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}": "leakproof scan --staged"\n}\n'],
  },
  {
    // The framework is a program in Python: what it would run is run by a hook of our own.
    tool: 'pre-commit',
    files: { 'package.json': MANIFEST, '.pre-commit-config.yaml': 'repos:\n  - repo: https://example.com/hooks\n    rev: v1\n    hooks:\n      - id: first\n' },
    packages: [],
    install: () => {
      const { repos } = parse(folder.read('.pre-commit-config.yaml')) as { repos: { hooks: { entry: string }[] }[] };
      installHook(repos.at(-1)?.hooks[0]?.entry ?? 'exit 3');
    },
    after: [
      '.pre-commit-config.yaml',
      `repos:\n  - repo: https://example.com/hooks\n    rev: v1\n    hooks:\n      - id: first\n  - repo: local\n    hooks:\n      - id: leakproof\n        name: leakproof\n        entry: ${STEP}\n        language: system\n        types_or:\n          - javascript\n          - jsx\n          - ts\n          - tsx\n        pass_filenames: false\n`,
    ],
  },
];

/** Runs a program with the project's own commands on the path. */
function tried(program: string, ...args: string[]) {
  const path = [join(folder.path, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const identity = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com', GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.com', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder.path, encoding: 'utf8', env: { ...process.env, ...identity, PATH: path, CI: '' } });
  return { status, output: stdout + stderr };
}

function succeed(program: string, ...args: string[]): void {
  const { status, output } = tried(program, ...args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${output}`);
}

function commit(message: string) {
  return tried('git', 'commit', '--quiet', '--message', message);
}

function commitCount(): number {
  return Number(tried('git', 'rev-list', '--count', 'HEAD').output);
}

beforeEach(() => {
  const commands = join(folder.path, 'node_modules', '.bin');
  mkdirSync(commands, { recursive: true });
  symlinkSync(MAIN, join(commands, 'leakproof'));
});

describe.each(SETTINGS)('the hook that init adds to $tool', ({ files, packages, install, after: [file, text] }) => {
  it('refuses a commit that leaks, takes a clean one, and judges what is staged', () => {
    for (const name of packages) symlinkSync(join(OURS, '.bin', name), join(folder.path, 'node_modules', '.bin', name));
    succeed('git', 'init', '--quiet', '--initial-branch', 'main');
    folder.write({ ...files, '.gitignore': 'node_modules\n' });
    succeed('leakproof', 'init', '--yes');
    expect(folder.read(file)).toBe(text);
    expect(tried('leakproof', 'init', '--yes').output).toContain('Nothing is to be changed');
    succeed('git', 'add', '--all');
    succeed('git', 'commit', '--quiet', '--message', 'Start');
    install();

    folder.write({ 'poller.ts': leakyClass() });
    succeed('git', 'add', '--all');
    const refused = commit('A leak');
    expect(refused.output).toContain('leakproof/no-untracked-timer');
    expect(refused.status).not.toBe(0);
    expect(commitCount()).toBe(1);

    folder.write({ 'poller.ts': CLEAN });
    succeed('git', 'add', '--all');
    expect(commit('No leak')).toMatchObject({ status: 0 });
    expect(commitCount()).toBe(2);

    // Staged is a comment, and only the work tree leaks.
    appendFileSync(join(folder.path, 'poller.ts'), '// polled\n');
    succeed('git', 'add', '--all');
    folder.write({ 'poller.ts': leakyClass() });
    expect(commit('A comment')).toMatchObject({ status: 0 });
    expect(commitCount()).toBe(3);
    expect(folder.read('poller.ts')).toBe(leakyClass());

    // The other way round: the leak is staged, and mended in the work tree only.
    succeed('git', 'add', '--all');
    folder.write({ 'poller.ts': CLEAN });
    expect(commit('A leak that is mended elsewhere').status).not.toBe(0);
    expect(commitCount()).toBe(3);
  });
});
