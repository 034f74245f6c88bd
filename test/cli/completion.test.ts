import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FORMATS } from '../../src/cli/formats.js';
import { codemods } from '../../codemods/index.js';
import { RULE_IDS } from '../../src/core/index.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, type Run } from './leakproof.js';

const folder = temporaryFolder();

// The library prints by itself.
let printed = '';
beforeEach(() => {
  printed = '';
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => void (printed += `${String(text)}\n`));
});
afterEach(() => vi.restoreAllMocks());

const run = (...args: string[]): Promise<Run> => leakproof(folder, ...args);

/** What fits behind the words. */
async function completed(...words: string[]): Promise<string[]> {
  await run('complete', '--', ...words);
  return printed.split('\n').filter((line) => line !== '' && !line.startsWith(':')).map((line) => line.split('\t')[0]?.trim() ?? '');
}

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints a script for %s', async (shell) => {
    expect((await run('completion', shell)).status).toBe(0);
    expect(printed).toContain('leakproof complete --');
    // Where the shell is there, it takes the script.
    folder.write({ script: printed });
    const { status, error } = spawnSync(shell, ['-n', 'script'], { cwd: folder.path });
    if (!error) expect(status).toBe(0);
  });

  it('refuses another shell in one sentence', async () => {
    expect(await run('completion', 'tcsh')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining("'tcsh' is invalid") as string });
  });

  it('completes commands', async () => {
    expect(await completed('')).toEqual(['scan', 'merge', 'fix', 'matrix', 'why', 'init', 'explain', 'completion']);
  });

  it('completes options', async () => {
    expect(await completed('scan', '--upd')).toEqual(['--update-baseline']);
  });

  it.each([
    [['scan', '--format', ''], FORMATS],
    [['scan', '--rule', ''], RULE_IDS],
    [['fix', '--codemod', ''], codemods.map(({ id }) => id)],
    [['explain', ''], RULE_IDS],
  ])('completes the values of %j', async (words, values) => {
    expect(await completed(...words)).toEqual([...values]);
  });

  it('tells of each value what it is, since zsh puts a dash beside those that tell nothing', async () => {
    await run('complete', '--', 'scan', '--format', '');
    expect(printed.split('\n').slice(0, -2)).toEqual(FORMATS.map((format) => `${format}\tformat`));
  });

  it.each([
    ['scan', 'sr'],
    ['scan', '--baseline', ''],
    ['why', ''],
  ])('leaves paths to the shell: %s %s', async (...words) => {
    await run('complete', '--', ...words);
    expect(printed).toBe(':0\n');
  });

  it('agrees with bash that it may offer paths', async () => {
    await run('completion', 'bash');
    expect(printed.trimEnd().split('\n').at(-1)).toBe('complete -o default -F __leakproof_complete leakproof');
    await run('completion', 'zsh');
    expect(printed.trimEnd().split('\n').at(-1)).not.toContain('complete -o');
  });
});
