import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectSilent, findingsOf, verdictsOf } = checksFor('no-orphaned-resource');

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

describe('no-orphaned-resource: children, servers and clients, and the argument for each', () => {
  it.each([
    ['a child that nobody ends', `
import { spawn } from 'node:child_process';
export function run() { const child = spawn("make"); child.stdout.on("data", show); }
`, ['silent child: may-run-to-completion']],
    ['a child in a field that nobody ends', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); this.child.stdout.on("data", show); } stop() { this.isOver = true; } }
`, ['silent child: may-run-to-completion']],
    ['a child whose end settles a promise', `
import { spawn } from 'node:child_process';
export function run() { return new Promise((resolve) => { const child = spawn("make"); child.on("close", resolve); }); }
`, ['silent child: runs-to-completion']],
    ['a child whose end calls back', `
import { spawn } from 'node:child_process';
export function run(callback) { const child = spawn("make"); child.on("exit", (code) => { callback(code); }); }
`, ['silent child: runs-to-completion']],
    ['a child whose end calls back under another name', `
import { spawn } from 'node:child_process';
export function run(each) { const child = spawn("make"); child.on("exit", (code) => { each(code); }); }
`, ['silent child: runs-to-completion']],
    ['a child whose end ends the program', `
import { spawn } from 'node:child_process';
export function run() { const child = spawn("make"); child.on("exit", (code) => process.exit(code)); }
`, ['silent child: runs-to-completion']],
    ['a child whose end calls what its own listener declares', `
import { spawn } from 'node:child_process';
export function run() { const child = spawn("make"); child.on("exit", (code) => { const each = () => code; each(); }); }
`, ['silent child: may-run-to-completion']],
    ['a child that is awaited', `
import { spawn } from 'node:child_process';
export async function run() { const child = await spawn("make"); return child; }
`, ['silent child: runs-to-completion']],
    ['a child that is awaited later', `
import { execa } from 'execa';
export async function run() { const child = execa("make"); show(); await child; }
`, ['silent child: runs-to-completion']],
    ['a child whose promise goes on', `
import { execa } from 'execa';
export function run() { const child = execa("make"); child.then(show); }
`, ['silent child: runs-to-completion']],
    ['a child with a limit on its time', `
import { spawn } from 'node:child_process';
export function run() { const child = spawn("make", [], { timeout: 1_000 }); child.stdout.on("data", show); }
`, ['silent child: runs-to-completion']],
    ['a child by exec', `
import { exec } from 'node:child_process';
export function run() { exec("make"); }
`, ['silent exec: runs-to-completion']],
    ['a child with a callback', `
import { execFile } from 'node:child_process';
export function run() { execFile("make", [], (error) => show(error)); }
`, ['silent execFile: runs-to-completion']],
    ['a fork', `
import { fork } from 'node:child_process';
export class Runner { run() { this.child = fork("./work.js"); } }
`, ['silent child: lives-as-long-as-program']],
    ['a detached child', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make", [], { detached: true }); } }
`, ['silent child: lives-as-long-as-program']],
    ['a child that is talked to', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); this.child.send("go"); } }
`, ['silent child: lives-as-long-as-program']],
    ['a child that is written to', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); this.child.stdin.write("go"); } }
`, ['silent child: lives-as-long-as-program']],
    ['a child whose end starts the next one', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); this.child.on("exit", () => this.run()); } }
`, ['certain child: restarted-without-exit']],
    ['a child whose error starts the next one', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); this.child.on("error", () => this.run()); } }
`, ['silent child: may-run-to-completion']],
    ['a child by the module', `
import { spawn } from 'node:child_process';
const child = spawn("make"); child.on("exit", () => show());
`, ['silent child: may-run-to-completion']],
    ['a child that is killed by its number', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); } stop() { process.kill(this.child.pid); } }
`, ['silent child: resource-ended']],
    ['a child that is killed with its group', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make", [], { detached: true }); } stop() { process.kill(-this.child.pid, "SIGTERM"); } }
`, ['silent child: resource-ended']],
    ['a child that a helper kills', `
import { spawn } from 'node:child_process';
import treeKill from 'tree-kill';
export class Runner { run() { this.child = spawn("make"); } stop() { treeKill(this.child.pid); } }
`, ['silent child: resource-ended']],
    ['a child that a function kills and whose name says so', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); } stop() { stopProcess(this.child); } }
`, ['silent child: resource-ended']],
    ['a server that nobody closes', `
import http from 'node:http';
export class Web { begin() { this.server = http.createServer(handle); this.server.listen(80); } }
`, ['silent server: lives-as-long-as-program']],
    ['a server that is never opened', `
import http from 'node:http';
export class Web { begin() { this.server = http.createServer(handle); } }
`, ['silent server: lives-as-long-as-program']],
    ['a server in a chain', `
import http from 'node:http';
export class Web { begin() { this.server = http.createServer(handle).on("error", show).listen(80); } stop() { this.server.close(); } }
`, ['silent server: resource-ended']],
    ['a server of the module', `
