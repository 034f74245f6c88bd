import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf } = checksFor('no-unbounded-collection');

/** BENIGN, C1 to C11, M1, M2 and X1: each idiom, and beside it what it must not hide. */
describe('no-unbounded-collection, C1: owners of one piece of work', () => {
  it('is silent about a class that is only made into locals', () => {
    expectSilent(`
class Scan {
  found = new Map();
  visit(sessionId, node) {
    this.found.set(sessionId, node);
  }
}
export function scan(nodes) {
  const run = new Scan();
  for (const node of nodes) run.visit(node.sessionId, node);
  return run.found.size;
}
`);
  });

  it('is silent about an array of a class whose name says that it builds', () => {
    expectSilent(`
export class QueryBuilder {
  private readonly parts: string[] = [];
  constructor(source) {
    source.on('part', (part) => this.parts.push(part));
  }
}
`);
  });

  it('still reports an instance that a field keeps', () => {
    expectFindings(`
class Tracker {
  found = new Map(); //! reported no-unbounded-collection found
  visit(sessionId, node) {
    this.found.set(sessionId, node);
  }
}
export class Server {
  tracker = new Tracker();
  handle(request) {
    this.tracker.visit(request.sessionId, request);
  }
}
`);
  });

  it('still reports an instance that a module keeps', () => {
    expectFindings(`
class Tracker {
  found = new Map(); //! reported no-unbounded-collection found
  visit(sessionId, node) {
    this.found.set(sessionId, node);
  }
}
const tracker = new Tracker();
export function handle(request) {
  tracker.visit(request.sessionId, request);
}
`);
  });

  it('still reports an instance that a closure keeps', () => {
    expectFindings(`
class Tracker {
  found = new Map(); //! reported no-unbounded-collection found
  visit(sessionId, node) {
    this.found.set(sessionId, node);
  }
}
export function serve(server) {
  const tracker = new Tracker();
  server.on('request', (request) => tracker.visit(request.sessionId, request));
}
`);
  });

  it('still reports an instance that its maker returns', () => {
    expectFindings(`
class Tracker {
  found = new Map(); //! reported no-unbounded-collection found
  visit(sessionId, node) {
    this.found.set(sessionId, node);
  }
}
export function createTracker() {
  const tracker = new Tracker();
  return tracker;
}
`);
  });

  it('is only less sure about a Map of an owner whose name sounds short-lived', () => {
    expectFindings(`
export class UserContext {
  private readonly grants = new Map(); //! likely no-unbounded-collection grants
  grant(sessionId, right) {
    this.grants.set(sessionId, right);
  }
}
`);
  });
});

describe('no-unbounded-collection, C2: filled while the owner is set up', () => {
  it.each([
    ['the constructor', 'constructor(sessions) { for (const session of sessions) this.byId.set(session.id, session); }'],
    ['a callback of the constructor that runs at once', 'constructor(sessions) { sessions.forEach((session) => this.byId.set(session.id, session)); }'],
    ['a function that the constructor hands to forEach', 'constructor(sessions) { sessions.forEach(this.#add, this); } #add(session) { this.byId.set(session.id, session); }'],
    ['a private method that only the constructor calls', 'constructor(sessions) { this.#fill(sessions); } #fill(sessions) { for (const session of sessions) this.byId.set(session.id, session); }'],
    ['init()', 'init(sessions) { for (const session of sessions) this.byId.set(session.id, session); }'],
    ['a decorated start-up method', '@postConstruct() protected load(sessions) { for (const session of sessions) this.byId.set(session.id, session); }'],
  ])('is silent about a Map that %s fills', (_what, members) => {
    expectSilent(`
export class Sessions {
  private readonly byId = new Map();
  ${members}
  get(sessionId) {
    return this.byId.get(sessionId);
  }
}
`);
  });

  it.each([
    ['an event that the constructor subscribes to', "constructor(server) { server.on('session', (session) => this.byId.set(session.id, session)); }"],
    ['a promise of an event that the constructor subscribes to', "constructor(server) { server.on('session', async (session) => { await session.ready; this.byId.set(session.id, session); }); }"],
    ['a timer that the constructor starts', 'constructor(source) { this.timer = setInterval(() => this.byId.set(source.sessionId, source), 1000); } stop() { clearInterval(this.timer); }'],
    ['a private method that a request calls, too', 'constructor(session) { this.#add(session); } open(session) { this.#add(session); } #add(session) { this.byId.set(session.id, session); }'],
    ['a private method that an event calls', "constructor(server) { server.on('session', (session) => this.#add(session)); } #add(session) { this.byId.set(session.id, session); }"],
    ['a bound private method', "constructor(server) { server.on('session', this.add.bind(this)); } private add(session) { this.byId.set(session.id, session); }"],
  ])('still reports a Map that %s fills', (_what, members) => {
    expect(findingsOf(`
export class Sessions {
  private readonly byId = new Map();
  ${members}
}
`).map((finding) => finding.replace(/^\w+ /, ''))).toEqual(['no-unbounded-collection byId:2']);
  });

  it('is silent about a Map that is filled in one go while it is empty', () => {
    expectSilent(`
export class Countries {
  private byCode = new Map();
  lookUp(code) {
    if (this.byCode.size === 0) {
      for (const country of load()) this.byCode.set(country.userId, country);
    }
    return this.byCode.get(code);
  }
}
`);
  });

  it('is silent about a Map that is filled in one go when it is made', () => {
    expectSilent(`
export class Countries {
  #byCode;
  get byCode() {
    if (!this.#byCode) {
      this.#byCode = new Map();
      load().forEach((country) => this.#byCode.set(country.userId, country));
    }
    return this.#byCode;
  }
}
`);
  });

  it('still reports a Map whose growth a test of another Map guards', () => {
    expectFindings(`
export class Countries {
  private names = new Map([['de', 'Germany']]);
  private seen = new Map(); //! reported no-unbounded-collection seen
  lookUp(userId, country) {
    if (this.names.size === 1) this.seen.set(userId, country);
  }
}
`);
  });

  it('is silent about a list that each run makes anew', () => {
    expectSilent(`
export class Report {
  private userIds: Set<string>;
  refresh(users) {
    this.userIds = new Set();
    for (const user of users) this.userIds.add(user.id);
  }
}
`);
  });

  it('still reports a list that is made anew in one method and filled in another', () => {
    expectFindings(`
export class Rooms {
  constructor() {
    this.userIds = new Set(); //! reported no-unbounded-collection userIds
  }
  join(user) {
    this.userIds.add(user.id);
  }
}
`);
  });
});

