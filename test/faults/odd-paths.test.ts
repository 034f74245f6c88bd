import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/program.js';
import { leakproof, scanJson } from '../cli/leakproof.js';
import { leakyClass } from '../cli/samples.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();
const isWindows = process.platform === 'win32';
const isRoot = process.getuid?.() === 0;

const NAMES = ['with blank.ts', "it's.ts", '"quoted".ts', 'new\nline.ts', 'ünï 日本.ts', '$(touch pwned).ts', '`touch pwned`.ts', ';touch pwned;.ts', '-rf.ts', '%2e%2e%2f.ts', 'a&b|c.ts', '[a]*?.ts', '#hash.ts', 'back\\slash.ts', '\u001B[31m.ts', '__proto__.ts', 'constructor/prototype.ts'];

describe.skipIf(isWindows)('files of any name (skipped on Windows, which has not such names)', { timeout: 120_000 }, () => {
  it('are scanned, and called by their names', async () => {
    folder.write(Object.fromEntries(NAMES.map((name) => [`src/${name}`, leakyClass()])));
    const { findings } = await scanJson(folder);
    expect(findings.map(({ file }) => file).sort()).toEqual(NAMES.map((name) => `src/${name}`).sort());
    for (const format of ['sarif', 'html', 'markdown', 'github', 'stylish']) expect((await leakproof(folder, 'scan', '--format', format)).status, format).toBe(1);
    expect(readdirSync(folder.path)).toEqual(['src']);
  });

  it('are repaired, and put back', async () => {
    folder.write(Object.fromEntries(NAMES.map((name) => [`src/${name}`, leakyClass()])));
    expect((await leakproof(folder, 'fix', '--write')).status).toBe(0);
    for (const name of NAMES) expect(folder.read(`src/${name}`), name).toContain('clearInterval');
    expect((await leakproof(folder, 'fix', '--undo')).status).toBe(0);
    for (const name of NAMES) expect(folder.read(`src/${name}`), name).toBe(leakyClass());
    expect(readdirSync(folder.path)).toEqual(['src']);
  });

  it('are taken from git, staged or changed', async () => {
    const git = (...args: string[]): void => void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder.path, stdio: 'ignore' });
    folder.write({ 'first.ts': '' });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'A state');
    folder.write(Object.fromEntries(NAMES.map((name) => [`src/${name}`, leakyClass()])));
    git('add', '--all');
    for (const option of ['--staged', '--changed=HEAD']) expect((await scanJson(folder, option)).findings.map(({ file }) => file).sort(), option).toEqual(NAMES.map((name) => `src/${name}`).sort());
  });

  it('are patched by git with the diff, each that a diff can name', async () => {
    const names = NAMES.filter((name) => !['\n', '"', '\\', '\u001B'].some((odd) => name.includes(odd)));
    folder.write(Object.fromEntries(names.map((name) => [`src/${name}`, leakyClass()])));
    const { stdout } = await leakproof(folder, 'fix');
    const { status, stderr } = spawnSync('git', ['apply', '-'], { cwd: folder.path, input: stdout, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    for (const name of names) expect(folder.read(`src/${name}`), name).toContain('clearInterval');
  });
});

