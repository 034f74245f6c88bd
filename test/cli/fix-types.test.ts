import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, MAIN } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();
const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, types: [] }, include: ['src'] });

describe('the type gate of fix', () => {
  it('says that the types of a repair were checked', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': leakyClass() });
    expect((await leakproof(folder, 'fix', '--write')).stdout).toBe('src/a.ts:3 setInterval: repaired by track-timers (safe; type-checked).\n');
  });

  it('drops a repair that adds a type error, and makes the others', async () => {
    // The repair names the field by what its callback does, and a class that extends this one has a method of that name.
    const rival = "import { B } from './b';\nexport class C extends B {\n  tickInterval(): void {}\n}\n";
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': leakyClass('A'), 'src/b.ts': leakyClass('B') + leakyClass('D'), 'src/c.ts': rival });
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--write');
    expect(status).toBe(0);
    expect(stdout).toBe('src/a.ts:3 setInterval: repaired by track-timers (safe; type-checked).\nsrc/b.ts:10 setInterval: repaired by track-timers (safe; type-checked).\n');
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/^src\/b\.ts:3 setInterval: not repaired by track-timers\. The repaired code has a type error that was not there in src\/c\.ts: .*2 findings in 2 files repaired, 1 left as it is\. $/);
    expect(folder.read('src/b.ts').startsWith(leakyClass('B'))).toBe(true);
  });

  it('does not call that a pass where dependencies are not installed', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': leakyClass(), 'package.json': '{ "dependencies": { "acme-bus": "1.0.0" } }' });
    const { status, stdout } = await leakproof(folder, 'fix', '--write');
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('(safe; not type-checked: acme-bus is not installed).');
  });
});

describe('without ts-morph, fix', () => {
  const hide = "import Module from 'node:module'; const find = Module._resolveFilename; Module._resolveFilename = function (name, ...rest) { if (name === 'ts-morph') throw new Error('not found'); return find.call(this, name, ...rest); };";

  it('repairs, says that types were not checked, and names what to install', () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': leakyClass() });
    const { status, stdout, stderr } = runWith(hide, 'fix', '--write');
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toBe('src/a.ts:3 setInterval: repaired by track-timers (safe; not type-checked: ts-morph is not installed). ');
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('npm install --save-dev ts-morph@28');
  });

  it('does not speak of it where there are no types to check', () => {
    folder.write({ 'src/a.ts': leakyClass() });
    expect(runWith(hide, 'fix').stderr).not.toContain('npm install');
  });
});

describe('ts-morph is', () => {
  const noTeardown = leakyClass().replace('close(): void {}', '');

  it.each<[string, Record<string, string>, boolean]>([
    ['loaded for a repair', { 'tsconfig.json': TSCONFIG, 'src/a.ts': leakyClass() }, true],
    ['not loaded for files without findings', { 'tsconfig.json': TSCONFIG, 'src/a.ts': CLEAN }, false],
    ['not loaded for a finding that is not repaired', { 'tsconfig.json': TSCONFIG, 'src/a.ts': noTeardown }, false],
    ['not loaded without a tsconfig', { 'src/a.ts': leakyClass() }, false],
  ])('%s', (_name, files, isLoaded) => {
    folder.write(files);
    expect(loadsTsMorph()).toBe(isLoaded);
  });
});

/** Whether the installed `leakproof fix` asks Node for ts-morph. */
function loadsTsMorph(): boolean {
  const watch = "import Module from 'node:module'; const load = Module._load; Module._load = function (name, ...rest) { if (name === 'ts-morph') process.stderr.write('<loaded>'); return load.call(this, name, ...rest); };";
  const { status, stderr } = runWith(watch, 'fix');
  expect(status).toBe(0);
  return stderr.includes('<loaded>');
}

/** Runs the installed command behind a piece of code. */
function runWith(code: string, ...args: string[]) {
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(code)}`, MAIN, ...args], { cwd: folder.path, encoding: 'utf8' });
}
