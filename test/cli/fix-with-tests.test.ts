import { existsSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';
import { leakyClass } from './samples.js';

const folder = temporaryFolder();
const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const HAS_JEST = isInstalled('jest');

const LEAKY_JS = `'use strict';

class Poller {
  constructor() {
    setInterval(() => this.tick(), 60_000);
  }
  tick() {}
  close() {}
}

module.exports = { Poller };
`;

/** By hand: what a person would write. */
const POLLER_TEST = `'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Poller } = require('./poller.js');

test('Poller leaves no interval behind after close()', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  const started = t.mock.method(globalThis, 'setInterval').mock;
  const cleared = t.mock.method(globalThis, 'clearInterval').mock;
  const countLive = () => started.calls.filter(({ result }) => !cleared.calls.some((call) => call.arguments[0] === result)).length;
  const before = countLive();
  for (let cycle = 0; cycle < 3; cycle++) {
    const poller = new Poller();
    assert.ok(countLive() > before);
    poller.close();
  }
  assert.equal(countLive(), before);
});
`;

function project(testScript: string, files: Readonly<Record<string, string>>, more: object = {}): void {
  folder.write({ 'package.json': JSON.stringify({ scripts: { test: testScript }, ...more }), ...files });
}

function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

describe('fix --with-tests with node:test', () => {
  it('writes a test beside the repaired file, and undoes both', async () => {
    project('node --test', { 'poller.js': LEAKY_JS });
    const { status, stderr } = await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(status).toBe(0);
    expect(stderr).toContain('Trying tests of poller.js with node:test.\npoller.leak.test.js: a test of poller.js.\n');
    expect(folder.read('poller.js')).toContain('clearInterval');
    expect(folder.read('poller.leak.test.js')).toBe(POLLER_TEST);
    expect((await leakproof(folder, 'fix', '--undo')).stdout).toBe('poller.js: as it was before the last run.\npoller.leak.test.js: as it was before the last run.\n');
    expect(folder.read('poller.js')).toBe(LEAKY_JS);
    expect(existsSync(join(folder.path, 'poller.leak.test.js'))).toBe(false);
  });

  it('shows the test without --write, as a patch of a new file, and leaves nothing behind', async () => {
    project('node --test', { 'poller.js': LEAKY_JS });
    const { stdout } = await leakproof(folder, 'fix', '--with-tests');
    expect(stdout).toContain('--- /dev/null\n+++ b/poller.leak.test.js\n@@ -0,0 +1,19 @@\n+\'use strict\';\n');
    expect(folder.read('poller.js')).toBe(LEAKY_JS);
    expect(existsSync(join(folder.path, 'poller.leak.test.js'))).toBe(false);
  });

  it.each([
    ['bound-collection', 'History keeps no more than its limit', 'class History {\n  constructor() {\n    this.lines = [];\n    process.on(\'message\', (line) => this.add(line));\n  }\n  add(name) {\n    this.lines.push(name);\n  }\n}\nexports.History = History;\nexports.history = new History();\n'],
    ['delete-on-fire', 'Waits keeps no entry of a timer that has fired', 'class Waits {\n  constructor() {\n    this.timers = new Map();\n  }\n  arm(sessionId) {\n    clearTimeout(this.timers.get(sessionId));\n    this.timers.set(sessionId, setTimeout(() => console.log(\'late\', sessionId), 5000));\n  }\n  cancel(sessionId) {\n    clearTimeout(this.timers.get(sessionId));\n    this.timers.delete(sessionId);\n  }\n}\nexports.Waits = Waits;\n'],
    ['clear-before-set', 'Poller has no more live intervals after further calls of start()', 'class Poller {\n  start() {\n    this.timer = setInterval(() => this.tick(), 1000);\n  }\n  stop() {\n    clearInterval(this.timer);\n  }\n  tick() {}\n}\nexports.Poller = Poller;\n'],
    ['release-in-teardown', 'Hub leaves no listener of process behind after dispose()', 'class Hub {\n  constructor() {\n    process.on(\'SIGHUP\', () => this.reload());\n  }\n  reload() {}\n  dispose() {}\n}\nexports.Hub = Hub;\n'],
  ])('shows what %s mends', async (codemod, title, text) => {
    project('node --test', { 'part.js': text });
    const { stderr } = await leakproof(folder, 'fix', '--write', '--with-tests', '--review', '--confidence', 'likely', '--codemod', codemod);
    expect(stderr).toContain('part.leak.test.js: a test of part.js.');
    expect(folder.read('part.leak.test.js')).toContain(`test('${title}'`);
  });

  it('puts the test where the tests of the package are, and gives it a name of its own', async () => {
    project('node --test test/', { 'lib/poller.js': LEAKY_JS, 'test/other.test.js': '', 'test/poller.leak.test.js': '' });
    await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(folder.read('test/poller.leak2.test.js')).toBe(POLLER_TEST.replace('./poller.js', '../lib/poller.js'));
    expect(folder.read('test/poller.leak.test.js')).toBe('');
  });

  it('gives two files of one name tests of their own', async () => {
    project('node --test test/', { 'lib/a/poller.js': LEAKY_JS, 'lib/b/poller.js': LEAKY_JS, 'test/other.test.js': '' });
    await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(folder.read('test/poller.leak.test.js')).toContain('../lib/a/poller.js');
    expect(folder.read('test/poller.leak2.test.js')).toContain('../lib/b/poller.js');
  });

  it('keeps no test that passes without the repair or fails with it', async () => {
    // What the class needs to run is not there, so every test of it fails.
    project('node --test', { 'poller.js': LEAKY_JS.replace('constructor() {', 'constructor() {\n    this.desk = require(\'./desk.js\');') });
    const { status, stderr } = await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(status).toBe(0);
    expect(unwrapped(stderr)).toContain('poller.js: No test is written for setInterval in line 6. No test that was tried fails without the repair and passes with it.');
    expect(folder.read('poller.js')).toContain('clearInterval');
    expect(existsSync(join(folder.path, 'poller.leak.test.js'))).toBe(false);
  });

  it('goes with --verify, whose command does not see the tests yet', async () => {
    project('node --test', { 'poller.js': LEAKY_JS, 'check.cjs': "process.exit(require('node:fs').existsSync('poller.leak.test.js') ? 1 : 0);\n" });
    const { stdout } = await leakproof(folder, 'fix', '--write', '--with-tests', '--verify', 'node check.cjs', 'poller.js');
    expect(stdout).toContain('repaired by track-timers');
    expect(folder.read('poller.leak.test.js')).toBe(POLLER_TEST);
  });

  it.each([
    ['is not exported', LEAKY_JS.replace('module.exports = { Poller };', 'console.log(Poller);'), '`Poller` is not exported, so a test cannot reach it.'],
    ['needs arguments', LEAKY_JS.replace('constructor()', 'constructor(desk)'), '`Poller` cannot be constructed without arguments.'],
    ['is started while the module is loaded', 'const timer = setInterval(() => console.log(1), 60_000);\nfunction stop() {\n  clearInterval(timer);\n}\nlet other;\nfunction start() {}\n', undefined],
    ['is reached by a callback alone', LEAKY_JS.replace('setInterval(() => this.tick(), 60_000);', "process.on('message', () => { setInterval(() => this.tick(), 60_000); });"), 'It happens in a callback, which a test cannot call.'],
  ])('says why not, where the owner %s', async (_why, text, sentence) => {
    project('node --test', { 'poller.js': text });
    const { stderr } = await leakproof(folder, 'fix', '--with-tests', '--review', '--confidence', 'likely', '--codemod', 'track-timers');
    if (sentence === undefined) expect(stderr).not.toContain('a test of');
    else expect(unwrapped(stderr)).toContain(sentence);
  });
});

describe('fix --with-tests', () => {
  it('says that package.json names no runner', async () => {
    project('mocha', { 'poller.js': LEAKY_JS });
    const { stderr } = await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(unwrapped(stderr)).toContain('poller.js: No test is written for it: package.json names no test runner that we know (vitest, jest, node:test).');
    expect(folder.read('poller.js')).toContain('clearInterval');
  });

  it.each(['vitest', 'jest'])('writes a test that was not run, and says so, where %s is not installed', async (runner) => {
    project(runner, { 'src/poller.ts': leakyClass() });
    const { stderr } = await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(unwrapped(stderr)).toContain(`src/poller.ts: Its tests were not run: ${runner} is not installed.`);
    expect(folder.read('src/poller.leak.test.ts')).toContain("import { Poller } from './poller';");
  });

  it('does not go with --check', async () => {
    expect((await leakproof(folder, 'fix', '--with-tests', '--check')).status).toBe(2);
  });
});

describe('fix --with-tests with vitest', () => {
  it('writes a test in the style of the file, with its imports', async () => {
    symlinkSync(MODULES, join(folder.path, 'node_modules'));
    const text = `import { log } from './log.js'\n${leakyClass().replaceAll(';', '').replace('tick(): void {}', 'tick(): void { log("tick") }')}`;
    project('vitest run', { 'src/poller.ts': text, 'src/log.ts': 'export const log = (text: string): void => console.log(text)\n', 'src/other.spec.ts': '' }, { type: 'module' });
    const { stderr } = await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(stderr).toContain('src/poller.leak.spec.ts: a test of poller.ts.');
    expect(folder.read('src/poller.leak.spec.ts')).toBe(`import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Poller } from './poller.js'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('Poller leaves no interval behind after close()', () => {
  const before = vi.getTimerCount()
  for (let cycle = 0; cycle < 3; cycle++) {
    const poller = new Poller()
    expect(vi.getTimerCount()).toBeGreaterThan(before)
    poller.close()
  }
  expect(vi.getTimerCount()).toBe(before)
})
`);
  });
});

describe.skipIf(!HAS_JEST)('fix --with-tests with jest (skipped unless jest is installed)', () => {
  it('writes a test that was seen to fail and to pass', async () => {
    symlinkSync(MODULES, join(folder.path, 'node_modules'));
    project('jest', { 'poller.js': LEAKY_JS, 'jest.config.js': 'module.exports = {};\n' });
    const { stderr } = await leakproof(folder, 'fix', '--write', '--with-tests');
    expect(stderr).toContain('poller.leak.test.js: a test of poller.js.');
    expect(folder.read('poller.leak.test.js')).toContain('jest.getTimerCount()');
  });
});

function isInstalled(name: string): boolean {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)) !== '';
  } catch {
    return false;
  }
}
