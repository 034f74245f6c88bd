import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf, verdictsOf } = checksFor('no-untracked-timer', 'no-unbounded-collection', 'no-partial-exit-handler');

describe('names that mislead', () => {
  it('sees a local Map where another scope shadows the name', () => {
    expectFindings(`
function geography(Map) {
  const chart = new Map();
  return { draw: (sessionId) => chart.set(sessionId, 1) };
}
const drafts = new Map(); //! reported no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
  return geography;
}
`);
  });

  it('sees a collection that is emptied under the name of a parameter of another function', () => {
    expectFindings(`
const drafts = new Map(); //! reported no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
export function reset(drafts) {
  drafts.clear();
}
`);
  });

  it('does not take a method named delete of something else for a release', () => {
    expectFindings(`
export class Desk {
  drafts = new Map(); //! reported no-unbounded-collection drafts
  constructor(api) {
    this.api = api;
  }
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
  }
  end(sessionId) {
    this.api.delete(sessionId);
    this.api.drafts().clear();
  }
}
`);
  });

  it('does not take a function merely named like a release for one', () => {
    expectFindings(`
export class Desk {
  drafts = new Map(); //! reported no-unbounded-collection drafts
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
    this.pruneDrafts();
  }
  pruneDrafts() {
    console.log('nothing to prune in', this.drafts.size);
  }
}
`);
  });

  it('does not take a helper that only reads for a release', () => {
    expectFindings(`
const drafts = new Map(); //! reported no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
  deleteOldest(drafts);
}
function deleteOldest(map) {
  return map.size;
}
`);
  });

  it('does not take a release of the wrong parameter for one', () => {
    expectFindings(`
const drafts = new Map(); //! reported no-unbounded-collection drafts
const notes = new Map();
export function save(sessionId, text) {
  drafts.set(sessionId, text);
  notes.set(sessionId, text);
}
export function end(sessionId) {
  drop(drafts, notes, sessionId);
}
function drop(kept, emptied, key) {
  if (kept.has(key)) emptied.delete(key);
}
`);
  });

  it('sees which of two equal aliases is emptied', () => {
    expectFindings(`
export class Desk {
  drafts = new Map(); //! reported no-unbounded-collection drafts
  notes = new Map();
  save(sessionId, text) {
    this.drafts.set(sessionId, text);
    this.notes.set(sessionId, text);
  }
  end(sessionId) {
    const { notes: drafts } = this;
    drafts.delete(sessionId);
  }
}
`);
  });

  it('sees aliases through nested patterns and defaults', () => {
    expectSilent(`
const state = { desk: { drafts: new Map() } };
export function save(sessionId, text) {
  state.desk.drafts.set(sessionId, text);
}
export function end(sessionId) {
  const { desk: { drafts = new Map() } = {} } = state;
  drafts.delete(sessionId);
}
`);
  });

  it('does not take an alias that is written twice for what it was first', () => {
    expectFindings(`
const drafts = new Map(); //! reported no-unbounded-collection drafts
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
export function end(sessionId, scratch) {
  let table = drafts;
  console.log(table.size);
  table = scratch;
  table.delete(sessionId);
}
`);
  });
});

describe('accessors', () => {
  it('sees through a function that gives the collection', () => {
    expectSilent(`
let drafts;
function getDrafts() {
  return (drafts ??= new Map());
}
export function save(sessionId, text) {
  getDrafts().set(sessionId, text);
}
export function end(sessionId) {
  getDrafts().delete(sessionId);
}
`);
  });

  it('sees growth through a method that gives an entry', () => {
    expectFindings(`
export class Rooms {
  private readonly rooms = new Map<string, { log: string[] }>();
  open(roomId: string) {
    this.rooms.set(roomId, { log: [] }); //! likely no-unbounded-collection log
  }
  write(roomId: string, line: string) {
    this.require(roomId).log.push(line);
  }
  close(roomId: string) {
    this.rooms.delete(roomId);
  }
  private require(roomId: string) {
    const room = this.rooms.get(roomId);
    if (!room) throw new Error(roomId);
    return room;
  }
}
`);
  });

  it('sees through a getter', () => {
    expectSilent(`
export class Desk {
  #drafts = new Map();
  get drafts() {
    return this.#drafts;
  }
  save(sessionId, text) {
    this.#drafts.set(sessionId, text);
  }
  end(sessionId) {
    this.drafts.delete(sessionId);
  }
}
`);
  });

  it('does not see through a function that may give one of two', () => {
    expectFindings(`
const drafts = new Map(); //! reported no-unbounded-collection drafts
const notes = new Map();
function tableOf(kind) {
  if (kind === 'note') return notes;
  return new Map();
}
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
export function end(kind, sessionId) {
  tableOf(kind).delete(sessionId);
}
`);
  });

  it.each([
    ['a method that gives itself', 'self() { return this.self(); }'],
    ['two methods that give each other', 'self() { return this.other(); } other() { return this.self(); }'],
    ['a getter that gives itself', 'get self() { return this.self; }'],
  ])('ends with %s', (_what, members) => {
    expectSilent(`
export class Loop {
  ${members}
  use() {
    this.self().clear();
    this.self.clear();
  }
}
`);
  });
});