describe('no-unbounded-collection, C3: filled at module load', () => {
  it.each([
    ['statements', "names.set('a', 1); names.set('b', 2);"],
    ['a loop', 'for (const session of sessions) names.set(session.id, session);'],
    ['forEach', 'sessions.forEach((session) => names.set(session.id, session));'],
    ['an expression that is called at once', '(() => { for (const session of sessions) names.set(session.id, session); })();'],
    ['a function that only the module calls', 'function add(session) { names.set(session.id, session); } add(sessions[0]);'],
    ['a function that the module hands to forEach', 'sessions.forEach(add); function add(session) { names.set(session.id, session); }'],
  ])('is silent about a Map that %s fill', (_what, statements) => {
    expectSilent(`
import { sessions } from './sessions.js';
const names = new Map();
${statements}
export const nameOf = (sessionId) => names.get(sessionId);
`);
  });

  it('still reports a Map that an exported function fills, too', () => {
    expectFindings(`
import { sessions } from './sessions.js';
const names = new Map(); //! reported no-unbounded-collection names
export function add(session) {
  names.set(session.id, session);
}
sessions.forEach(add);
`);
  });

  it('still reports a Map that a function fills which another hands to forEach', () => {
    expectFindings(`
const names = new Map(); //! reported no-unbounded-collection names
function add(session) {
  names.set(session.id, session);
}
export function addAll(sessions) {
  sessions.forEach(add);
}
`);
  });
});

describe('no-unbounded-collection, C4: registration', () => {
  it.each(['register', 'registerCommand', 'use', 'addHandler', 'define', 'installPlugin', 'contribute'])('is silent about %s()', (method) => {
    expectSilent(`
export class Commands {
  private readonly handlers = new Map<string, Handler>();
  ${method}(name: string, handler: Handler) {
    this.handlers.set(name, handler);
  }
}
`);
  });

  it('still reports a registration by the id of a session', () => {
    expectFindings(`
export class Presence {
  private readonly online = new Map<string, Peer>(); //! reported no-unbounded-collection online
  register(sessionId: string, peer: Peer) {
    this.online.set(sessionId, peer);
  }
}
`);
  });

  it('still reports a registration beside one that can be undone', () => {
    expectFindings(`
export class Commands {
  private readonly handlers = new Map<string, Handler>();
  private readonly labels = new Map<string, string>(); //! reported no-unbounded-collection labels
  register(name: string, handler: Handler) {
    this.handlers.set(name, handler);
    this.labels.set(name, handler.label);
  }
  unregister(name: string) {
    this.handlers.delete(name);
  }
}
`);
  });
});

