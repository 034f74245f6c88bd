import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, expectNothingCertain, findingsOf, verdictsOf } = checksFor('no-orphaned-resource');

describe('no-orphaned-resource', () => {
  it.each([
    ['a server that is dropped, where the owner has an end', `
import { SubscriptionServer } from 'subscriptions-transport-ws';
export class Api {
  constructor(http, schema) {
    this.http = http;
    this.listenForLetters(schema);
  }
  listenForLetters(schema) {
    SubscriptionServer.create({ schema }, { server: this.http }); //! certain no-orphaned-resource SubscriptionServer.create
  }
  stop() { this.http.close(); }
}
`],
    ['an observer of a component, which the framework takes away', `
import { Component } from 'react';
export class Chart extends Component {
  componentDidMount() {
    this.observer = new ResizeObserver(() => this.setState({ at: Date.now() })); //! reported no-orphaned-resource observer
    this.observer.observe(this.box);
  }
  componentWillUnmount() { this.props.onGone(); }
  render() { return null; }
}
`],
    ['what a helper returns and its only caller drops', `
import { watch } from 'chokidar';
export class Library {
  constructor(folder, pool) {
    this.pool = pool;
    this.#open(folder);
  }
  #open(folder) {
    return watch(folder); //! certain no-orphaned-resource watch
  }
  close() { this.pool.end(); }
}
`],
    ['an observer in a local variable that the teardown cannot see', `
export class Chart {
  constructor(box) {
    const observer = new ResizeObserver(() => this.draw()); //! certain no-orphaned-resource observer
    observer.observe(box);
    this.frame = setInterval(() => this.draw(), 1000);
  }
  draw() {}
  destroy() { clearInterval(this.frame); }
}
`],
    ['an observer that is never named', `
export class Chart {
  mount(box) {
    new ResizeObserver(() => this.draw()).observe(box); //! certain no-orphaned-resource ResizeObserver
    this.frame = setInterval(() => this.draw(), 1000);
  }
  draw() {}
  destroy() { clearInterval(this.frame); }
}
`],
    ['a field that the teardown forgets', `
export class Feed {
  #socket;
  #timer;
  open(url) {
    this.#socket = new WebSocket(url); //! certain no-orphaned-resource #socket
    this.#timer = setInterval(() => this.#socket.send('ping'), 1000);
  }
  close() { clearInterval(this.#timer); }
}
`],
    ['a browser that the function leaves open', `
import { chromium } from 'playwright';
export async function titleOf(url) {
  const browser = await chromium.launch(); //! certain no-orphaned-resource browser
  const page = await browser.newPage();
  await page.goto(url);
  return page.title();
}
`],
    ['a connection per request', `
import Redis from 'ioredis';
export function serve(app) {
  app.get('/count', async (request, response) => {
    const redis = new Redis(); //! certain no-orphaned-resource redis
    response.send(await redis.incr('count'));
  });
}
`],
    ['a worker per event', `
export function listen(button) {
  button.addEventListener('click', () => {
    const worker = new Worker('count.js'); //! certain no-orphaned-resource worker
    worker.postMessage('go');
  });
}
`],
    ['a socket of an effect without a clean-up', `
import { useEffect } from 'react';
export function Prices({ url, onPrice }) {
  useEffect(() => {
    const socket = new WebSocket(url); //! certain no-orphaned-resource socket
    socket.onmessage = (event) => onPrice(event.data);
  }, [url, onPrice]);
}
`],
    ['a child that its own end starts again', `
import { spawn } from 'node:child_process';
let child;
export function start(command) {
  child = spawn(command); //! certain no-orphaned-resource child
  child.on('exit', () => { start(command); });
}
`],
    ['the same where only a restart kills it', `
import { spawn } from 'node:child_process';
let child;
function start(command) {
  child = spawn(command); //! certain no-orphaned-resource child
  child.on('exit', () => setTimeout(() => start(command), 100));
}
export function restart() { process.kill(child.pid); }
export function run(command) { start(command); }
`],
    ['a transport whose successor is opened when the state is reset', `
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
export class Index {
  #transport = null;
  #ready = false;
  async #connect() {
    if (this.#ready) return;
    this.#transport = new StdioClientTransport({ command: 'index' }); //! certain no-orphaned-resource #transport
    await this.#transport.start();
    this.#ready = true;
  }
  async find(text) {
    await this.#connect();
    try {
      return await this.ask(text);
    } catch (error) {
      this.#ready = false;
      throw error;
    }
  }
  async close() { await this.#transport?.close(); }
}
`],
    ['a connection that an early return leaves open', `
import { createConnection } from 'mysql2/promise';
export async function nameOf(id) {
  const connection = await createConnection({}); //! certain no-orphaned-resource connection
  const [row] = await connection.query('select name from people where id = ?', [id]);
  if (!row) return undefined;
  await connection.end();
  return row.name;
}
`],
    ['a client that is opened', `
import { Client } from 'pg';
export async function countPeople(url) {
  const client = new Client(url); //! certain no-orphaned-resource client
  await client.connect();
  return client.query('select count(*) from people');
}
`],
    ['a file handle that nothing closes', `
import { open } from 'node:fs/promises';
export async function firstLine(path) {
  const file = await open(path); //! certain no-orphaned-resource file
  const { buffer } = await file.read();
  return buffer.toString();
}
`],
  ])('reports %s', (_, code) => { expectFindings(code); });

  it.each([
    ['a watcher that its module keeps for ever', `
import chokidar from 'chokidar';
let watcher;
export function setUp(path, read) {
  if (watcher) return;
  watcher = chokidar.watch(path); //! likely no-orphaned-resource watcher
  watcher.on('change', read);
}
`],
    ['a private field of an owner that has no end', `
import { watch } from 'node:fs';
export class Theme {
  readonly #watcher;
  constructor(path) {
    this.#watcher = watch(path, () => this.read()); //! likely no-orphaned-resource #watcher
  }
  read() {}
}
`],
    ['a dropped watcher of a function', `
import { watch } from 'node:fs';
export function follow(path, read) {
  watch(path, read); //! likely no-orphaned-resource watch
}
`],
    ['a server whose end leaves its clients open', `
import { WebSocketServer } from 'ws';
export function letters(port) {
  const server = new WebSocketServer({ port });
  server.on('connection', (client) => client.send('hello'));
  return {
    close() {
      server.close(); //! likely no-orphaned-resource server
    },
  };
}
`],
    ['a shell that is killed without its command', `
import { spawn } from 'node:child_process';
export class Task {
  #child;
  start(command) { this.#child = spawn(command, { shell: true }); }
  stop() {
    this.#child?.kill(); //! likely no-orphaned-resource #child
  }
}
`],
    ['children of a map that each are killed by hand only', `
import { fork } from 'node:child_process';
const children = new Map();
export function start(id) {
  children.set(id, fork('child.js')); //! likely no-orphaned-resource children
}
export function end(id) {
  children.get(id)?.kill();
  children.delete(id);
}
`],
    ['the sandbox of an entry, known by its name and its end', `
import { Sandbox } from './sandbox.js';
const rooms = new Map();
export async function open(id) {
  const sandbox = await Sandbox.create(); //! likely no-orphaned-resource sandbox
  rooms.set(id, { sandbox, openedAt: Date.now() });
}
export async function leave(id) {
  await rooms.get(id)?.sandbox.kill();
  rooms.delete(id);
}
`],
  ])('reports as likely %s', (_, code) => { expectFindings(code); });

  it.each([
    ['a handle that is returned', `
import { watch } from 'chokidar';
export function follow(path) { return watch(path); }
`],
    ['a handle that is returned with other things', `
import { createServer } from 'node:http';
export function serve(app) {
  const server = createServer(app);
  return { server, port: 80 };
}
`],
    ['a handle that is handed on', `
import { watch } from 'chokidar';
export class Library {
  constructor(folder, bag) {
    bag.add(watch(folder));
    this.other = watch(folder);
    this.keep(this.other, bag);
  }
  keep(watcher, bag) { bag.add(watcher); }
  close() { this.closed = true; }
}
`],
    ['using', `
import { open } from 'node:fs/promises';
export async function size(path) {
  await using file = await open(path);
  return (await file.stat()).size;
}
`],
    ['an end in a finally', `
import { chromium } from 'playwright';
export async function titleOf(url) {
  const browser = await chromium.launch();
  try {
    return await (await browser.newPage()).title();
  } finally {
    await browser.close();
  }
}
`],
    ['a return where there is nothing to end, or that ends it', `
import { createConnection } from 'mysql2/promise';
export async function nameOf(id) {
  const connection = await createConnection({}).catch(() => undefined);
  if (!connection) return undefined;
  const [row] = await connection.query('select name from people where id = ?', [id]);
  if (!row) {
    connection.destroy();
    return undefined;
  }
  await connection.end();
  return row.name;
}
`],
    ['an end in the teardown, through a helper and a collection', `
import { watch } from 'chokidar';
export class Library {
  watchers = [];
  add(folder) { this.watchers.push(watch(folder)); }
  close() { for (const watcher of this.watchers) stop(watcher); }
}
function stop(watcher) { watcher.close(); }
`],
    ['an end that is given as a value', `
import { createServer } from 'node:net';
export function serve(onShutdown) {
  const server = createServer();
  server.listen(1);
  onShutdown(server.close.bind(server));
}
`],
    ['a handle that two names get', `
import { Worker } from 'node:worker_threads';
export class Job {
  begin() {
    let port;
    this.worker = port = new Worker('job.js');
    port.on('message', () => {});
  }
  kill() { this.worker.terminate(); }
}
`],
    ['an observer that stops observing', `
import { useEffect, useRef } from 'react';
export function List({ onEnd }) {
  const last = useRef(null);
  useEffect(() => {
    const observer = new IntersectionObserver(onEnd);
    const item = last.current;
    observer.observe(item);
    return () => observer.unobserve(item);
  }, [onEnd]);
}
`],
    ['a child whose end somebody waits for', `
import { exec, spawn } from 'node:child_process';
export function run(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(command);
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}
export function list(done) {
  exec('ls', done);
  const child = spawn('ls', { timeout: 100 });
  child.stdout.on('data', done);
}
`],
    ['a child that is meant to outlive', `
import { spawn } from 'node:child_process';
let daemon;
export function start() {
  daemon = spawn('daemon', { detached: true, stdio: 'ignore' });
  daemon.unref();
}
`],
    ['what a signal ends', `
import { watch } from 'node:fs';
export function follow(path, read, signal) { watch(path, { signal }, read); }
`],
    ['what lives as long as the program', `
import { createServer } from 'node:http';
import Redis from 'ioredis';
const redis = new Redis();
const server = createServer((request, response) => response.end());
server.listen(80);
redis.on('error', () => {});
`],
    ['a server of a function that starts the program', `
import { createServer } from 'node:http';
function main() { createServer().listen(80); }
main();
`],
    ['a watcher of a command that runs until it is interrupted', `
import chokidar from 'chokidar';
export class Command {
  async dev(folder, build) {
    chokidar.watch(folder).on('all', build);
    await build();
  }
}
`],
    ['a client that is made for its settings and never opened', `
import { Client } from 'pg';
export function nameOfDatabase(url) {
  const client = new Client(url);
  return String(client.database);
}
`],
    ['a method that takes a listener of the end', `
export class Link {
  constructor(url) { this.socket = new WebSocket(url); }
  onClose(fn) { this.socket.onclose = fn; this.heard = true; }
}
`],
    ['an observer of elements that go with their owner', `
export function lazy(image) {
  const observer = new IntersectionObserver(() => { image.src = image.dataset.src; });
  observer.observe(image);
}
`],
    ['a stream that is piped', `
import { createReadStream, createWriteStream } from 'node:fs';
export function copy(from, to) { createReadStream(from).pipe(createWriteStream(to)); }
`],
    ['a restarted child that the exit of the program kills', `
import { spawn } from 'node:child_process';
let child;
export function start(command) {
  child = spawn(command);
  child.on('exit', () => { start(command); });
}
process.on('SIGTERM', () => { child.kill(); process.exit(); });
`],
    ['children that a teardown kills all together', `
import { fork } from 'node:child_process';
const children = new Map();
export function start(id) { children.set(id, fork('child.js')); }
export function end(id) { children.get(id)?.kill(); }
export function killAll() { for (const id of children.keys()) end(id); }
`],
    ['a worker thread that ends with its work', `
import { Worker } from 'node:worker_threads';
export function parse(text) {
  return new Promise((resolve, reject) => {
    const worker = new Worker('parse.js', { workerData: text });
    worker.on('message', resolve);
    worker.on('exit', () => reject(new Error('no answer')));
  });
}
`],
    ['a state that the end of the resource resets', `
import { spawn } from 'node-pty';
export class Terminal {
  #pty = null;
  start() {
    if (this.#pty) return;
    this.#pty = spawn('bash', [], {});
    this.#pty.onExit(() => { this.#pty = null; });
  }
  stop() { this.#pty?.kill(); }
}
`],
    ['clients that are ended with their server', `
import { WebSocketServer } from 'ws';
export function letters(port) {
  const server = new WebSocketServer({ port });
  server.on('connection', (client) => client.send('hello'));
  return {
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
`],
    ['a server that is only tried', `
import { WebSocketServer } from 'ws';
export function isFree(port) {
  const server = new WebSocketServer({ port });
  return new Promise((resolve) => server.on('listening', () => { server.close(); resolve(true); }));
}
`],
    ['something of the same name as a sandbox, that nothing ends', `
import { Sandbox } from './playground.js';
const sandboxes = new Map();
export async function open(id) { sandboxes.set(id, await Sandbox.create()); }
`],
  ])('is silent about %s', (_, code) => { expectSilent(code); });

  it('is silent about an entry that goes when it has ended by itself', () => {
    expectSilent(`
import { connect } from 'node:net';
const links = new Map();
export function open(id, port) {
  const link = connect(port);
  links.set(id, link);
  link.on('close', () => links.delete(id));
}
`);
    // The neighbour: other code takes the entry out, and the connection stays.
    expectFindings(`
import { connect } from 'node:net';
const links = new Map();
export function open(id, port) {
  const link = connect(port); //! reported no-orphaned-resource links
  links.set(id, link);
}
export function forget(id) { links.delete(id); }
`);
  });

  it('sees an end in a finally behind a test of the handle, with a handler chained on', () => {
    const code = (end: string, marker = ''): string => `
import { open } from 'node:fs/promises';
export async function isTagged(path) {
  let file;
  try {
    file = await open(path); ${marker}
    const { bytesRead } = await file.read();
    if (bytesRead < 8) return false;
    return true;
  } finally {
    ${end}
  }
}
`;
    expectSilent(code('await file?.close().catch(() => {});'));
    expectSilent(code('await file?.close().then(() => {}, () => {});'));
    expectSilent(code('if (file) await file.close().catch(() => {});'));
    // The neighbours: the end hangs on something else, or stands behind the return.
    expectFindings(code('if (path.startsWith("/")) await file?.close().catch(() => {});', '//! certain no-orphaned-resource file'));
    expectFindings(`
import { open } from 'node:fs/promises';
export async function isTagged(path) {
  let file;
  try {
    file = await open(path); //! certain no-orphaned-resource file
    const { bytesRead } = await file.read();
    if (bytesRead < 8) return false;
    await file?.close().catch(() => {});
    return true;
  } catch {
    await file?.close().catch(() => {});
    return false;
  }
}
`);
  });

  it('takes the id of a remote sandbox that is returned for the sandbox', () => {
    const code = (early: string, result: string, more = '', marker = ''): string => `
import { Sandbox } from 'e2b';
export class Rooms {
  async open(name) {
    const sandbox = await Sandbox.create(); ${marker}
    await sandbox.commands.run('mkdir ' + name);
    if (name.startsWith('/')) {
      ${early}
    }
    return ${result};
  }
  ${more}
}
`;
    const kill = 'await sandbox.kill(); throw new Error(name);';
    const byId = 'async leave(id) { const sandbox = await Sandbox.connect(id); await sandbox.kill(); }';
    expectSilent(code(kill, '{ name, id: sandbox.sandboxId }'));
    expectSilent(code('throw new Error(name);', 'sandbox.sandboxId'));
    // The neighbours: another return keeps the id to itself; what is returned is no id.
    expectFindings(`
import { Sandbox } from 'e2b';
export async function open(name) {
  const sandbox = await Sandbox.create(); //! certain no-orphaned-resource sandbox
  if (name === '') return undefined;
  if (name.startsWith('/')) { await sandbox.kill(); throw new Error(name); }
  return { id: sandbox.sandboxId };
}
`);
    expectFindings(code(kill, '{ name, home: sandbox.home }', '', '//! certain no-orphaned-resource sandbox'));
    // Somebody may have the id from elsewhere.
    expectFindings(code(kill, '{ name }', byId, '//! likely no-orphaned-resource sandbox'));
    expectFindings(code(kill, '{ name }', byId.replace('kill', 'ping'), '//! certain no-orphaned-resource sandbox'));
  });

  it('takes the two arms of a choice for one resource', () => {
    expectFindings(`
import { chromium, firefox } from 'playwright';
export async function titleOf(url, isFox) {
  const browser = isFox
    ? await firefox.launch() //! certain no-orphaned-resource browser
    : await chromium.launch();
  return (await browser.newPage(url)).title();
}
export async function both(url) {
  const fox = await firefox.launch(); //! certain no-orphaned-resource fox
  const chrome = await chromium.launch(); //! certain no-orphaned-resource chrome
  return [await (await fox.newPage(url)).title(), await (await chrome.newPage(url)).title()];
}
`);
  });

  it('does not take what makes ready for the next run for an end', () => {
    const code = (run: string, cleanUp: string, marker = ''): string => `
import chokidar from 'chokidar';
export class Runner {
  watch(files) {
    chokidar.watch(files).on('change', () => this.run()); ${marker}
  }
  run() { ${run} }
  cleanUp() { ${cleanUp} }
}
`;
    expectSilent(code('this.cleanUp(); this.jobs.start();', 'this.screen.setup();'));
    // The neighbours: it lets something go, or is the last that happens, or nobody here calls it.
    expectFindings(code('this.cleanUp(); this.jobs.start();', 'clearInterval(this.timer);', '//! certain no-orphaned-resource chokidar.watch'));
    expectFindings(code('this.jobs.start(); this.cleanUp();', 'this.screen.setup();', '//! reported no-orphaned-resource chokidar.watch'));
    expectFindings(code('this.jobs.start();', 'this.screen.setup();', '//! reported no-orphaned-resource chokidar.watch'));
  });

  it('takes a proxy for a server once it listens', () => {
    const code = (use: string, marker = ''): string => `
import httpProxy from 'http-proxy';
export function forward(app, target) {
  const proxy = httpProxy.createProxyServer({ target }); ${marker}
  ${use}
}
`;
    expectSilent(code('app.use((request, response) => proxy.web(request, response));'));
    expectFindings(code('proxy.listen(8000);', '//! likely no-orphaned-resource proxy'));
  });

  it('lets a server that a program starts in one place live as long as it', () => {
    const code = (start: string, marker = ''): string => `
import { createServer } from 'node:http';
import store from './store.js';
${start}
function answer(data) {
  createServer((request, response) => response.end(data)).listen(80); ${marker}
}
`;
    expectSilent(code('store.connect(() => { answer(store); });'));
    expectSilent(code('answer(store);'));
    // The neighbours: started for each job, in two places, or by whoever imports it.
    const marker = '//! likely no-orphaned-resource createServer';
    expectFindings(code('store.take((job) => { answer(job); });', marker));
    expectFindings(code('store.connect(() => { answer(store); });\nstore.reconnect(() => { answer(store); });', marker));
    expectFindings(code('store.connect(() => { answer(store); });\nexport { answer };', marker));
  });

  it('lets a script that exits end its browsers with it', () => {
    const code = (end: string): string => `
import puppeteer from 'puppeteer';
async function show(url) {
  const browser = await puppeteer.launch({ headless: false });${end === '' ? ' //! reported no-orphaned-resource browser' : ''}
  await (await browser.newPage()).goto(url);
}
process.stdin.on('data', (answer) => {
  if (answer !== 'q') void show(answer); else { ${end} }
});
`;
    expectSilent(code('process.exit();'), 'scripts/show.js');
    // The neighbours: a script that goes on, a connection to a browser of somebody else, a module of the program.
    expectFindings(code(''), 'scripts/show.js');
    expectFindings(code('process.exit();').replace('launch({ headless: false });', 'connect({}); //! reported no-orphaned-resource browser'), 'scripts/show.js');
    expectFindings(code('process.exit();').replace('headless: false });', 'headless: false }); //! reported no-orphaned-resource browser'), 'src/show.js');
  });

  it('takes a local child that starts the next one for one of a queue', () => {
    expectFindings(`
import { spawn } from 'node:child_process';
export function next(queue) {
  const child = spawn(queue.shift()); //! likely no-orphaned-resource child
  child.on('exit', () => { if (queue.length > 0) next(queue); });
}
`);
  });

  it('does not say for certain what a class of another file may end', () => {
    expectNothingCertain(`
import { Connection } from './connection.js';
export class Link extends Connection {
  connect(url) { this.socket = new WebSocket(url); }
  close() { this.closed = true; super.close(); }
}
`);
  });

  it('names the owner, the end and the place of a helper that drops it', () => {
    const [verdict] = verdictsOf(`
import { watch } from 'chokidar';
export class Library {
  constructor(folder) { this.#open(folder); }
  #open(folder) { return watch(folder); }
  close() { this.closed = true; }
}
`);
    expect(verdict).toMatchObject({ owner: 'Library', kind: 'watcher', subject: { type: 'resource', places: [] } });
    expect(verdict?.related.map(({ role, name }) => `${role} ${name}`)).toEqual(['teardown close', 'call watch']);
  });
});

