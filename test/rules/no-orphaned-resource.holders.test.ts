import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectSilent, findingsOf, verdictsOf } = checksFor('no-orphaned-resource');

const reported = (code: string): string[] => findingsOf(code).map((finding) => finding.replace(/:\d+$/, '').replace(' no-orphaned-resource', ''));
const reasonsOf = (code: string): string[] => verdictsOf(code).flatMap((verdict) => verdict.reasons.map((reason) => reason.code));

/** A library that watches a folder; the samples differ in who holds the watcher and what the rest does. */
const library = (start: string, rest = '', before = ''): string => `
import { watch } from 'chokidar';
${before}
export class Library {
  constructor(folder, options) { this.folder = folder; this.options = options; }
  open() { ${start} }
  ${rest}
}
`;
const CLOSES = 'close() { this.folder = undefined; }';

describe('no-orphaned-resource: who holds it', () => {
  it.each([
    ['a field that others do not see', 'this.#watcher = watch(this.folder);', `#watcher; ${CLOSES}`, 'certain #watcher'],
    ['a list of the object', 'this.watchers.push(watch(this.folder));', `watchers = []; ${CLOSES}`, 'certain watchers'],
    ['a map of the object', 'this.byFolder.set(this.folder, watch(this.folder));', `byFolder = new Map(); ${CLOSES}`, 'certain byFolder'],
    ['a variable of the function', 'const watcher = watch(this.folder); watcher.on("change", () => this.read());', `read() {} ${CLOSES}`, 'certain watcher'],
    ['nobody', 'watch(this.folder);', CLOSES, 'certain watch'],
  ])('reports one that %s has, beside an end that leaves it', (_, start, rest, expected) => {
    expect(reported(library(start, rest)).map((one) => one.replace(/^(?:certain|likely)/, 'certain'))).toEqual([expected]);
  });

  it.each([
    ['it is closed', 'this.watcher = watch(this.folder);', 'close() { this.watcher.close(); }'],
    ['it is closed where it is there', 'this.watcher = watch(this.folder);', 'close() { this.watcher?.close(); this.watcher = undefined; }'],
    ['all of a list are closed', 'this.watchers.push(watch(this.folder));', 'watchers = []; close() { for (const watcher of this.watchers) watcher.close(); }'],
    ['all of a map are closed', 'this.byFolder.set(this.folder, watch(this.folder));', 'byFolder = new Map(); async close() { await Promise.all([...this.byFolder.values()].map((watcher) => watcher.close())); }'],
    ['a helper of the file closes it', 'this.watcher = watch(this.folder);', 'close() { end(this.watcher); }'],
    ['the scope disposes of it', 'using watcher = watch(this.folder); watcher.on("change", () => this.read());', `read() {} ${CLOSES}`],
    ['a signal ends it', 'watch(this.folder, { signal: this.options.signal });', CLOSES],
    ['it is given back', 'return watch(this.folder);', ''],
    ['a closing function is given back', 'const watcher = watch(this.folder); return () => watcher.close();', ''],
    ['the caller is given it with more', 'return { watcher: watch(this.folder), folder: this.folder };', ''],
  ])('is silent where %s', (_, start, rest) => {
    expectSilent(library(start, rest, 'function end(watcher) { watcher.close(); }'));
  });
});

describe('no-orphaned-resource: what an object without an end keeps', () => {
  it('says that the owner has no end, and that there may be only one of it', () => {
    expect(reasonsOf(library('this.#watcher = watch(this.folder);', '#watcher;'))).toEqual(expect.arrayContaining(['owner-has-no-end', 'owner-may-be-only-one']));
  });

  it('says nothing of it where others can get at the watcher', () => {
    expect(reasonsOf(library('this.watcher = watch(this.folder);'))).not.toContain('owner-has-no-end');
  });

  it('knows a protected field for one that others reach', () => {
    const typed = (access: string): string => library('this.watcher = watch(this.folder);', `${access} watcher: FSWatcher;`);
    expect(reasonsOf(typed('protected'))).not.toContain('owner-has-no-end');
    expect(reasonsOf(typed('private'))).toContain('owner-has-no-end');
  });
});

describe('no-orphaned-resource: one for each run', () => {
  const onOpen = (start: string): string => library(`this.options.panel.on('open', () => { ${start} });`);

  it('is not said of a field that is only set while it is empty', () => {
    for (const guarded of ['if (!this.watcher) this.watcher = watch(this.folder);', 'if (this.watcher) return; this.watcher = watch(this.folder);', 'this.watcher ??= watch(this.folder);', 'this.watcher = this.watcher ? this.watcher : watch(this.folder);', 'this.watcher || (this.watcher = watch(this.folder));']) {
      expect(reasonsOf(onOpen(guarded)), guarded).not.toContain('one-more-per-run');
    }
  });

  it('is said of a field that every run sets anew', () => {
    expect(reasonsOf(onOpen('this.watcher = watch(this.folder);'))).toContain('one-more-per-run');
    expect(reasonsOf(onOpen('if (this.options.isOn) this.watcher = watch(this.folder);'))).toContain('one-more-per-run');
  });
});

