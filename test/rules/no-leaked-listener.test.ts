import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, reasonsFor, verdictsOf } = checksFor('no-leaked-listener');

describe('no-leaked-listener: what lives as long as the program', () => {
  it.each([
    ['a constructor of an object that is destroyed', `
export class Clock {
  constructor(face) {
    this.face = face;
    window.addEventListener('resize', () => this.draw()); //! certain no-leaked-listener window.addEventListener
  }
  draw() {}
  destroy() { this.face.remove(); }
}
`],
    ['signals in a loop, once each', `
export class Agent {
  constructor() {
    ['SIGINT', 'SIGTERM'].forEach((signal) => {
      process.once(signal, () => this.stop()); //! certain no-leaked-listener process.once
    });
  }
  stop() { this.stopped = true; }
}
`],
    ['a factory whose object is closed', `
export function createServer(watcher) {
  const server = { async close() { await watcher.close(); } };
  const leave = () => server.close();
  process.once('SIGTERM', leave); //! certain no-leaked-listener process.once
  return server;
}
`],
    ['a component that is taken away', `
import React from 'react';
export class Pane extends React.Component {
  componentDidMount() { window.addEventListener('keydown', this.onKey); } //! certain no-leaked-listener window.addEventListener
  onKey = () => this.setState({});
}
`],
    ['an effect without a clean-up', `
import { useEffect } from 'react';
export function Pane({ onKey }) {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown); //! certain no-leaked-listener window.addEventListener
    function onKeyDown(event) { onKey(event.key); }
  }, []);
  return <p />;
}
`],
    ['an event of a shared service whose end is dropped', `
import { workspace as Workspace } from 'vscode';
export class Client {
  start() { Workspace.onDidChangeConfiguration(() => this.refresh()); } //! certain no-leaked-listener Workspace.onDidChangeConfiguration
  refresh() {}
  stop() {}
}
`],
    ['an emitter of another module', `
import { bus } from './bus';
export class Panel {
  constructor() { bus.on('theme', () => this.paint()); } //! certain no-leaked-listener bus.on
  paint() {}
  dispose() {}
}
`],
    ['a media query', `
export class Theme {
  constructor() {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', () => this.apply()); //! certain no-leaked-listener dark.addEventListener
  }
  apply() {}
  dispose() {}
}
`],
    ['one more with every event', `
export function open(button, menu) {
  button.addEventListener('click', () => {
    document.addEventListener('keydown', () => menu.close()); //! certain no-leaked-listener document.addEventListener
  });
}
`],
    ['the one of three that a teardown forgets', `
export class Diff {
  mount() {
    document.addEventListener('find', this.find);
    document.addEventListener('cut', this.copy); //! certain no-leaked-listener document.addEventListener
  }
  dispose() { document.removeEventListener('find', this.find); }
  find = () => {};
  copy = () => {};
}
`],
  ])('reports %s', (_, code) => { expectFindings(code, 'src/sample.tsx'); });

  it.each([
    ['an object without a teardown', `
export class Projects {
  constructor() { window.addEventListener('online', () => this.retry()); } //! likely no-leaked-listener window.addEventListener
  retry() {}
}
`],
    ['a function that is called with one thing after the other', `
import { autoUpdater } from 'electron';
export default function announce(win) {
  autoUpdater.on('update-downloaded', () => win.send('update')); //! likely no-leaked-listener autoUpdater.on
}
`],
    ['an object whose end is that of the process', `
export class Feed {
  watch() { process.on('SIGTERM', () => this.shutdown()); } //! likely no-leaked-listener process.on
  async shutdown() {
    await this.flush();
    process.exit(0);
  }
  flush() {}
}
`],
    ['an object of which there may be one only', `
@injectable()
export class Layout {
  show() { window.addEventListener('resize', () => this.fit()); } //! likely no-leaked-listener window.addEventListener
  fit() {}
  dispose() {}
}
`],
  ])('is less sure of %s', (_, code) => { expectFindings(code); });
});

