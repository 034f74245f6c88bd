import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof, MAIN, scanJson } from './leakproof.js';
import { CLEAN, leakyClass } from './samples.js';

const folder = temporaryFolder();
const FAULTS = fileURLToPath(new URL('../codemod/journal/faults.mjs', import.meta.url));
const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder.path, encoding: 'utf8' });

describe('fix', () => {
  it('shows a diff that git applies, and writes nothing', async () => {
    folder.write({ 'src/a.ts': leakyClass() });
    const { status, stdout, stderr } = await leakproof(folder, 'fix');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--- a\/src\/a\.ts\n\+\+\+ b\/src\/a\.ts\n@@ /);
    expect(stderr).toBe('src/a.ts:3 setInterval: repaired by track-timers (safe; not type-checked: no\n  tsconfig.json).\n1 finding in 1 file would be repaired, 0 left as they are. Nothing was written;\n--write does it.\n');
    expect(folder.read('src/a.ts')).toBe(leakyClass());
    execFileSync('git', ['apply'], { cwd: folder.path, input: stdout });
    expect((await scanJson(folder)).findings).toEqual([]);
  });

  it('writes on request, and then has nothing left to do', async () => {
    folder.write({ 'src/a.ts': leakyClass() });
    expect(await leakproof(folder, 'fix', '--write')).toEqual({
      status: 0,
      stdout: 'src/a.ts:3 setInterval: repaired by track-timers (safe; not type-checked: no\n  tsconfig.json).\n',
      stderr: '1 finding in 1 file repaired, 0 left as they are.\n',
    });
    expect((await scanJson(folder)).findings).toEqual([]);
    expect(await leakproof(folder, 'fix', '--write')).toEqual({ status: 0, stdout: '', stderr: 'There is no finding that a codemod could repair.\n' });
  });

  it('bounds a cache by lru-cache on request, where the package depends on it', async () => {
    const cache = "import { bus, digestOf } from './bus.js';\n\nconst digestCache = new Map();\n\nbus.on('file', ({ fileId, text }) => {\n  digestCache.set(fileId, digestOf(text));\n});\n\nexport const hasDigest = (fileId) => digestCache.has(fileId);\n";
    folder.write({ 'package.json': '{ "private": true }', 'a.js': cache });
    const asked = ['fix', '--codemod', 'bound-collection', '--review', '--confidence', 'likely', '--use-lru-cache', '--limit', '50', '--write'];
    expect(await leakproof(folder, ...asked)).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('not repaired by bound-collection. package.json does not list') as string });
    folder.write({ 'package.json': '{ "private": true, "dependencies": { "lru-cache": "^11.2.0" } }' });
    expect((await leakproof(folder, ...asked)).status).toBe(0);
    expect(folder.read('a.js')).toBe(cache.replace("'./bus.js';\n", "'./bus.js';\nimport { LRUCache } from 'lru-cache';\n\nconst MAX_DIGEST_CACHE_ENTRIES = 50;\n").replace('new Map()', 'new LRUCache({ max: MAX_DIGEST_CACHE_ENTRIES })'));
  });

  it('tells with --check whether anything would change', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect((await leakproof(folder, 'fix', '--check')).status).toBe(1);
    folder.write({ 'a.ts': CLEAN });
    expect((await leakproof(folder, 'fix', '--check')).status).toBe(0);
  });

  it('keeps a byte order mark, the line ends and the mode', async () => {
    folder.write({ 'a.ts': `\uFEFF${leakyClass().replaceAll('\n', '\r\n')}` });
    chmodSync(`${folder.path}/a.ts`, 0o755);
    expect((await leakproof(folder, 'fix', '--write')).status).toBe(0);
    const text = folder.read('a.ts');
    expect(text).toContain('clearInterval');
    expect(text.startsWith('\uFEFFexport class')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(statSync(`${folder.path}/a.ts`).mode & 0o777).toBe(0o755);
  });

  it('leaves alone what is suppressed or allowed', async () => {
    const suppressed = leakyClass().replace('60_000);', '60_000); // eslint-disable-line leakproof/no-untracked-timer');
    folder.write({ 'a.ts': suppressed });
    expect(await leakproof(folder, 'fix')).toMatchObject({ status: 0, stdout: '' });
    folder.write({ 'a.ts': leakyClass(), 'leakproof.json': '{ "rules": { "no-untracked-timer": { "allow": ["setInterval"] } } }' });
    expect(await leakproof(folder, 'fix')).toMatchObject({ status: 0, stdout: '' });
  });

  it('calls in the teardown what a function of another file gives back', async () => {
    folder.write({
      'themes.ts': `const listeners = new Set<() => void>();
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
`,
      'chart.ts': `import { onThemeChange } from './themes.js';

export class Chart {
  constructor(private readonly element: Element) {
    onThemeChange(() => this.draw());
  }

  draw(): void {
    this.element.textContent = 'drawn';
  }
}
`,
      'page.ts': `import { Chart } from './chart.js';
document.addEventListener('click', () => new Chart(document.body));
`,
    });
    expect((await leakproof(folder, 'fix', '--write', '--review', '--confidence', 'likely')).status).toBe(0);
    expect(folder.read('chart.ts')).toBe(`import { onThemeChange } from './themes.js';

export class Chart {
  private readonly unsubscribeThemeChange: () => void;

  constructor(private readonly element: Element) {
    this.unsubscribeThemeChange = onThemeChange(() => this.draw());
  }

  draw(): void {
    this.element.textContent = 'drawn';
  }

  dispose(): void {
    this.unsubscribeThemeChange();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}
`);
  });

  it('says where a key should be lost that a sibling loses in another file', async () => {
    folder.write({
      'state.ts': `export const sessions = new Map<string, number>();
export const viewers = new Map<string, Set<string>>();
export function open(sessionId: string): void {
  sessions.set(sessionId, Date.now());
  viewers.set(sessionId, new Set());
}
`,
      'cleanup.ts': `import { sessions } from './state.js';
export function endSession(sessionId: string): void {
  sessions.delete(sessionId);
}
`,
      'server.ts': `import { createServer } from 'node:http';
import { endSession } from './cleanup.js';
import { open } from './state.js';
createServer((request) => {
  const sessionId = request.url ?? '';
  open(sessionId);
  request.on('close', () => endSession(sessionId));
}).listen(80);
`,
    });
    const { stdout, stderr } = await leakproof(folder, 'fix', '--review', '--confidence', 'likely');
    expect(stdout).toBe('');
    expect(stderr.replaceAll(/\s+/gu, ' ')).toContain('sessions gets the same keys and loses them in cleanup.ts, line 3, where viewers should lose them, too');
  });

  it('uses only the codemods that are asked for', async () => {
    folder.write({ 'a.ts': leakyClass() });
    expect((await leakproof(folder, 'fix', '--codemod', 'unify-cleanup')).stdout).toBe('');
    expect((await leakproof(folder, 'fix', '--codemod', 'track-timers')).stdout).not.toBe('');
    folder.write({ 'leakproof.json': '{ "codemods": { "use": ["unify-cleanup"] } }' });
    expect((await leakproof(folder, 'fix')).stdout).toBe('');
    folder.write({ 'leakproof.json': '{ "codemods": { "use": ["tidy"] } }' });
    expect(await leakproof(folder, 'fix')).toMatchObject({ status: 2, stderr: expect.stringContaining('"codemods.use" names "tidy", which is no codemod') as string });
  });

  it('repairs the good files beside a bad one, and says so', async () => {
    folder.write({ 'a.ts': leakyClass(), 'b.ts': 'let = ;' });
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--write');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^a\.ts:3 [^]*\)\.\n$/);
    expect(stderr).toContain('Warning: b.ts:1:7 cannot be parsed');
  });
});