describe('no-unbounded-collection, C5: keys from a fixed set', () => {
  it.each([
    ['literals', "count(kind) { if (kind) this.counts.set('yes', 1); else this.counts.set('no', 1); }"],
    ['members of an enum', 'count() { this.counts.set(Kind.A, 1); this.counts.set(Kind.B, 1); }'],
    ['a parameter of an enum', 'count(kind: Kind) { this.counts.set(kind, 1); }'],
    ['a parameter of literals', "count(kind: 'a' | 'b') { this.counts.set(kind, 1); }"],
    ['a parameter of an alias of literals', 'count(kind: Letter) { this.counts.set(kind, 1); }'],
    ['keys of a type', 'count(name: keyof Options) { this.counts.set(name, 1); }'],
    ['a boolean', 'count(flag: boolean) { this.counts.set(flag, 1); }'],
    ['typeof', 'count(value) { this.counts.set(typeof value, 1); }'],
    ['constructors', 'count(value) { this.counts.set(value.constructor, 1); }'],
    ['a remainder', 'count(userId) { this.counts.set(userId % 16, 1); }'],
    ['a choice of literals', "count(userId) { this.counts.set(userId > 0 ? 'some' : 'none', 1); }"],
    ['a constant', "count(userId) { const key = 'all'; this.counts.set(key, userId); }"],
  ])('is silent about keys that are %s', (_what, method) => {
    expectSilent(`
enum Kind { A, B }
type Letter = 'a' | 'b';
export class Counter {
  private readonly counts = new Map();
  ${method}
}
`);
  });

  it.each(['Map<Kind, number>', "Map<'a' | 'b', number>", 'Map<keyof Options, number>', 'Map<Letter, number>'])('is silent about a %s', (type) => {
    expectSilent(`
enum Kind { A, B }
type Letter = 'a' | 'b';
export class Counter {
  private readonly counts: ${type} = new Map();
  count(userId) {
    this.counts.set(userId, 1);
  }
}
`);
  });

  it.each(['Map<string, number>', 'Map<UserId, number>', "Map<'a' | string, number>", "Map<`user-${string}`, number>"])('still reports a %s', (type) => {
    expectFindings(`
type UserId = string;
export class Counter {
  private readonly counts: ${type} = new Map(); //! reported no-unbounded-collection counts
  count(userId) {
    this.counts.set(userId, 1);
  }
}
`);
  });

  it('still reports a Map of which only some keys are literals', () => {
    expectFindings(`
export class Counter {
  private readonly counts = new Map(); //! reported no-unbounded-collection counts
  count(userId) {
    this.counts.set('all', 1);
    this.counts.set(userId, 1);
  }
}
`);
  });

  it('still reports a variable that is a literal only at first', () => {
    expectFindings(`
export class Counter {
  private readonly counts = new Map(); //! reported no-unbounded-collection counts
  count(userId) {
    let key = 'all';
    if (userId) key = 'user:' + userId;
    this.counts.set(key, 1);
  }
}
`);
  });
});

describe('no-unbounded-collection, C6: remembered values', () => {
  it.each([
    ['has and set', 'if (!this.cache.has(path)) this.cache.set(path, parse(path)); return this.cache.get(path);'],
    ['get and set', 'let value = this.cache.get(path); if (!value) { value = parse(path); this.cache.set(path, value); } return value;'],
  ])('is silent about a memo of files with %s', (_what, statements) => {
    expectSilent(`
export class Loader {
  private readonly cache = new Map();
  load(path) {
    ${statements}
  }
}
`);
  });

  it('is silent about a memo of files in a dictionary', () => {
    expectSilent(`
const cache = Object.create(null);
export function load(path) {
  return (cache[path] ??= parse(path));
}
`);
  });

  it('still reports a memo by user', () => {
    expectFindings(`
export class Profiles {
  private readonly cache = new Map(); //! reported no-unbounded-collection cache
  load(userId) {
    if (!this.cache.has(userId)) this.cache.set(userId, fetchProfile(userId));
    return this.cache.get(userId);
  }
}
`);
  });

  it('still reports a memo beside one that loses the same key', () => {
    expectFindings(`
export class Nodes {
  private readonly nodes = new Map();
  private readonly options = new Map(); //! reported no-unbounded-collection options
  add(address, options) {
    if (!this.options.has(address)) this.options.set(address, options);
    this.nodes.set(address, connect(options));
  }
  remove(address) {
    this.nodes.delete(address);
  }
}
`);
  });
});

