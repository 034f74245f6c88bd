import { chmodSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { terminal } from '../../src/cli/console.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();
const isRoot = process.getuid?.() === 0;

describe('what was typed', () => {
  it.each<[string[], string]>([
    [['scan', 'nowhere'], 'Cannot read nowhere: no such file or folder.\n'],
    [['scan', ''], 'One of the named paths is empty.\n'],
    [['scan', 'a.ts/b.ts'], 'Cannot read a.ts/b.ts: a part of the path is not a folder.\n'],
    [['scan', '--frobnicate'], "error: unknown option '--frobnicate'\n"],
    [['scan', '--format', 'xml'], "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are stylish, json, sarif, github, html, markdown.\n"],
    [['scan', '--rule', 'no-leak'], "error: option '--rule <id>' argument 'no-leak' is invalid. There is no such rule; the 13 rules are no-untracked-timer, no-timer-overwrite, no-stale-timer-entry, no-unbounded-collection, no-manual-only-release, no-uneven-delete, no-copy-only-trim, no-partial-exit-handler, no-forgotten-field, no-leaked-listener, no-mismatched-removal, no-orphaned-resource, require-release-in-finally.\n"],
    [['scan', '--max-warnings', 'x'], "error: option '--max-warnings <n>' argument 'x' is invalid. It must be a whole number.\n"],
    [['scan', '--output-file', 'no/where.json'], 'Cannot write no/where.json: no such file or folder.\n'],
    [['fix', '--codemod', 'x'], "error: option '--codemod <id>' argument 'x' is invalid. There is no such codemod; there are track-timers, clear-before-set, delete-on-fire, unify-cleanup, add-ttl-sweep, bound-collection, release-in-teardown.\n"],
    [['fix', '--ttl', '30'], "error: option '--ttl <time>' argument '30' is invalid. It must be a duration with a unit, as 30m or 90s.\n"],
    [['fix', '--limit', '0'], "error: option '--limit <n>' argument '0' is invalid. It must be at least 1.\n"],
    [['fix', '--check', '--write'], "error: option '--check' cannot be used with option '--write'\n"],
    [['explain', 'no-leak'], "error: command-argument value 'no-leak' is invalid for argument 'rule'. There is no such rule; the 13 rules are no-untracked-timer, no-timer-overwrite, no-stale-timer-entry, no-unbounded-collection, no-manual-only-release, no-uneven-delete, no-copy-only-trim, no-partial-exit-handler, no-forgotten-field, no-leaked-listener, no-mismatched-removal, no-orphaned-resource, require-release-in-finally.\n"],
    [['why', 'a.ts'], 'Where? Name a line, as in src/server.ts:42, not "a.ts".\n'],
    [['why', 'a.ts:99'], 'a.ts has only 8 lines.\n'],
    [['why', '.:1'], '. is a folder; name a file and a line, as in src/server.ts:42.\n'],
    [['frobnicate'], "error: unknown command 'frobnicate'\n"],
  ])('%j is refused in one sentence', async (args, sentence) => {
    folder.write({ 'a.ts': leakyClass() });
    expect(await leakproof(folder, ...args)).toEqual({ status: 2, stdout: '', stderr: sentence });
  });

  it.each([[true, ['error: There is no such rule; the rules are no-untracked-timer,', '  no-timer-overwrite, no-stale-timer-entry.', '  const code = \'that is indented stays as it is, however long it may be, since it may be copied\';', '']], [false, undefined]])('where a person reads it (%s), it is broken between words', (isTTY, lines) => {
    const note = `error: There is no such rule; the rules are no-untracked-timer, no-timer-overwrite, no-stale-timer-entry.\n  const code = 'that is indented stays as it is, however long it may be, since it may be copied';`;
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const before = process.stderr.isTTY;
    process.stderr.isTTY = isTTY;
    terminal.note(note);
    process.stderr.isTTY = before;
    const written = String(write.mock.calls.at(-1)?.[0]);
    write.mockRestore();
    expect(written.split('\n')).toEqual(lines ?? [...note.split('\n'), '']);
  });

  it('nothing at all gives the help', async () => {
    const { status, stderr } = await leakproof(folder);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: leakproof');
  });

  it.each([['--help'], ['scan', '--help'], ['merge', '--help'], ['fix', '--help'], ['matrix', '--help'], ['why', '--help'], ['init', '--help'], ['explain', '--help'], ['completion', '--help']])('%s %s fits a screen', async (...args) => {
    const { status, stdout } = await leakproof(folder, ...args);
    const lines = stdout.split('\n');
    expect(status).toBe(0);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThanOrEqual(25);
  });
});

const unparsable: [string, string | Uint8Array, string][] = [
  ['a syntax error', 'let a = ;\n', 'bad.ts:1:9 cannot be parsed: unexpected token'],
  ['a binary', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0xff, 0xfe]), 'bad.ts is not text in UTF-8, but binary or in another encoding'],
  ['UTF-16', Buffer.from('\uFEFFlet a;', 'utf16le'), 'bad.ts is not text in UTF-8, but binary or in another encoding'],
  ['Latin-1', Buffer.from('// caf\xE9\nlet a;\n', 'latin1'), 'bad.ts is not valid UTF-8'],
  ['endless nesting', `x = ${'[\n'.repeat(50_000)}${']'.repeat(50_000)};\n`, 'bad.ts:1:1 cannot be parsed: it is nested too deeply'],
  ['an endless sum', `x = ${"'a' +\n".repeat(5_000)}'';\n`, 'bad.ts:1:1 cannot be parsed: it is nested too deeply'],
];