import http from 'node:http';
const server = http.createServer(handle); server.listen(80);
`, ['silent server: lives-as-long-as-program']],
    ['a server of WebSockets that takes connections', `
import { WebSocketServer } from 'ws';
export class Web { begin() { this.wss = new WebSocketServer({ port: 80 }); this.wss.on("connection", greet); } stop() { this.wss.close(); } }
`, ['silent wss: resource-ended', 'likely wss: leaves-clients clients-may-be-closed']],
    ['a server of WebSockets whose connections are ended, too', `
import { WebSocketServer } from 'ws';
export class Web { begin() { this.wss = new WebSocketServer({ port: 80 }); this.wss.on("connection", greet); } stop() { for (const client of this.wss.clients) client.terminate(); this.wss.close(); } }
`, ['silent wss: resource-ended']],
    ['a server of WebSockets that keeps no clients', `
import { WebSocketServer } from 'ws';
export class Web { begin() { this.wss = new WebSocketServer({ port: 80, clientTracking: false }); this.wss.on("connection", greet); } stop() { this.wss.close(); } }
`, ['silent wss: resource-ended']],
    ['a server of WebSockets by upgrades', `
import { WebSocketServer } from 'ws';
export class Web { begin() { this.wss = new WebSocketServer({ noServer: true }); } upgrade(req, socket, head) { this.wss.handleUpgrade(req, socket, head, greet); } stop() { this.wss.close(); } }
`, ['silent wss: resource-ended', 'likely wss: leaves-clients clients-may-be-closed']],
    ['a shell that is killed', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make && make test", { shell: true }); } stop() { this.child.kill(); } }
`, ['silent child: resource-ended', 'likely child: kills-shell-only shell-may-pass-it-on']],
    ['a shell by its options', `
import { spawn } from 'node:child_process';
export class Runner { run() { const options = { shell: true }; this.child = spawn("make", options); } stop() { this.child.kill(); } }
`, ['silent child: resource-ended', 'likely child: kills-shell-only shell-may-pass-it-on']],
    ['a shell by its name', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("bash", ["-c", "make && make test"]); } stop() { this.child.kill(); } }
`, ['silent child: resource-ended', 'likely child: kills-shell-only shell-may-pass-it-on']],
    ['an exec that is killed', `
import { exec } from 'node:child_process';
export class Runner { run() { this.child = exec("make && make test"); } stop() { this.child.kill(); } }
`, ['silent child: runs-to-completion']],
    ['a watcher that is returned', `
import { watch } from 'node:fs';
export function follow(path) { return watch(path, show); }
`, ['silent watch: handle-returned']],
    ['a watcher that is dropped', `
import { watch } from 'node:fs';
export function follow(path) { watch(path, show); }
`, ['likely watch: left-open']],
    ['a client that is opened and dropped', `
import { Client } from 'pg';
export async function ask() { const client = new Client(); await client.connect(); return client.query("select 1"); }
`, ['certain client: left-open']],
    ['a client that is never opened', `
import { Client } from 'pg';
export function ask() { const client = new Client(); return client.name; }
`, ['silent client: never-opened']],
    ['a worker in a list', `
import { Worker } from 'node:worker_threads';
export class Pool { workers = []; begin() { for (let i = 0; i < 4; i++) this.workers.push(new Worker("./work.js")); } stop() { this.workers.forEach((worker) => worker.terminate()); } }
`, ['silent workers: resource-ended']],
    ['a worker in a list that nobody goes through', `
import { Worker } from 'node:worker_threads';
export class Pool { workers = []; begin() { for (let i = 0; i < 4; i++) this.workers.push(new Worker("./work.js")); } stop() { this.workers = []; } }
`, ['likely workers: teardown-leaves-it entries-never-ended reachable-from-outside']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-orphaned-resource: who holds a resource, and the argument for each', () => {
  it.each([
    ['a child that is killed by a number in a local', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("make"); } stop() { const { pid } = this.child; if (pid) kill(pid); } }
`, ['silent child: resource-ended']],
    ['a child whose number is only shown', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("sh"); this.child.stdin.write("go"); show(this.child.pid); } stop() { this.isOver = true; } }