describe('no-leaked-listener: what a caller gives', () => {
  it.each([
    ['a signal that a timer may outrun', `
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true }); //! certain no-leaked-listener signal.addEventListener
  });
}
`],
    ['a signal in the options of an async function', `
export async function load(url, options) {
  const abort = new AbortController();
  options.signal.addEventListener('abort', () => abort.abort()); //! certain no-leaked-listener options.signal.addEventListener
  return fetch(url, { signal: abort.signal });
}
`],
    ['the socket of a request', `
export function handle(req, res) {
  req.socket.on('timeout', () => res.end()); //! certain no-leaked-listener req.socket.on
}
`],
    ['an outcome that does not come', `
export function bind(server, port) {
  return new Promise((resolve) => {
    const failed = (error) => { server.off('error', failed); resolve(error); };
    server.on('error', failed);
    server.listen(port, () => { server.off('error', failed); resolve(); }); //! likely no-leaked-listener server.listen
  });
}
`],
    ['a release that the next one overwrites', `
export class Topics {
  subscribe(topic, queue) {
    const heard = (value) => queue.push(value);
    const close = () => this.emitter.removeListener(topic, heard);
    this.emitter.on(topic, heard);
    queue.close = close; //! certain no-leaked-listener close
  }
}
`],
    ['a teardown that adds it once more', `
export class Bar {
  begin() { this.on(this.player, ['ended', 'pause'], this.update); this.on(this.tracker, 'edge', this.update); }
  dispose() {
    this.off(this.player, ['ended', 'pause'], this.update);
    this.on(this.tracker, 'edge', this.update); //! certain no-leaked-listener this.on
  }
  update = () => {};
}
`],
    ['an event of a service that is injected', `
export class Storage {
  constructor(private readonly files: FileService) {
    this.files.onDidChangeFiles(() => this.read()); //! certain no-leaked-listener this.files.onDidChangeFiles
  }
  read() {}
  dispose() {}
}
`],
  ])('reports %s', (_, code) => { expectFindings(code.replaceAll('FileService', 'Files').replaceAll('this.files', 'this.fileService').replaceAll('readonly files', 'readonly fileService')); });

  it.each([
    ['an object that is built with a signal', `
export class Request {
  constructor(init) {
    const abort = new AbortController();
    init.signal.addEventListener('abort', () => abort.abort(), { once: true }); //! likely no-leaked-listener init.signal.addEventListener
  }
}
`],
    ['an async method of an object that may go on until the signal', `
export class Locks {
  private async take(name, signal) {
    this.lock = await request(name);
    signal.addEventListener('abort', () => this.lock.release(), { once: true }); //! likely no-leaked-listener signal.addEventListener
  }
}
`],
    ['the one of two outcomes that the other one leaves', `
export function connect(client) {
  return new Promise((resolve, reject) => {
    const ready = () => { client.off('refused', refused); resolve(client); };
    const refused = (error) => reject(error);
    client.once('ready', ready);
    client.once('refused', refused);
  });
}
`.replace("client.once('ready', ready);", "client.once('ready', ready); //! likely no-leaked-listener client.once")],
    ['the one of three that is closed with its socket', `
export class Link {
  open(url) {
    const socket = connect(url);
    socket.on('message', this.heard);
    socket.on('open', this.opened); //! likely no-leaked-listener socket.on
    socket.on('close', this.closed);
    this.socket = socket;
  }
  disconnect() {
    this.socket.off('message', this.heard);
    this.socket.off('close', this.closed);
    this.socket.close();
  }
  heard = () => {};
  opened = () => {};
  closed = () => {};
}
`],
    ['an emitter that is injected into what is disposed', `
export class View {
  constructor(private readonly bus: Bus) { this.bus.on('change', () => this.draw()); } //! likely no-leaked-listener this.bus.on
  draw() {}
  dispose() {}
}
`],
    ['what a finally leaves behind', `
export async function publish(client, message) {
  const forget = () => clearTimeout(message.timer);
  try {
    client.connection.on('done', forget); //! likely no-leaked-listener client.connection.on
    await client.send(message);
  } finally {
    forget();
  }
}
`],
  ])('is less sure of %s', (_, code) => { expectFindings(code); });
});

