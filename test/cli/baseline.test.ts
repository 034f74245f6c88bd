import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

const FILE = 'leakproof-baseline.json';
const update = (...args: string[]) => leakproof(folder, 'scan', '--update-baseline', ...args);
const scan = (...args: string[]) => scanJson(folder, '--baseline', FILE, ...args);
const entries = () => (JSON.parse(folder.read(FILE)) as { findings: { file: string; owner: string }[] }).findings;
const likely = (name: string) => leakyClass(name).replace('setInterval', 'setTimeout').replace('60_000', '5_000');

describe('a baseline', () => {
  it('answers the findings that it lists', async () => {
    folder.write({ 'src/a.ts': leakyClass('A'), 'src/b.ts': leakyClass('B') });
    expect(await update()).toEqual({ status: 0, stdout: '0 findings (0 certain, 0 likely) in 2 files, 2 suppressed.\n', stderr: `${FILE} now lists 2 findings: 2 added, 0 gone.\n` });
    const report = await scan();
    expect(report).toMatchObject({ findings: [], suppressed: [{ file: 'src/a.ts', by: 'baseline', reason: `listed in ${FILE}` }, { file: 'src/b.ts', by: 'baseline' }] });
    expect((await leakproof(folder, 'scan', '--baseline', FILE)).status).toBe(0);
    expect((await scanJson(folder)).findings).toHaveLength(2);
  });

  it('knows a finding again in moved lines, and in a moved file', async () => {
    folder.write({ 'src/a.ts': leakyClass('A') });
    await update();
    folder.write({ 'src/a.ts': `// above\n\n${leakyClass('A')}` });
    expect((await scan()).findings).toEqual([]);
    rmSync(`${folder.path}/src/a.ts`);
    folder.write({ 'lib/moved.ts': leakyClass('A') });
    expect((await scan()).findings).toEqual([]);
  });

  it('notices that one leak went and another came', async () => {
    folder.write({ 'a.ts': leakyClass('A') });
    await update();
    folder.write({ 'a.ts': leakyClass('Other') });
    const { status, stderr } = await leakproof(folder, 'scan', '--baseline', FILE);
    expect(status).toBe(1);
    expect(stderr).toBe(`1 finding of ${FILE} is gone (a.ts no-untracked-timer\n  setInterval). --update-baseline takes it out.\n`);
  });

  it('counts: what is listed once answers one finding', async () => {
    folder.write({ 'a.ts': leakyClass('A') });
    await update();
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('A') });
    expect(await scan()).toMatchObject({ findings: [{ file: 'b.ts' }], suppressed: [{ file: 'a.ts' }] });
    folder.write({ '0.ts': leakyClass('A'), 'b.ts': CLEAN });
    expect(await scan()).toMatchObject({ findings: [{ file: '0.ts' }], suppressed: [{ file: 'a.ts' }] });
  });

  it('says nothing of files that were not judged', async () => {
    folder.write({ 'src/a.ts': leakyClass('A'), 'lib/b.ts': leakyClass('B') });
    await update();
    expect((await leakproof(folder, 'scan', '--baseline', FILE, 'src')).stderr).toBe('');
    // A copy of what is still in lib is no move.
    folder.write({ 'src/copy.ts': leakyClass('B') });
    expect((await scan('src')).findings).toMatchObject([{ file: 'src/copy.ts' }]);
  });

  it('says nothing of what this run was not asked for', async () => {
    folder.write({ 'a.ts': leakyClass('A') + likely('B') });
    await update('--confidence', 'likely');
    expect(entries()).toHaveLength(2);
    expect((await leakproof(folder, 'scan', '--baseline', FILE)).stderr).toBe('');
    expect((await leakproof(folder, 'scan', '--baseline', FILE, '--rule', 'no-unbounded-collection')).stderr).toBe('');
    await update();
    expect(entries()).toHaveLength(2);
  });

  it('lets comments and the list of ESLint answer first', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B') });
    await update();
    folder.write({ 'a.ts': `/* eslint-disable */\n${leakyClass('A')}`, 'eslint-suppressions.json': JSON.stringify({ 'b.ts': { 'leakproof/no-untracked-timer': { count: 1 } } }) });
    const { suppressed } = await scan();
    expect(suppressed.map(({ by }) => by)).toEqual(['eslint-disable', 'eslint-suppressions.json']);
    await update();
    expect(entries()).toEqual([]);
  });
});

describe('--update-baseline', () => {
  it('takes out what is gone, and keeps what was not judged', async () => {
    folder.write({ 'src/a.ts': leakyClass('A'), 'src/b.ts': leakyClass('B'), 'lib/c.ts': leakyClass('C') });
    await update();
    folder.write({ 'src/a.ts': CLEAN });
    rmSync(`${folder.path}/src/b.ts`);
    expect((await update('src')).stderr).toBe(`${FILE} now lists 1 finding: 0 added, 2 gone.\n`);
    expect(entries()).toMatchObject([{ file: 'lib/c.ts', owner: 'C' }]);
  });

  it('keeps what stands in a file that does not parse', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': CLEAN });
    await update();
    folder.write({ 'a.ts': 'const = 1;' });
    await update();
    expect(entries()).toHaveLength(1);
  });

  it('writes the same bytes for the same findings, an entry a line', async () => {
    folder.write({ 'b.ts': leakyClass('B'), 'a/z.ts': leakyClass('Z'), 'a.ts': leakyClass('A') });
    await update();
    const first = folder.read(FILE);
    await update('b.ts', 'a', 'a.ts');
    expect(folder.read(FILE)).toBe(first);
    expect(first.split('\n').filter((line) => line.includes('fingerprint'))).toHaveLength(3);
    expect(entries().map(({ file }) => file)).toEqual(['a.ts', 'a/z.ts', 'b.ts']);
  });

  it('writes the file that is named', async () => {
    folder.write({ 'a.ts': leakyClass('A') });
    expect((await update('--baseline', 'known.json')).status).toBe(0);
    expect(await scanJson(folder, '--baseline', 'known.json')).toMatchObject({ findings: [], suppressed: [{ reason: 'listed in known.json' }] });
  });

  it('says so if it cannot write', async () => {
    folder.write({ 'a.ts': leakyClass('A') });
    expect(await update('--baseline', 'none/known.json')).toMatchObject({ status: 2, stdout: '', stderr: 'Cannot write the baseline none/known.json: no such file or folder.\n' });
  });
});

describe('a file that is no baseline', () => {
  it.each([
    ['{', `${FILE} is not a baseline as leakproof scan --update-baseline writes it.\n`],
    ['[]', `${FILE} is not a baseline as leakproof scan --update-baseline writes it.\n`],
    ['{ "version": 1, "findings": [{ "file": "a.ts" }] }', `${FILE} is not a baseline as leakproof scan --update-baseline writes it.\n`],
    ['{ "version": 2, "findings": [] }', `${FILE} is a baseline of version 2, and only version 1 can be read.\n`],
  ])('is refused in one sentence: %s', async (text, sentence) => {
    folder.write({ 'a.ts': leakyClass(), [FILE]: text });
    expect(await leakproof(folder, 'scan', '--baseline', FILE)).toEqual({ status: 2, stdout: '', stderr: sentence });
    expect(await update()).toEqual({ status: 2, stdout: '', stderr: sentence });
    expect(folder.read(FILE)).toBe(text);
  });

  it('must be there, unless it is to be written', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect(await leakproof(folder, 'scan', '--baseline', 'absent.json')).toEqual({ status: 2, stdout: '', stderr: 'Cannot read the baseline absent.json: no such file or folder.\n' });
  });
});
