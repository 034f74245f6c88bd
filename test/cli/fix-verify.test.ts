import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { installed, leakproof } from './leakproof.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();

/** A command that fails if one of the files was repaired, and writes down each run. */
function failsFor(...guilty: string[]): string {
  folder.write({
    'check.cjs': `const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync('runs.txt', 'x');
process.exit(${JSON.stringify(guilty)}.some((name) => readFileSync(name, 'utf8').includes('clearInterval')) ? 1 : 0);
`,
  });
  return 'node check.cjs';
}

describe('fix --verify', () => {
  const five = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`src/${name}.ts`, leakyClass(name.toUpperCase())]));

  it('runs the command without and with the repairs, and keeps them if it succeeds', async () => {
    folder.write(five);
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--write', '--verify', failsFor(), 'src');
    expect(status).toBe(0);
    expect(stdout.match(/repaired by/g)).toHaveLength(5);
    expect(stderr).toContain('Running `node check.cjs` without any repair.\nRunning `node check.cjs` with 5 of 5 repairs.\n');
    expect(folder.read('runs.txt')).toBe('xx');
  });

  it('leaves out the repairs with which it fails, keeps the others, and says so', async () => {
    folder.write(five);
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--write', '--verify', failsFor('src/b.ts', 'src/e.ts'), 'src');
    expect(status).toBe(0);
    expect(stdout.match(/^src\/\w/gm)).toEqual(['src/a', 'src/c', 'src/d']);
    expect(stderr).toMatch(/^src\/b\.ts:3 setInterval: not repaired by track-timers\. `node check\.cjs` fails\s+with it\.$/m);
    expect(stderr).toContain('3 findings in 3 files repaired, 2 left as they are.');
    for (const name of ['a', 'c', 'd']) expect(folder.read(`src/${name}.ts`)).toContain('clearInterval');
    for (const name of ['b', 'e']) expect(folder.read(`src/${name}.ts`)).toBe(leakyClass(name.toUpperCase()));
    expect((await leakproof(folder, 'fix', '--undo')).stdout.match(/^src\/\w/gm)).toEqual(['src/a', 'src/c', 'src/d']);
    for (const [name, text] of Object.entries(five)) expect(folder.read(name)).toBe(text);
  });

  it('finds the guilty one of two repairs in one file', async () => {
    folder.write({ 'src/a.ts': leakyClass('A') + leakyClass('B') });
    folder.write({ 'check.cjs': "process.exit(require('node:fs').readFileSync('src/a.ts', 'utf8').split('class B')[1].includes('clearInterval') ? 1 : 0);\n" });
    const { stdout } = await leakproof(folder, 'fix', '--write', '--verify', 'node check.cjs', 'src');
    expect(stdout).toMatch(/^src\/a\.ts:3 /);
    expect(folder.read('src/a.ts').endsWith(leakyClass('B'))).toBe(true);
    expect(folder.read('src/a.ts').startsWith(leakyClass('A'))).toBe(false);
  });

  it('writes nothing if the command fails before', async () => {
    folder.write(five);
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--write', '--verify', 'exit 3', 'src');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('`exit 3` fails without any repair, so it cannot judge them; nothing was written.');
    for (const [name, text] of Object.entries(five)) expect(folder.read(name)).toBe(text);
    expect((await leakproof(folder, 'fix', '--undo')).status).toBe(2);
  });

  it('shows without --write what would pass, and puts all back', async () => {
    folder.write(five);
    const { status, stdout } = await leakproof(folder, 'fix', '--verify', failsFor('src/c.ts'), 'src');
    expect(status).toBe(0);
    expect(stdout.match(/^\+\+\+ b\/src\/\w/gm)).toEqual(['a', 'b', 'd', 'e'].map((name) => `+++ b/src/${name}`));
    for (const [name, text] of Object.entries(five)) expect(folder.read(name)).toBe(text);
  });

  it('does not run the command if there is nothing to repair', async () => {
    folder.write({ 'src/a.ts': 'export {};\n' });
    expect((await leakproof(folder, 'fix', '--write', '--verify', failsFor(), 'src')).status).toBe(0);
    expect(() => folder.read('runs.txt')).toThrow();
  });

  it('keeps the output of the command out of the result', () => {
    folder.write({ 'src/a.ts': leakyClass() });
    const { stdout, stderr } = installed(folder, 'fix', '--write', '--verify', 'echo loud', 'src');
    expect(stdout).toMatch(/^src\/a\.ts:3 [^]*\)\.\n$/);
    expect(stderr.match(/^loud$/gm)).toHaveLength(2);
  });

  it('leaves what the command itself has changed', async () => {
    folder.write({ 'src/a.ts': leakyClass('A'), 'src/b.ts': leakyClass('B') });
    folder.write({ 'check.cjs': "const fs = require('node:fs');\nif (fs.readFileSync('src/a.ts', 'utf8').includes('clearInterval')) {\n  fs.writeFileSync('src/a.ts', 'mine');\n  process.exit(1);\n}\n" });
    const { status, stderr } = await leakproof(folder, 'fix', '--write', '--verify', 'node check.cjs', 'src');
    expect(status).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('src/a.ts was changed meanwhile, so it was not written.');
    expect(folder.read('src/a.ts')).toBe('mine');
  });
});
