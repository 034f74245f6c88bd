import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, scanJson } from './leakproof.js';

const folder = temporaryFolder();

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', '-c', 'core.autocrlf=false'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder.path, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function commit(files: Readonly<Record<string, string>>): void {
  folder.write(files);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'A state');
}

/** What is reported, as `keeper.js beat`. */
async function reported(...args: string[]): Promise<string[]> {
  const { findings } = await scanJson(folder, ...args);
  return findings.map(({ file, symbol }) => `${file} ${symbol}`);
}

const MANIFEST = '{ "private": true }';
/** A module that keeps an entry per session, and lets go of none by itself. */
const REGISTRY = `
export const sessions = new Map();
export function openSession(sessionId, socket) {
  sessions.set(sessionId, socket);
}
`;
const OPENS = `
import { openSession } from './registry.js';
globalThis.socket.on('hello', (message) => openSession(message.sessionId, globalThis.socket));
`;
const CLOSES = `
import { sessions } from './registry.js';
globalThis.socket.on('close', (sessionId) => sessions.delete(sessionId));
`;
const KEEPS_QUIET = `
import { sessions } from './registry.js';
globalThis.socket.on('close', (sessionId) => console.log(sessionId, sessions.size));
`;
const HEALTHY = { 'package.json': MANIFEST, 'registry.js': REGISTRY, 'opens.js': OPENS, 'closes.js': CLOSES };
/** A leak that one file decides. */
const leaky = (name: string): string => `export class ${name} {\n  start() {\n    this.beat = setInterval(() => this.send(), 1000);\n  }\n  send() {}\n  stop() {}\n}\n`;

beforeEach(() => {
  git('init', '--quiet', '--initial-branch', 'main');
});

