import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectNothingCertain, expectSilent, findingsOf, reasonsFor } = checksFor('no-manual-only-release');

describe('no-manual-only-release: entries that nothing lets go of by itself', () => {
  it('reports one-time codes that only the same address removes', () => {
    expectFindings(`
const codes = new Map(); //! certain no-manual-only-release codes
export function sendCode(address, code) {
  codes.set(address, { code, expiresAt: Date.now() + 300_000 });
}
export function checkCode(address, given) {
  const stored = codes.get(address);
  if (stored && stored.expiresAt < Date.now()) {
    codes.delete(address);
    return false;
  }
  if (stored?.code !== given) return false;
  codes.delete(address);
  return true;
}
`);
  });

  it('reports a look-up that gives the entry back or drops it', () => {
    expectFindings(`
const verified = new Map(); //! certain no-manual-only-release verified
export async function gate(sessionId, authority) {
  const known = verified.get(sessionId);
  if (known) {
    const again = await authority.check(known.certificate);
    if (again.ok) return known;
    verified.delete(sessionId);
    throw new Error('revoked');
  }
  const fresh = await authority.issue(sessionId);
  verified.set(sessionId, fresh);
  return fresh;
}
`);
  });

  it('reports an age that is asked for by an early return', () => {
    expectFindings(`
export class Activity {
  private seen = new Map(); //! certain no-manual-only-release seen
  note(sessionId) {
    this.seen.set(sessionId, Date.now());
  }
  isRecent(sessionId, windowMs) {
    const at = this.seen.get(sessionId);
    if (at === undefined) return false;
    if (Date.now() - at <= windowMs) return true;
    this.seen.delete(sessionId);
    return false;
  }
}
`);
  });

  it('reports a collection that only the end of its owner empties', () => {
    expectFindings(`
export class Watcher {
  private visitors = new Map(); //! certain no-manual-only-release visitors
  discovered(visitorId, info) {
    this.visitors.set(visitorId, info);
  }
  stop() {
    this.visitors.clear();
  }
}
`);
  });

  it('reports entries that only an error takes out', () => {
    expectFindings(`
export class Desk {
  private grants = new Map(); //! certain no-manual-only-release grants
  constructor(store) {
    this.store = store;
  }
  async claim(sessionId) {
    const held = this.grants.get(sessionId);
    try {
      const grant = held ? await this.store.renew(held) : await this.store.claim(sessionId);
      this.grants.set(sessionId, grant);
      return grant;
    } catch (error) {
      this.grants.delete(sessionId);
      throw error;
    }
  }
}
`);
  });

  it('reports callbacks that are called by their id and stay', () => {
    expectFindings(`
let nextId = 0;
let callbacks = {}; //! certain no-manual-only-release callbacks
export function ask(channel, question, callback) {
  const request = { id: nextId++, question };
  callbacks[request.id] = callback;
  channel.post(request);
}
export function listen(channel) {
  channel.on('message', (message) => {
    const callback = callbacks[message.id];
    if (callback) callback.apply(null, message.args);
  });
}
export function reset() {
  callbacks = {};
}
`);
  });

  it('is not certain about them where another function takes one out by its id', () => {
    expectNothingCertain(`
let nextId = 0;
const targets = new Map();
export function add(target) {
  const id = nextId++;
  targets.set(id, target);
  return id;
}
export function show(id, page) {
  targets.get(id)(page);
}
export function remove(id) {
  targets.delete(id);
}
`);
  });

  it('reports what is declared weak and made strong', () => {
    expectFindings(`
interface Page { url: string }
export class Blocker {
  private readonly contexts: WeakMap<Page, object> = new Map(); //! certain no-manual-only-release contexts
  enable(page: Page): void {
    this.contexts.set(page, {});
  }
  disable(page: Page): void {
    this.contexts.delete(page);
  }
}
`, 'src/sample.ts');
  });

  it('reports a process per session that only a call ends, as likely: the callers may stand in other files', () => {
    expectFindings(`
const shells = new Map(); //! likely no-manual-only-release shells
export function open(sessionId, pty) {
  shells.set(sessionId, { pty });
}
export function close(sessionId) {
  const shell = shells.get(sessionId);
  shell.pty.kill();
  shells.delete(sessionId);
}
`);
  });

  it('reports conversations that a request begins and only another request ends', () => {
    expectFindings(`
class Conversations {
  private open = new Map(); //! certain no-manual-only-release open
  begin(conversationId: string): void {
    this.open.set(conversationId, { cancel: new AbortController() });
  }
  end(conversationId: string): void {
    this.open.get(conversationId)?.cancel.abort();
    this.open.delete(conversationId);
  }
}
function remove(conversations: Conversations, request: { params: { id: string } }): void {
  conversations.end(request.params.id);
}
export function serve(app: Application): void {
  const conversations = new Conversations();
  app.post('/conversations', (request) => conversations.begin(request.body.id));
  app.delete('/conversations/:id', (request) => remove(conversations, request));
}
`);
  });

  it('reports what may be a store for good as likely', () => {
    expectFindings(`
const orders = new Map(); //! likely no-manual-only-release orders
export function serve(app) {
  app.post('/orders', (request) => {
    orders.set(crypto.randomUUID(), request.body);
  });
  app.delete('/orders/:id', (request) => {
    orders.delete(request.params.id);
  });
}
`);
  });

  it('reports sessions whose transport hears nothing of a client that goes away', () => {
    expectFindings(`
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const transports = {}; //! certain no-manual-only-release transports
export function serve(app) {
  app.post('/mcp', (req, res) => {
    const transport = new StreamableHTTPServerTransport({
      onsessioninitialized: (sessionId) => {
        transports[sessionId] = transport;
      },
    });
    transport.onclose = () => {
      delete transports[transport.sessionId];
    };
  });
}
`);
  });

  it('reports the same where a handler is given the collection', () => {
    expectFindings(`
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const transports = new Map(); //! certain no-manual-only-release transports
export async function handle(req, res) {
  await post(req, res, transports);
}
async function post(req, res, open) {
  const transport = new StreamableHTTPServerTransport({
    onsessioninitialized: (sessionId) => {
      open.set(sessionId, transport);
    },
  });
  transport.onclose = () => {
    open.delete(transport.sessionId);
  };
}
`);
  });
});

