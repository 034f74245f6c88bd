import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, MAIN, scanJson } from './leakproof.js';

const folder = temporaryFolder();
const caches = temporaryFolder();

const outer = process.env['LEAKPROOF_CACHE_DIR'];
beforeEach(() => {
  process.env['LEAKPROOF_CACHE_DIR'] = caches.path;
  folder.write({ 'package.json': '{ "private": true }', 'src/clock.js': LEAKY, 'src/one.js': 'export const one = 1;\n', 'src/broken.js': 'export const = ;\n' });
});
afterEach(() => {
  process.env['LEAKPROOF_CACHE_DIR'] = outer;
});

const LEAKY = 'export class Clock {\n  start() {\n    this.beat = setInterval(() => this.send(), 1000);\n  }\n  send() {}\n  stop() {}\n}\n';
const MENDED = LEAKY.replace('  send() {}', '  stop() {\n    clearInterval(this.beat);\n  }\n  send() {}');

async function scan(...args: string[]): Promise<object> {
  const { durationMs: _durationMs, ...report } = await scanJson(folder, ...args);
  return report;
}

function stores(): string[] {
  return readdirSync(caches.path).map((name) => join(caches.path, name));
}

function theStore(): string {
  const [path, ...others] = stores();
  if (path === undefined || others.length > 0) throw new Error('not one store');
  return path;
}

describe('what a scan found out is kept', () => {
  it('and gives the same report again', async () => {
    const cold = await scan('--no-cache');
    expect(stores()).toEqual([]);
    expect(await scan()).toEqual(cold);
    expect(await scan()).toEqual(cold);
    expect(cold).toMatchObject({ findings: [{ file: 'src/clock.js' }], skipped: [{ file: 'src/broken.js' }] });
  });

  it('and is really used', async () => {
    await scan();
    const [seal = '', body = ''] = readFileSync(theStore(), 'utf8').split('\n');
    const other = body.replaceAll('"beat"', '"told"');
    const hash = createHash('sha256').update(other).digest('hex').slice(0, 32);
    writeFileSync(theStore(), `${seal.split(' ')[0]} ${hash}\n${other}`);
    expect(await scan()).toMatchObject({ findings: [{ symbol: 'told' }] });
    expect(await scan('--no-cache')).toMatchObject({ findings: [{ symbol: 'beat' }] });
  });

  it('whatever part of it is asked for', async () => {
    await scan('--rule', 'no-uneven-delete');
    expect(await scan()).toMatchObject({ findings: [{ symbol: 'beat' }] });
    expect(await scan('src/one.js')).toMatchObject({ findings: [] });
  });

  it('until the text changes', async () => {
    await scan();
    folder.write({ 'src/clock.js': MENDED });
    expect(await scan('--confidence', 'certain')).toEqual(await scan('--no-cache', '--confidence', 'certain'));
    folder.write({ 'src/clock.js': LEAKY });
    expect(await scan()).toEqual(await scan('--no-cache'));
  });

  it('until the settings of the analysis change', async () => {
    folder.write({ 'src/own.js': 'export function begin(run) {\n  ticker.begin(run);\n}\nexport class Own {\n  open() {\n    this.tick = ticker.begin(() => this.open());\n  }\n}\n' });
    const without = await scan('--confidence', 'likely');
    folder.write({ 'leakproof.json': '{ "timers": [{ "id": "interval", "acquire": ["ticker.begin"], "release": ["ticker.end"] }] }' });
    const with_ = await scan('--confidence', 'likely');
    expect(with_).not.toEqual(without);
    expect(with_).toEqual(await scan('--confidence', 'likely', '--no-cache'));
  });

  it('for other commands, too', async () => {
    const cold = await leakproof(folder, 'why', 'src/clock.js:3');
    expect(await leakproof(folder, 'why', 'src/clock.js:3')).toEqual(cold);
  });
});

describe('a store that is not whole is as good as none', () => {
  it.each<[string, (text: string) => string]>([
    ['empty', () => ''],
    ['cut off', (text) => text.slice(0, text.length / 2)],
    ['no text', () => '\0\u{1F600}'],
    ['changed in one place', (text) => text.replace('"beat"', '"seat"')],
    ['of another version', (text) => text.replace(/^\w+/, '0000')],
  ])('%s', async (_how, spoil) => {
    const cold = await scan('--no-cache');
    await scan();
    const whole = readFileSync(theStore(), 'utf8');
    writeFileSync(theStore(), spoil(whole));
    expect(await scan()).toEqual(cold);
    expect(readFileSync(theStore(), 'utf8')).toBe(whole);
  });

  it('but for the parts before the one that is broken', async () => {
    await scan();
    const first = readFileSync(theStore(), 'utf8');
    folder.write({ 'src/clock.js': MENDED });
    const mended = await scan();
    const both = readFileSync(theStore(), 'utf8');
    expect(both.startsWith(first)).toBe(true);
    expect(both.split('\n')).toHaveLength(4);
    writeFileSync(theStore(), both.slice(0, -10));
    expect(await scan()).toEqual(mended);
    expect(readFileSync(theStore(), 'utf8').split('\n')).toHaveLength(2);
  });

  it('a folder in its place', async () => {
    await scan();
    const path = theStore();
    rmSync(path);
    mkdirSync(path);
    expect(await scan()).toMatchObject({ findings: [{ symbol: 'beat' }] });
  });

  it('a cache folder that cannot be made', async () => {
    folder.write({ 'not-a-folder': '' });
    process.env['LEAKPROOF_CACHE_DIR'] = join(folder.path, 'not-a-folder', 'cache');
    expect(await scan()).toMatchObject({ findings: [{ symbol: 'beat' }] });
  });
});

describe('a cache does not grow for ever', () => {
  it('since contents that are gone make room', async () => {
    const sizes: number[] = [];
    for (let round = 0; round < 12; round++) {
      folder.write({ 'src/clock.js': `${LEAKY}// round ${10 + round}\n` });
      await scan();
      const parts = readFileSync(theStore(), 'utf8').split('\n').filter((_, index) => index % 2 === 1);
      sizes.push(parts.flatMap((part) => JSON.parse(part) as unknown[]).length);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * 3);
  });

  it('since stores of projects that nobody looks at are deleted', async () => {
    const month = 31 * 24 * 60 * 60 * 1000;
    caches.write({ 'forgotten.json': '', 'recent.json': '' });
    utimesSync(join(caches.path, 'forgotten.json'), new Date(Date.now() - month), new Date(Date.now() - month));
    await scan();
    expect(readdirSync(caches.path)).toContain('recent.json');
    expect(readdirSync(caches.path)).not.toContain('forgotten.json');
  });
});

it('two scans at once do each other no harm', async () => {
  const run = (): Promise<string> => new Promise((resolve) => { execFile(process.execPath, [MAIN, 'scan', '--format', 'json'], { cwd: folder.path }, (_error, stdout) => { resolve(stdout); }); });
  const reports = (await Promise.all([run(), run(), run()])).map((text) => ({ ...(JSON.parse(text) as object), durationMs: 0 }));
  expect(reports[1]).toEqual(reports[0]);
  expect(reports[2]).toEqual(reports[0]);
  expect(readdirSync(caches.path)).toHaveLength(1);
});

it.each(['scan', 'fix', 'matrix'])('%s --no-cache keeps nothing, and says what it says with a cache', async (command) => {
  const without = await leakproof(folder, command, '--no-cache', 'src/clock.js');
  expect(stores()).toEqual([]);
  expect(await leakproof(folder, command, 'src/clock.js')).toEqual(without);
  expect(stores()).toHaveLength(1);
});
