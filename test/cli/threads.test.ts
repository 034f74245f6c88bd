import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordedFinding } from '../../src/cli/file-record.js';
import { ProjectRecords } from '../../src/cli/project-records.js';
import { hereOnly } from '../../src/cli/readers.js';
import type { Report } from '../../src/cli/report.js';
import { findTargets } from '../../src/cli/targets.js';
import { DISK, type Files } from '../../src/project/files.js';
import { NO_SETTINGS } from '../../src/project/settings.js';
import { storeFor } from '../../src/project/stored-records.js';
import { temporaryFolder } from '../support/folder.js';
import { installed, leakproof, MAIN, type Run } from './leakproof.js';

const folder = temporaryFolder();

const leaky = (name: string): string => `export class ${name} {\n  start() {\n    this.beat = setInterval(() => this.send(), 1000);\n  }\n  send() {}\n}\n`;
/** Below and above what a thread may be given; the last two take a process down. */
const DEEP = Object.fromEntries(
  [1500, 1990, 2500, 40_000].flatMap((depth) => [
    [`src/sum-${depth}.js`, `export const sum = ${'1 +\n'.repeat(depth)}1;\n`],
    [`src/list-${depth}.js`, `export const list = ${'[\n'.repeat(depth / 4)}${']\n'.repeat(depth / 4)};\n`],
    [`src/chain-${depth}.js`, `export const chain = start${'\n  .a()'.repeat(depth / 3)};\n`],
    [`src/ladder-${depth}.js`, `export function ladder(a) {\n${'if (a) a(); else\n'.repeat(depth)} a();\n}\n`],
  ]),
);

beforeEach(() => {
  folder.write({
    'package.json': '{ "private": true }',
    ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/clock-${index}.js`, leaky(`Clock${index}`)])),
    'src/rooms.js': 'export const rooms = new Map();\nexport function openRoom(roomId, socket) {\n  rooms.set(roomId, socket);\n}\n',
    'src/opens.js': "import { openRoom } from './rooms.js';\nglobalThis.socket.on('hello', ({ roomId }) => openRoom(roomId, globalThis.socket));\n",
    'src/broken.js': 'export const = ;\n',
  });
});

function scan(...args: string[]): Run {
  const { stdout, ...run } = installed(folder, 'scan', '--no-cache', '--confidence', 'likely', '--format', 'json', ...args);
  return { ...run, stdout: stdout.replace(/"durationMs": ?\d+/, '') };
}

describe('scan --threads', () => {
  it('tells of each file when it is done, in one thread, too', async () => {
    const events: string[] = [];
    const files: Files = { ...DISK, read: (path) => (path.endsWith('.js') && events.push('read'), DISK.read(path)) };
    const store = storeFor<RecordedFinding>(folder.path, NO_SETTINGS, false);
    const [target] = findTargets([], folder.path);
    await ProjectRecords.read(target as NonNullable<typeof target>, files, store, hereOnly(), (done) => events.push(`${done} done`));
    expect(events.lastIndexOf('read')).toBeGreaterThan(events.indexOf('10 done'));
  });

  it('reports the same, byte for byte, however many there are', () => {
    const alone = scan('--threads', '1');
    expect(alone).toMatchObject({ status: 1, stderr: expect.stringContaining('src/broken.js') as string });
    expect(JSON.parse(alone.stdout.replace(/,\s*\}\s*$/, '}'))).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ symbol: 'rooms' })]) as object });
    for (const threads of ['2', '3', '5']) expect(scan('--threads', threads)).toEqual(alone);
    expect(scan()).toEqual(alone);
  });

  it('reports the same of files that are nested as deeply as a stack allows, or deeper', () => {
    folder.write(DEEP);
    const alone = scan('--threads', '1');
    expect(alone.stderr).toContain('nested too deeply');
    expect(scan('--threads', '2')).toEqual(alone);
  }, 60_000);

  it('names the file at which a thread died, reads all others, and tries again the next time', () => {
    folder.write({ 'src/fatal.js': leaky('Fatal') });
    const cache = join(folder.path, '.cache');
    const run = (nodeOptions: string): { status: number | null; stderr: string; symbols: string[] } => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'scan', '--threads', '2', '--confidence', 'likely', '--format', 'json'], { cwd: folder.path, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: nodeOptions, LEAKPROOF_CACHE_DIR: cache } });
      const { findings } = JSON.parse(stdout) as Report;
      return { status, stderr, symbols: findings.map(({ owner, symbol }) => `${owner}.${symbol}`) };
    };
    const dying = run(`--require ${JSON.stringify(fileURLToPath(new URL('dying-thread.cjs', import.meta.url)))}`);
    expect(dying.stderr).toMatch(/src\/fatal\.js cannot be judged: the thread that read it died/);
    expect(dying.stderr).not.toMatch(/\n\s+at /);
    expect(dying.status).toBe(1);
    const well = run('');
    expect(well.stderr).not.toContain('fatal.js');
    expect(well.symbols.filter((symbol) => symbol !== 'Fatal.beat')).toEqual(dying.symbols);
    expect(well.symbols).toHaveLength(dying.symbols.length + 1);
  }, 60_000);

  it('judges what is staged, which the threads do not find on the disk', () => {
    for (const args of [['init', '--quiet'], ['add', '--all']]) spawnSync('git', args, { cwd: folder.path });
    rmSync(join(folder.path, 'src'), { recursive: true });
    const alone = scan('--staged', '--threads', '1');
    expect(alone.stdout).toContain('"beat"');
    expect(scan('--staged', '--threads', '2')).toEqual(alone);
  });

  it.each(['0', '-1', 'many', '1.5'])('takes a whole number of at least 1, and not %s', async (threads) => {
    expect(await leakproof(folder, 'scan', '--threads', threads)).toMatchObject({ status: 2, stdout: '' });
  });
});