describe('no-manual-only-release: what lets go by itself', () => {
  const SENDS = `
const codes = new Map();
export function sendCode(address, code) {
  codes.set(address, { code, expiresAt: Date.now() + 300_000 });
}
export function checkCode(address) {
  const stored = codes.get(address);
  if (stored && stored.expiresAt < Date.now()) codes.delete(address);
  return codes.get(address);
}`;

  it('is silent on a sweep by a timer', () => {
    expectSilent(`${SENDS}
setInterval(() => {
  for (const [address, stored] of codes) if (stored.expiresAt < Date.now()) codes.delete(address);
}, 60_000).unref();
`);
  });

  it('is silent on a sweep whenever somebody comes', () => {
    expectSilent(`${SENDS}
export function sweep() {
  for (const address of [...codes.keys()]) drop(address);
}
function drop(address) {
  codes.delete(address);
}
`);
  });

  it('is silent on a limit where entries are added', () => {
    expectSilent(`
const MAX = 1000;
const codes = new Map();
export function sendCode(address, code) {
  if (codes.size >= MAX) codes.delete(codes.keys().next().value);
  codes.set(address, { code, at: Date.now() });
}
export function checkCode(address) {
  const stored = codes.get(address);
  if (stored && Date.now() - stored.at > 1000) codes.delete(address);
}
`);
  });

  it('is silent where the end of a connection takes the entry out', () => {
    expectSilent(`
export class Hub {
  private clients = new Map();
  accept(clientId, socket) {
    this.clients.set(clientId, socket);
    socket.on('close', () => this.clients.delete(clientId));
  }
  close() {
    this.clients.clear();
  }
}
`);
  });

  it('is silent where the run that adds an entry takes it out', () => {
    expectSilent(`
const running = new Map();
export function once(requestId, work) {
  const known = running.get(requestId);
  if (known) return known;
  const result = work().finally(() => {
    if (running.get(requestId) === result) running.delete(requestId);
  });
  running.set(requestId, result);
  return result;
}
`);
    expectSilent(`
export class Approvals {
  private pending = new Map();
  async ask(client) {
    const requestId = crypto.randomUUID();
    const answer = new Promise((resolve) => {
      this.pending.set(requestId, resolve);
    });
    client.send(requestId);
    const result = await answer;
    this.pending.delete(requestId);
    return result;
  }
  answered(response) {
    const resolve = this.pending.get(response.requestId);
    if (resolve) resolve(response);
  }
}
`);
  });

  it('is silent on counted references and on emptied inner collections', () => {
    expectSilent(`
export class References {
  private byClient = new Map();
  remove(clientId, item) {
    const items = this.byClient.get(clientId);
    items.delete(item);
    if (items.size === 0) this.byClient.delete(clientId);
  }
  add(clientId, item) {
    const items = this.byClient.get(clientId) ?? new Set();
    items.add(item);
    this.byClient.set(clientId, items);
  }
}
`);
  });

  it('is silent where whoever took a table of handlers may call one that deletes', () => {
    expectSilent(`
import { Crawler } from 'crawler';
const responses = new Map();
export const crawler = new Crawler({
  requestHandler({ request }) {
    responses.get(request.userId).end('done');
    responses.delete(request.userId);
  },
});
export function take(userId, response) {
  responses.set(userId, response);
}
`);
  });

  it('is silent where what is stored takes its own entry out when it settles', () => {
    expectSilent(`
export class Stops {
  private pending = new Map();
  stop(host, sessionId) {
    const stopping = host.stop(sessionId).catch(() => {}).finally(() => {
      if (this.pending.get(sessionId) === stopping) this.pending.delete(sessionId);
    });
    this.pending.set(sessionId, stopping);
    return stopping;
  }
}
`);
  });

  it('is silent where a hook says that the connection has ended', () => {
    expectSilent(`
export class Views {
  private lastBySocket = new Map();
  onChange({ socketId }) {
    const last = this.lastBySocket.get(socketId);
    if (last && Date.now() - last < 1000) return;
    this.lastBySocket.set(socketId, Date.now());
  }
  onDisconnect({ socketId }) {
    this.lastBySocket.delete(socketId);
  }
}
`);
  });

  it('is silent where an age is about how often, and a call ends the entry', () => {
    expectSilent(`
export class Bursts {
  private bySession = new Map();
  arrived(sessionId) {
    const burst = this.bySession.get(sessionId);
    if (burst && Date.now() - burst.start < 1000) return false;
    this.bySession.set(sessionId, { start: Date.now() });
    return true;
  }
  unwatch(sessionId) {
    this.bySession.delete(sessionId);
  }
}
`);
  });

  it('is silent where the age is that of something inside an entry', () => {
    expectSilent(`
export class Panels {
  private panels = new Map();
  register(sessionId) {
    this.panels.set(sessionId, { firstSeen: new Map() });
  }
  isNew(sessionId, item) {
    const panel = this.panels.get(sessionId);
    return Date.now() - panel.firstSeen.get(item) < 1000;
  }
  dispose() {
    for (const sessionId of this.panels.keys()) this.unregister(sessionId);
  }
  unregister(sessionId) {
    this.panels.delete(sessionId);
  }
}
`);
  });

  it('is silent where a function of another file is given the collection in an object', () => {
    expectSilent(`
import { pruneRecent } from './prune.js';
export function createHandler(api) {
  const recent = new Map();
  api.on('event', ({ sessionId }) => {
    pruneRecent({ recent, now: Date.now() });
    const at = recent.get(sessionId);
    if (at && Date.now() - at > 500) recent.delete(sessionId);
    recent.set(sessionId, Date.now());
  });
}
`);
  });

  it('is silent on a public delete alone: who calls it may stand in another file', () => {
    expectSilent(`
export class Sessions {
  private byId = new Map();
  open(sessionId, session) {
    this.byId.set(sessionId, session);
  }
  close(sessionId) {
    this.byId.delete(sessionId);
  }
}
`);
  });

  it('is silent on keys that the program lists', () => {
    expectSilent(`
type Level = 'debug' | 'info';
export class Sinks {
  private byLevel = new Map<Level, object>();
  set(level: Level, sink: object): void {
    this.byLevel.set(level, sink);
  }
  close(): void {
    this.byLevel.clear();
  }
}
`, 'src/sample.ts');
  });

  it('is silent where the transport is closed when its response ends', () => {
    expectSilent(`
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
const transports = new Map();
export function post(req, res) {
  const transport = new StreamableHTTPServerTransport({
    onsessioninitialized: (sessionId) => {
      transports.set(sessionId, transport);
    },
  });
  transport.onclose = () => {
    transports.delete(transport.sessionId);
  };
}
export function get(req, res) {
  const transport = transports.get(req.headers['mcp-session-id']);
  res.on('close', () => transport.close());
}
`);
  });

  it('is silent on a collection that is stated to be bounded', () => {
    expect(findingsOf(`
export class Watcher {
  // leakproof-bounded: there are eight visitors
  private visitors = new Map();
  discovered(visitorId, info) {
    this.visitors.set(visitorId, info);
  }
  stop() {
    this.visitors.clear();
  }
}
`)).toEqual([]);
  });
});