describe.each(unparsable)('%s', (_name, content, sentence) => {
  it('is named and skipped', async () => {
    folder.write({ 'bad.ts': content, 'good.ts': leakyClass() });
    const { status, stdout, stderr } = await leakproof(folder, 'scan');
    expect(stderr).toContain(`Warning: ${sentence}`);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toContain('in 1 file, 1 file skipped.\n');
    expect(status).toBe(1);
    expect(await scanJson(folder)).toMatchObject({ files: 1, skipped: [{ file: 'bad.ts' }], findings: [{ file: 'good.ts' }] });
  });

  it('is an error if nothing else was read', async () => {
    folder.write({ 'bad.ts': content });
    expect(await leakproof(folder, 'scan', 'bad.ts')).toMatchObject({ status: 2, stdout: '' });
  });

  it('is never written, and `fix` says so', async () => {
    folder.write({ 'bad.ts': content });
    expect((await leakproof(folder, 'fix', '--write', 'bad.ts')).status).toBe(2);
    expect(folder.read('bad.ts')).toBe(Buffer.from(content).toString('utf8'));
  });
});

describe('odd files', () => {
  it('an empty file is fine', async () => {
    folder.write({ 'a.ts': '', 'b.ts': '\uFEFF' });
    expect(await scanJson(folder)).toMatchObject({ files: 2, findings: [], skipped: [] });
  });

  it('other kinds of files are refused when named', async () => {
    folder.write({ 'a.md': '# a', 'a.vue': '<script></script>' });
    expect(await leakproof(folder, 'scan', 'a.md')).toMatchObject({ status: 2, stderr: 'Warning: a.md is neither JavaScript nor TypeScript; it was skipped.\n' });
    expect((await leakproof(folder, 'scan', 'a.vue')).status).toBe(2);
  });

  it('files with embedded scripts are counted', async () => {
    folder.write({ 'a.vue': '', 'b.svelte': '', 'c.ts': CLEAN });
    expect(await leakproof(folder, 'scan')).toMatchObject({ status: 0, stderr: 'Warning: 2 .vue or .svelte files were skipped, for their scripts cannot be read yet.\n' });
  });

  it('a folder without sources is fine, and said', async () => {
    expect(await leakproof(folder, 'scan')).toMatchObject({ status: 0, stderr: 'No JavaScript or TypeScript to judge in this folder (tests and generated files only count when named).\n' });
  });

  it('a generated file of 5 MB is left out, and judged when named', { timeout: 120_000 }, async () => {
    const row = '  { id: 1, name: "a", children: [1, 2, 3], at: new Date(0) },\n';
    folder.write({ 'data.ts': `// @generated\nexport const rows = [\n${row.repeat(5_000_000 / row.length)}];\n` });
    expect((await scanJson(folder)).files).toBe(0);
    expect(await scanJson(folder, 'data.ts')).toMatchObject({ files: 1, findings: [], skipped: [] });
  });

  it.skipIf(isRoot)('an unreadable file is named and skipped (skipped as root, whom permissions do not stop)', async () => {
    folder.write({ 'a.ts': leakyClass() });
    chmodSync(`${folder.path}/a.ts`, 0o000);
    expect(await leakproof(folder, 'scan')).toMatchObject({ status: 2, stderr: 'Warning: a.ts cannot be read: permission denied; it was skipped.\n' });
  });
});
