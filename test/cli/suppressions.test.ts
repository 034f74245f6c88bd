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