describe('no-unbounded-collection, C7: warned once', () => {
  it.each([
    ['around the warning', 'if (!warned.has(name)) { warned.add(name); console.warn(name); }'],
    ['before the warning', 'if (warned.has(name)) return; warned.add(name); logger.warn(name);'],
  ])('is silent about a Set of warnings with a guard %s', (_what, statements) => {
    expectSilent(`
const warned = new Set();
export function warnOnce(name) {
  ${statements}
}
`);
  });

  it('still reports a Set of sessions that logs nothing', () => {
    expectFindings(`
const greeted = new Set(); //! reported no-unbounded-collection greeted
export function greet(sessionId) {
  if (greeted.has(sessionId)) return;
  greeted.add(sessionId);
  send(sessionId, 'hello');
}
`);
  });
});

describe('no-unbounded-collection, C8: emptied by another route', () => {
  it('is silent about a collection that is given to a pool', () => {
    expectNothingCertain(`
export class Desk {
  drafts = new Map();
  constructor(pool) {
    pool.adopt(this.drafts);
  }
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
}
`);
  });

  it('is silent about the same property of an object of another file', () => {
    expectSilent(`
export class Channel {
  readonly subscriptions = new Map();
  subscribe(sessionId, listener) {
    this.subscriptions.set(sessionId, listener);
  }
}
export function leave(channel, sessionId) {
  channel.subscriptions.delete(sessionId);
}
`);
  });

  it('still reports a collection while a property with a general name is emptied elsewhere', () => {
    expectFindings(`
export class Table {
  readonly items = new Map(); //! reported no-unbounded-collection items
  put(sessionId, value) {
    this.items.set(sessionId, value);
  }
  count() {
    return this.items.size;
  }
}
export function reset(basket) {
  basket.items.clear();
}
`);
  });
});

describe('no-unbounded-collection, C9: bounded by size', () => {
  it.each([
    ['a return', 'if (this.recent.size >= LIMIT) return; this.recent.set(sessionId, 1);'],
    ['a throw', "if (this.recent.size >= this.limit) throw new Error('full'); this.recent.set(sessionId, 1);"],
    ['a test around it', 'if (this.recent.size < LIMIT) this.recent.set(sessionId, 1);'],
    ['an eviction', 'this.recent.set(sessionId, 1); if (this.recent.size > LIMIT) this.recent.delete(this.recent.keys().next().value);'],
    ['an eviction by a helper', 'this.recent.set(sessionId, 1); while (this.recent.size > LIMIT) evictOldest(this.recent);'],
  ])('is silent about a Map with %s', (_what, statements) => {
    expectSilent(`
const LIMIT = 100;
export class Recent {
  private readonly recent = new Map();
  note(sessionId) {
    ${statements}
  }
}
function evictOldest(map) {
  map.delete(map.keys().next().value);
}
`);
  });

  it('is silent about a ring', () => {
    expectSilent(`
export class Samples {
  private readonly samples = [];
  private next = 0;
  constructor(sensor) {
    sensor.on('data', (sample) => {
      this.samples[this.next++ % 64] = sample;
    });
  }
}
`);
  });

  it.each([
    ['a test whether there is any', 'if (this.recent.size > 0) this.report(); this.recent.set(sessionId, 1);'],
    ['a size that is only logged', 'this.recent.set(sessionId, 1); log(this.recent.size);'],
    ['a loop over its length', 'for (let i = 0; i < this.recent.size; i++) this.visit(i); this.recent.set(sessionId, 1);'],
    ['a limit of another Map', 'if (this.other.size > 100) return; this.recent.set(sessionId, 1);'],
  ])('still reports a Map with %s', (_what, statements) => {
    expectFindings(`
export class Recent {
  private readonly recent = new Map(); //! reported no-unbounded-collection recent
  private readonly other = new Map([[1, 2]]);
  note(sessionId) {
    ${statements}
  }
}
`);
  });

  it('still reports a Map whose size only a report compares', () => {
    expectFindings(`
export class Recent {
  private readonly recent = new Map(); //! reported no-unbounded-collection recent
  note(sessionId) {
    this.recent.set(sessionId, 1);
  }
  isBusy() {
    return this.recent.size > 100;
  }
}
`);
  });
});

describe('no-unbounded-collection, C10: weak collections', () => {
  it.each(['WeakMap', 'WeakSet'])('is silent about a %s', (type) => {
    expectSilent(`
const known = new ${type}();
export function note(session) {
  known.${type === 'WeakMap' ? 'set(session, 1)' : 'add(session)'};
}
`);
  });

  it('still reports a Map of weak references', () => {
    expectFindings(`
const known = new Map(); //! reported no-unbounded-collection known
export function note(sessionId, session) {
  known.set(sessionId, new WeakRef(session));
}
`);
  });
});

