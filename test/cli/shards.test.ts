import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson, type Run } from './leakproof.js';

const folder = temporaryFolder();

/** Of the three registries one is emptied by another file, one by nobody, and one by a function that nobody calls. */
const PROJECT = {
  'package.json': '{ "private": true }',
  'leakproof.json': '{}',
  'src/sessions.js': 'export const sessions = new Map();\nexport function openSession(sessionId, socket) {\n  sessions.set(sessionId, socket);\n}\n',
  'src/rooms.js': 'export const rooms = new Map();\nexport function openRoom(roomId, socket) {\n  rooms.set(roomId, socket);\n}\n',
  'src/games.js': 'export const games = new Map();\nexport function openGame(gameId, socket) {\n  games.set(gameId, socket);\n}\nexport function removeGame(gameId) {\n  games.delete(gameId);\n}\n',
  'src/opens.js':
    "import { openSession } from './sessions.js';\nimport { openRoom } from './rooms.js';\nimport { openGame } from './games.js';\n" +
    "globalThis.socket.on('hello', (message) => {\n  openSession(message.sessionId, globalThis.socket);\n  openRoom(message.roomId, globalThis.socket);\n  openGame(message.gameId, globalThis.socket);\n});\n",
  'src/closes.js': "import { sessions } from './sessions.js';\nglobalThis.socket.on('close', (sessionId) => sessions.delete(sessionId));\n",
  'src/clock.js': 'export class Clock {\n  start() {\n    this.beat = setInterval(() => this.send(), 1000);\n  }\n  send() {}\n  stop() {}\n}\n',
  'src/broken.js': 'export const = ;\n',
};

beforeEach(() => {
  folder.write(PROJECT);
});

const at = (name: string): string => join(folder.path, name);

async function writeShards(count: number, ...paths: string[]): Promise<string[]> {
  const names = Array.from({ length: count }, (_, before) => `part-${before + 1}.json`);
  for (const [before, name] of names.entries()) {
    expect(await leakproof(folder, 'scan', ...paths, '--shard', `${before + 1}/${count}`, '--output-file', name)).toEqual({ status: 0, stdout: '', stderr: '' });
  }
  return names;
}

/** A report without the time it took. */
function reportOf({ stdout }: Run): object {
  const { durationMs: _durationMs, ...report } = JSON.parse(stdout) as { durationMs: number };
  return report;
}

/** One sentence on stderr, nothing else, and exit code 2. */
async function complaint(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await leakproof(folder, 'merge', ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr.trimEnd();
}

describe('the parts of a scan, put together', () => {
  it.each([1, 2, 3, 20])('report what one scan reports, for %d parts', async (count) => {
    const whole = await leakproof(folder, 'scan', '--format', 'json', '--confidence', 'likely', '--no-cache');
    const merged = await leakproof(folder, 'merge', ...(await writeShards(count)), '--format', 'json', '--confidence', 'likely');
    expect(reportOf(merged)).toEqual(reportOf(whole));
    expect(merged).toMatchObject({ status: whole.status, stderr: whole.stderr });
    expect(reportOf(merged)).toMatchObject({ skipped: [{ file: 'src/broken.js' }] });
  });

  it('find what only several files tell', async () => {
    const merged = await leakproof(folder, 'merge', ...(await writeShards(3)), '--format', 'json', '--confidence', 'likely');
    const { findings } = JSON.parse(merged.stdout) as { findings: { symbol: string }[] };
    expect(findings.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['beat', 'games', 'rooms']));
    expect(findings.map(({ symbol }) => symbol)).not.toContain('sessions');
  });

  it('are of the paths that were named, and of no others', async () => {
    const merged = await leakproof(folder, 'merge', ...(await writeShards(2, 'src/rooms.js')), '--format', 'json', '--confidence', 'likely');
    expect(reportOf(merged)).toEqual(reportOf(await leakproof(folder, 'scan', 'src/rooms.js', '--format', 'json', '--confidence', 'likely')));
    expect(reportOf(merged)).toMatchObject({ files: 1 });
  });

  it('take the options of a report', async () => {
    const parts = await writeShards(2);
    await scanJson(folder, '--update-baseline', '--confidence', 'likely');
    const merged = await leakproof(folder, 'merge', ...parts, '--baseline', 'leakproof-baseline.json', '--confidence', 'likely');
    expect(merged.status).toBe(0);
    expect(await leakproof(folder, 'merge', ...parts, '--rule', 'no-untracked-timer', '--format', 'github')).toMatchObject({ status: 1, stdout: expect.stringContaining('beat') as string });
  });

  it('may come in any order', async () => {
    const parts = await writeShards(3);
    expect(reportOf(await leakproof(folder, 'merge', ...parts.reverse(), '--format', 'json'))).toEqual(reportOf(await leakproof(folder, 'scan', '--format', 'json')));
  });
});

