import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangeSet } from '../../../src/codemod/journal/record.js';
import { recover } from '../../../src/codemod/journal/recover.js';
import { Run } from '../../../src/codemod/journal/run.js';
import { JournalError } from '../../../src/codemod/journal/journal-error.js';
import { JournalStore } from '../../../src/codemod/journal/store.js';
import { undo } from '../../../src/codemod/journal/undo.js';
import { temporaryFolder } from '../../support/folder.js';

const folder = temporaryFolder();
let root: string;
let store: JournalStore;

beforeEach(() => {
  root = join(folder.path, 'project');
  folder.write({ 'project/a.ts': 'old a', 'project/b.ts': 'old b', 'project/c.ts': 'old c' });
  store = new JournalStore(join(folder.path, 'journal'));
});

describe('a run', () => {
  it('writes sets of files, and can be undone once', async () => {
    await repair(change('a'), change('b', 'c'));
    expect(texts()).toEqual(['new a', 'new b', 'new c']);
    expect(await undo(store, root)).toEqual({ restored: [path('a'), path('b'), path('c')], refused: [] });
    expect(texts()).toEqual(['old a', 'old b', 'old c']);
    expect(await undo(store, root)).toBeUndefined();
  });

  it('writes a set whole or not at all, and the other sets', async () => {
    chmodSync(path('c'), 0o444);
    const run = await Run.begin(store, root, [change('b', 'c'), change('a')]);
    expect(await run.write([change('b', 'c'), change('a')])).toEqual([{ set: change('b', 'c'), why: `${path('c')} is read-only, so it was not written.` }]);
    await run.complete();
    expect(texts()).toEqual(['new a', 'old b', 'old c']);
    await undo(store, root);
    expect(texts()).toEqual(['old a', 'old b', 'old c']);
  });

  it('leaves a file that was changed since it was read', async () => {
    folder.write({ 'project/b.ts': 'mine' });
    const run = await Run.begin(store, root, [change('a', 'b')]);
    expect(await run.write([change('a', 'b')])).toMatchObject([{ why: `${path('b')} was changed meanwhile, so it was not written.` }]);
    await run.complete();
    expect(texts()).toEqual(['old a', 'mine', 'old c']);
    expect(await undo(store, root)).toBeUndefined();
  });

  it('may give a file one text after the other; what stands in the end is undone', async () => {
    const run = await Run.begin(store, root, [change('a'), change('b')]);
    await run.write([change('a'), change('b')]);
    await run.write([[{ path: path('a'), before: 'old a', after: 'newer a' }], [{ path: path('b'), before: 'old b', after: 'old b' }]]);
    await run.complete();
    expect(texts()).toEqual(['newer a', 'old b', 'old c']);
    expect((await undo(store, root))?.restored).toEqual([path('a')]);
    expect(texts()).toEqual(['old a', 'old b', 'old c']);
  });

  it('can be taken back as if it had never been', async () => {
    await repair(change('c'));
    const run = await Run.begin(store, root, [change('a'), change('b')]);
    await run.write([change('a'), change('b')]);
    expect(await run.rollBack()).toEqual([]);
    expect(texts()).toEqual(['old a', 'old b', 'new c']);
    expect((await undo(store, root))?.restored).toEqual([path('c')]);
  });

  it('that changes nothing leaves the one before it to be undone', async () => {
    await repair(change('a'));
    const run = await Run.begin(store, root, [[{ path: path('b'), before: 'old b', after: 'old b' }]]);
    await run.write([]);
    await run.complete();
    expect((await undo(store, root))?.restored).toEqual([path('a')]);
  });

  it('keeps its records from other users, and no longer than a month', async () => {
    await repair(change('a'));
    expect(statSync(join(folder.path, 'journal')).mode & 0o077).toBe(0);
    const [done = ''] = readdirSync(join(folder.path, 'journal/done'));
    expect(statSync(join(folder.path, 'journal/done', done)).mode & 0o077).toBe(0);
    utimesSync(join(folder.path, 'journal/done', done), 0, 0);
    mkdirSync(join(folder.path, 'elsewhere'));
    writeFileSync(join(folder.path, 'elsewhere/x.ts'), 'old x');
    const run = await Run.begin(store, join(folder.path, 'elsewhere'), [[{ path: join(folder.path, 'elsewhere/x.ts'), before: 'old x', after: 'new x' }]]);
    await run.write([[{ path: join(folder.path, 'elsewhere/x.ts'), before: 'old x', after: 'new x' }]]);
    await run.complete();
    expect(await undo(store, root)).toBeUndefined();
    expect(await undo(store, join(folder.path, 'elsewhere'))).toBeDefined();
  });

  it('writes nothing where the journal cannot be kept', async () => {
    writeFileSync(join(folder.path, 'journal'), 'in the way');
    await expect(Run.begin(store, root, [change('a')])).rejects.toThrow(JournalError);
    await expect(Run.begin(store, root, [change('a')])).rejects.toThrow(/^The journal in .* cannot be written \(.+\), so nothing was written\.$/u);
    expect(texts()).toEqual(['old a', 'old b', 'old c']);
  });
});

