import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { leakproof } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The fenced block that holds some words. */
function blockWith(words: string): string {
  const block = [...page.matchAll(/^```\w*\n([^]*?)^```$/gmu)].map(([, text = '']) => text).find((text) => text.includes(words));
  if (block === undefined) throw new Error(`The README has no block with ${words}.`);
  return block;
}

describe('the README shows', () => {
  const folder = temporaryFolder();
  beforeEach(() => { cpSync(`${root}demo/src`, `${folder.path}/src`, { recursive: true }); });

  it('what a scan of the demo prints', async () => {
    expect((await leakproof(folder, 'scan', 'src')).stdout).toContain(blockWith('src/uploads.ts'));
  });

  it('the diff of the repair', async () => {
    expect((await leakproof(folder, 'fix', 'src')).stdout).toContain(blockWith('+  clearTimeout(uploadTimeouts.get(upload.id));'));
  });

  it('a finding with its lines and the argument', async () => {
    const shown = blockWith('src/metrics.ts').trimEnd();
    expect((await leakproof(folder, 'scan', '--verbose', 'src')).stdout).toContain(shown);
  });

  it('how a baseline begins', async () => {
    const [command, ...said] = blockWith('--update-baseline\n').trimEnd().split('\n');
    expect(command).toBe('$ npx --no leakproof scan src --update-baseline');
    const { stdout, stderr } = await leakproof(folder, 'scan', 'src', '--update-baseline');
    expect(`${stderr}${stdout}`.trimEnd().split('\n')).toEqual(said);
  });

  it('the matrix of a module', async () => {
    const file = 'test/cases/d-terminal-server/before.ts';
    folder.write({ [file]: readFileSync(`${root}${file}`) });
    const { stdout } = await leakproof(folder, 'matrix', file);
    expect(stdout).toBe(blockWith('┌─'));
  });
});