describe('no-leaked-listener: what is released', () => {
  it.each([
    ['taken away by the teardown', `
export class Clock {
  constructor() { window.addEventListener('resize', this.draw); }
  draw = () => {};
  destroy() { window.removeEventListener('resize', this.draw); }
}
`],
    ['taken away in a loop, with what was kept', `
export class Agent {
  private handlers = [];
  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      const handler = () => this.stop();
      process.on(signal, handler);
      this.handlers.push({ signal, handler });
    }
  }
  stop() { for (const one of this.handlers) process.off(one.signal, one.handler); }
}
`],
    ['a signal that takes it away', `
export class Clock {
  private end = new AbortController();
  constructor() { window.addEventListener('resize', () => this.draw(), { signal: this.end.signal }); }
  draw() {}
  destroy() { this.end.abort(); }
}
`],
    ['a signal in options that are shared', `
export class Clock {
  private end = new AbortController();
  constructor() {
    const options = { signal: this.end.signal };
    window.addEventListener('resize', () => this.draw(), options);
  }
  draw() {}
  destroy() { this.end.abort(); }
}
`],
    ['a Disposable in a bag', `
import { workspace } from 'vscode';
export class Client {
  constructor() { this.toDispose.push(workspace.onDidChangeConfiguration(() => this.refresh())); }
  refresh() {}
  dispose() { this.toDispose.dispose(); }
}
`],
    ['an unsubscribe function that is kept', `
import { bus } from './bus';
export class Panel {
  constructor() { this.unsubscribe = bus.on('theme', () => this.paint()); }
  paint() {}
  dispose() { this.unsubscribe(); }
}
`],
    ['an effect that cleans up', `
import { useEffect } from 'react';
export function Pane({ onKey }) {
  useEffect(() => {
    const heard = (event) => onKey(event.key);
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, []);
  return <p />;
}
`],
    ['what the end of a drag takes away', `
export class Divider {
  drag() {
    const move = (event) => this.moveTo(event.clientX);
    document.addEventListener('mousemove', move);
    document.addEventListener('mouseup', () => document.removeEventListener('mousemove', move), { once: true });
  }
  moveTo() {}
  destroy() {}
}
`],
    ['a signal whose listener goes when the promise is settled', `
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    const aborted = () => { clearTimeout(timer); reject(signal.reason); };
    const timer = setTimeout(() => { signal?.removeEventListener('abort', aborted); resolve(); }, ms);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
`],
    ['one function for both ends of a wait', `
export function sleep(ms, signal) {
  return new Promise((resolve) => {
    const over = () => { signal.removeEventListener('abort', over); clearTimeout(timer); resolve(); };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
  });
}
`],
    ['a promise that nothing but the signal settles', `
export function aborted(signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) { reject(signal.reason); return; }
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
`],
    ['both outcomes taken away by each other', `
export function bind(server, port) {
  return new Promise((resolve, reject) => {
    const failed = (error) => { server.off('listening', bound); reject(error); };
    const bound = () => { server.off('error', failed); resolve(); };
    server.once('error', failed);
    server.once('listening', bound);
    server.listen(port);
  });
}
`],
    ['releases that are collected', `
export class Topics {
  subscribe(topic, queue) {
    const heard = (value) => queue.push(value);
    const close = () => this.emitter.removeListener(topic, heard);
    this.emitter.on(topic, heard);
    queue.closes.push(close);
  }
}
`],
    ['a wrapper whose caller owns the listener', `
export class Dom {
  listen(target, name, heard) { document.addEventListener(name, heard); }
  dispose() {}
}
`],
  ])('says nothing of %s', (_, code) => { expectSilent(code, 'src/sample.tsx'); });
});