describe('an interrupted run', () => {
  it('is put back, and leaves the one before it to be undone', async () => {
    await repair(change('c'));
    await interrupted([change('a'), change('b')]);
    expect(await recover(store, root)).toEqual([{ kind: { type: 'repair' }, restored: 2, left: [], record: undefined }]);
    expect(texts()).toEqual(['old a', 'old b', 'new c']);
    expect(await recover(store, root)).toEqual([]);
    expect((await undo(store, root))?.restored).toEqual([path('c')]);
  });

  it.each(['..', 'sub'])('is found from %s, too', async (way) => {
    mkdirSync(join(root, 'sub'));
    await interrupted([change('a')]);
    expect(await recover(store, join(root, way))).toHaveLength(1);
    expect(texts()[0]).toBe('old a');
  });

  it('elsewhere is none of our business', async () => {
    mkdirSync(join(folder.path, 'project-2'));
    await interrupted([change('a')]);
    expect(await recover(store, join(folder.path, 'project-2'))).toEqual([]);
    expect(texts()[0]).toBe('new a');
  });

  it('leaves alone what somebody has changed since, keeps the old text, and puts back the rest', async () => {
    await interrupted([change('a'), change('b')]);
    folder.write({ 'project/a.ts': 'mine' });
    const [recovery] = await recover(store, root);
    expect(recovery).toMatchObject({ restored: 1, left: [`${path('a')} was changed since, so it was left as it is.`] });
    expect(texts()).toEqual(['mine', 'old b', 'old c']);
    expect(readFileSync(recovery?.record ?? '', 'utf8')).toContain('old a');
    expect(await recover(store, root)).toEqual([]);
  });

  it('leaves a set that was complete before one of its files was changed', async () => {
    await interrupted([change('a', 'b')]);
    folder.write({ 'project/b.ts': 'mine' });
    expect((await recover(store, root))[0]?.left).toHaveLength(2);
    expect(texts()).toEqual(['new a', 'mine', 'old c']);
  });

  it('is put back where a file with two names was half-written', async () => {
    linkSync(path('a'), join(folder.path, 'other-name'));
    await interrupted([change('a')]);
    for (const torn of ['nld a', 'new a', 'new ']) {
      const isOurs = torn !== 'new ';
      writeFileSync(path('a'), torn);
      const [recovery] = await recover(store, root);
      expect(recovery?.restored, torn).toBe(isOurs ? 1 : 0);
      expect(texts()[0]).toBe(isOurs ? 'old a' : torn);
      writeFileSync(path('a'), 'old a');
      await interrupted([change('a')]);
    }
  });

  it('that still runs is not touched, and nobody else may write meanwhile', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    try {
      await interrupted([change('a')], other);
      expect(await recover(store, root)).toEqual([]);
      expect(texts()[0]).toBe('new a');
      await expect(Run.begin(store, root, [change('b')])).rejects.toThrow(`Another leakproof (process ${other.pid ?? 0}) is writing here; nothing was written.`);
      await expect(Run.begin(store, join(root, '..'), [change('b')])).rejects.toThrow(JournalError);
    } finally {
      other.kill();
    }
  });
});