describe('no-unbounded-collection, C11: accumulators of a call', () => {
  it.each([
    ['an inner function', 'function visit(node) { seen.add(node.sessionId); node.children.forEach(visit); } visit(root); return seen.size;'],
    ['a recursive arrow', 'const visit = (node) => { seen.add(node.sessionId); node.children.forEach(visit); }; visit(root); return seen;'],
    ['replace', 'return text.replace(/x/g, (sessionId) => { seen.add(sessionId); return String(seen.size); });'],
    ['a sort', 'return root.children.sort((a) => { seen.add(a.sessionId); return 0; });'],
    ['a continuation', 'return load(root).then((node) => { seen.add(node.sessionId); return seen; });'],
  ])('is silent about a Set that %s fills', (_what, statements) => {
    expectSilent(`
export function collect(root, text) {
  const seen = new Set();
  ${statements}
}
`);
  });

  it.each([
    ['a returned function', 'return (node) => { seen.add(node.sessionId); };'],
    ['an event', "root.on('node', (node) => { seen.add(node.sessionId); });"],
    ['a look-up that calls back', "root.get('node', (node) => { seen.add(node.sessionId); });"],
    ['a property', 'root.visit = (node) => { seen.add(node.sessionId); };'],
    ['a timer', 'const timer = setInterval(() => { seen.add(root.sessionId); }, 1000); return () => clearInterval(timer);'],
  ])('still reports a Set that %s fills', (_what, statements) => {
    expect(findingsOf(`
export function collect(root) {
  const seen = new Set();
  ${statements}
}
`)).toEqual(['likely no-unbounded-collection seen:2']);
  });

  it.each([
    ['a route of the application', "root.get('/node', (node) => { seen.add(node.sessionId); });"],
    ['a tool of the server', "root.registerTool({ name: 'see', execute: (node) => { seen.add(node.sessionId); } });"],
    ['a listener of the process', "process.on('message', (node) => { seen.add(node.sessionId); });"],
    ['each connection of a server', "root.on('connection', (node) => { seen.add(node.sessionId); });"],
  ])('knows that a Set lives as long as %s', (_what, statements) => {
    expect(findingsOf(`
export function collect(root) {
  const seen = new Set();
  ${statements}
}
`)).toEqual(['certain no-unbounded-collection seen:2']);
  });

  it('knows that a factory makes it for a server', () => {
    expectFindings(`
function createLimiter() {
  const buckets = new Map(); //! reported no-unbounded-collection buckets
  return function allow(socketId) {
    buckets.set(socketId, Date.now());
    return true;
  };
}
export function serve(io) {
  const allow = createLimiter();
  io.on('connection', (socket) => {
    if (!allow(socket.id)) socket.disconnect();
  });
}
`);
  });

  it('does not know that of a factory whose callers stand in other files, or for each connection', () => {
    expect(findingsOf(`
export function createLimiter() {
  const buckets = new Map();
  return function allow(socketId) {
    buckets.set(socketId, Date.now());
    return true;
  };
}
`)).toEqual(['likely no-unbounded-collection buckets:2']);
    expect(findingsOf(`
export function accept(socket) {
  const seen = new Set();
  socket.on('message', (message) => { seen.add(message.sessionId); });
}
`)).toEqual(['likely no-unbounded-collection seen:2']);
  });
});

describe('no-unbounded-collection, M1 and M2: siblings that do not end', () => {
  it('does not take a toggle for the end of an entry', () => {
    expectSilent(`
export class Tree {
  private readonly open = new Set();
  private readonly visited = new Set();
  toggle(path) {
    if (this.open.has(path)) this.open.delete(path);
    else this.open.add(path);
    this.visited.add(path);
  }
}
`);
  });

  it('does not take what the same call puts in and out for the end of an entry', () => {
    expectSilent(`
export class Loader {
  private readonly running = new Map();
  private readonly loaded = new Map();
  async load(path) {
    this.running.set(path, true);
    this.loaded.set(path, await read(path));
    this.running.delete(path);
  }
}
`);
  });

  it('still takes a deletion in another method for the end of an entry', () => {
    expectFindings(`
export class Loader {
  private readonly running = new Map();
  private readonly loaded = new Map(); //! reported no-unbounded-collection loaded
  load(key) {
    this.running.set(key, true);
    this.loaded.set(key, read(key));
  }
  unload(key) {
    this.running.delete(key);
  }
}
`);
  });
});

describe('no-unbounded-collection, X1: scripts', () => {
  const code = `
const drafts = new Map();
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
`;

  it.each(['scripts/save.ts', 'tools/save.ts', 'app.config.ts'])('is less sure in %s', (path) => {
    expect(findingsOf(code, path)).toEqual(['likely no-unbounded-collection drafts:1']);
  });

  it.each(['examples/save.ts', 'bin/save.ts', 'lib/save.ts'])('is as sure in %s as elsewhere', (path) => {
    expect(findingsOf(code, path)).toEqual(['certain no-unbounded-collection drafts:1']);
  });
});

