import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('why', () => {
  it('gives the trace of a finding', async () => {
    folder.write({ 'a.ts': leakyClass() });
    const { status, stdout } = await leakproof(folder, 'why', 'a.ts:3');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^a\.ts:3:5 {2}setInterval in Poller \(interval\)\n {2}no-untracked-timer: certain\n {2}1\. evidence: .+\(line \d+\)\n/);
  });

  it('finds it from a line that belongs to it, or from a neighbour', async () => {
    folder.write({ 'a.ts': leakyClass() });
    for (const place of ['a.ts:6', 'a.ts:2', 'a.ts:4:1']) expect((await leakproof(folder, 'why', place)).stdout).toContain('a.ts:3:5');
  });

  it('tells what silenced a candidate', async () => {
    folder.write({ 'a.ts': CLEAN });
    expect((await leakproof(folder, 'why', 'a.ts:2')).stdout).toMatch(/no-untracked-timer: silent\n {2}1\. release: .+\(line \d+\)\n/);
  });

  it('tells of suppressions and settings', async () => {
    folder.write({ 'a.ts': leakyClass().replace('60_000);', '60_000); // eslint-disable-line -- on purpose') });
    expect((await leakproof(folder, 'why', 'a.ts:3')).stdout).toContain('  Suppressed by eslint-disable: on purpose.\n');
    folder.write({ 'a.ts': leakyClass(), 'leakproof.json': '{ "rules": { "no-untracked-timer": "off" } }' });
    expect((await leakproof(folder, 'why', 'a.ts:3')).stdout).toContain("  Not reported: the project's settings say so.\n");
  });

  it('says that there is no candidate', async () => {
    folder.write({ 'a.ts': 'export const a = 1;\n' });
    expect(await leakproof(folder, 'why', 'a.ts:1')).toMatchObject({ status: 0, stdout: expect.stringContaining('a.ts:1: nothing here is a candidate.') as string });
  });

  it('says why a file cannot be judged', async () => {
    folder.write({ 'a.ts': 'let = ;' });
    expect(await leakproof(folder, 'why', 'a.ts:1')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('cannot be parsed') as string });
  });
});