describe('undo', () => {
  it('leaves what was changed since, for later', async () => {
    await repair(change('a', 'b'), change('c'));
    folder.write({ 'project/b.ts': 'mine' });
    expect(await undo(store, root)).toEqual({ restored: [path('c')], refused: [`${path('b')} was changed since it was repaired, so it was not put back.`] });
    expect(texts()).toEqual(['new a', 'mine', 'old c']);
    folder.write({ 'project/b.ts': 'new b' });
    expect(await undo(store, root)).toEqual({ restored: [path('a'), path('b')], refused: [] });
    expect(texts()).toEqual(['old a', 'old b', 'old c']);
  });

  it('does not mind a file that is as it was', async () => {
    await repair(change('a', 'b'));
    folder.write({ 'project/b.ts': 'old b' });
    expect((await undo(store, root))?.refused).toEqual([]);
    expect(texts()).toEqual(['old a', 'old b', 'old c']);
  });

  it('does not make again what was removed', async () => {
    await repair(change('a'), change('b'));
    rmSync(path('a'));
    expect(await undo(store, root)).toEqual({ restored: [path('b')], refused: [`${path('a')} cannot be read any more, so it was not put back.`] });
  });

  it('tries again later what could not be written', async () => {
    await repair(change('a'));
    chmodSync(path('a'), 0o444);
    expect((await undo(store, root))?.refused).toEqual([`${path('a')} is read-only, so it was not written.`]);
    chmodSync(path('a'), 0o644);
    expect((await undo(store, root))?.restored).toEqual([path('a')]);
  });
});

describe('a new file', () => {
  const fresh = (): ChangeSet => [...change('a'), { path: path('fresh'), before: null, after: 'fresh' }];

  it('is made with the mode of new files, and undone with what it belongs to', async () => {
    await repair(fresh());
    expect(readFileSync(path('fresh'), 'utf8')).toBe('fresh');
    writeFileSync(join(folder.path, 'any'), '');
    expect(statSync(path('fresh')).mode).toBe(statSync(join(folder.path, 'any')).mode);
    expect((await undo(store, root))?.restored).toEqual([path('a'), path('fresh')]);
    expect(texts()[0]).toBe('old a');
    expect(existsSync(path('fresh'))).toBe(false);
    expect(readdirSync(root)).toHaveLength(3);
  });

  it('may come, change and go within one run', async () => {
    const run = await Run.begin(store, root, [fresh()]);
    for (const after of ['one', null, 'two', null]) {
      expect(await run.write([[{ path: path('fresh'), before: null, after }]])).toEqual([]);
      expect(existsSync(path('fresh'))).toBe(after !== null);
    }
    await run.complete();
    expect(await undo(store, root)).toBeUndefined();
  });

  it('does not take the place of a file that somebody made meanwhile', async () => {
    folder.write({ 'project/fresh.ts': 'mine' });
    const run = await Run.begin(store, root, [fresh()]);
    expect(await run.write([fresh()])).toMatchObject([{ why: `${path('fresh')} was changed meanwhile, so it was not written.` }]);
    await run.complete();
    expect(texts()[0]).toBe('old a');
    expect(readFileSync(path('fresh'), 'utf8')).toBe('mine');
  });

  it('is removed after an interruption, unless somebody changed it', async () => {
    await interrupted([fresh()]);
    expect(await recover(store, root)).toMatchObject([{ restored: 2, left: [] }]);
    expect(existsSync(path('fresh'))).toBe(false);
    await interrupted([change('b'), [{ path: path('fresh'), before: null, after: 'fresh' }]]);
    folder.write({ 'project/fresh.ts': 'mine' });
    expect(await recover(store, root)).toMatchObject([{ restored: 1, left: [`${path('fresh')} was changed since, so it was left as it is.`] }]);
    expect(readFileSync(path('fresh'), 'utf8')).toBe('mine');
  });

  it('that somebody changed stays when the rest is undone, and one that somebody removed is no obstacle', async () => {
    await repair(fresh());
    folder.write({ 'project/fresh.ts': 'mine' });
    expect((await undo(store, root))?.refused).toEqual([`${path('fresh')} was changed since it was repaired, so it was not put back.`]);
    rmSync(path('fresh'));
    expect((await undo(store, root))?.refused).toEqual([]);
    expect(texts()[0]).toBe('old a');
  });
});

async function repair(...sets: ChangeSet[]): Promise<void> {
  const run = await Run.begin(store, root, sets);
  expect(await run.write(sets)).toEqual([]);
  await run.complete();
}

/** A run that wrote everything, and whose process ended before the run did; or has not ended yet. */
async function interrupted(sets: ChangeSet[], by?: ChildProcess): Promise<void> {
  const run = await Run.begin(store, root, sets);
  await run.write(sets);
  if (!by) return;
  const record = await store.pending(root);
  await store.update({ ...record!, process: { id: by.pid!, host: hostname() } });
}

function change(...names: string[]): ChangeSet {
  return names.map((name) => ({ path: path(name), before: `old ${name}`, after: `new ${name}` }));
}

function path(name: string): string {
  return join(root, `${name}.ts`);
}

function texts(): string[] {
  return ['a', 'b', 'c'].map((name) => readFileSync(path(name), 'utf8'));
}