describe('no-unbounded-collection: keys that are new each time', () => {
  it.each([
    ['a counter', 'this.next++', ''],
    ['a counter in a local', 'serial', 'const serial = ++this.next;'],
    ['a generator of ids', 'randomUUID()', ''],
    ['a property of a literal', 'entry.number', 'const entry = { number: this.next++ };'],
    ['a template with the time', '`n-${Date.now()}`', ''],
    ['what a constructor keeps', 'item.number', 'const item = new Item(this.next++);'],
    ['what a getter gives', 'item.mark', 'const item = new Item(this.next++);'],
    ['what a function returns', 'mark()', ''],
  ])('%s', (_what, key, before) => {
    expectFindings(`
import { randomUUID } from 'node:crypto';
class Item {
  constructor(private number) {}
  get mark() { return this.number; }
}
let serialNumber = 0;
function mark() { return 'm' + serialNumber++; }
export class Ledger {
  private next = 0;
  private rows = new Map(); //! reported no-unbounded-collection rows
  put(row) {
    ${before}
    this.rows.set(${key}, row);
  }
}
`);
  });

  it.each([
    ['a counter that wraps around', 'this.next = (this.next + 1) % 8; this.rows.set(this.next++, row);'],
    ['a counter with an end', 'if (this.next >= 8) this.next = 0; this.rows.set(this.next++, row);'],
    ['a counter of the run', 'let index = 0; for (const cell of row) this.rows.set(index++, cell);'],
    ['a function that makes an id of what it is given', 'this.rows.set(makeId(row.kind), row);'],
  ])('does not take %s for one', (_what, statements) => {
    expectNothingCertain(`
import { makeId } from './ids.js';
export class Ledger {
  private next = 0;
  private rows = new Map();
  put(row) {
    ${statements}
  }
}
`);
  });
});

describe('no-unbounded-collection: lists of what exists', () => {
  it('is not certain where a key that is there already is refused', () => {
    expectFindings(`
export class Bridge {
  private published = new Map(); //! likely no-unbounded-collection published
  publish(sessionId, accessory) {
    if (this.published.has(sessionId)) throw new Error('published already');
    this.published.set(sessionId, accessory);
  }
}
`);
  });

  it('is still certain where it is only skipped', () => {
    expectFindings(`
export class Bridge {
  private published = new Map(); //! reported no-unbounded-collection published
  publish(sessionId, accessory) {
    if (this.published.has(sessionId)) return;
    this.published.set(sessionId, accessory);
  }
}
`);
  });

  it('is not certain where the entry is given its owner', () => {
    expectFindings(`
export class Page {
  readonly workers = new Set(); //! likely no-unbounded-collection workers
  count() {
    return this.workers.size;
  }
  attached(worker) {
    worker.page = this;
    this.workers.add(worker);
  }
}
`);
  });

  it('is not certain about a public field of an exported class that this file only fills', () => {
    expectFindings(`
export class Bus {
  readonly perSession = new Map(); //! likely no-unbounded-collection perSession
  seen(sessionId) {
    this.perSession.set(sessionId, (this.perSession.get(sessionId) ?? 0) + 1);
  }
}
`);
    expectFindings(`
export class Bus {
  private readonly perSession = new Map(); //! reported no-unbounded-collection perSession
  seen(sessionId) {
    this.perSession.set(sessionId, (this.perSession.get(sessionId) ?? 0) + 1);
  }
}
`);
  });

  it('reports windows that a hidden method closes and keeps, whatever the method is called', () => {
    expectFindings(`
export class Previews {
  private windows = []; //! reported no-unbounded-collection windows
  async show(source) {
    this.disposeWindows();
    this.windows.push(await source.open());
  }
  private disposeWindows() {
    this.windows.forEach((window) => window.dispose());
  }
}
`);
  });

  it('is silent where that happens at the end of the owner only', () => {
    expectSilent(`
export class Previews {
  private windows = [];
  async show(source) {
    this.windows.push(await source.open());
  }
  private disposeWindows() {
    this.windows.forEach((window) => window.dispose());
  }
  dispose() {
    this.disposeWindows();
  }
}
`);
  });
});

