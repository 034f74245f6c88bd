import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson } from './leakproof.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();

/** The leaky class with a comment where ESLint looks for it. */
const nextLine = (comment: string) => leakyClass().replace('    setInterval', `    ${comment}\n    setInterval`);
const sameLine = (comment: string) => leakyClass().replace('60_000);', `60_000); ${comment}`);

describe('eslint-disable comments', () => {
  it.each([
    ['next line', nextLine('// eslint-disable-next-line leakproof/no-untracked-timer -- lives as long as the process')],
    ['next line, with others', nextLine('// eslint-disable-next-line no-console, leakproof/no-untracked-timer -- lives as long as the process')],
    ['next line, block', nextLine('/* eslint-disable-next-line leakproof/no-untracked-timer -- lives as long as the process */')],
    ['same line', sameLine('// eslint-disable-line leakproof/no-untracked-timer -- lives as long as the process')],
    ['same line, all rules', sameLine('// eslint-disable-line -- lives as long as the process')],
    ['whole file', `/* eslint-disable leakproof/no-untracked-timer -- lives as long as the process */\n${leakyClass()}`],
    ['whole file, another enabled again', `/* eslint-disable leakproof/no-untracked-timer, no-undef -- lives as long as the process */\n/* eslint-enable no-undef */\n${leakyClass()}`],
  ])('silence: %s', async (_name, text) => {
    folder.write({ 'a.ts': text });
    const report = await scanJson(folder);
    expect(report.findings).toEqual([]);
    expect(report.suppressed).toMatchObject([{ rule: 'no-untracked-timer', file: 'a.ts', by: 'eslint-disable', reason: 'lives as long as the process' }]);
    expect(await leakproof(folder, 'scan')).toMatchObject({ status: 0, stdout: '0 findings (0 certain, 0 likely) in 1 file, 1 suppressed.\n' });
  });

  it.each([
    ['another rule', sameLine('// eslint-disable-line leakproof/no-unbounded-collection')],
    ['a line comment for a whole file', `// eslint-disable leakproof/no-untracked-timer\n${leakyClass()}`],
    ['enabled again', `/* eslint-disable leakproof/no-untracked-timer */\n/* eslint-enable leakproof/no-untracked-timer */\n${leakyClass()}`],
    ['all enabled again', `/* eslint-disable */\n/* eslint-enable */\n${leakyClass()}`],
    ['a later place', `${leakyClass()}/* eslint-disable */\n`],
  ])('do not silence: %s', async (_name, text) => {
    folder.write({ 'a.ts': text });
    expect(await scanJson(folder)).toMatchObject({ findings: [{ rule: 'no-untracked-timer' }], suppressed: [] });
  });
});

describe('eslint-suppressions.json', () => {
  const listing = (count: number) => JSON.stringify({ 'src/a.ts': { 'leakproof/no-untracked-timer': { count } } });

  it('silences as many findings as it counts', async () => {
    folder.write({ 'src/a.ts': leakyClass(), 'eslint-suppressions.json': listing(1) });
    expect(await scanJson(folder)).toMatchObject({ findings: [], suppressed: [{ by: 'eslint-suppressions.json', reason: '' }] });
  });

  it('silences none if there is one more, as in ESLint', async () => {
    folder.write({ 'src/a.ts': leakyClass('A') + leakyClass('B'), 'eslint-suppressions.json': listing(1) });
    expect((await scanJson(folder)).findings).toHaveLength(2);
  });

  it('must be in the format of ESLint', async () => {
    folder.write({ 'a.ts': leakyClass(), 'eslint-suppressions.json': '{"a.ts": 1}' });
    expect(await leakproof(folder, 'scan')).toMatchObject({ status: 2, stderr: 'eslint-suppressions.json is not a list of suppressions as ESLint writes it.\n' });
  });
});