describe('a project that changes while it is scanned', () => {
  it('loses a file, which is named, and the others are judged', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B'), 'c.ts': leakyClass('C') });
    let [stdout, stderr] = ['', ''];
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      const status = await run(['scan', '--format', 'json', '--no-cache'], {
        result: (text) => (stdout += text),
        note: (sentence) => (stderr += `${sentence}\n`),
        progress: () => { rmSync('b.ts', { force: true }); },
        paint: (_style, text) => text,
        isScreen: true,
      });
      expect(status).toBe(1);
    } finally {
      process.chdir(before);
    }
    expect((JSON.parse(stdout) as { findings: { file: string }[] }).findings.map(({ file }) => file)).toEqual(existsSync(join(folder.path, 'b.ts')) ? [] : ['a.ts', 'c.ts']);
    expect(stderr).toContain('b.ts cannot be read: no such file or folder');
  });

  it('has a link that leads nowhere, and a ring of links', async () => {
    folder.write({ 'a.ts': leakyClass() });
    symlinkSync(join(folder.path, 'gone.ts'), join(folder.path, 'b.ts'));
    symlinkSync(join(folder.path, 'd'), join(folder.path, 'c'));
    symlinkSync(join(folder.path, 'c'), join(folder.path, 'd'));
    symlinkSync(folder.path, join(folder.path, 'e'));
    expect(await scanJson(folder)).toMatchObject({ files: 1, findings: [{ file: 'a.ts' }] });
    expect(await leakproof(folder, 'scan', 'c')).toMatchObject({ status: 2, stdout: '', stderr: 'Cannot read c: too many symbolic links.\n' });
  });

  it.skipIf(isRoot)('has a folder that may not be listed (skipped as root, whom permissions do not stop)', async () => {
    folder.write({ 'a.ts': leakyClass(), 'closed/b.ts': leakyClass() });
    chmodSync(join(folder.path, 'closed'), 0o000);
    try {
      expect(await leakproof(folder, 'scan')).toMatchObject({ status: 1, stderr: 'Warning: the folder closed cannot be read and was skipped.\n' });
    } finally {
      chmodSync(join(folder.path, 'closed'), 0o755);
    }
  });
});

describe('what a project says of itself', () => {
  it.each<[string, string]>([
    ['package.json', '{'], ['package.json', '[]'], ['package.json', 'null'], ['package.json', '"text"'], ['package.json', '{ "name": 1, "main": {}, "exports": [[[]]], "bin": 7, "workspaces": { "packages": "x" }, "imports": null }'],
    ['package.json', '{ "__proto__": { "main": "./a.ts" }, "main": "../../../../etc/passwd", "exports": { ".": "../../../../etc/passwd", "./*": "./*/*/*" } }'], ['package.json', '\u0000'], ['package.json', '['.repeat(100_000)],
    ['package.json', '{ "main": "./package.json", "exports": { ".": { "import": { "import": { "import": "." } } } }, "bin": "/dev/zero" }'],
    ['tsconfig.json', '{'], ['tsconfig.json', '{ "extends": "./tsconfig.json" }'], ['tsconfig.json', '{ "extends": ["/etc/passwd", "../../../..", ""], "compilerOptions": { "paths": { "*": ["../../../../*"] }, "baseUrl": "/", "plugins": 1 } }'], ['tsconfig.json', 'null'],
    ['.gitignore', `${'**/'.repeat(2000)}x`], ['.gitignore', '[[[\n(((\n\\'], ['eslint-suppressions.json', '[]'], ['eslint-suppressions.json', '{ "__proto__": { "leakproof/no-untracked-timer": { "count": 1e9 } } }'],
  ])('%s: %s', async (name, text) => {
    folder.write({ 'a.ts': `import './b.js';\n${leakyClass()}`, 'b.ts': "import '../../../../../../../etc/passwd';\nimport '/etc/passwd';\nimport '.';\nimport './';\nimport '#a';\nimport './b.js?x#y';\n", [name]: text });
    const scan = await leakproof(folder, 'scan');
    expect(scan.stderr + scan.stdout).not.toMatch(/internal error/i);
    expect(scan.stderr === '' ? scan.status : 2).toBe(scan.status);
    const fix = await leakproof(folder, 'fix', '--write');
    expect(fix.stderr + fix.stdout).not.toMatch(/internal error/i);
    expect(folder.read(name)).toBe(text);
  });

  it('a folder in the place of a file', async () => {
    folder.write({ 'a.ts': leakyClass() });
    for (const name of ['tsconfig.json', '.gitignore', 'b.ts', 'c.js']) mkdirSync(join(folder.path, name));
    expect(await scanJson(folder)).toMatchObject({ files: 1, findings: [{ file: 'a.ts' }] });
  });

  it.each(['package.json', 'leakproof.json', 'eslint-suppressions.json'])('a folder in the place of %s is one clear sentence', async (name) => {
    folder.write({ 'a.ts': leakyClass() });
    mkdirSync(join(folder.path, name));
    const { status, stderr } = await leakproof(folder, 'scan');
    expect([0, 1, 2]).toContain(status);
    expect(stderr).not.toMatch(/internal error|EISDIR/i);
  });
});