describe('a resource of the project', () => {
  const settings = { cleanupFunctions: [], timers: [], resources: [{ id: 'channel', noun: 'channel', acquire: [{ name: 'Channel', isNew: true }, { name: 'pool.acquire' }], release: ['giveBack'], isOwn: true as const }] };

  it('is one by its name as written, and ended by its own methods', () => {
    const code = (end: string): string => `
import { Channel, pool } from './channels.js';
export class Line {
  #channel = new Channel(); ${end === '' ? '//! certain no-orphaned-resource #channel' : ''}
  #timer = setInterval(() => this.#channel.send('ping'), 1000);
  close() { clearInterval(this.#timer); ${end} }
}
`;
    expectFindings(code(''), undefined, settings);
    expectSilent(code('this.#channel.giveBack();'), undefined, settings);
    expectSilent(code('').replace(/\/\/!.*/, ''));
  });
});

describe('no-orphaned-resource: a server of sockets that opens nothing of its own', () => {
  const upgrade = (options: string): string => `
import { WebSocketServer } from 'ws';
export function accept(http, take) {
  http.on('upgrade', (request, socket, head) => {
    const wss = new WebSocketServer(${options});
    wss.handleUpgrade(request, socket, head, take);
  });
}
`;

  it('is silent about a local one', () => {
    expectSilent(upgrade('{ noServer: true }'));
  });

  it.each(['{ port: 8080 }', '{ server: http }', '{ noServer: false, port: 1 }'])('still reports %s', (options) => {
    expect(findingsOf(upgrade(options)).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['certain no-orphaned-resource wss']);
  });

  it('does not take one that is kept for one that goes by itself', () => {
    const kept = `
import { WebSocketServer } from 'ws';
export class Gate {
  open() { this.wss = new WebSocketServer({ noServer: true }); this.link.open(); }
  dispose() { this.link.close(); }
}
`;
    expect(verdictsOf(kept).flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain('teardown-leaves-it');
  });
});

describe('no-orphaned-resource: children that hear of the end of their parent', () => {
  const pool = (module: string, call: string): string => `
import { fork } from '${module}';
const workers = new Set();
export function grow(hub) {
  hub.on('busy', () => {
    const worker = ${call};
    workers.add(worker);
    worker.on('exit', () => grow(hub));
  });
}
`;
  it('is not certain of a worker of a cluster', () => {
    expectNothingCertain(pool('node:cluster', 'fork()'));
  });
});

describe('no-orphaned-resource: a server that opens nothing and is kept', () => {
  const server = (options: string): string => `
import { WebSocketServer } from 'ws';
export class Paths {
  #byPath;
  constructor() { this.#byPath = new Map(); this.sockets = new Set(); }
  open(hub) { hub.on('path', (path) => { this.#byPath.set(path, new WebSocketServer(${options})); }); }
  close() { for (const socket of this.sockets) socket.destroy(); }
}
`;
  it('is not certain', () => {
    expectNothingCertain(server('{ noServer: true }'));
  });

  it('still is certain with a port', () => {
    expect(verdictsOf(server('{ port: 0 }')).map(({ outcome }) => outcome)).toContain('certain');
  });
});

describe('no-orphaned-resource: a component', () => {
  const chart = (head: string): string => `
${head} {
  connect() {
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.box);
  }
  draw() {}
  disconnectedCallback() { this.box.remove(); }
}
`;

  it('is reached by nobody but its framework', () => { expect(findingsOf(chart('export class Chart extends HTMLElement'))).toHaveLength(1); });

  it.each(['import { Board } from "./board.js";\nexport class Chart extends Board', 'import { watched } from "./mixins.js";\nexport class Chart extends watched(HTMLElement)'])('may inherit the field from what another file shows: %s', (head) => { expectNothingCertain(chart(head)); });
});

describe('no-orphaned-resource: a promisified end', () => {
  const pool = (end: string, outcome = ''): string => `
import { createClient } from 'redis';
export class Directory {
  constructor(urls) {
    this.clients = urls.map((url) => createClient(url));${outcome}
  }
  async close() {
    for (const client of this.clients || []) await client.${end}();
  }
}
`;

  it.each(['quitAsync', 'disconnectAsync', 'closeSync'])('ends it by %s', (end) => {
    expectSilent(pool(end));
  });

  it('still reports one that is only asked for something', () => {
    expectFindings(pool('pingAsync', ' //! likely no-orphaned-resource clients'));
  });
});

describe('no-orphaned-resource: how often it is acquired', () => {
  const follow = (start: string): string => `
import { watch } from 'node:fs';
export function follow(folder, panel) {
  ${start}
}
`;
  const reasons = (start: string): string[] => verdictsOf(follow(start)).flatMap((verdict) => verdict.reasons.map(({ code }) => code));

  it.each([
    ['each time a timer fires', 'setInterval(() => { watch(folder, () => {}); }, 60_000);'],
    ['with each event', "panel.on('open', () => { watch(folder, () => {}); });"],
  ])('is one more %s', (_, start) => {
    expect(reasons(start)).toEqual(['one-more-per-run']);
  });

  it('is not known of a function that others call', () => {
    expect(reasons('watch(folder, () => {});')).toEqual(['left-open']);
  });
});

describe('no-orphaned-resource: handles that others get', () => {
  const files = (kept: string, mark = ''): string => `
import { promises as fs } from 'node:fs';
export async function open(id, name) {
  const handle = await fs.open(name, 'w+');${mark}
  ${kept}
}
export async function write(id, name, text) {
  await stateOf(id).files.get(name).handle.write(text);
}
`;

  it('is silent about one that is kept in what a call gives', () => {
    expectSilent(files('stateOf(id).files.get(name).handle = handle;'));
  });

  it('still reports one of which only a part is kept there', () => {
    expectFindings(files('stateOf(id).files.get(name).handle = handle.fd;', ' //! certain no-orphaned-resource handle'));
  });

  const queue = (callback: string, mark = ''): string => `
import amqp from 'amqplib/callback_api';
export class Events {
  start(url) {
    amqp.connect(url${callback});${mark}
  }
  cleanup() {
    this.connection?.close();
  }
}
`;

  it('is silent about a connection that a callback gets', () => {
    expectSilent(queue(', (error, connection) => { this.connection = connection; }'));
  });

  it('still reports one that the call gives to nobody', () => {
    expectFindings(queue('', ' //! certain no-orphaned-resource amqp.connect'));
  });

  const helper = (forked: string, from: string, mark = ''): string => `
import { ${from} } from '${from === 'fork' ? 'node:child_process' : 'electron'}';
let child;
export function start() {
  child = ${forked}('worker.js');${mark}
  child.on('exit', (code) => { if (code !== 0) start(); });
}
`;

  it('is not certain about what Electron ends when the program exits', () => {
    expectNothingCertain(helper('utilityProcess.fork', 'utilityProcess'));
  });

  it('still is certain about a process of Node that is started again', () => {
    expectFindings(helper('fork', 'fork', ' //! reported no-orphaned-resource child'));
  });
});

describe('no-orphaned-resource: what is called when the thing itself has ended', () => {
  const link = (heard: string): string => `
import WebSocket from 'ws';
export const Link = function (url) {
  this.socket = new WebSocket(url);
  ${heard}
};
Link.prototype._onClose = function () { this.state = 'gone'; };
`;
  const reasonsOf = (code: string): string[] => verdictsOf(code).flatMap(({ reasons }) => reasons.map(({ code: name }) => name));

  it.each([
    "this.socket.on('close', this._onClose);",
    "this.socket.on('close', this._onClose.bind(this));",
    "this.socket.on('close', this._onClose.bind(this)); this.socket.on('error', this._onClose.bind(this));",
  ])('need not end it: %s', (heard) => {
    expect(reasonsOf(link(heard))).not.toContain('teardown-leaves-it');
  });

  it.each([
    ['something else that ends', "url.on('close', this._onClose.bind(this));"],
    ['nothing in the file', ''],
  ])('still has to end it where it hears of %s', (_name, heard) => {
    expect(reasonsOf(link(heard))).toContain('teardown-leaves-it');
  });
});