describe('a file with uncommitted changes', () => {
  beforeEach(() => {
    folder.write({ 'a.ts': leakyClass(), 'b.ts': CLEAN });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'x');
  });

  it('is not written, unless that is allowed', async () => {
    folder.write({ 'a.ts': `${leakyClass()}// mine\n` });
    expect(await leakproof(folder, 'fix', '--write')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('Nothing was written, since there are uncommitted changes in a.ts; commit them, or use --allow-dirty.') as string,
    });
    expect(folder.read('a.ts')).not.toContain('clearInterval');
    expect((await leakproof(folder, 'fix', '--write', '--allow-dirty')).status).toBe(0);
    expect(folder.read('a.ts')).toContain('clearInterval');
  });

  it('does not matter where it is not to be written', async () => {
    folder.write({ 'b.ts': `${CLEAN}// mine\n`, 'c.md': 'new' });
    expect((await leakproof(folder, 'fix', '--write')).status).toBe(0);
  });

  it('may be shown', async () => {
    folder.write({ 'a.ts': `${leakyClass()}// mine\n` });
    expect((await leakproof(folder, 'fix')).status).toBe(0);
  });
});

describe('writing', () => {
  it('refuses a read-only file in one sentence, and writes the others', async () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B') });
    chmodSync(`${folder.path}/a.ts`, 0o444);
    const { status, stdout, stderr } = await leakproof(folder, 'fix', '--write');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^b\.ts:3 [^]*\)\.\n$/);
    expect(stderr).toMatch(/a\.ts is read-only, so it was\s+not\s+written\.\n1 finding in 1 file repaired, 1 left as it is\.\n$/);
    expect(folder.read('a.ts')).toBe(leakyClass('A'));
  });

  it('writes through a link', async () => {
    folder.write({ 'real/a.ts': leakyClass() });
    symlinkSync(`${folder.path}/real/a.ts`, `${folder.path}/link.ts`);
    expect((await leakproof(folder, 'fix', '--write', 'link.ts')).status).toBe(0);
    expect(readFileSync(`${folder.path}/real/a.ts`, 'utf8')).toContain('clearInterval');
  });

  it('writes a file of two names once', async () => {
    folder.write({ 'real/a.ts': leakyClass() });
    symlinkSync(`${folder.path}/real/a.ts`, `${folder.path}/link.ts`);
    linkSync(`${folder.path}/real/a.ts`, `${folder.path}/hard.ts`);
    const { status, stderr } = await leakproof(folder, 'fix', '--write', 'link.ts', 'real', 'hard.ts');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '1 finding in 1 file repaired, 0 left as they are.\n' });
    expect(folder.read('hard.ts')).toContain('clearInterval');
  });

  it('leaves a file to which a link leads out of the folder', async () => {
    folder.write({ 'elsewhere/a.ts': leakyClass(), 'in/b.ts': leakyClass() });
    symlinkSync(`${folder.path}/elsewhere/a.ts`, `${folder.path}/in/link.ts`);
    const { status, stderr } = await leakproof({ path: `${folder.path}/in` }, 'fix', '--write', 'link.ts', 'b.ts');
    expect(status).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`link.ts leads out of the folder, to ${folder.path}/elsewhere/a.ts, so it was not written. 1 finding in 1 file repaired, 1 left as it is.`);
    expect(folder.read('elsewhere/a.ts')).toBe(leakyClass());
    expect(folder.read('in/b.ts')).toContain('clearInterval');
  });

  it('loses nothing where no space is left, and writes the others', () => {
    folder.write({ 'a.ts': leakyClass('A'), 'b.ts': leakyClass('B') });
    const { status, stderr } = withFaults({ FAIL_WRITES_TO: '.a.ts.' }, 'fix', '--write');
    expect(status).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('a.ts was not written, because there is no space left. 1 finding in 1 file repaired, 1 left as it is.');
    expect(folder.read('a.ts')).toBe(leakyClass('A'));
    expect(folder.read('b.ts')).toContain('clearInterval');
    expect(readdirSync(folder.path)).toEqual(['a.ts', 'b.ts']);
  });

  it('writes nothing where the journal finds no space', () => {
    folder.write({ 'a.ts': leakyClass() });
    const { status, stdout, stderr } = withFaults({ FAIL_WRITES_TO: 'journal.json' }, 'fix', '--write');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^The journal in .* cannot be written \(no space left\), so nothing was written\.$/m);
    expect(folder.read('a.ts')).toBe(leakyClass());
  });
});

describe('fix tells', () => {
  it('of each file what was repaired and what was not, together', async () => {
    const refused = 'export class Other {\n  start() {\n    setInterval(() => this.tick(), 60_000);\n  }\n  tick() {}\n}\n';
    folder.write({ 'package.json': '{ "name": "meters", "version": "1.0.0", "main": "a.ts" }', 'a.ts': leakyClass('A') + refused, 'b.ts': leakyClass('B') });
    const { stderr } = await leakproof(folder, 'fix');
    const files = stderr.match(/^[ab]\.ts:\d+ \w+: (?:not )?repaired/gm);
    expect(files).toEqual(['a.ts:3 setInterval: repaired', expect.stringMatching(/^a\.ts:\d+ setInterval: not repaired/), 'b.ts:3 setInterval: repaired']);
  });
});

/** The installed command, some of whose writes fail. */
function withFaults(env: Record<string, string>, ...args: string[]) {
  return spawnSync(process.execPath, ['--import', FAULTS, MAIN, ...args], { cwd: folder.path, encoding: 'utf8', env: { ...process.env, ...env } });
}