describe('eslint-suppressions.json, when what it lists is repaired', () => {
  const LIST = 'eslint-suppressions.json';
  /** As ESLint writes it. */
  const listing = (counts: Record<string, Record<string, number>>) =>
    JSON.stringify(Object.fromEntries(Object.entries(counts).map(([file, rules]) => [file, Object.fromEntries(Object.entries(rules).map(([rule, count]) => [rule, { count }]))])), undefined, 2);
  const TIMERS = 'leakproof/no-untracked-timer';
  /** Each call starts one, and nothing shows when that should end: no codemod has an answer. */
  const REFUSED = 'export class Feed {\n  onMessage(id: string) {\n    setInterval(() => { this.tick(id); }, 60_000);\n  }\n  tick(_id: string): void {}\n  close(): void {}\n}\n';

  it('loses what is gone, and keeps the rest', async () => {
    const rest = { 'src/a.ts': { 'no-console': 3 }, 'src/other.ts': { [TIMERS]: 2 } };
    folder.write({ 'src/a.ts': leakyClass(), 'src/b.ts': leakyClass('B') + leakyClass('C'), [LIST]: listing({ 'src/a.ts': { [TIMERS]: 1, 'no-console': 3 }, 'src/b.ts': { [TIMERS]: 2 }, 'src/other.ts': { [TIMERS]: 2 } }) });
    const { status, stdout } = await leakproof(folder, 'fix', '--write');
    expect(status).toBe(0);
    expect(stdout).toMatch(/\neslint-suppressions\.json: without 3 suppressions of what is repaired\.\n$/);
    expect(folder.read(LIST)).toBe(listing(rest));
    expect(await scanJson(folder)).toMatchObject({ findings: [], suppressed: [] });
  });

  it('counts what is left, which stays silent', async () => {
    folder.write({ 'a.ts': leakyClass('A') + REFUSED, [LIST]: listing({ 'a.ts': { [TIMERS]: 2 } }) });
    await leakproof(folder, 'fix', '--write');
    expect(folder.read(LIST)).toBe(listing({ 'a.ts': { [TIMERS]: 1 } }));
    expect(await scanJson(folder)).toMatchObject({ findings: [], suppressed: [{ rule: 'no-untracked-timer' }] });
  });

  it('keeps what ESLint may have counted besides', async () => {
    folder.write({ 'a.ts': leakyClass('A'), [LIST]: listing({ 'a.ts': { [TIMERS]: 3 } }) });
    await leakproof(folder, 'fix', '--write');
    expect(folder.read(LIST)).toBe(listing({ 'a.ts': { [TIMERS]: 2 } }));
  });

  it('never falls below what is left, where it counted less', async () => {
    folder.write({ 'a.ts': leakyClass('A') + leakyClass('B') + REFUSED, [LIST]: listing({ 'a.ts': { [TIMERS]: 1 } }) });
    await leakproof(folder, 'fix', '--write');
    expect(folder.read(LIST)).toBe(listing({ 'a.ts': { [TIMERS]: 1 } }));
    expect((await scanJson(folder)).findings).toEqual([]);
  });

  it('is part of the diff', async () => {
    const list = listing({ 'a.ts': { [TIMERS]: 1 } });
    folder.write({ 'a.ts': leakyClass(), [LIST]: list });
    const { stdout, stderr } = await leakproof(folder, 'fix');
    expect(stdout).toContain(`--- a/${LIST}\n+++ b/${LIST}\n`);
    expect(stderr).toContain('eslint-suppressions.json: without 1 suppression of what is repaired.\n');
    expect(folder.read(LIST)).toBe(list);
    execFileSync('git', ['apply'], { cwd: folder.path, input: stdout });
    expect(folder.read(LIST)).toBe('{}');
  });

  it('comes back with --undo', async () => {
    const list = listing({ 'a.ts': { [TIMERS]: 1 } });
    folder.write({ 'a.ts': leakyClass(), [LIST]: list });
    await leakproof(folder, 'fix', '--write');
    expect(folder.read(LIST)).toBe('{}');
    expect((await leakproof(folder, 'fix', '--undo')).stdout).toBe('a.ts: as it was before the last run.\neslint-suppressions.json: as it was before the last run.\n');
    expect(folder.read(LIST)).toBe(list);
  });

  it('stays as it is without a repair that stays', async () => {
    const list = listing({ 'a.ts': { [TIMERS]: 1 } });
    folder.write({ 'a.ts': leakyClass(), [LIST]: list });
    expect((await leakproof(folder, 'fix', '--write', '--verify', 'grep -qv clearInterval a.ts && ! grep -q clearInterval a.ts')).stdout).toBe('');
    expect(folder.read(LIST)).toBe(list);
  });

  it('is not written over changes that are not committed', async () => {
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder.path });
    folder.write({ 'a.ts': leakyClass() });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    folder.write({ [LIST]: listing({ 'a.ts': { [TIMERS]: 1 } }) });
    expect(await leakproof(folder, 'fix', '--write')).toMatchObject({ status: 2, stderr: expect.stringContaining('uncommitted changes in eslint-suppressions.json') as string });
    expect(folder.read('a.ts')).toBe(leakyClass());
  });

  it('does not lose what a comment answers', async () => {
    const list = listing({ 'a.ts': { [TIMERS]: 1 } });
    folder.write({ 'a.ts': sameLine('// eslint-disable-line leakproof/no-untracked-timer -- meant'), [LIST]: list });
    await leakproof(folder, 'fix', '--write');
    expect(folder.read(LIST)).toBe(list);
  });
});