describe('a part of a scan', () => {
  it('is the same each time, and goes to stdout if no file is named', async () => {
    const [name = ''] = await writeShards(2);
    expect((await leakproof(folder, 'scan', '--no-cache', '--shard', '1/2')).stdout).toBe(readFileSync(at(name), 'utf8'));
  });

  it.each(['0/2', '3/2', '1', 'a/b', '1/0', '-1/2'])('has a number; %s is none', async (number) => {
    expect(await leakproof(folder, 'scan', '--shard', number)).toMatchObject({ status: 2, stdout: '' });
  });

  it.each(['--staged', '--changed', '--update-baseline'])('does not go with %s', async (option) => {
    expect(await leakproof(folder, 'scan', '--shard', '1/2', option)).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('merge complains', () => {
  it('of a missing part', async () => {
    const [first = '', , third = ''] = await writeShards(3);
    expect(await complaint(first, third)).toBe('Part 2 of 3 is missing.');
  });

  it('of a part that is there twice', async () => {
    const [first = '', second = ''] = await writeShards(2);
    expect(await complaint(first, second, first)).toBe(`${first} and ${first} are both part 1 of 2.`);
  });

  it('of parts of different scans', async () => {
    const [first = ''] = await writeShards(2);
    await leakproof(folder, 'scan', '--shard', '2/3', '--output-file', 'other.json');
    expect(await complaint(first, 'other.json')).toContain('parts of different scans');
    await leakproof(folder, 'scan', 'src', '--shard', '2/2', '--output-file', 'other.json');
    expect(await complaint(first, 'other.json')).toContain('parts of different scans');
  });

  it('of a part of another version', async () => {
    const [first = '', second = ''] = await writeShards(2);
    writeFileSync(at(second), readFileSync(at(second), 'utf8').replace(/"leakproof":"[^"]*"/, '"leakproof":"0.0.1"'));
    expect(await complaint(first, second)).toContain('was made by version 0.0.1');
  });

  it('of a part with other settings, and of settings that have changed since', async () => {
    const [first = '', second = ''] = await writeShards(2);
    folder.write({ 'leakproof.json': '{ "cleanupFunctions": ["bye"] }' });
    expect(await complaint(first, second)).toContain('other settings');
    await leakproof(folder, 'scan', '--shard', '2/2', '--output-file', second);
    expect(await complaint(first, second)).toBe(`${second} was made with other settings than ${first}.`);
  });

  it('of a part that was changed, cut off, is something else, or is not there', async () => {
    const [first = '', second = ''] = await writeShards(2);
    const text = readFileSync(at(second), 'utf8');
    writeFileSync(at(second), text.replace('"src/', '"lib/'));
    expect(await complaint(first, second)).toBe(`${second} was changed after it was written.`);
    writeFileSync(at(second), text.slice(0, -20));
    expect(await complaint(first, second)).toContain('is not a part of a scan');
    expect(await complaint(first, 'package.json')).toContain('package.json is not a part of a scan');
    expect(await complaint(first, 'absent.json')).toContain('Cannot read absent.json');
  });

  it('of sources that are not as they were read', async () => {
    const parts = await writeShards(2);
    folder.write({ 'src/clock.js': 'export const clock = 1;\n' });
    expect(await complaint(...parts)).toContain('src/clock.js has changed since it was read');
    folder.write({ 'src/clock.js': PROJECT['src/clock.js'], 'src/new.js': 'export {};\n' });
    expect(await complaint(...parts)).toContain('src/new.js is in none of the parts');
    rmSync(at('src/new.js'));
    rmSync(at('src/clock.js'));
    expect(await complaint(...parts)).toContain('src/clock.js is not here');
  });
});