describe('handles that are overwritten or shared', () => {
  it('is content with a clear of the field, though only the last handle is in it', () => {
    // A field that is assigned again over a live timer is another rule's finding.
    expectSilent(`
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000);
    this.timer = setInterval(() => this.check(), 1000);
  }
  stop() {
    clearInterval(this.timer);
  }
}
`);
  });

  it('reports handles that a loop overwrites in a local', () => {
    expectFindings(`
export class Poller {
  start(sources) {
    let timer;
    for (const source of sources) timer = setInterval(() => this.read(source), 1000); //! certain no-untracked-timer timer
    this.count = sources.length;
  }
  stop() {}
}
`);
  });

  it('does not mistake one property of a session for another', () => {
    expectFindings(`
const sessions = new Map();
export function open(id, ms) {
  const session = { idle: setTimeout(() => warn(id), ms), warning: undefined };
  session.warning = setTimeout(() => end(id), 2 * ms); //! reported no-untracked-timer warning
  sessions.set(id, session);
}
export function close(id) {
  clearTimeout(sessions.get(id).idle);
  sessions.delete(id);
}
`);
  });

  it('does not take the release of an unrelated object’s handle for one', () => {
    expectFindings(`
import { other } from './other.js';
export class Poller {
  start() {
    this.heartbeat = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer heartbeat
  }
  stop() {
    clearInterval(this.beat);
    clearInterval(other.pulse);
  }
}
`);
  });
});

describe('recursion', () => {
  it('follows functions that call each other', () => {
    expectSilent(`
const drafts = new Map();
export function save(sessionId, text) {
  drafts.set(sessionId, text);
}
export function even(n, sessionId) {
  if (n === 0) drafts.delete(sessionId);
  else odd(n - 1, sessionId);
}
function odd(n, sessionId) {
  if (n > 0) even(n - 1, sessionId);
}
`);
  });

  it('sees a release behind a cycle of calls from wherever it asks first', () => {
    const code = (first: string, second: string) => `
export class Walker {
  timer;
  start() { this.timer = setInterval(() => this.a(1), 1000); }
  ${first}
  ${second}
  c() { clearInterval(this.timer); }
  stop() { this.a(3); }
}
`;
    const a = 'a(n) { if (n) this.b(n - 1); }';
    const b = 'b(n) { this.a(n); this.c(); }';
    expectSilent(code(a, b));
    expectSilent(code(b, a));
  });

  it.each([
    ['a variable that names itself', 'const a = a; a.set(1, 2); a.delete(1);'],
    ['variables that name each other', 'var a = b; var b = a; a.clear();'],
    ['a field that names itself', 'class A { x = this.x; y() { this.x.clear(); } }'],
    ['a pattern over itself', 'let { a } = a; a.push(1);'],
    ['a class that extends itself', 'class A extends A { s = new Map(); f(id) { this.s.set(id, super.s); } }'],
    ['classes that extend each other', 'class A extends B { f() { this.x.clear(); } } class B extends A { x = []; }'],
    ['an object stored in itself', 'function f(x) { x.self = x; x.self.self.list.push(x); } f({});'],
    ['two objects stored in each other', 'function f() { const a = {}; const b = {}; a.b = b; b.a = a; a.b.a.b.push(1); }'],
    ['a Map stored in itself', 'const m = new Map(); export function f(id) { m.set(id, m); m.get(id).get(id).set(id, 1); }'],
    ['an element of its own list', 'function f(list) { for (const x of x) list.push(x); for (const y of [y]) clearTimeout(y); }'],
    ['a function that is its own callback', 'function f() { setTimeout(f); [1].forEach(f); f.bind(f)(); }'],
    ['a timer that holds its own handle', 'const t = setTimeout(() => { t.ref(); t = t; });'],
  ])('ends with %s', (_what, code) => {
    expect(() => verdictsOf(code, 'src/sample.js')).not.toThrow();
  });
});