describe('no-leaked-listener: what lives no longer than its listener', () => {
  it.each([
    ['a child process of its own', `
import { spawn } from 'node:child_process';
export class Runner {
  start(command) {
    this.child = spawn(command);
    this.child.on('exit', () => this.ended());
  }
  ended() {}
  stop() { this.child.kill(); }
}
`],
    ['an element that it makes', `
export class Panel {
  constructor() {
    this.button = document.createElement('button');
    this.button.addEventListener('click', () => this.close());
  }
  close() {}
  destroy() {}
}
`],
    ['the module of an entry file', `
process.on('SIGTERM', () => process.exit(0));
window.addEventListener('resize', () => {});
`],
    ['what the file calls once', `
function main() { process.on('SIGTERM', () => process.exit(0)); }
main();
`],
    ['the only object of its class', `
class Store {
  constructor() { window.addEventListener('online', () => this.retry()); }
  retry() {}
  dispose() {}
}
const store = new Store();
store.retry();
`],
    ['an object that its class makes once', `
export class Store {
  private static instance;
  static getInstance() { return (Store.instance ??= new Store()); }
  private constructor() { window.addEventListener('online', () => this.retry()); }
  retry() {}
  dispose() {}
}
`],
    ['what a flag of the module lets happen once', `
let installed = false;
export class Guard {
  constructor() {
    if (!installed) {
      installed = true;
      process.on('exit', () => report());
    }
  }
  dispose() {}
}
`],
    ['one listener for each socket that is kept in a set', `
const known = new WeakSet();
export function handle(req, res) {
  if (!known.has(req.socket)) {
    known.add(req.socket);
    req.socket.on('close', () => forget(req.socket));
  }
}
`],
    ['the signal of a request', `
export async function handle(request) {
  const abort = new AbortController();
  request.signal.addEventListener('abort', () => abort.abort());
  return work(abort.signal);
}
`],
    ['the signal that a run is given', `
export function schedule(pool) {
  pool.run(async (signal) => {
    signal.addEventListener('abort', () => pool.note('aborted'));
    await pool.work();
  });
}
`],
    ['a controller of its own', `
export async function load(url) {
  const abort = new AbortController();
  abort.signal.addEventListener('abort', () => note(url));
  return fetch(url, { signal: abort.signal });
}
`],
    ['a part of an imported object that comes and goes', `
import { socket } from './socket';
export class Status {
  constructor() { socket.io.engine.on('upgrade', () => this.draw()); }
  draw() {}
  dispose() {}
}
`],
    ['an event that comes once', `
export class Page {
  constructor() { document.addEventListener('DOMContentLoaded', () => this.draw()); }
  draw() {}
  dispose() {}
}
`],
    ['a mixin that takes its listeners away itself', `
export class Bar {
  constructor(player) { this.on(player, 'play', () => this.update()); }
  update() {}
  dispose() {}
}
`],
    ['what a method is given to serve', `
export class Server {
  attach(http) { http.on('upgrade', () => this.upgrade()); }
  upgrade() {}
  close() {}
}
`],
    ['an element that it is given', `
export class Divider {
  constructor(bar) { bar.addEventListener('mousedown', () => this.drag()); }
  drag() {}
  destroy() {}
}
`],
    ['an end that takes away what came before it', `
export function count(request, add) {
  const more = (chunk) => add(chunk.length);
  request.on('data', more);
  request.once('end', () => request.off('data', more));
}
`],
    ['a pool that is made once', `
import { signals } from './signals';
export function getPool(size) {
  return singleton('pool', () => {
    const pool = makePool(size);
    signals.on('SIGTERM', () => pool.end(size));
    return pool;
  });
}
`],
    ['a script that runs in the page', `
export function recoveryScript(limit) {
  window.addEventListener('error', () => note(limit));
}
`],
    ['an emitter that the teardown ends', `
export class Link {
  constructor(private readonly client: Client) { this.client.on('data', () => this.read()); }
  read() {}
  close() { this.client.destroy(); }
}
`],
  ])('says nothing of %s', (_, code) => { expectSilent(code); });

  it('does not take a method that adds a listener for a teardown', () => {
    expectNothingCertain(`
export class Brief {
  constructor() { document.addEventListener('keydown', () => this.hide()); }
  hide() {}
  onClose(heard) { this.heard = heard; }
}
`);
  });

  it('takes an options object that the file does not show for one with a signal', () => {
    expectSilent(`
export class Clock {
  constructor(options) { window.addEventListener('resize', () => {}, options); }
  destroy() {}
}
`);
  });

  it('still reports a signal beside another option', () => {
    expect(findingsOf(`
export class Clock {
  constructor() { window.addEventListener('resize', () => this.draw(), { passive: true }); }
  draw() {}
  destroy() {}
}
`)).toHaveLength(1);
  });
});

describe('no-leaked-listener: a bag for what ends the listener', () => {
  const watcher = (given: string, mark = ''): string => `
import { workspace } from 'vscode';
export class Outline {
  private disposables = [];
  constructor() { workspace.onDidChangeTextDocument(() => this.draw()${given}); }${mark}
  draw() {}
  dispose() { this.disposables.forEach((one) => one.dispose()); }
}
`;

  it('says nothing of an event that is given one as its third argument', () => { expectSilent(watcher(', this, this.disposables')); });

  it.each([[', this.disposables'], [', this'], [', this, undefined']])('still reports an event that is given no bag there: %s', (given) => {
    expectFindings(watcher(given, ' //! certain no-leaked-listener workspace.onDidChangeTextDocument'));
  });
});

describe('no-leaked-listener: what takes a subscription away is kept', () => {
  const bell = (end: string) => `
import { useEffect } from 'react';
import { bus } from './bus.js';
export function Bell({ room }) {
  useEffect(() => {
    const ring = bus.subscribe(() => room.ring());${end === '' ? ' //! reported no-leaked-listener bus.subscribe' : ''}
    return () => { room.leave(); ${end} };
  }, [room]);
  return null;
}
`;

  it('in a variable that nobody reads is as good as dropped', () => { expectFindings(bell('')); });

  it.each(['ring();', 'ring.unsubscribe();', 'room.hand(ring);', 'room.last = ring;'])('in one that somebody reads may be used: %s', (end) => { expectSilent(bell(end)); });
});

