import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, verdictsOf } = checksFor('no-unbounded-collection');

describe('no-unbounded-collection: kinds of collections', () => {
  it('reports a Map of a class that only grows', () => {
    expectFindings(`
export class Presence {
  private readonly lastSeen = new Map<string, number>(); //! certain no-unbounded-collection lastSeen
  touch(userId: string) {
    this.lastSeen.set(userId, Date.now());
  }
}
`);
  });

  it('reports a Set of a class that only grows', () => {
    expectFindings(`
export class Presence {
  private readonly known = new Set<string>(); //! certain no-unbounded-collection known
  greet(sessionId: string) {
    this.known.add(sessionId);
  }
}
`);
  });

  it.each([
    ['a literal', '{}'],
    ['a typed literal', '{} as Record<string, number>'],
    ['an object without a prototype', 'Object.create(null)'],
  ])('reports a dictionary that is made by %s and only grows', (_what, init) => {
    expectFindings(`
export class Presence {
  private readonly lastSeen = ${init}; //! certain no-unbounded-collection lastSeen
  touch(userId: string) {
    this.lastSeen[userId] = Date.now();
  }
}
`);
  });

  it('reports a dictionary that grows by spreading', () => {
    expectFindings(`
export class Store {
  private drafts = {}; //! certain no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts = { ...this.drafts, [sessionId]: text };
  }
}
`);
  });

  it('reports a dictionary that Object.assign fills', () => {
    expectFindings(`
const drafts = {}; //! certain no-unbounded-collection drafts
export function save(sessionId, text) {
  Object.assign(drafts, { [sessionId]: text });
}
`);
  });

  it.each([
    ['push', 'this.requests.push(request);'],
    ['unshift', 'this.requests.unshift(request);'],
    ['spreading', 'this.requests = [...this.requests, request];'],
    ['concat', 'this.requests = this.requests.concat(request);'],
    ['an index', 'this.requests[this.requests.length] = request;'],
  ])('reports an array of a server that grows by %s', (_what, statement) => {
    expectFindings(`
export class Server {
  private requests = []; //! reported no-unbounded-collection requests
  constructor(emitter) {
    emitter.on('request', (request) => {
      ${statement}
    });
  }
}
`);
  });

  it('reports a subclass of Map that only grows', () => {
    expectFindings(`
class Table extends Map {
  getOrThrow(key) {
    if (!this.has(key)) throw new Error(key);
    return this.get(key);
  }
}
const sessions = new Table(); //! certain no-unbounded-collection sessions
export function open(sessionId, session) {
  sessions.set(sessionId, session);
}
`);
  });

  it('leaves a subclass that bounds itself to its author', () => {
    expectSilent(`
class Bounded extends Map {
  set(key, value) {
    super.set(key, value);
    if (this.size > 100) this.delete(this.keys().next().value);
    return this;
  }
}
const sessions = new Bounded();
export function open(sessionId, session) {
  sessions.set(sessionId, session);
}
`);
  });

  it('trusts the initialiser, not the annotation', () => {
    expectFindings(`
export class Labels {
  private readonly bySocket: WeakMap<object, string> = new Map(); //! certain no-unbounded-collection bySocket
  name(socket: object, label: string) {
    this.bySocket.set(socket, label);
  }
}
`);
  });

  it('knows a class of the file that is called Map', () => {
    expectSilent(`
class Map {
  set(key, value) { this.last = [key, value]; }
}
const positions = new Map();
export function move(sessionId, position) {
  positions.set(sessionId, position);
}
`);
  });

  it('knows an imported Map', () => {
    expectSilent(`
import { Map } from 'immutable';
const positions = new Map();
export function move(sessionId, position) {
  positions.set(sessionId, position);
}
`);
  });
});