describe('no-manual-only-release: what each exemption must still report', () => {
  it('still reports keys that are new each time, whatever their name', () => {
    expectFindings(`
const tokens = new Map(); //! certain no-manual-only-release tokens
export function issue() {
  const value = crypto.randomUUID();
  tokens.set(value, { at: Date.now() });
  return value;
}
export function verify(value) {
  const found = tokens.get(value);
  if (!found) return false;
  if (Date.now() - found.at > 3_600_000) {
    tokens.delete(value);
    return false;
  }
  return true;
}
`);
  });

  it('still reports a delete before the same key is set again: that makes room for nobody', () => {
    expectFindings(`
export class Recent {
  private bySession = new Map(); //! certain no-manual-only-release bySession
  touch(sessionId, value) {
    this.bySession.delete(sessionId);
    this.bySession.set(sessionId, value);
  }
  dispose() {
    this.bySession.clear();
  }
}
`);
  });

  it('still reports where a function is merely named like a sweep', () => {
    expectFindings(`
export class Watcher {
  private visitors = new Map(); //! certain no-manual-only-release visitors
  sweep() {
    this.emit('swept', this.visitors.size);
  }
  discovered(visitorId, info) {
    this.visitors.set(visitorId, info);
  }
  destroy() {
    this.visitors.clear();
  }
}
`);
  });

  it('still reports a private clean-up that only the end calls, whatever its name', () => {
    expectFindings(`
export class Watcher {
  private visitors = new Map(); //! certain no-manual-only-release visitors
  discovered(visitorId, info) {
    this.visitors.set(visitorId, info);
  }
  private forget() {
    this.visitors.clear();
  }
  dispose() {
    this.forget();
  }
}
`);
  });

  it('still reports an age where the only delete is in the look-up that finds it too old', () => {
    expectFindings(`
export class Bursts {
  private bySession = new Map(); //! certain no-manual-only-release bySession
  arrived(sessionId) {
    const burst = this.bySession.get(sessionId);
    if (burst && Date.now() - burst.start > 1000) this.bySession.delete(sessionId);
    if (!this.bySession.has(sessionId)) this.bySession.set(sessionId, { start: Date.now() });
  }
  unwatch(sessionId) {
    this.bySession.delete(sessionId);
  }
}
`);
  });

  it('gives the path as its first reason', () => {
    expect(reasonsFor(`
export class Watcher {
  private visitors = new Map();
  discovered(visitorId, info) {
    this.visitors.set(visitorId, info);
  }
  stop() {
    this.visitors.clear();
  }
}
`)).toEqual(['released-at-end', 'per-entity-key']);
  });
});

