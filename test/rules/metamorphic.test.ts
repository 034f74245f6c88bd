import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { findingsOf } = checksFor('no-untracked-timer', 'no-unbounded-collection', 'no-partial-exit-handler');

/** Which symbols are reported, by rule, without lines and confidence: what a rewriting must not change. */
function reportedSymbols(code: string): string[] {
  return findingsOf(code, 'src/sample.js').map((finding) => finding.replace(/^\w+ /, '').replace(/:\d+$/, '')).sort();
}

/** One program in several spellings that mean the same: the verdict must not depend on the spelling. */
interface Program {
  readonly what: string;
  /** What each spelling reports, as `rule symbol`; the confidence may differ between a class and a closure only. */
  readonly reports: readonly string[];
  readonly spellings: Readonly<Record<string, string>>;
}

const TIMER = 'no-untracked-timer';
const COLLECTION = 'no-unbounded-collection';
const HANDLER = 'no-partial-exit-handler';

const programs: readonly Program[] = [
  {
    what: 'a poller whose interval is dropped',
    reports: [`${TIMER} setInterval`],
    spellings: {
      'class': `
export class Poller {
  start() {
    setInterval(() => this.poll(), 1000);
  }
  stop() {
    this.running = false;
  }
}`,
      'members in another order': `
export class Poller {
  stop() {
    this.running = false;
  }
  start() {
    setInterval(() => this.poll(), 1000);
  }
}`,
      'extracted function': `
export class Poller {
  start() {
    this.#arm();
  }
  #arm() {
    setInterval(() => this.poll(), 1000);
  }
  stop() {
    this.running = false;
  }
}`,
      'factory': `
export function createPoller(poll) {
  let running = true;
  const tick = () => poll(running);
  return {
    start() {
      setInterval(() => tick(), 1000);
    },
    stop() {
      running = false;
    },
  };
}`,
      'CommonJS': `
class Poller {
  start() {
    setInterval(() => this.poll(), 1000);
  }
  stop() {
    this.running = false;
  }
}
module.exports = { Poller };`,
      'prototype': `
function Poller() {}
Poller.prototype.start = function () {
  var self = this;
  setInterval(function () { self.poll(); }, 1000);
};
Poller.prototype.stop = function () {
  this.running = false;
};
exports.Poller = Poller;`,
    },
  },
  {
    what: 'time-outs that outlive their entries',
    reports: [`${TIMER} setTimeout`],
    spellings: {
      'class': `
export class Codes {
  codes = new Map();
  issue(userId, code, ms) {
    this.codes.set(userId, code);
    setTimeout(() => this.codes.delete(userId), ms);
  }
  redeem(userId) {
    this.codes.delete(userId);
  }
}`,
      'other names': `
export class A {
  b = new Map();
  c(d, e, f) {
    this.b.set(d, e);
    setTimeout(() => this.b.delete(d), f);
  }
  g(h) {
    this.b.delete(h);
  }
}`,
      'module': `
const codes = new Map();
export function issue(userId, code, ms) {
  codes.set(userId, code);
  setTimeout(() => codes.delete(userId), ms);
}
export function redeem(userId) {
  codes.delete(userId);
}`,
      'CommonJS': `
const codes = new Map();
exports.issue = function (userId, code, ms) {
  codes.set(userId, code);
  setTimeout(function () { codes.delete(userId); }, ms);
};
exports.redeem = (userId) => codes.delete(userId);`,
      'factory': `
export function createCodes() {
  const codes = new Map();
  return {
    issue(userId, code, ms) {
      codes.set(userId, code);
      setTimeout(() => codes.delete(userId), ms);
    },
    redeem: (userId) => codes.delete(userId),
  };
}`,
      'extracted deletion': `
const codes = new Map();
const drop = (userId) => codes.delete(userId);
export function issue(userId, code, ms) {
  codes.set(userId, code);
  setTimeout(() => codes.delete(userId), ms);
}
export function redeem(userId) {
  drop(userId);
}`,
    },
  },
  {
    what: 'a table of sessions that only grows',
    reports: [`${COLLECTION} sessions`],
    spellings: {
      'class': `
export class Desk {
  sessions = new Map();
  open(sessionId, session) {
    this.sessions.set(sessionId, session);
  }
  all() {
    return [...this.sessions.values()];
  }
}`,
      'constructor': `
export class Desk {
  constructor() {
    this.sessions = new Map();
  }
  all() {
    return [...this.sessions.values()];
  }
  open(sessionId, session) {
    this.sessions.set(sessionId, session);
  }
}`,
      'extracted function': `
export class Desk {
  sessions = new Map();
  open(sessionId, session) {
    keep(this.sessions, sessionId, session);
  }
}
function keep(table, sessionId, session) {
  table.set(sessionId, session);
}`,
      'alias': `
export class Desk {
  sessions = new Map();
  open(sessionId, session) {
    const { sessions } = this;
    sessions.set(sessionId, session);
  }
}`,
      'for…of': `
export class Desk {
  sessions = new Map();
  open(list) {
    for (const session of list) this.sessions.set(session.sessionId, session);
  }
}`,
      'forEach': `
export class Desk {
  sessions = new Map();
  open(list) {
    list.forEach((session) => this.sessions.set(session.sessionId, session));
  }
}`,
      'factory': `
export function createDesk() {
  const sessions = new Map();
  return { open: (sessionId, session) => void sessions.set(sessionId, session) };
}`,
      'CommonJS': `
const sessions = new Map();
function open(sessionId, session) {
  sessions.set(sessionId, session);
}
module.exports = { open };`,
      'prototype': `
function Desk() {
  this.sessions = new Map();
}
Desk.prototype = {
  open: function (sessionId, session) {
    this.sessions.set(sessionId, session);
  },
};
module.exports = Desk;`,
    },
  },
  {
    what: 'a dictionary that misses one deletion',
    reports: [`${COLLECTION} titles`],
    spellings: {
      'class': `
export class Rooms {
  members = {};
  titles = {};
  open(key, members, title) {
    this.members[key] = members;
    this.titles[key] = title;
  }
  close(key) {
    delete this.members[key];
  }
}`,
      'other names of locals': `
export class Rooms {
  titles = {};
  members = {};
  close(a) {
    delete this.members[a];
  }
  open(b, c, d) {
    this.members[b] = c;
    this.titles[b] = d;
  }
}`,
      'Maps': `
export class Rooms {
  members = new Map();
  titles = new Map();
  open(key, members, title) {
    this.members.set(key, members);
    this.titles.set(key, title);
  }
  close(key) {
    this.members.delete(key);
  }
}`,
      'module': `
const members = {};
const titles = {};
export function open(key, list, title) {
  members[key] = list;
  titles[key] = title;
}
export function close(key) {
  delete members[key];
}`,
      'factory': `
exports.createRooms = () => {
  const members = {};
  const titles = {};
  const open = (key, list, title) => {
    members[key] = list;
    titles[key] = title;
  };
  const close = (key) => {
    delete members[key];
  };
  return { open, close };
};`,
    },
  },
  {
    what: 'an exit handler that skips a table',
    reports: [`${HANDLER} exit`],
    spellings: {
      'class': `
export class Shells {
  shells = new Map();
  sizes = new Map();
  open(id, shell) {
    this.shells.set(id, shell);
    this.sizes.set(id, shell.size);
    shell.on('exit', () => this.shells.delete(id));
  }
  close(id) {
    this.shells.delete(id);
    this.sizes.delete(id);
  }
}`,
      'members in another order': `
export class Shells {
  close(id) {
    this.sizes.delete(id);
    this.shells.delete(id);
  }
  open(id, shell) {
    shell.on('exit', () => this.shells.delete(id));
    this.sizes.set(id, shell.size);
    this.shells.set(id, shell);
  }
  sizes = new Map();
  shells = new Map();
}`,
      'handler by name': `
export class Shells {
  shells = new Map();
  sizes = new Map();
  open(id, shell) {
    this.shells.set(id, shell);
    this.sizes.set(id, shell.size);
    const forget = () => { this.shells.delete(id); };
    shell.on('exit', forget);
  }
  close(id) {
    this.shells.delete(id);
    this.sizes.delete(id);
  }
}`,
      'extracted function': `
export class Shells {
  shells = new Map();
  sizes = new Map();
  open(id, shell) {
    this.shells.set(id, shell);
    this.sizes.set(id, shell.size);
    shell.on('exit', () => this.#drop(id));
  }
  #drop(id) {
    this.shells.delete(id);
  }
  close(id) {
    this.#drop(id);
    this.sizes.delete(id);
  }
}`,
      'factory': `
export function createShells() {
  const shells = new Map();
  const sizes = new Map();
  return {
    open(id, shell) {
      shells.set(id, shell);
      sizes.set(id, shell.size);
      shell.on('exit', () => shells.delete(id));
    },
    close(id) {
      shells.delete(id);
      sizes.delete(id);
    },
  };
}`,
      'CommonJS': `
const shells = new Map();
const sizes = new Map();
module.exports = {
  open(id, shell) {
    shells.set(id, shell);
    sizes.set(id, shell.size);
    shell.on('exit', () => shells.delete(id));
  },
  close(id) {
    shells.delete(id);
    sizes.delete(id);
  },
};`,
    },
  },
  {
    what: 'handles in a table that nothing reads',
    reports: [`${TIMER} timers`],
    spellings: {
      'class': `
export class Toasts {
  timers = new Map();
  show(toast, ms) {
    this.timers.set(toast.id, setTimeout(() => this.hide(toast), ms));
  }
  hide(toast) {
    this.timers.delete(toast.id);
  }
  dispose() {
    this.view.remove();
  }
}`,
      'extracted variable': `
export class Toasts {
  timers = new Map();
  show(toast, ms) {
    const timer = setTimeout(() => this.hide(toast), ms);
    this.timers.set(toast.id, timer);
  }
  dispose() {
    this.view.remove();
  }
  hide(toast) {
    this.timers.delete(toast.id);
  }
}`,
      'forEach': `
export class Toasts {
  timers = new Map();
  show(toasts, ms) {
    toasts.forEach((toast) => this.timers.set(toast.id, setTimeout(() => this.hide(toast), ms)));
  }
  hide(toast) {
    this.timers.delete(toast.id);
  }
  dispose() {
    this.view.remove();
  }
}`,
      'for…of': `
export class Toasts {
  timers = new Map();
  show(toasts, ms) {
    for (const toast of toasts) this.timers.set(toast.id, setTimeout(() => this.hide(toast), ms));
  }
  hide(toast) {
    this.timers.delete(toast.id);
  }
  dispose() {
    this.view.remove();
  }
}`,
    },
  },
  {
    what: 'a poller that is stopped',
    reports: [],
    spellings: {
      'class': 'export class P { start() { this.t = setInterval(() => this.poll(), 9); } stop() { clearInterval(this.t); } }',
      'members in another order': 'export class P { stop() { clearInterval(this.t); } start() { this.t = setInterval(() => this.poll(), 9); } }',
      'extracted function': 'export class P { start() { this.t = setInterval(() => this.poll(), 9); } stop() { end(this.t); } } function end(x) { clearInterval(x); }',
      'factory': 'export function create(poll) { let t; return { start() { t = setInterval(() => poll(), 9); }, stop() { clearInterval(t); } }; }',
      'CommonJS': 'let t; exports.start = (poll) => { t = setInterval(poll, 9); }; exports.stop = () => clearInterval(t);',
      'prototype': 'function P() {} P.prototype.start = function () { this.t = setInterval(this.poll, 9); }; P.prototype.stop = function () { clearInterval(this.t); };',
    },
  },
  {
    what: 'handles of a table that a teardown clears',
    reports: [],
    spellings: {
      'for…of values': 'export class T { m = new Map(); on(id) { this.m.set(id, setTimeout(() => this.f(id), 9e4)); } dispose() { for (const t of this.m.values()) clearTimeout(t); this.m.clear(); } }',
      'for…of entries': 'export class T { m = new Map(); on(id) { this.m.set(id, setTimeout(() => this.f(id), 9e4)); } dispose() { for (const [, t] of this.m) clearTimeout(t); this.m.clear(); } }',
      'forEach': 'export class T { m = new Map(); on(id) { this.m.set(id, setTimeout(() => this.f(id), 9e4)); } dispose() { this.m.forEach((t) => clearTimeout(t)); this.m.clear(); } }',
      'forEach with the function': 'export class T { m = new Map(); on(id) { this.m.set(id, setTimeout(() => this.f(id), 9e4)); } dispose() { this.m.forEach(clearTimeout); this.m.clear(); } }',
      'extracted function': 'export class T { m = new Map(); on(id) { this.m.set(id, setTimeout(() => this.f(id), 9e4)); } dispose() { all(this.m); } } function all(m) { for (const t of m.values()) clearTimeout(t); m.clear(); }',
      'factory': 'export function create(f) { const m = new Map(); return { on: (id) => m.set(id, setTimeout(() => f(id), 9e4)), dispose() { m.forEach((t) => clearTimeout(t)); m.clear(); } }; }',
    },
  },
  {
    what: 'a table of sessions that ends them',
    reports: [],
    spellings: {
      'class': 'export class D { sessions = new Map(); open(sessionId, s) { this.sessions.set(sessionId, s); } end(sessionId) { this.sessions.delete(sessionId); } }',
      'extracted function': 'export class D { sessions = new Map(); open(sessionId, s) { this.sessions.set(sessionId, s); } end(sessionId) { drop(this.sessions, sessionId); } } const drop = (m, k) => m.delete(k);',
      'alias': 'export class D { sessions = new Map(); open(sessionId, s) { this.sessions.set(sessionId, s); } end(sessionId) { const { sessions: all } = this; all.delete(sessionId); } }',
      'factory': 'export const create = () => { const sessions = new Map(); return { open: (sessionId, s) => sessions.set(sessionId, s), end: (sessionId) => sessions.delete(sessionId) }; };',
      'CommonJS': 'const sessions = {}; exports.open = (sessionId, s) => { sessions[sessionId] = s; }; exports.end = (sessionId) => { delete sessions[sessionId]; };',
      'dictionary': 'export class D { sessions = {}; open(sessionId, s) { this.sessions[sessionId] = s; } end(sessionId) { delete this.sessions[sessionId]; } }',
    },
  },
  {
    what: 'a sweep by age',
    reports: [],
    spellings: {
      'for…of': 'export class S { seen = new Map(); touch(userId) { this.seen.set(userId, Date.now()); } sweep(limit) { for (const [id, at] of this.seen) if (at < limit) this.seen.delete(id); } }',
      'forEach': 'export class S { seen = new Map(); touch(userId) { this.seen.set(userId, Date.now()); } sweep(limit) { this.seen.forEach((at, id) => { if (at < limit) this.seen.delete(id); }); } }',
      'filter': 'export class S { seen = new Map(); touch(userId) { this.seen.set(userId, Date.now()); } sweep(limit) { this.seen = new Map([...this.seen].filter(([, at]) => at >= limit)); } }',
      'factory': 'export function create() { let seen = new Map(); return { touch: (userId) => seen.set(userId, Date.now()), sweep(limit) { for (const [id, at] of seen) if (at < limit) seen.delete(id); } }; }',
      'CommonJS': 'var seen = {}; exports.touch = function (userId) { seen[userId] = Date.now(); }; exports.sweep = function (limit) { Object.keys(seen).forEach(function (id) { if (seen[id] < limit) delete seen[id]; }); };',
    },
  },
  {
    what: 'a list that is cut after it grows',
    reports: [],
    spellings: {
      'shift': "export class L { log = []; constructor(e) { e.on('message', (m) => { this.log.push(m); if (this.log.length > 99) this.log.shift(); }); } }",
      'splice': "export class L { log = []; constructor(e) { e.on('message', (m) => { this.log.push(m); this.log.splice(0, this.log.length - 99); }); } }",
      'slice': "export class L { log = []; constructor(e) { e.on('message', (m) => { this.log = [...this.log, m].slice(-99); }); } }",
      'extracted function': "export class L { log = []; constructor(e) { e.on('message', (m) => { this.log.push(m); this.#trim(); }); } #trim() { while (this.log.length > 99) this.log.shift(); } }",
      'factory': "export function create(e) { const log = []; e.on('message', (m) => { log.push(m); if (log.length > 99) log.shift(); }); return { read: () => log }; }",
    },
  },
  {
    what: 'an exit handler that releases everything',
    reports: [],
    spellings: {
      'call': "export class H { a = new Map(); b = new Map(); open(id, x) { this.a.set(id, x); this.b.set(id, x); x.on('exit', () => this.close(id)); } close(id) { this.a.delete(id); this.b.delete(id); } }",
      'in place': "export class H { a = new Map(); b = new Map(); open(id, x) { this.a.set(id, x); this.b.set(id, x); x.on('exit', () => { this.b.delete(id); this.a.delete(id); }); } close(id) { this.a.delete(id); this.b.delete(id); } }",
      'loop': "export class H { a = new Map(); b = new Map(); open(id, x) { this.a.set(id, x); this.b.set(id, x); x.on('exit', () => { for (const m of [this.a, this.b]) m.delete(id); }); } close(id) { this.a.delete(id); this.b.delete(id); } }",
      'forEach': "export class H { a = new Map(); b = new Map(); open(id, x) { this.a.set(id, x); this.b.set(id, x); x.on('exit', () => [this.a, this.b].forEach((m) => m.delete(id))); } close(id) { this.a.delete(id); this.b.delete(id); } }",
      'factory': "export function create() { const a = new Map(); const b = new Map(); function close(id) { a.delete(id); b.delete(id); } return { open(id, x) { a.set(id, x); b.set(id, x); x.on('exit', () => close(id)); }, close }; }",
    },
  },
];

for (const { what, reports, spellings } of programs) {
  describe(what, () => {
    it.each(Object.entries(spellings))('is judged alike as %s', (_spelling, code) => {
      expect(reportedSymbols(code)).toEqual(reports);
    });

    it('is judged alike in TypeScript and in JavaScript', () => {
      for (const code of Object.values(spellings)) expect(findingsOf(code, 'src/sample.ts')).toEqual(findingsOf(code, 'src/sample.js'));
    });

    // How long a factory's or a class's objects live is decided where they are made, a module's do as long as the program.
    it('is judged with the same confidence in every class', () => {
      const confidences = Object.entries(spellings)
        .filter(([, code]) => /\bclass\b|\.prototype\b/.test(code))
        .map(([, code]) => findingsOf(code, 'src/sample.js').map((finding) => finding.split(' ')[0]).join(' '));
      expect(new Set(confidences).size).toBe(1);
    });
  });
}