describe('no-unbounded-collection: owners', () => {
  it.each([
    ['a field', 'private readonly drafts = new Map();', 'this.drafts', 'drafts'],
    ['a #private field', '#drafts = new Map();', 'this.#drafts', '#drafts'],
    ['a static field', 'static drafts = new Map();', 'Desk.drafts', 'drafts'],
    ['a static #private field', 'static #drafts = new Map();', 'Desk.#drafts', '#drafts'],
    ['a field of the constructor', 'constructor() { this.drafts = new Map(); }', 'this.drafts', 'drafts'],
    ['a parameter property', 'constructor(private readonly drafts = new Map()) {}', 'this.drafts', 'drafts'],
    ['an accessor field', 'accessor drafts = new Map();', 'this.drafts', 'drafts'],
    ['a field under a symbol', '[kDrafts] = new Map();', 'this[kDrafts]', '[kDrafts]'],
    ['a static block', 'static drafts; static { this.drafts = new Map(); }', 'Desk.drafts', 'drafts'],
  ])('reports %s', (_what, declaration, access, symbol) => {
    expectFindings(`
const kDrafts = Symbol('drafts');
export class Desk {
  ${declaration} //! certain no-unbounded-collection ${symbol}
  save(sessionId: string, text: string) {
    ${access}.set(sessionId, text);
  }
}
`);
  });

  it.each([
    ['??=', 'this.drafts ??= new Map();'],
    ['||=', 'this.drafts ||= new Map();'],
    ['a test', 'if (!this.drafts) this.drafts = new Map();'],
    ['a test in a block', 'if (this.drafts === undefined) { this.drafts = new Map(); }'],
    ['a fallback', 'this.drafts = this.drafts ?? new Map();'],
    ['a fallback in the old way', 'this.drafts = this.drafts || new Map();'],
  ])('reports a collection that is made lazily by %s', (_what, statement) => {
    expectFindings(`
export class Desk {
  private drafts?: Map<string, string>; //! certain no-unbounded-collection drafts
  save(sessionId: string, text: string) {
    ${statement}
    this.drafts.set(sessionId, text);
  }
}
`);
  });

  it('reports a collection of a module', () => {
    expectFindings(`
const drafts = new Map(); //! certain no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
`);
  });

  it('reports a collection of a module that var declares', () => {
    expectFindings(`
var drafts = {}; //! certain no-unbounded-collection drafts
exports.save = function (sessionId, text) {
  drafts[sessionId] = text;
};
`, 'lib/drafts.js');
  });

  it('reports a collection in the closure of a factory, which may be short-lived, as likely', () => {
    expectFindings(`
export function createDesk() {
  const drafts = new Map(); //! likely no-unbounded-collection drafts
  return {
    save: (sessionId, text) => drafts.set(sessionId, text),
    read: (sessionId) => drafts.get(sessionId),
  };
}
`);
  });

  it('reports a collection of an object that a module holds', () => {
    expectFindings(`
export const desk = {
  drafts: new Map(), //! certain no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  },
};
`);
  });

  it('reports a collection in an object that a module holds without methods', () => {
    expectFindings(`
const state = { drafts: new Map() }; //! certain no-unbounded-collection drafts
export function save(sessionId, text) {
  state.drafts.set(sessionId, text);
}
`);
  });

  it('reports a collection of a prototype class', () => {
    expectFindings(`
function Desk() {
  this.drafts = {}; //! certain no-unbounded-collection drafts
}
Desk.prototype.save = function (sessionId, text) {
  this.drafts[sessionId] = text;
};
module.exports = Desk;
`, 'lib/desk.js');
  });

  it('reports a collection of a prototype class behind const self = this', () => {
    expectFindings(`
var inherits = require('util').inherits;
function Desk(emitter) {
  var self = this;
  this.drafts = {}; //! certain no-unbounded-collection drafts
  emitter.on('draft', function (sessionId, text) {
    self.drafts[sessionId] = text;
  });
}
inherits(Desk, EventEmitter);
module.exports = Desk;
`, 'lib/desk.js');
  });

  it('reports a collection of a class without a name', () => {
    expectFindings(`
export default class {
  drafts = new Map(); //! certain no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
}
`);
  });

  it('reports a Map in a React ref', () => {
    expectFindings(`
export function Desk({ socket }) {
  const drafts = useRef(new Map()); //! reported no-unbounded-collection drafts
  useEffect(() => {
    socket.on('draft', ({ sessionId, text }) => drafts.current.set(sessionId, text));
  }, [socket]);
  return <List />;
}
`, 'src/desk.tsx');
  });

  it('reports the collection of objects that live in a Map', () => {
    expectFindings(`
class Room {
  readonly id: string;
  readonly messages: Message[] = []; //! likely no-unbounded-collection messages
  constructor(id: string) {
    this.id = id;
  }
}
export class Lobby {
  private readonly rooms = new Map<string, Room>();
  open(roomId: string) {
    const room = new Room(roomId);
    this.rooms.set(room.id, room);
  }
  post(roomId: string, message: Message) {
    this.rooms.get(roomId)?.messages.push(message);
  }
  close(roomId: string) {
    this.rooms.delete(roomId);
  }
}
`);
  });

  it('is silent about a collection of a call', () => {
    expectSilent(`
export function countBySession(events) {
  const counts = new Map();
  const seen = {};
  const order = [];
  events.forEach(({ sessionId }) => {
    counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1);
    seen[sessionId] = true;
    order.push(sessionId);
  });
  return { counts, order };
}
`);
  });

  it('is silent about a collection that nothing fills', () => {
    expectSilent(`
export class Desk {
  private readonly drafts = new Map<string, string>();
  read(sessionId: string) {
    return this.drafts.get(sessionId);
  }
}
`);
  });

  it('names the owner', () => {
    const owners = verdictsOf(`
const a = new Map();
class Desk { b = new Map(); static c = new Map(); save(id) { a.set(id, 1); this.b.set(id, 1); Desk.c.set(id, 1); } }
export function create() { const d = new Map(); return { set: (id) => d.set(id, 1), Desk }; }
`).map((verdict) => `${verdict.owner}.${verdict.symbol}`);
    expect(owners).toEqual(['.a', 'Desk.b', 'Desk.c', 'create().d']);
  });
});