describe.each([
  ['--staged', () => { git('add', '--all'); }],
  ['--changed', () => undefined],
])('scan %s', (option, stage) => {
  it('reports nothing where nothing has changed, whatever leaks', async () => {
    commit({ 'old.js': leaky('Old') });
    const { findings, files, skipped } = await scanJson(folder, option);
    expect({ findings, files, skipped }).toEqual({ findings: [], files: 0, skipped: [] });
    expect((await leakproof(folder, 'scan', option)).status).toBe(0);
  });

  it('reports what leaks in a changed file, and not in another', async () => {
    commit({ 'old.js': leaky('Old'), 'new.js': 'export const one = 1;\n' });
    folder.write({ 'new.js': leaky('New') });
    stage();
    expect(await reported(option)).toEqual(['new.js beat']);
  });

  it('reports in an unchanged file what a change in another one broke', async () => {
    commit(HEALTHY);
    expect(await reported()).toEqual([]);
    folder.write({ 'closes.js': KEEPS_QUIET });
    stage();
    expect(await reported(option)).toEqual(['registry.js sessions']);
  });

  it('reports in an unchanged file what the removal of another one broke', async () => {
    commit(HEALTHY);
    rmSync(join(folder.path, 'closes.js'));
    stage();
    expect(await reported(option)).toEqual(['registry.js sessions']);
  });

  it('reports in an unchanged file what is broken by a function named as what tells a line', async () => {
    const owner = "import { line } from './line.js';\nconst sessions = new Map();\nglobalThis.socket.on('hello', ({ sessionId }) => { sessions.set(sessionId, globalThis.socket); line(sessionId); });\n";
    commit({ 'package.json': MANIFEST, 'registry.js': `${REGISTRY}export function line(sessionId) {\n  sessions.delete(sessionId);\n}\n`, 'opens.js': OPENS, 'closes.js': "import { line } from './registry.js';\nglobalThis.socket.on('close', (sessionId) => line(sessionId));\n", 'owner.js': owner, 'line.js': 'export function line() {}\n' });
    expect((await reported()).filter((one) => one.startsWith('registry'))).toEqual([]);
    folder.write({ 'closes.js': "import { line } from './registry.js';\nglobalThis.socket.on('close', (sessionId) => console.log(line.name, sessionId));\n" });
    stage();
    expect(await reported(option)).toContain('registry.js sessions');
  });

  it('counts what it does not ask again, since nothing that others see has changed', async () => {
    commit({ ...HEALTHY, 'leak.js': leaky('Old') });
    folder.write({ 'closes.js': `\n${CLOSES}` });
    stage();
    const { findings, files } = await scanJson(folder, option);
    expect({ findings, files }).toEqual({ findings: [], files: 4 });
    folder.write({ 'closes.js': `${CLOSES}globalThis.other = 1;\n`, 'opens.js': leaky('New') });
    stage();
    expect(await reported(option)).toEqual(['opens.js beat']);
  });

  it('does not report in an unchanged file what was there before', async () => {
    commit({ ...HEALTHY, 'closes.js': KEEPS_QUIET });
    folder.write({ 'closes.js': `${KEEPS_QUIET}// changed\n` });
    stage();
    expect(await reported()).toEqual(['registry.js sessions']);
    expect(await reported(option)).toEqual([]);
  });

  it('counts a renamed file as changed, under its new name', async () => {
    commit({ 'old.js': leaky('Old'), 'other.js': leaky('Other') });
    renameSync(join(folder.path, 'old.js'), join(folder.path, 'new.js'));
    stage();
    expect(await reported(option)).toEqual(['new.js beat']);
  });

  it('follows a moved release, which is no change for what it releases', async () => {
    commit(HEALTHY);
    renameSync(join(folder.path, 'closes.js'), join(folder.path, 'ends.js'));
    stage();
    expect(await reported(option)).toEqual([]);
  });

  it('reads names with spaces, quotes and letters beyond ASCII', async () => {
    commit({ 'package.json': MANIFEST });
    folder.write({ 'größe und "maß"/uhr ☕.js': leaky('New') });
    stage();
    expect(await reported(option)).toEqual(['größe und "maß"/uhr ☕.js beat']);
  });

  it('knows new files, and leaves out what git ignores and what is not below the named path', async () => {
    commit({ '.gitignore': 'out/\n', 'package.json': MANIFEST });
    folder.write({ 'src/a.js': leaky('A'), 'out/b.js': leaky('B'), 'lib/c.js': leaky('C') });
    stage();
    expect(await reported(option, 'src')).toEqual(['src/a.js beat']);
    expect(await reported(option)).toEqual(['lib/c.js beat', 'src/a.js beat']);
  });

  it('judges all where there is no commit yet', async () => {
    folder.write({ 'first.js': leaky('First') });
    stage();
    expect(await reported(option)).toEqual(['first.js beat']);
  });

  it('works in a folder below the top of the repository', async () => {
    commit({ 'package.json': MANIFEST, 'outer.js': leaky('Outer') });
    folder.write({ 'outer.js': `${leaky('Outer')}// changed\n`, 'app/inner.js': leaky('Inner') });
    stage();
    const { findings } = await scanJson({ path: join(folder.path, 'app') }, option);
    expect(findings.map(({ file }) => file)).toEqual(['inner.js']);
  });

  it('gives the same with a cache that knows all, and without one', async () => {
    commit(HEALTHY);
    folder.write({ 'closes.js': KEEPS_QUIET, 'new.js': leaky('New') });
    stage();
    const cold = await reported(option, '--no-cache');
    expect(cold).toEqual(['new.js beat', 'registry.js sessions']);
    await reported();
    expect(await reported(option)).toEqual(cold);
    expect(await reported(option)).toEqual(cold);
  });
});