`, ['silent child: teardown-leaves-it reachable-from-outside said-by-rule']],
    ['a child whose end is assigned away', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("sh"); this.child.stdin.write("go"); } stop() { this.child.kill = undefined; } }
`, ['silent child: teardown-leaves-it reachable-from-outside said-by-rule']],
    ['a child whose handler is assigned', `
import { spawn } from 'node:child_process';
export class Runner { run() { this.child = spawn("sh"); this.child.onexit = () => this.run(); } }
`, ['certain child: restarted-without-exit']],
    ['a browser that only its teardown leaves', `
import { chromium } from 'playwright';
export class Shots { async open() { this.browser = await chromium.launch(); } async close() { await this.page.close(); } }
`, ['silent browser: teardown-leaves-it reachable-from-outside said-by-rule']],
    ['a browser that a using declaration ends', `
import { chromium } from 'playwright';
export async function shot() { await using browser = await chromium.launch(); return browser.version(); }
`, ['silent browser: disposed-by-scope']],
    ['a stream that somebody gets', `
import { createReadStream } from 'node:fs';
export function read(path) { return createReadStream(path).pipe(process.stdout); }
`, ['silent createReadStream: handle-used']],
    ['a stream in a field', `
import { createWriteStream } from 'node:fs';
export class Log { open(path) { this.out = createWriteStream(path); } write(line) { this.out.write(line); } }
`, ['silent out: lives-as-long-as-program']],
    ['an observer of a component', `

export class Panel { observe(element) { this.observer = new ResizeObserver(() => this.paint()); this.observer.observe(element); } destroy() { this.element = undefined; } }
`, ['silent observer: teardown-leaves-it reachable-from-outside said-by-rule']],
    ['an observer that observes nothing', `

export class Panel { make() { this.observer = new ResizeObserver(() => this.paint()); } destroy() { this.element = undefined; } }
`, ['silent observer: teardown-leaves-it reachable-from-outside said-by-rule']],
    ['a worker of a protected field', `
import { Worker } from 'node:worker_threads';
export class Pool { protected worker; begin() { this.worker = new Worker("./work.js"); } }
`, ['silent worker: lives-as-long-as-program']],
    ['a worker of a private field', `
import { Worker } from 'node:worker_threads';
export class Pool { #worker; begin() { this.#worker = new Worker("./work.js"); this.#worker.postMessage(1); } }
`, ['likely #worker: owner-has-no-end owner-may-be-only-one']],
    ['a worker of an exported variable', `
import { Worker } from 'node:worker_threads';
export let worker; export function begin() { worker = new Worker("./work.js"); }
`, ['silent worker: lives-as-long-as-program']],
    ['a worker of a variable of the module', `
import { Worker } from 'node:worker_threads';
let worker; export function begin() { worker = new Worker("./work.js"); worker.postMessage(1); }
`, ['silent worker: lives-as-long-as-program']],
    ['a worker of a global', `
import { Worker } from 'node:worker_threads';
export function begin() { globalThis.worker = new Worker("./work.js"); }
`, ['silent worker: lives-as-long-as-program']],
    ['a worker of a module of the old way', `
const { Worker } = require('node:worker_threads');
exports.begin = function () { exports.worker = new Worker("./work.js"); };
`, ['silent worker: lives-as-long-as-program']],
    ['a worker of a local that ends on error', `
import { Worker } from 'node:worker_threads';
export function begin(task) { const worker = new Worker("./work.js"); worker.on("error", () => worker.terminate()); worker.postMessage(task); }
`, ['silent worker: resource-ended']],
    ['a worker of a local that ends on its answer', `
import { Worker } from 'node:worker_threads';
export function begin(task) { const worker = new Worker("./work.js"); worker.on("message", () => worker.terminate()); worker.postMessage(task); }
`, ['silent worker: resource-ended']],
    ['a worker whose name something else ends', `
import { Worker } from 'node:worker_threads';
export class Pool { begin() { this.worker = new Worker("./work.js"); } } export function end(pool) { pool.worker.terminate(); }
`, ['silent worker: ended-by-name']],
    ['a terminal for each key', `
import pty from 'node-pty';
export class Terms { terms = new Map(); open(id) { this.terms.set(id, pty.spawn("sh")); } close(id) { this.terms.delete(id); } }
`, ['likely terms: entries-never-ended reachable-from-outside']],
    ['a terminal for each key that is killed', `
import pty from 'node-pty';
export class Terms { terms = new Map(); open(id) { this.terms.set(id, pty.spawn("sh")); } close(id) { this.terms.get(id).kill(); this.terms.delete(id); } }
`, ['silent terms: resource-ended']],
    ['a sandbox that is found by its number', `
import { Sandbox } from '@e2b/code-interpreter';
export async function begin() { const sandbox = await Sandbox.create(); return sandbox.sandboxId; } export async function end(id) { const sandbox = await Sandbox.connect(id); await sandbox.kill(); }
`, ['silent sandbox: id-returned']],
    ['a sandbox that nobody ends', `
import { Sandbox } from '@e2b/code-interpreter';
export async function begin() { const sandbox = await Sandbox.create(); await sandbox.runCode("1"); }
`, ['certain sandbox: left-open']],
    ['a file that is closed in the end', `
import { open } from 'node:fs/promises';
export async function head(path) { const file = await open(path); try { return await file.read(); } finally { await file.close(); } }
`, ['silent file: resource-ended']],
    ['a file that nobody closes', `
import { open } from 'node:fs/promises';
export async function head(path) { const file = await open(path); return file.read(); }
`, ['certain file: left-open']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
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