describe('no-unbounded-collection: how sure it is of a key that names an entity', () => {
  const confidenceOf = (code: string): string[] => findingsOf(code).map((finding) => finding.split(' ')[0] ?? '');

  it.each([
    ['an object of a class that may be made for one piece of work', 'likely', `
export class Tracker {
  private calls = new Map();
  note(visitorId, call) {
    this.calls.set(visitorId, call);
  }
}`],
    ['a class of which a program has one, by its name', 'certain', `
export class CallManager {
  private calls = new Map();
  note(visitorId, call) {
    this.calls.set(visitorId, call);
  }
}`],
    ['a class of which a container makes one', 'certain', `
@injectable()
export class Tracker {
  private calls = new Map();
  note(visitorId, call) {
    this.calls.set(visitorId, call);
  }
}`],
    ['an object that the module makes', 'certain', `
class Tracker {
  private calls = new Map();
  note(visitorId, call) {
    this.calls.set(visitorId, call);
  }
}
export const tracker = new Tracker();`],
    ['growth with every event', 'certain', `
export class Tracker {
  private calls = new Map();
  constructor(line) {
    line.on('call', (call) => this.calls.set(call.callerId, call));
  }
}`],
    ['an entry that somebody waits for', 'certain', `
export class Tracker {
  private calls = new Map();
  ask(visitorId, question) {
    return new Promise((resolve, reject) => {
      this.calls.set(visitorId, { question, settle: [resolve, reject] });
    });
  }
}`],
    ['a field that is declared public', 'likely', `
export class CallManager {
  public calls = new Map();
  note(visitorId, call) {
    this.calls.set(visitorId, call);
  }
}`],
  ])('%s', (_what, expected, code) => {
    expect(confidenceOf(code)).toEqual([expected]);
  });

  const TURNS = `
const turns = new Map();
export function begin(turnId) {
  turns.set(turnId, { calls: new Map() });
}
export function note(turnId, callerId, call) {
  turns.get(turnId).calls.set(callerId, call);
}
`;

  it('is silent about the keys of an entry that goes', () => {
    expect(findingsOf(`${TURNS}
export function end(turnId) {
  turns.delete(turnId);
}
`)).toEqual([]);
  });

  it('still reports them where the entry stays', () => {
    expect(findingsOf(TURNS)).toEqual(['likely no-unbounded-collection turns:1', 'likely no-unbounded-collection calls:3']);
  });
});

describe('no-unbounded-collection, C7: what is logged beside an entry is no warning about it', () => {
  it('still reports a dictionary of values beside a log line', () => {
    expectFindings(`
const sessions = {}; //! certain no-unbounded-collection sessions
export function open(sessionId, transport) {
  console.log('opened', sessionId);
  sessions[sessionId] = transport;
}
`);
  });

  it('is not certain about flags that are set where something is logged', () => {
    expectNothingCertain(`
const seen = {};
export function warn(sessionId) {
  if (!seen[sessionId]) {
    seen[sessionId] = true;
    console.warn('seen', sessionId);
  }
}
`);
  });
});