describe('no-unbounded-collection: releases', () => {
  const desk = (members: string) => `
export class Desk {
  drafts = new Map();
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
  ${members}
}
`;

  it.each([
    ['delete', 'end(id) { this.drafts.delete(id); }'],
    ['clear', 'flush() { this.drafts.clear(); }'],
    ['a new collection', 'flush() { this.drafts = new Map(); }'],
    ['undefined', 'flush() { this.drafts = undefined; }'],
    ['an alias', 'end(id) { const drafts = this.drafts; drafts.delete(id); }'],
    ['destructuring', 'end(id) { const { drafts } = this; drafts.delete(id); }'],
    ['renaming destructuring', 'end(id) { const { drafts: all } = this; all.delete(id); }'],
    ['const self = this', 'end(id) { const self = this; later(() => self.drafts.delete(id)); }'],
    ['a helper method', 'end(id) { this.#forget(id); } #forget(id) { this.drafts.delete(id); }'],
    ['an optional chain', 'end(id) { this.drafts?.delete(id); }'],
    ['a destructuring swap', 'take() { const { drafts } = this; this.drafts = new Map(); return drafts; }'],
    ['a destructuring assignment', 'take() { let drafts; [drafts, this.drafts] = [this.drafts, new Map()]; return drafts; }'],
    ['a filtered copy', 'prune() { this.drafts = new Map([...this.drafts].filter(([, draft]) => draft.live)); }'],
    ['a loop', 'prune() { for (const id of this.drafts.keys()) if (old(id)) this.drafts.delete(id); }'],
    ['forEach', 'prune() { this.drafts.forEach((_, id) => { if (old(id)) this.drafts.delete(id); }); }'],
    ['forEach with its third parameter', 'prune() { this.drafts.forEach((_, id, drafts) => { if (old(id)) drafts.delete(id); }); }'],
    ['Map.prototype', 'end(id) { Map.prototype.delete.call(this.drafts, id); }'],
    ['a bound method', 'drop = this.drafts.delete.bind(this.drafts);'],
    ['a nested function', 'end() { return { done: (id) => this.drafts.delete(id) }; }'],
    ['a subscription that is returned', 'open(id) { return () => { this.drafts.delete(id); }; }'],
  ])('takes %s for a release', (_what, members) => {
    expectSilent(desk(members));
  });

  it('takes a helper that is given the Map for a release', () => {
    expectSilent(`
const drafts = new Map();
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
export function end(sessionId) {
  forget(drafts, sessionId);
}
function forget(table, key) {
  table.delete(key);
}
`);
  });

  it('takes a release in a subclass and in a super class for one', () => {
    expectSilent(`
class Base {
  drafts = new Map();
  audit = new Map();
  prune(id) {
    this.audit.delete(id);
  }
}
export class Desk extends Base {
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
    this.audit.set(sessionId, Date.now());
  }
  end(sessionId) {
    this.drafts.delete(sessionId);
  }
}
`);
  });

  it.each([
    ['delete', 'delete drafts[sessionId];'],
    ['Reflect.deleteProperty', 'Reflect.deleteProperty(drafts, sessionId);'],
    ['a loop with delete', 'for (const id in drafts) delete drafts[id];'],
    ['a rest pattern', '({ [sessionId]: gone, ...drafts } = drafts);'],
    ['a new literal', 'drafts = {};'],
    ['filtered entries', 'drafts = Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== sessionId));'],
  ])('takes %s for a release of a dictionary', (_what, statement) => {
    expectSilent(`
let drafts = {};
export function save(sessionId, text) {
  drafts[sessionId] = text;
}
export function end(sessionId) {
  let gone;
  ${statement}
}
`);
  });

  it.each([
    ['shift', 'this.queue.shift();'],
    ['pop', 'this.queue.pop();'],
    ['splice', 'this.queue.splice(0, 10);'],
    ['splice to the end', 'this.queue.splice(100);'],
    ['length = 0', 'this.queue.length = 0;'],
    ['length', 'this.queue.length = Math.min(this.queue.length, 100);'],
    ['slice', 'this.queue = this.queue.slice(-100);'],
    ['filter', 'this.queue = this.queue.filter((job) => job.live);'],
    ['a new array', 'this.queue = [];'],
    ['an alias', 'const queue = this.queue; while (queue.length > 0) queue.shift();'],
  ])('takes %s for a release of an array', (_what, statement) => {
    expectSilent(`
export class Jobs {
  queue = [];
  constructor(emitter) {
    emitter.on('request', (request) => this.queue.push(request));
  }
  drain() {
    ${statement}
  }
}
`);
  });

  it('takes a release in a timer for one', () => {
    expectSilent(`
const lastSeen = new Map();
setInterval(() => {
  const limit = Date.now() - 60_000;
  for (const [userId, at] of lastSeen) if (at < limit) lastSeen.delete(userId);
}, 60_000);
export function touch(userId) {
  lastSeen.set(userId, Date.now());
}
`);
  });

  it('is silent about a release in a function that is handed on', () => {
    expectSilent(`
export class Desk {
  drafts = new Map();
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
    this.onEnd(sessionId, this.forget);
  }
  forget = (sessionId) => this.drafts.delete(sessionId);
}
`);
  });

  it('is silent about a collection that a pruning function of another file is given', () => {
    expectSilent(`
import { pruneOldest } from './limits.js';
export class Desk {
  drafts = new Map();
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
    pruneOldest(this.drafts, 100);
  }
}
`);
  });
});

