import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fold, matrixText } from '../../../src/cli/matrix/text.js';
import { reportOf } from './reports.js';

const plain = (_style: unknown, text: string): string => text;
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => stringWidth(line)));

describe('the table in the terminal', () => {
  it('shows every cell in words, with what they mean below', () => {
    const text = matrixText(reportOf({ columns: ['close()'], rows: [{ name: 'sessions', states: ['released'] }, { name: 'titles', states: ['skipped'] }] }), 80, plain);
    expect(text).toMatch(/│ sessions \(Map\) +│ released │/);
    expect(text).toMatch(/│ titles \(Map\) +│ skipped +│/);
    expect(text).toContain('in part   on some ways out');
    expect(text).toContain('1 release skipped');
  });

  it.each([80, 120, 200])('fits %i columns, whatever the names', (width) => {
    const columns = Array.from({ length: 17 }, (_, index) => `cleanUpEverythingThatBelongsToASession${String(index)}()`);
    const rows = [{ name: 'aVeryLongNameForARegistryOfThingsThatNobodyReadsToTheEnd', states: columns.map(() => 'released' as const) }, { name: '会话登记表会话登记表会话登记表会话登记表', states: columns.map(() => 'skipped' as const) }];
    const text = matrixText(reportOf({ columns, rows }), width, plain);
    expect(widest(text)).toBeLessThanOrEqual(width);
    for (let index = 0; index < 17; index++) expect(text.replace(/[│\s]/g, '')).toContain(String(index));
  });

  it('repeats the names of the rows in each block, and leaves out those that it says nothing of', () => {
    const columns = Array.from({ length: 12 }, (_, index) => `close${String(index)}()`);
    const text = matrixText(reportOf({ columns, rows: [
      { name: 'everywhere', states: columns.map(() => 'released' as const) },
      { name: 'atTheEnd', states: columns.map((_, index) => (index === 11 ? 'released' as const : 'none' as const)) },
      { name: 'nowhere', states: columns.map(() => 'none' as const), release: 'nowhere' as const },
    ] }), 80, plain);
    const blocks = text.split('┌').length - 1;
    expect(blocks).toBeGreaterThan(1);
    expect(text.split('everywhere').length - 1).toBe(blocks);
    expect(text.split('atTheEnd').length - 1).toBe(1);
    expect(text.split('nowhere').length - 1).toBe(1);
    expect(text).toContain('no release');
  });

  it('lets no name of the source drive the terminal', () => {
    const text = matrixText(reportOf({ file: 'a\u001B[31m.ts', columns: ['on \u001B]0;x\u0007'], rows: [{ name: 'x\u202Ey', states: ['released'] }] }), 80, plain);
    // eslint-disable-next-line no-control-regex -- those are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
    expect(text).toContain('\\u001b');
  });

  it('says nothing where there is nothing', () => {
    expect(matrixText({ ...reportOf({ columns: [], rows: [] }), matrices: [] }, 80, plain)).toBe('');
  });
});

describe('a long name', () => {
  it.each([
    ['cleanupSession()', 9, ['cleanup', 'Session()']],
    ['on exit of pty', 8, ['on exit', 'of pty']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['short', 9, ['short']],
    ['', 9, ['']],
  ])('is broken between its parts: %s', (name, width, lines) => {
    expect(fold(name, width)).toEqual(lines);
  });
});
