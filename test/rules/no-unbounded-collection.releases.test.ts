import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, reasonsFor, verdictsOf } = checksFor('no-unbounded-collection');

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
  drafts = new Map(); //! reported no-unbounded-collection drafts
  save(sessionId, text) { this.drafts.set(sessionId, text); }
}
export { Editor, Archive };
`);
  });

  it('reports a Map while a local of the same name is emptied', () => {
    expectFindings(`
export class Archive {
  drafts = new Map(); //! reported no-unbounded-collection drafts
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
  private readonly hits = new Map<string, number[]>(); //! reported no-unbounded-collection hits
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

  it('reports a Map of which only a copy is emptied', () => {
    expectFindings(`
export class Desk {
  drafts = new Map(); //! reported no-unbounded-collection drafts
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
const tokens = new Map(); //! reported no-unbounded-collection tokens
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
  private readonly streams = new Map(); //! reported no-unbounded-collection streams
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
  private readonly titles = new Map(); //! reported no-unbounded-collection titles
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
  private readonly members = new Map(); //! reported no-unbounded-collection members
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
  private readonly pending = {}; //! reported no-unbounded-collection pending
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
  drafts = new Map(); //! reported no-unbounded-collection drafts
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
  private readonly pending = new Map(); //! reported no-unbounded-collection pending
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

describe('no-unbounded-collection: entries that are ended with their owner', () => {
  const watched = (method: string): string => `
export class Wrapper {
  private users = 0;
  private watchers = new Set();
  watch(watcher) { this.watchers.add(watcher); }
  ${method}
  protected destroy() {
    for (const watcher of this.watchers) watcher.destroy();
  }
}
`;
  const codes = (code: string): string[] => verdictsOf(code).flatMap(({ reasons }) => reasons.map((reason) => reason.code));

  it('finds no end that keeps its entries where the owner ends with its last user', () => {
    expect(codes(watched('unref() { this.users -= 1; if (this.users === 0) { this.destroy(); } }'))).not.toContain('ended-but-kept');
  });

  it('is not certain where only others say when they are ended', () => {
    expect(findingsOf(watched('').replace('protected destroy()', 'leave()').replaceAll('watcher', 'part'))).toEqual(['likely no-unbounded-collection parts:3']);
  });

  it('still is certain where the owner goes on', () => {
    expect(codes(watched('refresh() { this.destroy(); this.users += 1; }'))).toContain('ended-but-kept');
    expect(findingsOf(watched('refresh() { this.destroy(); this.users += 1; }'))).toEqual(['certain no-unbounded-collection watchers:3']);
  });
});

describe('no-unbounded-collection: growth that is limited by what stands before it', () => {
  const guarded = (flag: string, test: string): string => `
${flag}
export class Line {
  private answered = {};
  constructor(socket) {
    socket.on('request', (sessionId) => { if (${test}) this.answered[sessionId] = true; });
  }
}
`;

  it('is not certain about growth under a flag for debugging', () => {
    for (const flag of ["const doDebug = checkFlag('LINE');", 'const DEBUG = process.env.DEBUG;']) expect(findingsOf(guarded(flag, flag.includes('DEBUG') ? 'DEBUG' : 'doDebug')).map((finding) => finding.split(' ')[0]), flag).toEqual(['likely']);
  });

  it('still is certain where the flag is another, or is asked to be off', () => {
    expect(findingsOf(guarded('const isOpen = process.env.OPEN;', 'isOpen')).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
    expect(findingsOf(guarded('const debug = process.env.DEBUG;', '!debug')).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
  });

  const listed = (asks: string, test: string): string => `
export class Rates {
  private rates = new Map();
  async rateOf(sessionId) {
    const cached = this.rates.get(sessionId);
    if (cached && Date.now() - cached.at < 1000) return cached.value;
    const list = await this.load();
    const found = list.find(${asks});
    ${test}
    this.rates.set(sessionId, { value: found, at: Date.now() });
    return found;
  }
}
`;

  it('is not certain about keys that must be found in a list first', () => {
    expect(findingsOf(listed('(one) => one.name === sessionId', 'if (!found) return 0;')).map((finding) => finding.split(' ')[0])).toEqual(['likely']);
  });

  it('still is certain where another name is looked for, or nobody asks whether it was found', () => {
    expect(findingsOf(listed("(one) => one.name === 'all'", 'if (!found) return 0;')).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
    expect(findingsOf(listed('(one) => one.name === sessionId', '')).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
  });
});

describe('no-unbounded-collection: a new start behind the end of the old', () => {
  const pipes = (reset: string): string => `
export class Pipes {
  constructor() { this.reset(); }
  add(stream) { this.streams.push(stream); stream.on('data', (chunk) => this.streams.at(-1).write(chunk)); }
  reset() {
    for (const stream of this.streams ?? []) stream.destroy();
    ${reset}
  }
  stop() { this.reset(); }
}
`;
  it('is silent where the only assignment of the field follows the loop that ends its entries', () => {
    expectSilent(pipes('this.streams = [];'));
  });
});

describe('no-unbounded-collection: what holds the collection is dropped', () => {
  const batch = (flush: string): string => `
let pending = null;
export function note(hub) {
  hub.on('changed', ({ sessionId }) => {
    if (!pending) pending = { ids: new Set(), since: Date.now() };
    pending.ids.add(sessionId);
  });
}
export function flush(send) {
  const ready = pending;
  ${flush}
  send(ready);
}
`;
  it.each(['pending = null;', 'pending = undefined;'])('is silent beside %s', (flush) => {
    expectSilent(batch(flush));
  });

  it('still reports it if nothing drops the holder', () => {
    expect(findingsOf(batch(''))).not.toEqual([]);
  });
});

describe('no-unbounded-collection: keys that it has already', () => {
  const prefixes = (loop: string): string => `
export class Prefixes {
  constructor() { this.byGuild = {}; }
  register(guildId, prefix) { this.byGuild[guildId] = prefix; }
  listen(bot) {
    bot.on('renamed', (name, guilds) => {
      ${loop}
    });
  }
}
`;
  it.each([
    'for (const key of Object.keys(this.byGuild)) this.byGuild[key] = this.byGuild[key].replace(name, bot.name);',
    'for (const key in this.byGuild) this.byGuild[key] = this.byGuild[key].replace(name, bot.name);',
  ])('does not take for growth what rewrites them: %s', (loop) => {
    expect(reasonsFor(prefixes(loop))).not.toContain('grows-on-event');
  });

  it('still takes for growth what adds the keys of something else', () => {
    expect(reasonsFor(prefixes('for (const key of Object.keys(guilds)) this.byGuild[key] = name;'))).toContain('grows-on-event');
  });
});

describe('no-unbounded-collection: a modulus with a default', () => {
  const buckets = (key: string): string => `
export class Shards {
  constructor(lanes) { this.lanes = lanes; this.buckets = new Map(); }
  connect(hub) { hub.on('shard', (shard) => { const key = ${key}; this.buckets.set(key, Date.now()); }); }
}
`;
  it('has a limited number of keys', () => {
    expectSilent(buckets('(shard.id % this.lanes) || 0'));
  });

  it('still is reported with a default for an id', () => {
    expect(findingsOf(buckets('shard.sessionId || 0'))).not.toEqual([]);
  });
});