describe('no-unbounded-collection: what looks like a release', () => {
  it('reports a Map while one of the same name in another class is emptied', () => {
    expectFindings(`
class Editor {
  drafts = new Map();
  save(sessionId, text) { this.drafts.set(sessionId, text); }
  end(sessionId) { this.drafts.delete(sessionId); }
}
class Archive {
  drafts = new Map(); //! certain no-unbounded-collection drafts
  save(sessionId, text) { this.drafts.set(sessionId, text); }
}
export { Editor, Archive };
`);
  });

  it('reports a Map while a local of the same name is emptied', () => {
    expectFindings(`
export class Archive {
  drafts = new Map(); //! certain no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
  count(list) {
    const drafts = new Map(list);
    drafts.delete('');
    return drafts.size;
  }
}
`);
  });

  it('reports a Map whose values alone are trimmed', () => {
    expectFindings(`
export class RateLimiter {
  private readonly hits = new Map<string, number[]>(); //! certain no-unbounded-collection hits
  allow(ip: string) {
    const now = Date.now();
    const recent = (this.hits.get(ip) ?? []).filter((at) => now - at < 60_000);
    recent.push(now);
    this.hits.set(ip, recent);
    return recent.length <= 100;
  }
}
`);
  });

  it('reports an array of which only a copy is trimmed', () => {
    expectFindings(`
export class Chat {
  private readonly turns = []; //! reported no-unbounded-collection turns
  constructor(socket) {
    socket.on('message', (message) => this.turns.push(message));
  }
  prompt() {
    return this.turns.slice(-20);
  }
}
`);
  });

  it('reports a Map of which only a copy is emptied', () => {
    expectFindings(`
export class Desk {
  drafts = new Map(); //! certain no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
  open() {
    const live = new Map(this.drafts);
    for (const [id, draft] of live) if (draft === '') live.delete(id);
    return live;
  }
}
`);
  });

  it('reports entries that expire but stay', () => {
    expectFindings(`
const tokens = new Map(); //! certain no-unbounded-collection tokens
export function issue(userId) {
  tokens.set(userId, { expiresAt: Date.now() + 60_000 });
}
export function isValid(userId) {
  const token = tokens.get(userId);
  return token !== undefined && token.expiresAt > Date.now();
}
`);
  });

  it('reports entries that are ended but stay', () => {
    expectFindings(`
export class Streams {
  private readonly streams = new Map(); //! certain no-unbounded-collection streams
  open(key, stream) {
    this.streams.set(key, stream);
  }
  finish(key) {
    this.streams.get(key)?.destroy();
  }
}
`);
  });

  it('reports a Map beside one that loses the same key', () => {
    expectFindings(`
export class Terminals {
  private readonly ptys = new Map();
  private readonly titles = new Map(); //! certain no-unbounded-collection titles
  open(key, pty) {
    this.ptys.set(key, pty);
    this.titles.set(key, pty.title);
  }
  close(key) {
    this.ptys.get(key)?.kill();
    this.ptys.delete(key);
  }
}
`);
  });

  it('reports the outer Map when only inner ones lose keys', () => {
    expectFindings(`
export class Rooms {
  private readonly members = new Map(); //! certain no-unbounded-collection members
  join(roomId, userId) {
    if (!this.members.has(roomId)) this.members.set(roomId, new Set());
    this.members.get(roomId).add(userId);
  }
  leave(roomId, userId) {
    this.members.get(roomId)?.delete(userId);
  }
}
`);
  });

  it('reports a dictionary whose entries are blanked but stay', () => {
    expectFindings(`
export class Queues {
  private readonly pending = {}; //! certain no-unbounded-collection pending
  add(requestId, job) {
    this.pending[requestId] = job;
  }
  done(requestId) {
    this.pending[requestId] = null;
  }
}
`);
  });

  it('reports a Map that is only read by get, has and size', () => {
    expectFindings(`
export class Desk {
  drafts = new Map(); //! certain no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
  summary() {
    console.log(this.drafts.size, [...this.drafts.values()], JSON.stringify(this.drafts));
    return this.drafts.size === 0;
  }
}
`);
  });

  it('reports pending requests that nothing settles', () => {
    expectFindings(`
export class Rpc {
  private readonly pending = new Map(); //! certain no-unbounded-collection pending
  call(method, params) {
    const requestId = ++this.last;
    return new Promise((resolve, reject) => {
      this.pending.set(requestId, { resolve, reject });
      this.socket.send({ requestId, method, params });
    });
  }
  receive({ requestId, result }) {
    this.pending.get(requestId)?.resolve(result);
  }
}
`);
  });

  it('is less sure about a collection that is handed to code the file does not show', () => {
    const code = `
import { attach } from './admin.js';
const drafts = new Map();
attach(drafts);
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
`;
    expectNothingCertain(code);
    expect(findingsOf(code)).toHaveLength(1);
  });

  it('is less sure about a collection that is exported', () => {
    expectFindings(`
export const drafts = new Map(); //! likely no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
`);
  });
});

