import { describe, expect, it } from 'vitest';
import { fix } from '../../src/cli/fix.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();

/** Clears the line, and sets the title of the window. */
const ESCAPE = '\u001B[2K\u001B]0;x\u0007';
/** A collection and an interval of that name, and a comment with one in the lines of the repair. */
const CODE = `export class Hub {
  ['a${ESCAPE}'] = new Map();
  open(userId: string) {
    this['a${ESCAPE}'].set(userId, setTimeout(() => this.tick(), 60_000));
  }
  drop(userId: string) {
    this['a${ESCAPE}'].delete(userId);
  }
  tick() {}
}
${leakyClass().replace('60_000);', `60_000); // ${ESCAPE}`)}`;

// eslint-disable-next-line no-control-regex -- those are what is looked for
const STEERS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;

describe('what steers a terminal', () => {
  it.each([4, 13])('is shown, not sent, by `why` in line %i', async (line) => {
    folder.write({ 'a.ts': CODE });
    const { stdout } = await leakproof(folder, 'why', `a.ts:${line}`);
    expect(stdout).toContain(`a.ts:${line}:`);
    expect(stdout).not.toMatch(STEERS);
  });

  it('is shown by the lines that tell of repairs', async () => {
    const name = `a${ESCAPE.replace('\u0007', '')}.ts`;
    folder.write({ [name]: leakyClass() });
    const { stdout } = await leakproof(folder, 'fix', '--write');
    expect(stdout).toContain('\\u001b[2K');
    expect(stdout).not.toMatch(STEERS);
  });

  it('is shown in a diff on a screen, and is left in one that a program reads', async () => {
    folder.write({ 'a.ts': CODE });
    expect((await leakproof(folder, 'fix')).stdout).toContain(ESCAPE);
    let shown = '';
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      await fix([], {}, { result: (text) => (shown += text), note: () => undefined, progress: () => undefined, paint: (_style, text) => text, isScreen: true });
    } finally {
      process.chdir(before);
    }
    expect(shown).toContain('\\u001b[2K');
    expect(shown).not.toMatch(STEERS);
  });

  it('is shown by `matrix --check`', async () => {
    folder.write({ 'a.ts': CODE, 'page.md': '' });
    await leakproof(folder, 'matrix', '--format', 'markdown', '--output-file', 'page.md');
    folder.write({ 'page.md': folder.read('page.md').replaceAll('skipped', `${ESCAPE}skipped`).replaceAll('no release', ESCAPE) });
    const { status, stdout } = await leakproof(folder, 'matrix', '--check', 'page.md');
    expect(status).toBe(1);
    expect(stdout).not.toMatch(STEERS);
  });
});