describe('no-orphaned-resource: doubts', () => {
  const opened = (start: string, options = ''): string => `
import { watch } from 'chokidar';
export function follow(folder) {
  ${start.replace('OPTIONS', options)}
}
`;

  it('is less sure of one that does not keep the process', () => {
    expect(reasonsOf(opened('watch(folder, { persistent: false });'))).toContain('unrefed');
    expect(reasonsOf(opened('watch(folder).unref();'))).toContain('unrefed');
    expect(reasonsOf(opened('const watcher = watch(folder); watcher.unref();'))).toContain('unrefed');
    expect(reasonsOf(opened('watch(folder, { persistent: true });'))).not.toContain('unrefed');
  });

  it('is less sure where the function ends the process', () => {
    expect(reasonsOf(opened("watch(folder).on('unlinkDir', () => process.exit(0));"))).toContain('process-ends');
    expect(reasonsOf(opened("watch(folder).on('unlinkDir', () => {});"))).not.toContain('process-ends');
  });

  it('takes a child for finished by itself, unless it is kept for long', () => {
    const child = (rest: string): string => `import { spawn } from 'node:child_process';\nexport function run(file) {\n  const child = spawn('lint', [file]);\n  ${rest}\n}\n`;
    expectSilent(child("child.stdout.on('data', () => {});"));
    expectSilent(child("child.unref();"));
  });

  it('takes a detached child that is let go for one that is meant to outlive the program', () => {
    const code = "import { spawn } from 'node:child_process';\nexport class Updater {\n  start(file) {\n    this.child = spawn('update', [file], { detached: true });\n    this.child.unref();\n  }\n  stop() { this.file = undefined; }\n}\n";
    expectSilent(code);
    expect(reasonsOf(code)).toContain('meant-to-outlive');
  });

  it('takes a pool of another file for opened there', () => {
    expectSilent("import { WebSocketServer } from 'ws';\nexport class Hub {\n  open() { this.server = new WebSocketServer({ noServer: true }); }\n}\n");
  });
});

describe('no-orphaned-resource: entries', () => {
  const children = (exit: string, rest = ''): string => `
import { watch } from 'chokidar';
const watchers = new Map();
export function open(id, folder) {
  const watcher = watch(folder);
  watchers.set(id, watcher);
  ${exit}
}
export function list() { return [...watchers.keys()]; }
${rest}
`;

  it('reports watchers that a map keeps and nothing closes', () => {
    expect(reported(children(''))).toHaveLength(1);
  });

  it('reports watchers that are taken out and not closed', () => {
    expect(reported(children('', 'export function forget(id) { watchers.delete(id); }'))).toHaveLength(1);
  });

  it.each([
    ['a function closes the one of an id', 'export function forget(id) { watchers.get(id)?.close(); watchers.delete(id); }'],
    ['a function closes all', 'export function forgetAll() { watchers.forEach((watcher) => watcher.close()); watchers.clear(); }'],
  ])('is silent where %s', (_, rest) => {
    expectSilent(children('', rest));
  });
});

describe('no-orphaned-resource: a promise that is given up', () => {
  const dial = (late: string, open = 'clearTimeout(timer); resolve(socket);', more = ''): string => `
import net from 'node:net';
export function dial(port, wait) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port);
    ${late}
    socket.once('connect', () => { ${open} });
    socket.once('error', (error) => { reject(error); });
    ${more}
  });
}
`;
  const TIMER = "const timer = setTimeout(() => { reject(new Error('late')); }, wait);";

  it.each([
    ['a time-out', TIMER],
    ['a time-out that calls what rejects', "const fail = () => reject(new Error('late')); const timer = setTimeout(fail, wait);"],
    ['the time-out of the socket itself', "socket.setTimeout(wait); socket.on('timeout', () => reject(new Error('late')));"],
  ])('reports what nobody gets after %s', (_what, late) => {
    expect(findingsOf(dial(late, late.startsWith('socket') ? 'resolve(socket);' : undefined))).toEqual(['likely no-orphaned-resource socket:4']);
  });

  it.each([
    ['ends it', dial("const timer = setTimeout(() => { socket.destroy(); reject(new Error('late')); }, wait);")],
    ['ends it by what it calls', dial("const fail = (error) => { socket.destroy(); reject(error); }; const timer = setTimeout(() => fail(new Error('late')), wait);")],
    ['ends it if it opens after all', dial(`let late = false; ${TIMER.replace('reject', 'late = true; reject')}`, 'if (late) { socket.destroy(); return; } clearTimeout(timer); resolve(socket);')],
    ['gives it to somebody else as well', dial(TIMER, undefined, 'open.add(socket);')],
    ['only warns', dial("const timer = setTimeout(() => { console.warn('slow'); }, wait);")],
    ['is kept outside', dial(TIMER).replace('const socket', 'current').replaceAll('socket.', 'current.').replace('resolve(socket)', 'resolve(current)').replace('export function', 'let current;\nexport function leave() { current.destroy(); }\nexport function')],
  ])('is silent about a promise that %s', (_what, code) => {
    expectSilent(code);
  });
});