describe('no-unbounded-collection: how sure it is where only the key speaks', () => {
  const storeBy = (collection: string, key: string, value: string): string => `
const ${collection} = new Map();
export function note(${key}, ${value}) {
  ${collection}.set(${key}, ${value});
}
`;

  it.each([
    ['accounts', storeBy('balances', 'account', 'text')],
    ['results of one piece of work, under fresh ids', `
export class Merger {
  private rows = new Map();
  private offset = 0;
  merge(row) {
    this.rows.set(this.offset++, row);
  }
}`],
    ['keys that a process hands out to itself', `
const labels = new Map();
export function label(text) {
  const id = crypto.randomUUID();
  labels.set(id, text);
  return id;
}`],
  ])('is not certain about %s', (_what, code) => {
    expect(findingsOf(code).map((finding) => finding.split(' ')[0])).toEqual(['likely']);
  });

  it.each([
    ['sessions', storeBy('pages', 'sessionId', 'page')],
    ['sockets', storeBy('names', 'socket', 'name')],
    ['fresh ids in a collection that is named for what comes and goes', `
const connections = new Map();
export function open(name) {
  const id = crypto.randomUUID();
  connections.set(id, name);
  return id;
}`],
    ['what is under way', `
const pendingRows = new Map();
let next = 0;
export function ask(row) {
  pendingRows.set(next++, row);
}`],
    ['growth with every event', `
const balances = new Map();
export function follow(bank) {
  bank.on('transfer', (transfer) => balances.set(transfer.accountId, transfer));
}`],
    ['entries by which somebody waits', `
const answers = new Map();
let next = 0;
export function ask(line) {
  return new Promise((resolve, reject) => {
    answers.set(next++, [resolve, reject]);
    line.send('?');
  });
}`],
  ])('still is certain about %s', (_what, code) => {
    expect(findingsOf(code).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
  });
});

describe('no-unbounded-collection, M1: a sibling that the file is given', () => {
  const sandbox = (made: string, mark = ''): string => `
export class Sandbox {
  originals = new Map();${mark}
  ${made}
  set(name, value) {
    this.originals.set(name, this.scope.get(name));
    this.scope.set(name, value);
  }
  remove(name) {
    this.scope.delete(name);
  }
}
`;

  it('is not certain about keys that something of another leaves', () => {
    expectNothingCertain(sandbox('constructor(scope) { this.scope = scope; }'));
  });

  it('still is certain about keys that a sibling of its own leaves', () => {
    expectFindings(sandbox('scope = new Map();', ' //! certain no-unbounded-collection originals'));
  });
});

describe('no-unbounded-collection: where all entries are ended at once', () => {
  const sockets = (body: string, mark = ''): string => `
export class Endpoints {
  sockets = new Map();${mark}
  constructor(discovery) {
    discovery.on('found', (found) => this.sockets.set(found.url, openSocket(found)));
  }
  clientGone(url) {
    ${body}
  }
}
`;

  it('is not certain, since that may be the end of their owner', () => {
    expectNothingCertain(sockets('this.sockets.forEach((socket) => socket.close());'));
  });

  it('still is certain where one of many is ended', () => {
    expectFindings(sockets('this.sockets.get(url).close();', ' //! certain no-unbounded-collection sockets'));
  });
});

describe('no-unbounded-collection, C6: what is too old is got anew under its key', () => {
  const feeds = (key: string, old: string, mark = ''): string => `
const feeds = new Map();${mark}
export async function read(${key}) {
  const known = feeds.get(${key});
  if (known && Date.now() - known.at < 60_000) return known.feed;
  const feed = await get(${key});
  ${old}
  return feed;
}
`;

  it('is not certain where nothing says that there are many keys', () => {
    expectNothingCertain(feeds('url', 'feeds.set(url, { feed, at: Date.now() });'));
  });

  it('still is certain where one comes for each session', () => {
    expectFindings(feeds('sessionId', 'feeds.set(sessionId, { feed, at: Date.now() });', ' //! certain no-unbounded-collection feeds'));
  });

  it('still is certain where another function fills it', () => {
    expectFindings(`${feeds('url', 'keep(url, feed);', ' //! certain no-unbounded-collection feeds')}export function keep(url, feed) { feeds.set(url, { feed, at: Date.now() }); }\n`);
  });
});

describe('no-unbounded-collection: moments that are asked for their age', () => {
  const asked = (key: string, value: string, mark = ''): string => `
export class Feeds {
  #asked = new Map();${mark}
  async refresh(${key}) {
    const last = this.#asked.get(${key});
    if (last && Date.now() - last < 60_000) return;
    await this.load(${key});
    this.note(${key});
  }
  note(${key}) {
    const now = Date.now();
    this.#asked.set(${key}, ${value});
  }
}
`;

  it('is not certain where there may be few keys', () => {
    expectFindings(asked('feedId', 'now', ' //! likely no-unbounded-collection #asked'));
    expectFindings(asked('feedId', 'Date.now()', ' //! likely no-unbounded-collection #asked'));
  });

  it('still is certain of sessions, and of what is more than a moment', () => {
    expectFindings(asked('sessionId', 'now', ' //! certain no-unbounded-collection #asked'));
    expectFindings(asked('feedId', 'now + this.pause', ' //! certain no-unbounded-collection #asked'));
  });
});

describe('no-unbounded-collection: what is refused for good', () => {
  const list = (name: string, mark: string): string => `
const ${name} = new Set(); //! ${mark} no-unbounded-collection ${name}
export function take(sessionId, message) {
  if (${name}.has(sessionId)) return;
  if (message.isForged) { ${name}.add(sessionId); return; }
  message.read();
}
`;

  it('is not certain of a Set whose name says so', () => {
    expectFindings(list('bannedSessions', 'likely'));
    expectFindings(list('ignored', 'likely'));
  });

  it('still is certain of one whose name says nothing of the kind', () => {
    expectFindings(list('forgedSessions', 'certain'));
  });
});

describe('no-unbounded-collection: constructors that are exported where they are named', () => {
  it('reports what each of their objects keeps', () => {
    expectFindings(`
var Links = module.exports = function (hub) {
  this.hub = hub;
  this.sessions = {}; //! certain no-unbounded-collection sessions
};
Links.prototype.open = function (sessionId, socket) {
  this.sessions[sessionId] = socket;
};
`);
  });

  it('finds the release of another method', () => {
    expectSilent(`
var Links = exports = module.exports = function () {
  this.sessions = {};
};
Links.prototype.open = function (sessionId, socket) {
  this.sessions[sessionId] = socket;
  socket.on('close', () => { delete this.sessions[sessionId]; });
};
`);
  });
});
