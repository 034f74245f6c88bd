import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { installed, leakproof, MAIN } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('the built command', () => {
  it('does what the tests see', async () => {
    folder.write({ 'a.ts': leakyClass() });
    for (const args of [['scan'], ['fix'], ['why', 'a.ts:3'], ['--version'], ['scan', 'nowhere'], ['scan', '--frobnicate'], ['--help']]) {
      expect(installed(folder, ...args)).toEqual(await leakproof(folder, ...args));
    }
  });

  it('survives a file that would kill the parser', () => {
    folder.write({ 'a.ts': `x = ${'['.repeat(50_000)}${']'.repeat(50_000)};`, 'b.ts': CLEAN });
    expect(installed(folder, 'scan')).toMatchObject({ status: 0, stdout: '' });
  });

  it('does not mind a reader that stops early', () => {
    const files = Array.from({ length: 40 }, (_, index) => [`src/${index}.ts`, leakyClass(`A${index}`).repeat(20)]);
    folder.write(Object.fromEntries(files) as Record<string, string>);
    const shell = spawnSync('sh', ['-c', `"${process.execPath}" "${MAIN}" scan --format json | head -c 10`], { cwd: folder.path, encoding: 'utf8' });
    expect(shell).toMatchObject({ stdout: '{\n  "versi', stderr: '' });
  });
});
