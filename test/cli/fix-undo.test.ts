import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();

describe('fix --undo', () => {
  it('takes back what the last run wrote, once', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'src/b.ts': `\uFEFF${leakyClass('B').replaceAll('\n', '\r\n')}` });
    await leakproof(folder, 'fix', '--write');
    expect(await leakproof(folder, 'fix', '--undo')).toEqual({
      status: 0,
      stdout: 'a.ts: as it was before the last run.\nsrc/b.ts: as it was before the last run.\n',
      stderr: '2 files put back, 0 left as they are.\n',
    });
    expect(folder.read('a.ts')).toBe(leakyClass('A'));
    expect(folder.read('src/b.ts')).toBe(`\uFEFF${leakyClass('B').replaceAll('\n', '\r\n')}`);
    expect(await leakproof(folder, 'fix', '--undo')).toEqual({ status: 2, stdout: '', stderr: 'There is no run to undo in this folder.\n' });
  });

  it('leaves what was changed since, and says so', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B') });
    await leakproof(folder, 'fix', '--write');
    const mine = `${folder.read('a.ts')}// mine\n`;
    folder.write({ 'a.ts': mine });
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--undo');
    expect({ status, stdout }).toEqual({ status: 2, stdout: 'b.ts: as it was before the last run.\n' });
    expect(stderr.replaceAll(/\s+/g, ' ')).toBe(`${folder.path}/a.ts was changed since it was repaired, so it was not put back. 1 file put back, 1 left as it is. `);
    expect(folder.read('a.ts')).toBe(mine);
  });

  it('is not lost to a run that wrote nothing', async () => {
    folder.write({ 'a.ts': leakyClass() });
    await leakproof(folder, 'fix', '--write');
    await leakproof(folder, 'fix', '--write');
    await leakproof(folder, 'fix');
    expect((await leakproof(folder, 'fix', '--undo')).status).toBe(0);
    expect(folder.read('a.ts')).toBe(leakyClass());
  });

  it('takes back in a folder outside of the working directory, where it was named', async () => {
    folder.write({ 'out/a.ts': leakyClass(), 'in/b.ts': CLEAN });
    const inside = { path: `${folder.path}/in` };
    await leakproof(inside, 'fix', '--write', '../out');
    expect((await leakproof(inside, 'fix', '--undo')).status).toBe(2);
    expect((await leakproof(inside, 'fix', '--undo', '../out')).status).toBe(0);
    expect(folder.read('out/a.ts')).toBe(leakyClass());
  });

  it('does not know what was done in another folder', async () => {
    folder.write({ 'a.ts': leakyClass() });
    mkdirSync(`${folder.path}/other`);
    await leakproof(folder, 'fix', '--write');
    expect((await leakproof({ path: `${folder.path}/other` }, 'fix', '--undo')).status).toBe(2);
  });

  it.each(['--write', '--check', '--interactive', '--verify=true'])('does not go with %s', async (option) => {
    expect(await leakproof(folder, 'fix', '--undo', option)).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: option .* cannot be used with option/) as string });
  });
});
