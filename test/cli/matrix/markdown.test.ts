import { describe, expect, it } from 'vitest';
import { differences } from '../../../src/cli/matrix/check.js';
import { code, matrixMarkdown } from '../../../src/cli/matrix/markdown.js';
import { reportOf } from './reports.js';

const page = (...sample: Parameters<typeof reportOf>): string => matrixMarkdown(reportOf(...sample));

describe('the page of a project', () => {
  it('is a table with names and no lines', () => {
    const text = page({ columns: ['closeSession()', 'on exit'], rows: [{ name: 'sessions', states: ['released', 'skipped'] }, { name: 'titles', states: ['none', 'none'], release: 'nowhere' }] });
    expect(text).toContain('## `src/a.ts`\n\n### `Hub`\n');
    expect(text).toContain('| state | kind | kept | `closeSession()` | `on exit` | note |\n| --- | --- | --- | --- | --- | --- |\n');
    expect(text).toContain('| `sessions` | Map | per key | released | **skipped** |  |\n');
    expect(text).toContain('| `titles` | Map | per key | · | · | **no release** |\n');
    expect(text).not.toMatch(/\b(?:4\d|6\d)\b/);
  });

  it('lets no name end its cell or begin markup', () => {
    const text = page({ file: 'a|b`c.ts', columns: ['on a|b'], rows: [{ name: 'x|y', noun: '<b>*', states: ['released'], survives: 'a | [b](c)' }] });
    const row = text.split('\n').find((line) => line.includes('x\\|y')) ?? '';
    expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
    expect(row).toContain('\\<b\\>\\*');
    expect(row).toContain('a \\| \\[b\\](c)');
    expect(text).toContain('## `` a\\|b`c.ts ``');
  });

  it.each([['plain', '`plain`'], ['a`b', '`` a`b ``'], ['a``b', '``` a``b ```'], ['a|b', '`a\\|b`']])('shows %s as code', (name, shown) => {
    expect(code(name)).toBe(shown);
  });
});

describe('a committed page', () => {
  const committed = page({ columns: ['close()'], rows: [{ name: 'sessions', states: ['released'] }, { name: 'titles', states: ['released'] }] });

  it('is up to date, whatever the ends of its lines', () => {
    expect(differences(committed, committed)).toEqual([]);
    expect(differences(`\uFEFF${committed.replaceAll('\n', '\r\n')}`, committed)).toEqual([]);
  });

  it('is told what is new, without a release first', () => {
    const now = page({ columns: ['close()', 'on exit'], rows: [
      { name: 'sessions', states: ['skipped', 'none'] }, { name: 'queues', states: ['skipped', 'released'] }, { name: 'cache', states: ['none', 'none'], release: 'nowhere' },
    ] });
    expect(differences(committed, now)).toEqual([
      '`cache` of `Hub` in `src/a.ts` is new and has no release.',
      '`sessions` of `Hub` in `src/a.ts`: `close()` was released, now skipped.',
      '`queues` of `Hub` in `src/a.ts` is new and skipped by `close()`.',
      '`sessions` of `Hub` in `src/a.ts`: `on exit` is new, now not its job.',
      '`titles` of `Hub` in `src/a.ts` is gone.',
    ]);
  });

  it('is told of a state that has lost its release', () => {
    const now = page({ columns: [], rows: [{ name: 'sessions', states: [], release: 'nowhere' }, { name: 'titles', states: [], release: 'nowhere' }] });
    expect(differences(committed, now)[0]).toBe('`sessions` of `Hub` in `src/a.ts`: the note was empty and is "no release".');
  });

  it('may differ in its words, or be something else', () => {
    expect(differences(committed.replace('do not edit', 'edit'), committed)).toEqual(['Only its words differ.']);
    expect(differences('# Notes\n', committed)).toEqual(['It is no page of the matrix.']);
  });
});