describe('no-leaked-listener: the end of the process', () => {
  it.each([
    ['a handler that exits, after a branch or not', `
export class Gateway {
  open() {
    process.on('SIGINT', async () => { //! likely no-leaked-listener process.on
      if (this.port) await this.close();
      process.exit(0);
    });
    process.on('unhandledRejection', (reason) => { log(reason); process.exit(1); }); //! likely no-leaked-listener process.on
  }
  close() { this.port = undefined; }
}
`],
    ['a handler that exits when all is done, or by a helper', `
const leave = (code) => { log('bye'); process.exit(code); };
export class Gateway {
  open() {
    process.on('SIGTERM', () => { this.close().then(() => process.exit(0)); }); //! likely no-leaked-listener process.on
    process.on('uncaughtException', () => leave(1)); //! likely no-leaked-listener process.on
  }
  async close() {}
}
`],
    ['what such a handler adds', `
export function serve(server) {
  process.on('SIGTERM', () => {
    process.stdout.on('drain', () => process.exit(0)); //! likely no-leaked-listener process.stdout.on
    server.close();
  });
}
`],
  ])('is less sure of %s', (_, code) => { expectFindings(code); });

  it.each([
    ['a handler that does not exit', `
export class Gateway {
  open() { process.on('SIGINT', () => this.close()); } //! certain no-leaked-listener process.on
  close() {}
}
`],
    ['a handler that exits in some cases only', `
export class Gateway {
  open() {
    process.on('unhandledRejection', (reason) => { //! certain no-leaked-listener process.on
      log(this, reason);
      if (reason.fatal) process.exit(1);
    });
  }
  close() {}
}
`],
    ['an event that is no end', `
export class Gateway {
  open() { process.on('message', () => process.exit(0)); } //! certain no-leaked-listener process.on
  close() {}
}
`],
    ['a handler that exits beside one that is taken away', `
export class Gateway {
  open() {
    process.on('SIGINT', () => process.exit(0)); //! certain no-leaked-listener process.on
    process.on('SIGTERM', this.leave);
  }
  leave = () => process.exit(0);
  close() { process.off('SIGTERM', this.leave); }
}
`],
    ['what a signal adds that asks for a new start', `
export function serve(server) {
  process.on('SIGHUP', () => { //! likely no-leaked-listener process.on
    process.stdout.on('drain', () => server.flush()); //! certain no-leaked-listener process.stdout.on
  });
}
`],
  ])('still reports %s', (_, code) => { expectFindings(code); });
});

describe('no-leaked-listener: the same function each time', () => {
  it.each([
    ['an import', `
import { socket } from './socket';
import { warn } from './warn';
socket.on('open', () => { window.addEventListener('beforeunload', warn, false); });
`],
    ['a function of the module', `
function warn(event) { event.preventDefault(); }
export class Page {
  show() { document.addEventListener('keydown', warn); }
}
`],
  ])('says nothing of %s that the page is given again', (_, code) => { expectSilent(code); });

  it('is less sure of one that a teardown leaves', () => {
    expectFindings(`
const warn = (event) => event.preventDefault();
export class Page {
  show() { document.addEventListener('keydown', warn); } //! likely no-leaked-listener document.addEventListener
  destroy() {}
}
`);
  });

  it.each([
    ['one that is made anew', `
import { socket } from './socket';
import { warner } from './warn';
socket.on('open', () => {
  const warn = warner();
  window.addEventListener('beforeunload', warn, false); //! certain no-leaked-listener window.addEventListener
});
`],
    ['one that is bound anew', `
import { socket } from './socket';
import { warn } from './warn';
socket.on('open', () => { window.addEventListener('beforeunload', warn.bind(socket)); }); //! certain no-leaked-listener window.addEventListener
`],
    ['one of an emitter, which calls it once for each time', `
import { socket } from './socket';
import { warn } from './warn';
socket.on('open', () => { process.on('warning', warn); }); //! certain no-leaked-listener process.on
`],
  ])('still reports %s', (_, code) => { expectFindings(code); });
});