describe('scan --staged', () => {
  it('reads what is staged, not what lies on the disk', async () => {
    commit({ 'a.js': 'export const one = 1;\n', 'b.js': 'export const two = 2;\n' });
    folder.write({ 'a.js': leaky('Staged') });
    git('add', 'a.js');
    folder.write({ 'a.js': 'export const one = 2;\n', 'b.js': leaky('Unstaged'), 'c.js': leaky('Untracked') });
    expect(await reported('--staged')).toEqual(['a.js beat']);
  });

  it('believes in a release only if it is staged', async () => {
    commit({ ...HEALTHY, 'opens.js': 'export const nothing = 1;\n' });
    folder.write({ 'closes.js': KEEPS_QUIET, 'opens.js': OPENS });
    git('add', '--all');
    folder.write({ 'closes.js': CLOSES });
    expect(await reported('--staged')).toEqual(['registry.js sessions']);
  });

  it('reads a staged file that is gone from the disk', async () => {
    commit({ 'package.json': MANIFEST });
    folder.write({ 'a.js': leaky('Staged') });
    git('add', '--all');
    rmSync(join(folder.path, 'a.js'));
    expect(await reported('--staged')).toEqual(['a.js beat']);
    expect(await reported('--staged', 'a.js')).toEqual(['a.js beat']);
  });

  it('reads settings from the index, too', async () => {
    commit({ 'package.json': MANIFEST });
    folder.write({ 'a.js': leaky('Staged'), 'leakproof.json': '{ "rules": { "no-untracked-timer": "off", "no-forgotten-field": "off" } }' });
    git('add', '--all');
    folder.write({ 'leakproof.json': '{ "rules": {} }' });
    expect(await reported('--staged')).toEqual([]);
  });

  it('names a staged file that does not parse', async () => {
    commit({ 'package.json': MANIFEST });
    folder.write({ 'a.js': 'export const = ;\n' });
    git('add', '--all');
    expect((await leakproof(folder, 'scan', '--staged')).stderr).toMatch(/a\.js:1:\d+ cannot be parsed/);
  });
});

describe('scan --changed', () => {
  it('means what a branch has brought since it left the default branch', async () => {
    commit({ 'old.js': leaky('Old') });
    git('checkout', '--quiet', '-b', 'topic');
    commit({ 'committed.js': leaky('Committed') });
    git('checkout', '--quiet', 'main');
    commit({ 'elsewhere.js': leaky('Elsewhere') });
    git('checkout', '--quiet', 'topic');
    folder.write({ 'loose.js': leaky('Loose') });
    expect(await reported('--changed')).toEqual(['committed.js beat', 'loose.js beat']);
    expect(await reported('--changed=HEAD')).toEqual(['loose.js beat']);
    expect(await reported('--changed=main')).toEqual(['committed.js beat', 'loose.js beat']);
  });

  it('takes the word behind it for a path', async () => {
    commit({ 'package.json': MANIFEST });
    folder.write({ 'src/a.js': leaky('A'), 'lib/b.js': leaky('B') });
    expect(await reported('--changed', 'src')).toEqual(['src/a.js beat']);
  });

  it('does not take Windows line ends of a work tree for a change', async () => {
    git('config', 'core.autocrlf', 'true');
    folder.write({ 'old.js': leaky('Old').replaceAll('\n', '\r\n') });
    spawnSync('git', ['add', '--all'], { cwd: folder.path });
    git('commit', '--quiet', '--message', 'A state');
    git('config', 'core.autocrlf', 'true');
    expect(await reported('--changed')).toEqual([]);
  });

  it('says in one sentence that there is no such revision', async () => {
    commit({ 'package.json': MANIFEST });
    expect(await leakproof(folder, 'scan', '--changed=nowhere')).toEqual({ status: 2, stdout: '', stderr: 'There is no revision nowhere in this repository.\n' });
  });
});

it.each(['--staged', '--changed'])('scan %s says in one sentence that the folder is in no repository', async (option) => {
  rmSync(join(folder.path, '.git'), { recursive: true });
  mkdirSync(join(folder.path, 'src'));
  expect(await leakproof(folder, 'scan', option)).toEqual({ status: 2, stdout: '', stderr: 'This folder is not in a git repository, so nobody knows what has changed.\n' });
});
