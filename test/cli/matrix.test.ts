import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MatrixReport } from '../../src/cli/matrix/report.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { CLEAN } from './samples.js';

const folder = temporaryFolder();

/** A class that keeps two things for each session, and ends a session in two ways. */
const HUB = `export class Hub {
  private readonly sessions = new Map<string, Pty>();
  private readonly titles = new Map<string, string>();
  open(id: string, pty: Pty) {
    this.sessions.set(id, pty);
    this.titles.set(id, 'shell');
    pty.on('exit', () => this.titles.delete(id));
  }
  closeSession(id: string) {
    this.sessions.delete(id);
    this.titles.delete(id);
  }
}
`;
const PAGE = 'docs/life-cycle.md';

describe('matrix', () => {
  it('shows what is kept against what lets go of it', async () => {
    folder.write({ 'src/hub.ts': HUB });
    const { status, stdout, stderr } = await leakproof(folder, 'matrix', 'src');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^src\/hub\.ts\n\nHub\n/);
    expect(stdout).toMatch(/│ sessions \(Map\) │ skipped +│ released +│/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('is data on request', async () => {
    folder.write({ 'src/hub.ts': HUB, 'src/clean.ts': CLEAN });
    const report = JSON.parse((await leakproof(folder, 'matrix', '--format', 'json')).stdout) as MatrixReport;
    expect(report).toMatchObject({ version: '0.1.0', root: folder.path, files: 2, skipped: [] });
    expect(report.matrices.map(({ file, owner }) => [file, owner])).toEqual([['src/clean.ts', 'Poller'], ['src/hub.ts', 'Hub']]);
    expect(report.matrices[1]).toMatchObject({
      line: 1,
      columns: [{ name: 'on exit', how: 'event', line: 7 }, { name: 'closeSession()', how: 'teardown', line: 9 }],
      rows: [{ name: 'sessions', kind: 'map', noun: 'Map', per: 'key', line: 2, release: 'ending', cells: [{ state: 'skipped', line: 7 }, { state: 'released', line: 10 }] }, { name: 'titles' }],
    });
  });

  it.each(['text', 'markdown', 'json', 'html'])('is the same each time, as %s, and names no folder of the machine', async (format) => {
    folder.write({ 'src/b.ts': HUB, 'src/a.ts': CLEAN });
    const first = await leakproof(folder, 'matrix', '--format', format);
    expect(await leakproof(folder, 'matrix', '--format', format)).toEqual(first);
    expect(first.stdout.replace(`"root": ${JSON.stringify(folder.path)}`, '')).not.toContain(folder.path);
  });

  it('writes a page for a browser to a file', async () => {
    folder.write({ 'src/hub.ts': HUB });
    expect(await leakproof(folder, 'matrix', '--format', 'html', '--output-file', 'matrix.html')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(folder.read('matrix.html')).toContain('private readonly sessions = new Map&lt;string, Pty&gt;();');
  });

  it('says so where nothing is kept', async () => {
    folder.write({ 'a.ts': 'export const answer = 42;\n' });
    expect(await leakproof(folder, 'matrix')).toEqual({ status: 0, stdout: '', stderr: 'Nothing is kept there that has to be let go of.\n' });
    expect(JSON.parse((await leakproof(folder, 'matrix', '--format', 'json')).stdout)).toMatchObject({ matrices: [] });
  });

  it('says so where there is nothing to read', async () => {
    const { status, stdout, stderr } = await leakproof(folder, 'matrix');
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^No JavaScript or TypeScript to judge/);
  });

  it.each([
    [['matrix', '--format', 'xml'], /xml.*text, markdown, json, html/s],
    [['matrix', 'none.ts'], /^Cannot read none\.ts: .+\.\n$/],
    [['matrix', '--check', 'none.md'], /^Cannot read none\.md: .+\.\n$/],
    [['matrix', 'a.ts', '--output-file', 'no/where.md'], /^Cannot write no\/where\.md: .+\.\n$/],
    [['matrix', 'broken.ts'], /broken\.ts:1:\d+ cannot be parsed/],
  ])('could not run: %j', async (args, message) => {
    folder.write({ 'a.ts': HUB, 'broken.ts': 'class {' });
    const { status, stdout, stderr } = await leakproof(folder, ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('the README', () => {
  it('shows what the command prints', async () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const { stdout } = await leakproof({ path: root }, 'matrix', 'test/cases/d-terminal-server/before.ts');
    expect(stdout).not.toBe('');
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(stdout);
  });
});

describe('matrix --check', () => {
  const commit = async (code: string): Promise<void> => {
    folder.write({ 'src/hub.ts': code, 'docs/.keep': '' });
    expect((await leakproof(folder, 'matrix', 'src', '--format', 'markdown', '--output-file', PAGE)).status).toBe(0);
  };

  it('is content with a page that is up to date', async () => {
    await commit(HUB);
    expect(await leakproof(folder, 'matrix', 'src', '--check', PAGE)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('does not mind lines that move', async () => {
    await commit(HUB);
    folder.write({ 'src/hub.ts': `// A comment.\n\n${HUB}` });
    expect((await leakproof(folder, 'matrix', 'src', '--check', PAGE)).status).toBe(0);
  });

  it('fails for new state without a release, names it first, and tells how to update the page', async () => {
    await commit(HUB);
    folder.write({ 'src/hub.ts': HUB.replace('  open(', '  private readonly marks = new Map<string, number>();\n  open(').replace("'shell');", "'shell');\n    this.marks.set(id, 1);").replace('    this.titles.delete(id);\n  }', '  }') });
    const { status, stdout, stderr } = await leakproof(folder, 'matrix', 'src', '--check', PAGE);
    expect(status).toBe(1);
    const [head, first, second] = stdout.split('\n');
    expect(head).toBe('docs/life-cycle.md is out of date:');
    expect(first).toBe('  - `marks` of `Hub` in `src/hub.ts` is new and has no release.');
    expect(second).toContain('`titles` of `Hub`');
    expect(stderr).toContain('leakproof matrix src --format markdown --output-file docs/life-cycle.md');
  });

  it('fails for a page that another tool has made', async () => {
    folder.write({ 'src/hub.ts': HUB, [PAGE]: '# Notes\n' });
    const { status, stdout } = await leakproof(folder, 'matrix', 'src', '--check', PAGE);
    expect(status).toBe(1);
    expect(stdout).toContain('It is no page of the matrix.');
  });
});