describe('no-leaked-listener: a target of its own', () => {
  const editor = (made: string, end: string, mark = ''): string => `
export class Pane {
  show(node) {
    const editor = (this.editor = ${made});
    editor.on('change', this.changed);
    editor.on('fold', this.folded);
    editor.on('scroll', () => this.scrolled());${mark}
  }
  destroy() {
    this.editor.off('change', this.changed);
    this.editor.off('fold', this.folded);
    ${end}
  }
  changed = () => {};
  folded = () => {};
  scrolled() {}
}
`;
  const mark = ' //! certain no-leaked-listener editor.on';

  it.each([['new Editor(node)'], ['CodePane(node)'], ['lib.createEditor(node)']])('says nothing of one that is dropped with it: %s', (made) => { expectSilent(editor(made, 'this.editor = null;')); });

  it('still reports one that is kept', () => { expectFindings(editor('new Editor(node)', '', mark)); });

  it('still reports one that others may have', () => { expectFindings(editor('shared.getEditor(node)', 'this.editor = null;', mark)); });
});

describe('no-leaked-listener: a signal that callers make', () => {
  const wait = (head: string, caller: string, mark = ''): string => `
${head} {
  const abort = new AbortController();
  signal.addEventListener('abort', () => abort.abort());${mark}
  return fetch(url, { signal: abort.signal });
}
${caller}
`;
  const mark = ' //! certain no-leaked-listener signal.addEventListener';
  const each = 'export function load(url) { const end = new AbortController(); return { end, done: ask(url, end.signal) }; }';

  it.each([
    ['a controller for each', wait('async function ask(url, signal)', each)],
    ['a controller for each, among options', wait('async function ask(url, { signal })', each.replace('end.signal', '{ signal: end.signal }'))],
    ['a time limit', wait('async function ask(url, signal)', 'export const load = (url) => ask(url, AbortSignal.timeout(500));')],
  ])('says nothing where all are in the file and make %s', (_, code) => { expectSilent(code); });

  it.each([
    ['others may call it', wait('export async function ask(url, signal)', each, mark)],
    ['one controller serves all', wait('async function ask(url, signal)', 'const end = new AbortController();\nexport const load = (url) => ask(url, end.signal);', mark)],
    ['a caller passes on what it is given', wait('async function ask(url, signal)', `${each}\nexport const reload = (url, signal) => ask(url, signal);`, mark)],
  ])('still reports it where %s', (_, code) => { expectFindings(code); });
});

describe('no-leaked-listener: the argument', () => {
  it('reports a chain once, at its first link', () => {
    const code = `
import { socket } from './socket';
export class Terminal {
  open() { socket.on('data', () => this.write()).on('login', () => this.greet()).on('logout', () => this.leave()); } //! certain no-leaked-listener socket.on
  write() {}
  greet() {}
  leave() {}
  dispose() {}
}
`;
    expectFindings(code);
    expect(verdictsOf(code).map(({ outcome }) => outcome).filter((outcome) => outcome === 'certain')).toHaveLength(1);
  });

  it('reports the link of a chain that is not taken away', () => {
    expectFindings(`
import { socket } from './socket';
export class Terminal {
  open() { socket.on('data', this.write).on('login', () => this.greet()); } //! certain no-leaked-listener on
  write = () => {};
  greet() {}
  dispose() { socket.off('data', this.write); }
}
`);
  });

  it('leaves a listener to the removal that does not match it', () => {
    const [verdict] = verdictsOf(`
export class Shell {
  constructor() { process.on('SIGTERM', this.onTerm.bind(this)); }
  close() { process.off('SIGTERM', this.onTerm.bind(this)); }
  onTerm() {}
}
`);
    expect(verdict?.outcome).toBe('silent');
    expect(verdict?.reasons.at(-1)).toMatchObject({ code: 'said-by-rule', names: { rule: 'no-mismatched-removal' } });
  });

  it('says what releases a listener', () => {
    expect(reasonsFor(`
export class Clock {
  constructor() { window.addEventListener('resize', this.draw); }
  draw = () => {};
  destroy() { window.removeEventListener('resize', this.draw); }
}
`).at(-1)).toBe('listener-removed');
  });

  it('keeps the registration and the teardowns for whoever repairs it', () => {
    const [verdict] = verdictsOf(`
export class Clock {
  constructor() { window.addEventListener('resize', () => this.draw()); }
  draw() {}
  destroy() {}
}
`);
    expect(verdict?.subject).toMatchObject({ type: 'listener', registration: { event: 'resize' }, removal: undefined, teardowns: [{ name: 'destroy' }] });
  });
});