describe('no-unbounded-collection: statements of a person', () => {
  const suppressions = (code: string) => verdictsOf(code).flatMap((verdict) => (verdict.suppressed ? [`${verdict.symbol}: ${verdict.suppressed.by} (${verdict.suppressed.why})`] : []));

  it.each(['bounded', 'owned-by'])('is suppressed by leakproof-%s above the declaration', (says) => {
    const code = `
export class Presence {
  // leakproof-${says}: at most 40 desks
  private readonly lastSeen = new Map<string, number>();
  touch(userId: string) {
    this.lastSeen.set(userId, Date.now());
  }
}
`;
    expect(findingsOf(code)).toEqual([]);
    expect(suppressions(code)).toEqual([`lastSeen: leakproof-${says} (at most 40 desks)`]);
  });

  it('is suppressed by a comment on the same line', () => {
    expect(suppressions(`
const lastSeen = new Map(); // leakproof-bounded: one per building
export function touch(userId) { lastSeen.set(userId, Date.now()); }
`)).toEqual(['lastSeen: leakproof-bounded (one per building)']);
  });

  it('is suppressed by a documentation comment that says so', () => {
    expect(suppressions(`
/**
 * When each user was here last.
 * leakproof-bounded: the company has 90 people
 */
const lastSeen = new Map();
export function touch(userId) { lastSeen.set(userId, Date.now()); }
`)).toEqual(['lastSeen: leakproof-bounded (the company has 90 people)']);
  });

  it('is not suppressed by a statement about its neighbour', () => {
    expectFindings(`
export class Presence {
  // leakproof-bounded: at most 40 desks
  private readonly desks = new Map<string, number>();
  private readonly lastSeen = new Map<string, number>(); //! certain no-unbounded-collection lastSeen
  touch(userId: string) {
    this.desks.set(userId, 1);
    this.lastSeen.set(userId, Date.now());
  }
}
`);
  });

  it('is not suppressed by leakproof-survives, which is about handlers', () => {
    expectFindings(`
export class Presence {
  // leakproof-survives: the list shows who was here
  private readonly lastSeen = new Map<string, number>(); //! certain no-unbounded-collection lastSeen
  touch(userId: string) {
    this.lastSeen.set(userId, Date.now());
  }
}
`);
  });
});
