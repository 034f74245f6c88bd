import { describe, expect, it } from 'vitest';
import { isColoured } from '../../src/cli/colours.js';
import type { Console } from '../../src/cli/console.js';
import { Progress } from '../../src/cli/progress.js';
import { visibleLines } from '../../src/cli/visible.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { ODD, ODD_CODE } from './report/odd-names.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('the report for a person', () => {
  it('shows the lines, the reasons, the places and the repair on request', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect((await leakproof(folder, 'scan', '--verbose')).stdout).toBe(`a.ts
  3:5  error  leakproof/no-untracked-timer
      The handle of this 'setInterval' in 'Poller' is dropped, so nothing can
      clear it. 'close' ends the owner but cannot stop it. Keep the handle and
      call clearInterval in 'close'.

        1 | export class Poller {
        2 |   constructor() {
      > 3 |     setInterval(() => this.tick(), 60_000);
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        4 |   }
        5 |   tick(): void {}

      1. 'close' ends the owner but cannot stop it (line 6)
      2. it repeats for ever, once more for each object that is made (line 3)
      line 6: 'close' does not release it
      repair: track-timers (safe)


1 finding (1 certain, 0 likely) in 1 file.
For 1 finding leakproof fix has a repair.
`);
  });

  it('says which repairs want a look', async () => {
    folder.write({ 'a.ts': leakyClass(), 'b.ts': ODD_CODE });
    expect((await leakproof(folder, 'scan')).stdout).toContain('For 2 findings leakproof fix has a repair; 1 of them with --review.\n');
  });

  it('lets no name and no line of the source move the cursor, and marks the right columns', async () => {
    folder.write({ [ODD.file]: leakyClass().replace('    setInterval(', `    void '${ODD.escape}'; setInterval(`) });
    const { stdout } = await leakproof(folder, 'scan', '--verbose', 'src');
    expect(stdout).not.toContain('\u001B');
    expect(stdout).toContain('src/a b,c:d%20\\u001b[31m<script>');
    const lines = stdout.split('\n');
    const marked = lines.findIndex((line) => line.includes('> 3 |'));
    expect(lines[marked]?.indexOf('setInterval(')).toBe(lines[marked + 1]?.indexOf('^'));
  });
});

it('a message to the terminal keeps its lines and shows what would move the cursor', () => {
  expect(visibleLines(`one${ODD.escape}\n\ttwo\r\nthree\rfour`)).toBe('one\\u001b[2K\\u001b[1A\n\ttwo\r\nthree\\u000dfour');
});

describe('colours', () => {
  const [screen, pipe] = [{ isTTY: true }, {}];
  it.each([
    ['on a screen', screen, {}, true],
    ['in a pipe', pipe, {}, false],
    ['on a screen, with NO_COLOR', screen, { NO_COLOR: '1' }, false],
    ['on a screen, with an empty NO_COLOR', screen, { NO_COLOR: '' }, true],
    ['on a screen that has none', screen, { TERM: 'dumb' }, false],
    ['in a pipe, with FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
    ['in a pipe, with both', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['on a screen, with FORCE_COLOR=0', screen, { FORCE_COLOR: '0' }, false],
  ])('%s', (_name, stream, env, expected) => {
    expect(isColoured(stream, env)).toBe(expected);
  });
});

describe('progress', () => {
  const shown: string[] = [];
  const console = { progress: (text: string) => void shown.push(text) } as Console;
  const watch = (steps: readonly [at: number, done: number][]): string[] => {
    shown.length = 0;
    let time = 0;
    const progress = new Progress(console, 'Reading', () => time);
    for (const [at, done] of steps) {
      time = at;
      progress.step(done, 1000);
    }
    return [...shown];
  };

  it('tells files, rate and time left, once there is a rate', () => {
    expect(watch([[0, 1], [2_000, 100], [3_000, 1000]])).toEqual(['Reading 1 of 1000 files', 'Reading 100 of 1000 files, 50 a second, 18 s left', 'Reading 1000 of 1000 files, 333 a second, 0 s left']);
  });

  it('counts minutes', () => {
    expect(watch([[0, 1], [10_000, 50]])[1]).toBe('Reading 50 of 1000 files, 5 a second, 3 min 10 s left');
  });

  it('does not flicker, but shows the end', () => {
    expect(watch([[0, 1], [50, 2], [90, 3], [120, 4], [130, 1000]])).toEqual(['Reading 1 of 1000 files', 'Reading 4 of 1000 files', 'Reading 1000 of 1000 files']);
  });
});