describe('no-manual-only-release: the spelling does not matter', () => {
  const SPELLINGS: Readonly<Record<string, string>> = {
    'a class': `
export class Watcher {
  private visitors = new Map();
  discovered(visitorId, info) { this.visitors.set(visitorId, info); }
  stop() { this.visitors.clear(); }
}`,
    'members in another order': `
export class Watcher {
  stop() { this.visitors.clear(); }
  discovered(visitorId, info) { this.visitors.set(visitorId, info); }
  private visitors = new Map();
}`,
    'extracted functions': `
export class Watcher {
  private visitors = new Map();
  discovered(visitorId, info) { this.#keep(visitorId, info); }
  #keep(visitorId, info) { this.visitors.set(visitorId, info); }
  stop() { this.#empty(); }
  #empty() { this.visitors.clear(); }
}`,
    'a private field': `
export class Watcher {
  #visitors = new Map();
  discovered(visitorId, info) { this.#visitors.set(visitorId, info); }
  stop() { this.#visitors.clear(); }
}`,
    'deleted one by one': `
export class Watcher {
  private visitors = new Map();
  discovered(visitorId, info) { this.visitors.set(visitorId, info); }
  stop() { for (const visitorId of [...this.visitors.keys()]) this.visitors.delete(visitorId); }
}`,
    'forEach': `
export class Watcher {
  private visitors = new Map();
  discovered(visitorId, info) { this.visitors.set(visitorId, info); }
  stop() { [...this.visitors.keys()].forEach((visitorId) => { this.visitors.delete(visitorId); }); }
}`,
    'a new collection': `
export class Watcher {
  private visitors = new Map();
  discovered(visitorId, info) { this.visitors.set(visitorId, info); }
  stop() { this.visitors = new Map(); }
}`,
    'CommonJS': `
class Watcher {
  constructor() { this.visitors = new Map(); }
  discovered(visitorId, info) { this.visitors.set(visitorId, info); }
  stop() { this.visitors.clear(); }
}
module.exports = { Watcher };`,
  };

  it.each(Object.entries(SPELLINGS))('%s', (_, code) => {
    expect(findingsOf(code).map((finding) => finding.replace(/#|:\d+$/g, ''))).toEqual(['certain no-manual-only-release visitors']);
  });

  it('a factory, whose caller decides how long it lives, is likely', () => {
    expect(findingsOf(`
export function createWatcher() {
  const visitors = new Map();
  return {
    discovered(visitorId, info) { visitors.set(visitorId, info); },
    stop() { visitors.clear(); },
  };
}`).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-manual-only-release visitors']);
  });
});

describe('no-manual-only-release: how sure it is where only the key speaks', () => {
  const emptiedAtEnd = (key: string, value: string): string => `
export class Wallet {
  private shown = new Map();
  note(${key}, text) {
    this.shown.set(${key}, ${value});
  }
  stop() {
    this.shown.clear();
  }
}`;

  it('is not certain about accounts, nor about ids that are new each time', () => {
    for (const key of ['account', 'userId']) expect(findingsOf(emptiedAtEnd(key, 'text')).map((finding) => finding.split(' ')[0]), key).toEqual(['likely']);
  });

  it('still is certain about what comes and goes, and about what has to be ended', () => {
    expect(findingsOf(emptiedAtEnd('sessionId', 'text')).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
    expect(findingsOf(emptiedAtEnd('peerId', 'text')).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
  });
});

describe('no-manual-only-release: entries that go with the program', () => {
  const store = (event: string, last: string, mark = ''): string => `
const sessions = new Map();${mark}
export function open(sessionId, socket) { sessions.set(sessionId, socket); }
process.on('${event}', () => {
  sessions.clear();
  ${last}
});
`;

  it('reports what only the end of the program empties', () => {
    expect(findingsOf(store('SIGTERM', 'process.exit(0);'))).toEqual([expect.stringContaining('no-manual-only-release sessions:1')]);
  });

  it('is silent about a signal after which it goes on', () => {
    expectSilent(store('SIGHUP', 'console.log("emptied");'));
  });
});

describe('no-manual-only-release: one way out after another, and the argument for each', () => {
  it.each([
    ['entries that only a call takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  close(id) { this.all.delete(id); }
}
`, []],
    ['entries that an event takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  begin(bus) { bus.on("gone", (id) => this.all.delete(id)); }
}
`, ['silent all: released-by-itself']],
    ['entries that a failure takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  async run(id, job) { try { await job(); } catch (error) { this.all.delete(id); throw error; } }
}
`, []],
    ['entries that the failure of a promise takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  run(id, job) { job().catch(() => this.all.delete(id)); }
}
`, []],
    ['entries that the end of a promise takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  run(id, job) { job().finally(() => this.all.delete(id)); }
}
`, []],
    ['entries that a look-up takes out when they are old', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  get(id) { const one = this.all.get(id); if (one.at < Date.now() - 1_000) { this.all.delete(id); return undefined; } return one; }
}
`, ['likely all: aged-but-kept per-id-key']],
    ['entries that a look-up takes out when they are over', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  get(id) { const one = this.all.get(id); if (one.isOver) { this.all.delete(id); return undefined; } return one; }
}
`, []],
    ['entries that a look-up takes out and gives', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  take(id) { const one = this.all.get(id); this.all.delete(id); return one; }
}
`, []],
    ['entries that a look-up takes out in the other branch', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  get(id) { const one = this.all.get(id); if (one.isOn) return one; else this.all.delete(id); }
}
`, []],
    ['entries that a teardown empties', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  dispose() { this.all.clear(); }
}
`, []],
    ['entries that a timer takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  begin() { setInterval(() => this.sweep(), 1_000); } sweep() { for (const [id, one] of this.all) if (one.isOver) this.all.delete(id); }
}
`, ['silent all: released-by-itself']],
    ['entries that are taken out before they are put in', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, { at: 1 }); }
  again(id) { this.all.delete(id); this.all.set(id, {}); }
}
`, []],
    ['entries that are taken out by who puts them in', `
export class Hub {
  all = new Map();
  
  run(id) { this.all.set(id, {}); this.work(id); this.all.delete(id); }
}
`, ['silent all: released-by-itself']],
    ['entries of a new key that only a call takes out', `
export class Hub {
  all = new Map();
  open() { const id = crypto.randomUUID(); this.all.set(id, {}); return id; }
  close(id) { this.all.delete(id); }
}
`, []],
    ['sessions that only a call takes out', `
export class Hub {
  all = new Map();
  openSession(sessionId) { this.all.set(sessionId, {}); }
  closeSession(sessionId) { this.all.delete(sessionId); }
}
`, []],
    ['sockets that only a call takes out', `
export class Hub {
  all = new Map();
  open(id) { this.all.set(id, connect(id)); }
  close(id) { this.all.get(id).end(); this.all.delete(id); }
}
`, []],
    ['sockets whose end takes them out', `
export class Hub {
  all = new Map();
  open(id) { const socket = connect(id); this.all.set(id, socket); socket.on("close", () => this.all.delete(id)); }
  
}
`, ['silent all: released-by-itself']],
    ['sockets that only a call takes out, and whose end nobody hears', `
export class Hub {
  all = new Map();
  open(id) { const socket = connect(id); socket.on("data", show); this.all.set(id, socket); }
  close(id) { this.all.delete(id); }
}
`, []],
    ['a size that is asked first', `
export class Hub {
  all = new Map();
  open(id) { if (this.all.size > 10) return; this.all.set(id, {}); }
  close(id) { this.all.delete(id); }
}
`, ['silent all: size-checked']],
    ['entries of a few keys', `
export class Hub {
  all = new Map();
  open() { for (const kind of ["a", "b"]) this.all.set(kind, {}); }
  close(kind) { this.all.delete(kind); }
}
`, []],
    ['entries that come with every event', `
export class Hub {
  all = new Map();
  begin(bus) { bus.on("job", (id) => { this.all.set(id, {}); }); }
  close(id) { this.all.delete(id); }
}
`, []],
    ['entries of a module that only a call takes out', `
const all = new Map();
export function open(id) { all.set(id, {}); }
export function close(id) { all.delete(id); }
`, []],
    ['sessions of a module that only a call takes out', `
const sessions = new Map();
export function openSession(sessionId) { sessions.set(sessionId, {}); }
export function closeSession(sessionId) { sessions.delete(sessionId); }
`, []],
    ['sessions of a server that only a call takes out', `
const sessions = new Map();
app.post('/sessions', (req, res) => { sessions.set(req.body.sessionId, {}); });
app.delete('/sessions/:id', (req, res) => { sessions.delete(req.params.id); });
`, ['likely sessions: released-by-request may-be-a-store per-entity-key']],
    ['sessions of a module that a comment speaks for', `
// leakproof-owned-by: the gateway, which closes each
const sessions = new Map();
export function openSession(sessionId) { sessions.set(sessionId, {}); }
export function closeSession(sessionId) { sessions.delete(sessionId); }
`, []],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-manual-only-release: an end that adds its entry again', () => {
  const book = (close: string): string => `
export class Book {
  private readonly pages = new Map<string, Page>();
  page(id: string) {
    let page = this.pages.get(id);
    if (!page) this.pages.set(id, page = { marks: 0 });
    return page;
  }
  private drop(id: string) {
    this.pages.delete(id);
  }
  private mark(id: string) {
    this.page(id).marks++;
  }
  closePage(id: string) {
    ${close}
  }
}
`;

  it('is reported where it gets the entry, or makes it, after its key is gone', () => {
    expect(findingsOf(book('this.drop(id); this.mark(id);'))).toEqual(['certain no-manual-only-release pages:2']);
    expect(reasonsFor(book('this.drop(id); this.mark(id);'))).toEqual(['added-again']);
  });

  it.each([
    ['it does so before', 'this.mark(id); this.drop(id);'],
    ['it does so of another entry', 'this.drop(id); this.mark(`${id}/next`);'],
    ['it does so on a condition', 'this.drop(id); if (this.reopens) this.mark(id);'],
    ['it puts a mark in its place in the open', 'this.drop(id); this.pages.set(id, CLOSED);'],
    ['it does nothing more', 'this.drop(id);'],
  ])('is no reason where %s', (_what, close) => {
    expect(findingsOf(book(close)).filter((one) => one.startsWith('certain'))).toEqual([]);
  });

  it('is not said of what begins an entry anew', () => {
    expect(findingsOf(book('this.drop(id); this.mark(id);').replace('closePage', 'restart'))).toEqual([]);
  });
});