describe('no-leaked-listener: a teardown after which the object goes on', () => {
  const guard = (more: string, adds = 'watch() { process.on("uncaughtException", (error) => this.fail(error)); }'): string => `
export class Guard {
  ${adds}
  start() { this.link.open(); }
  stop() { this.link.close(); }
  fail(error) { this.link.send(error); }
  ${more}
}
`;
  const found = (code: string): string[] => findingsOf(code).map((finding) => finding.replace(/ no.*/, ''));

  it('is not certain where the object stops and starts again', () => {
    expect(found(guard('async restart() { await this.stop(); await this.start(); }'))).toEqual(['likely']);
    expect(found(guard('lost() { this.stop(); this.retryLater(); } retryLater() { setTimeout(() => this.start(), 500); }'))).toEqual(['likely']);
  });

  it('is not certain where a flag turns it off and on', () => {
    expect(found(guard('configure(on) { this.on = on; this.apply(); }  apply() { if (!this.on) { this.stop(); return; } this.link.open(); }'))).toEqual(['likely']);
  });

  it('is not certain where a stop undoes a start, and the constructor adds it', () => {
    expect(found(guard('', 'constructor() { process.on("uncaughtException", (error) => this.fail(error)); }'))).toEqual(['likely']);
  });

  it('still is certain where there is no start that a stop could undo', () => {
    expect(found(guard('', 'constructor() { process.on("uncaughtException", (error) => this.fail(error)); }').replace('start()', 'greet()'))).toEqual(['certain']);
  });

  it('still is certain where each start adds it anew', () => {
    expect(found(guard('async restart() { await this.stop(); await this.start(); }', '').replace('this.link.open();', 'process.on("uncaughtException", (error) => this.fail(error));'))).toEqual(['certain']);
  });

  it('still is certain where a method only ends the object, or does so once a limit is passed', () => {
    expect(found(guard('lost() { this.stop(); this.fail("lost"); }'))).toEqual(['certain']);
    expect(found(guard('tick() { this.idle++; if (this.idle > 10) { this.stop(); return; } this.link.send("tick"); }'))).toEqual(['certain']);
    expect(found(guard('lost() { if (this.over) return; this.over = true; this.stop(); }'))).toEqual(['certain']);
  });
});

describe('no-leaked-listener: a loop that only the signal ends', () => {
  const loop = (rest: string): string => `
export async function follow(source, signal) {
  signal?.addEventListener('abort', () => source.wake());
  ${rest}
}
`;

  it('is silent where the function is over when the signal is aborted', () => {
    expectSilent(loop('while (signal?.aborted !== true) { await source.next(); if (signal?.aborted) break; source.show(); }'));
    expectSilent(loop('while (!signal.aborted) { await source.next(); }'));
  });

  it.each([
    ['a loop with another way out', 'while (!signal.aborted) { const row = await source.next(); if (row.done) break; source.show(row); }'],
    ['a loop until something else', 'while (!source.done) { await source.next(); }'],
    ['no loop', 'await source.next();'],
  ])('still is certain about %s', (_what, rest) => {
    expect(findingsOf(loop(rest)).map((finding) => finding.replace(/ no.*/, ''))).toEqual(['certain']);
  });
});