describe('syntax', () => {
  it.each(['', '\n', '// nothing\n', '/* */', ';', 'export {};', '#!/usr/bin/env node\n'])('has no verdict on %j', (code) => {
    expect(verdictsOf(code)).toEqual([]);
  });

  it('judges members next to every syntax of a class', () => {
    expectFindings(`
@register('desk')
export abstract class Desk<T extends object> extends Base implements Named, Closable {
  @observable accessor name = 'desk';
  declare readonly kind: string;
  static readonly #instances = new Set<Desk<object>>();
  readonly #drafts = new Map<string, T>(); //! reported no-unbounded-collection #drafts
  [key: string]: unknown;
  static {
    this.#instances.add(null!);
  }
  constructor(private readonly log: (line: string) => void, public owner?: string) {
    super();
  }
  abstract describe(): string;
  get size(): number { return this.#drafts.size; }
  set size(value) { this.log(String(value)); }
  save(this: Desk<T>, sessionId: string, draft: T): asserts draft is T;
  save(sessionId: string, draft: T | undefined): void {
    if (draft) this.#drafts.set(sessionId, draft satisfies T);
    Desk.#instances.add(this as unknown as Desk<object>);
  }
  async *drafts(): AsyncGenerator<T> { for await (const draft of this.#drafts.values()) yield draft; }
  override toString = (): string => \`\${this.name}\`;
  get [Symbol.toStringTag]() { return 'Desk'; }
}
`);
  });

  it('judges code in namespaces, blocks and labels', () => {
    expectFindings(`
namespace Desks {
  const drafts = new Map<string, string>(); //! reported no-unbounded-collection drafts
  export function save(sessionId: string, text: string) {
    outer: for (;;) {
      switch (text) {
        case '': break outer;
        default: drafts.set(sessionId, text);
      }
      if (text) continue outer;
      break;
    }
  }
}
export default Desks;
`);
  });

  it('judges timers in odd places', () => {
    expect(findingsOf(`
export class Odd {
  *generate() { yield setInterval(() => this.a(), 1000); }
  async wait() { for await (const x of this) setInterval(() => this.b(x), 1000); }
  sequence() { return (setInterval(() => this.c(), 1000), 1); }
  ignore() { void setInterval(() => this.d(), 1000); }
  both() { this.on && setInterval(() => this.e(), 1000); }
  tagged() { return tag\`\${setInterval(() => this.f(), 1000)}\`; }
  fallback(timer = setInterval(() => this.g(), 1000)) {}
  stop() {}
}
`)).toEqual([
      'certain no-untracked-timer setInterval:3',
      'certain no-untracked-timer setInterval:4',
      'certain no-untracked-timer setInterval:5',
      'certain no-untracked-timer setInterval:6',
      'certain no-untracked-timer timer:8',
    ]);
  });

  it.each([
    ['calls', (depth: number) => `${'f('.repeat(depth)}new Map()${')'.repeat(depth)}`],
    ['members', (depth: number) => `x${'.get(1)'.repeat(depth)}.set(1, 2)`],
    ['arrows', (depth: number) => `${'() => '.repeat(depth)}setInterval(() => {})`],
    ['functions', (depth: number) => `${'function f() { '.repeat(depth)}setInterval(f)${' }'.repeat(depth)}`],
    ['conditions', (depth: number) => `${'a ? b : '.repeat(depth)}c`],
    ['sums', (depth: number) => `x = ${'a + '.repeat(depth)}a`],
    ['arrays', (depth: number) => `x = ${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['objects', (depth: number) => `x = ${'{ a: '.repeat(depth)}new Map()${' }'.repeat(depth)}`],
    ['patterns', (depth: number) => `const ${'{ a: '.repeat(depth)}b${' }'.repeat(depth)} = x; b.clear()`],
    ['blocks', (depth: number) => `${'{ '.repeat(depth)}setInterval(f)${' }'.repeat(depth)}`],
    ['ladders', (depth: number) => `${'if (a) b(); else '.repeat(depth)}c()`],
    ['aliases', (depth: number) => Array.from({ length: depth }, (_, index) => `const a${index + 1} = a${index};`).join('\n')],
    ['accessors', (depth: number) => Array.from({ length: depth }, (_, index) => `function f${index}() { return f${index + 1}(); }`).join('\n')],
    ['chains of calls', (depth: number) => `const m = new Map();\n${Array.from({ length: depth }, (_, index) => `function f${index}(id) { f${index + 1}(id); }`).join('\n')}\nfunction f${depth}(id) { m.set(id, 1); }`],
    ['subclasses', (depth: number) => Array.from({ length: depth }, (_, index) => `class C${index} extends C${index + 1} { f() { this.x.push(1); } }`).join('\n')],
  ])('survives 400 nested %s', (_what, code) => {
    expect(() => verdictsOf(code(400), 'src/sample.js')).not.toThrow();
  });
});
