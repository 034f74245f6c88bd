import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAIN } from '../cli/leakproof.js';
import { leakyClass } from '../cli/samples.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();
/** Of the small disk; a page is the least that a file takes. */
const SIZE_KB = 256;

const disk = (): string => join(folder.path, 'disk');

/** A small disk of its own needs the right to mount one. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0 && canMount();

function canMount(): boolean {
  const { status } = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
  return status === 0;
}

/** Leaves so many bytes free. */
function fillUpTo(free: number): void {
  const { bavail, bsize } = statfsSync(disk());
  writeFileSync(join(disk(), 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - free)));
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: join(disk(), 'project'), encoding: 'utf8', env: { ...process.env, XDG_DATA_HOME: join(disk(), 'data'), LEAKPROOF_CACHE_DIR: join(disk(), 'cache') } });
}

const names = ['a.ts', 'b.ts', 'c.ts', 'd.ts'];
const texts = (): string[] => names.map((name) => readFileSync(join(disk(), 'project', name), 'utf8'));

describe.skipIf(!mayMount)('a disk that is full (skipped where none can be mounted)', () => {
  beforeEach(() => {
    mkdirSync(disk());
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_KB}k`, 'tmpfs', disk()]).status).toBe(0);
    mkdirSync(join(disk(), 'project'));
    for (const name of names) writeFileSync(join(disk(), 'project', name), leakyClass(name.slice(0, 1).toUpperCase()));
  });
  afterEach(() => { spawnSync('umount', [disk()]); });

  it('keeps no cache, and the scan is as good', () => {
    fillUpTo(0);
    const { status, stdout } = run('scan', '--format', 'json');
    expect(status).toBe(1);
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(names.length);
    expect(run('scan', '--format', 'json', '--output-file', 'report.json')).toMatchObject({ status: 2, stderr: 'Cannot write report.json: no space left.\n' });
  });

  it.each([0, 4096, 8192, 16_384, 24_576, 32_768, 49_152])('with %i bytes left, each file is old or whole, and what was told is so', (free) => {
    fillUpTo(free);
    const { status, stderr } = run('fix', '--write');
    expect(stderr).not.toMatch(/internal error|at .+:\d+:\d+/i);
    const repaired = texts().filter((text, index) => text !== leakyClass(names[index]?.slice(0, 1).toUpperCase()));
    for (const text of repaired) expect(text).toMatch(/clearInterval[^]*\}\n$/);
    expect(status).toBe(repaired.length === names.length ? 0 : 2);
    // Where there is room again, the next run finishes or puts back, and leaves nothing behind.
    writeFileSync(join(disk(), 'ballast'), '');
    expect(run('fix', '--write').status).toBe(0);
    for (const text of texts()) expect(text).toMatch(/clearInterval[^]*\}\n$/);
    expect(readdirSync(join(disk(), 'project')).sort()).toEqual(names);
  });
});