describe('no-leaked-listener: an emitter that nobody holds when the other outcome comes', () => {
  const bind = (before: string): string => `
export class Ports {
  constructor(open) { this.open = open; }
  bind(address, bound) {
    const server = this.make(bound);
    ${before}
    return new Promise((resolve) => {
      const failed = (error) => resolve({ error });
      server.once('error', failed);
      server.listen(address, () => {
        bound.listening.add(server);
        server.removeListener('error', failed);
        resolve({ server });
      });
    });
  }
  make(bound) { return bound.create(); }
}
`;

  it('is certain where the other outcome begins anew', () => {
    expectFindings(`
export function bind(server, port) {
  return new Promise((resolve, reject) => {
    const failed = (error) => {
      if (error.code === 'EADDRINUSE') server.listen(++port);
      else { server.off('error', failed); reject(error); }
    };
    server.on('error', failed);
    server.listen(port, () => { server.off('error', failed); resolve(port); }); //! certain no-leaked-listener server.listen
  });
}
`);
  });

  it('is silent about one that only the success hands on', () => {
    expectSilent(bind(''));
  });

  it('still reports one that was handed on before', () => {
    expect(findingsOf(bind('bound.all.push(server);')).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-leaked-listener server.listen']);
  });
});

describe('no-leaked-listener: a function that takes a listener', () => {
  const bridge = (handler: string): string => `
import { contextBridge, ipcRenderer } from 'electron';
contextBridge.exposeInMainWorld('desk', {
  onCommand: ${handler}
});
`;
  it('is no listener of the event in its name', () => {
    expectNothingCertain(bridge("(callback) => { ipcRenderer.on('command', (event, command) => callback(command)); }"));
  });

  it('still is one if it is given the event', () => {
    expectFindings(bridge("(command) => { ipcRenderer.on('answer', (event, text) => command.answer(text)); } //! reported no-leaked-listener ipcRenderer.on"));
  });
});

describe('no-leaked-listener: what calls the teardown itself', () => {
  const vision = (handler: string): string => `
export class Vision {
  init() { window.addEventListener('beforeunload', ${handler}); } //! reported no-leaked-listener window.addEventListener
  stop() { this.client.close(); }
}
`;
  it('is not certain, since it hears the end first', () => {
    expectNothingCertain(vision('() => this.stop()'));
    expectFindings(vision('() => this.stop()'));
  });

  it('still is certain if it does something else', () => {
    expect(verdictsOf(vision('() => this.count()')).map(({ outcome }) => outcome)).toContain('certain');
  });
});

describe('no-leaked-listener: a flag of a class that its caller sets', () => {
  const updates = (guard: string): string => `
import { ipcMain } from 'electron';
export class Updates {
  static isReady = false;
  static prepare() { ipcMain.on('check', () => this.check()); }
  static init() { ${guard} }
  static stop() { this.jobs = []; }
}
`;
  it('lets it run once', () => {
    expectSilent(updates('if (!this.isReady) { this.isReady = true; this.prepare(); }'));
  });

  it('still is reported without it', () => {
    expect(findingsOf(updates('this.prepare();'))).not.toEqual([]);
  });
});

describe('no-leaked-listener: a listener that takes itself off', () => {
  const relay = (off: string, outcome: string): string => `
export function relay(source) {
  source.on('broken', onBroken);
  function onBroken(error) {
    ${off}
    process.on('warning', () => report(error));${outcome}
  }
}
`;

  it('runs once, and so adds no other one', () => {
    expectSilent(relay("source.off('broken', onBroken);", ''));
  });

  it('still adds another one with each event if it takes off something else', () => {
    expectFindings(relay("source.off('broken', onBroken2);", ' //! certain no-leaked-listener process.on'));
  });
});

describe('no-leaked-listener: a listener that ends the program', () => {
  const failing = (event: string, body: string, mark = ''): string => `
import * as electron from 'electron';
electron.ipcMain.on('failed', (sent, reason) => {
  electron.app.on('${event}', () => {${mark}
    ${body}
  });
  show(reason);
});
`;

  it('is not certain about the last event of the program', () => {
    expectNothingCertain(failing('window-all-closed', 'electron.app.exit();'));
  });

  it('still is certain about an event after which it goes on', () => {
    expectFindings(failing('activate', 'show(reason);', " //! certain no-leaked-listener electron.app.on"));
  });
});

describe('no-leaked-listener: the signal of a request', () => {
  const handle = (signal: string): string => `
export async function handle(${signal.split('.')[0] ?? ''}) {
  const abort = new AbortController();
  ${signal}.addEventListener('abort', () => abort.abort());
  return work(abort.signal);
}
`;

  it.each(['request.signal', 'ctx.signal', 'given.ctx.signal', 'given.event.signal', 'given.raw.signal'])('ends with it: %s', (signal) => {
    expectSilent(handle(signal));
  });

  it.each(['signal', 'given.signal', 'given.ctxOfAll.signal', 'given.subctx.signal', 'given.eventual.signal'])('is not what only sounds like one: %s', (signal) => {
    expect(verdictsOf(handle(signal)).map(({ outcome }) => outcome)).toEqual(['certain']);
  });
});

describe('no-leaked-listener: a socket whose listeners are swept by who calls', () => {
  const stream = (sweep: string, mark = ''): string => `
import express from 'express';
const app = express();
function answer(request, response) {
  request.socket.on('close', () => response.stop());${mark}
}
app.post('/answers', (request, response) => {
  ${sweep}
  answer(request, response);
});
`;

  it.each(["request.socket.removeAllListeners('close');", 'request.socket.removeAllListeners();'])('is not certain behind %s', (sweep) => {
    expectNothingCertain(stream(sweep));
  });

  it.each(["request.socket.removeAllListeners('data');", "other.socket.removeAllListeners('close');", ''])('still is certain behind %s', (sweep) => {
    expectFindings(stream(sweep, ' //! certain no-leaked-listener request.socket.on'));
  });
});
