import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf, verdictsOf } = checksFor('no-unbounded-collection');

describe('no-unbounded-collection: kinds of collections', () => {
  it('reports a Map of a class that only grows', () => {
    expectFindings(`
export class Presence {
  private readonly lastSeen = new Map<string, number>(); //! reported no-unbounded-collection lastSeen
  touch(userId: string) {
    this.lastSeen.set(userId, Date.now());
  }
}
`);
  });

  it('reports a Set of a class that only grows', () => {
    expectFindings(`
export class Presence {
  private readonly known = new Set<string>(); //! reported no-unbounded-collection known
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
  private readonly lastSeen = ${init}; //! reported no-unbounded-collection lastSeen
  touch(userId: string) {
    this.lastSeen[userId] = Date.now();
  }
}
`);
  });

  it('reports a dictionary that grows by spreading', () => {
    expectFindings(`
export class Store {
  private drafts = {}; //! reported no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts = { ...this.drafts, [sessionId]: text };
  }
}
`);
  });

  it('reports a dictionary that Object.assign fills', () => {
    expectFindings(`
const drafts = {}; //! reported no-unbounded-collection drafts
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
const sessions = new Table(); //! reported no-unbounded-collection sessions
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
  private readonly bySocket: WeakMap<object, string> = new Map(); //! reported no-unbounded-collection bySocket
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
  ${declaration} //! reported no-unbounded-collection ${symbol}
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
  private drafts?: Map<string, string>; //! reported no-unbounded-collection drafts
  save(sessionId: string, text: string) {
    ${statement}
    this.drafts.set(sessionId, text);
  }
}
`);
  });

  it('reports a collection of a module', () => {
    expectFindings(`
const drafts = new Map(); //! reported no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
`);
  });

  it('reports a collection of a module that var declares', () => {
    expectFindings(`
var drafts = {}; //! reported no-unbounded-collection drafts
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
  drafts: new Map(), //! reported no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  },
};
`);
  });

  it('reports a collection of an object that a factory returns', () => {
    expectFindings(`
export function createDesk() {
  return {
    drafts: new Map(), //! likely no-unbounded-collection drafts
    save(sessionId, text) {
      this.drafts.set(sessionId, text);
    },
  };
}
`);
  });

  it('reports a collection in an object that a module holds without methods', () => {
    expectFindings(`
const state = { drafts: new Map() }; //! reported no-unbounded-collection drafts
export function save(sessionId, text) {
  state.drafts.set(sessionId, text);
}
`);
  });

  it('reports a collection of a prototype class', () => {
    expectFindings(`
function Desk() {
  this.drafts = {}; //! reported no-unbounded-collection drafts
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
  this.drafts = {}; //! reported no-unbounded-collection drafts
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
  drafts = new Map(); //! reported no-unbounded-collection drafts
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

describe('no-unbounded-collection: growth that is not known yet', () => {
  it.todo('reports an array of a module that only grows, by a call and without a key');
  it.todo('reports growth by spread in a store or a reducer, which is an argument and no assignment');
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
  private readonly lastSeen = new Map<string, number>(); //! reported no-unbounded-collection lastSeen
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
  private readonly lastSeen = new Map<string, number>(); //! reported no-unbounded-collection lastSeen
  touch(userId: string) {
    this.lastSeen.set(userId, Date.now());
  }
}
`);
  });
});

describe('no-unbounded-collection: entries that the clock makes worthless', () => {
  const limiter = (members: string, check: string) => `
export class Limiter {
  private windows = new Map<string, { startedAt: number; count: number }>();
  claim(input: { source: string; now?: Date }) {
    const now = input.now || new Date();
    const nowMs = now.getTime();
    const startedAt = startOf(nowMs, 60_000);
    const existing = this.windows.get(input.source);
    const count = ${check} ? existing.count + 1 : 1;
    this.windows.set(input.source, { startedAt, count });
    return count < 10;
  }
  ${members}
}
function startOf(at: number, length: number) { return at - (at % length); }
`;

  it.each(['existing && existing.startedAt === startedAt', 'existing && existing.startedAt + 60_000 > nowMs'])('is reported where the time comes from a date: %s', (check) => {
    expect(findingsOf(limiter('', check))).toEqual(['certain no-unbounded-collection windows:2']);
  });

  it('is silent if a sweep takes them out', () => {
    expect(findingsOf(limiter('sweep(before: number) { for (const [source, { startedAt }] of this.windows) if (startedAt < before) this.windows.delete(source); }', 'existing && existing.startedAt === startedAt'))).toEqual([]);
  });

  it('is silent if an entry is compared with something else', () => {
    expect(findingsOf(limiter('', 'existing && existing.startedAt === input.source.length'))).toEqual([]);
  });
});

describe('no-unbounded-collection: keys that a written list has', () => {
  const sandbox = (test: string): string => `
const NAMES = ['status', 'title', ...MORE];
export class Sandbox {
  before = {};
  target = {};
  set(userId, value) {
    ${test} {
      this.before[userId] = Object.getOwnPropertyDescriptor(globalThis, userId);
      this.target[userId] = value;
    }
  }
  end(userId) { delete this.target[userId]; }
}
`;

  it.each(['if (NAMES.indexOf(userId) !== -1)', 'if (NAMES.includes(userId))'])('is not certain behind %s', (test) => {
    expect(findingsOf(sandbox(test)).filter((finding) => finding.startsWith('certain'))).toEqual([]);
  });

  it.each(['if (this.names.includes(userId))', 'if (NAMES.includes(value))'])('still is certain behind %s', (test) => {
    expect(findingsOf(sandbox(test))).toContain('certain no-unbounded-collection before:3');
  });
});
