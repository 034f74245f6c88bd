import { describe, expect, it } from 'vitest';
import { factsOf, probed } from '../../support/facts.js';

/** The places of all probed expressions of a sample; equal texts mean one place. */
function placesIn(code: string): (string | undefined)[] {
  const facts = factsOf(code);
  return probed(facts).map((node) => {
    const place = facts.places.resolve(node);
    return place && facts.places.key(place);
  });
}

describe('places', () => {
  it.each([
    ['', 'this.a', 'this["a"]'],
    ['', 'this.a', '(this.a as Map<string, string>)!'],
    ['', 'this.a', 'this?.a'],
    ['const self = this', 'this.a', 'self.a'],
    ['const a = this.a', 'this.a', 'a'],
    ['const { a } = this', 'this.a', 'a'],
    ['const { a: b = new Map() } = this', 'this.a', 'b'],
    ['const { a: { b } } = this', 'this.a.b', 'b'],
    ['const b = this.a ?? new Map()', 'this.a', 'b'],
    ['let b; b = this.a', 'this.a', 'b'],
    ['const b = (this.a ??= new Map())', 'this.a', 'b'],
    ['const b = await this.a', 'this.a', 'b'],
    ['const b = (this.a ||= new Map())', 'this.a', 'b'],
    ['const { "a b": b } = this', 'this["a b"]', 'b'],
    ['let b = 1; b = this.a', 'b', 'b'],
    ['const { [id + 1]: b } = this', 'b', 'b'],
    ['const { ...b } = this', 'b', 'b'],
    ['const [, ...b] = this.m', 'b', 'b'],
    ['const b = (this.a += 1)', 'b', 'b'],
    ['const b = -this.a', 'b', 'b'],
    ['const a = this.m.get(id)', 'this.m.get("x")', 'a'],
    ['const a = this.m[id]', 'this.m[0 + id]', 'a'],
    ['const [a] = this.m', 'this.m.at(0)', 'a'],
    ['const e = { timer: 1 }; this.m.set(id, e)', 'e.timer', 'this.m.get(id).timer'],
    ['const e = {}; this.e = e', 'e.timer', 'this.e.timer'],
    ['this.m.set(id, handle)', 'handle', 'this.m.get(id)'],
    ['const [first, second] = this.pair', 'first', 'this.pair[id]'],
    ['const { a = 1 } = this', 'this.a', 'a'],
    ['const { "a": b } = this', 'this.a', 'b'],
    ['const { a: [b] } = this', 'this.a.at(0)', 'b'],
    ['const b = this.ready ? this.a : null', 'this.a', 'b'],
    ['const b = this.ready ? undefined : this.a', 'this.a', 'b'],
    ['const c = this; const b = c.a', 'this.a', 'b'],
    ['const b = (0, this.a)', 'b', 'b'],
  ])('are the same after "%s": %s and %s', (body, one, other) => {
    const [left, right] = placesIn(`class C { async m(id, handle) { ${body}; probe(${one}, ${other}); } }`);
    expect(left).toBeDefined();
    expect(left).toBe(right);
  });

  it.each([
    ['for (const x of this.m.values()) probe(x, this.m.get(1))'],
    ['for (const [, x] of this.m) probe(x, this.m.get(1))'],
    ['for (const [key, { t }] of this.m.entries()) probe(t, this.m.get(1).t)'],
    ['for (const x of Object.values(this.m)) probe(x, this.m[key])'],
    ['for (const [k, x] of Object.entries(this.m)) probe(x, this.m[key])'],
    ['for (const x of [...this.m.values()]) probe(x, this.m.get(1))'],
    ['for (const x of Array.from(this.m.values())) probe(x, this.m.get(1))'],
    ['for (const x of this.m.splice(0)) probe(x, this.m.at(1))'],
    ['this.m.forEach((x) => probe(x, this.m.get(1)))'],
    ['for (const [, x] of [...this.m]) probe(x, this.m.get(1))'],
    ['for (const [, x] of Array.from(this.m)) probe(x, this.m.get(1))'],
    ['for (const [, x] of Array.from(this.m.entries())) probe(x, this.m.get(1))'],
    ['for (const x of this.m.toSorted().slice(1)) probe(x, this.m.at(1))'],
    ['for (const { t = 1 } of this.m) probe(t, this.m.at(1).t)'],
    ['for (const x of [...this.m]) probe(x, this.m.at(1))'],
    ['for (const x of Array.from(this.m)) probe(x, this.m.at(1))'],
    ['for (const [x] of this.m) probe(x, x)'],
    ['produce(this.m, (draft) => probe(draft.list, this.m.list))'],
    ['immer.produce(this.m, (draft = {}) => probe(draft.list, this.m.list))'],
    ['produce(this.m, ({ list }) => probe(list, this.m.list))'],
    ['conduct(this.m, (draft) => probe(draft, draft))'],
    ['produce((draft) => probe(draft, draft))'],
    ['this.m.forEach((x, k, all) => probe(all, this.m))'],
    ['this.m.filter((x) => probe(x, this.m.at(1)))'],
    ['Object.values(this.m).forEach(({ t }) => probe(t, this.m[key].t))'],
  ])('of loop variables are elements: %s', (statement) => {
    const [left, right] = placesIn(`class C { f(key) { ${statement}; } }`);
    expect(left).toBeDefined();
    expect(left).toBe(right);
  });

  it('of members by each name that a variable may have are each of them', () => {
    const facts = factsOf("class C { f() { for (const name of ['poll', 'ping']) { probe(this[name]); const timer = this[name]; probe(timer); } } }");
    const [member, variable] = probed(facts).map((node) => facts.places.resolveAll(node).map((place) => place.path.join('.')));
    expect(member).toEqual(['poll', 'ping']);
    expect(variable).toEqual(['poll', 'ping']);
  });

  it('of a path longer than anybody writes there is none', () => {
    expect(placesIn(`probe(a${'.b'.repeat(12)}, a${'.b'.repeat(40)});`)).toEqual([expect.stringMatching(/^g:a(?:\.b){12}$/), undefined]);
  });

  it('of a variable over a list of things are each of them', () => {
    const facts = factsOf('class C { f() { for (const map of [this.a, this.b.c, ...this.d]) probe(map, map.x); } }');
    const [map, member] = probed(facts).map((node) => facts.places.resolveAll(node).map((place) => place.path.join('.')));
    expect(map).toEqual(['a', 'b.c', 'd.*']);
    expect(member).toEqual(['a.x', 'b.c.x', 'd.*.x']);
  });

  it.each([
    ['fields of two classes', 'class A { f() { probe(this.x); } } class B { f() { probe(this.x); } }'],
    ['a static field and a field', 'class A { x; static x; f() { probe(this.x, A.x); } }'],
    ['a field and a local', 'class A { f() { const x = 1; probe(this.x, x); } }'],
    ['locals of two functions', 'function f() { let x; probe(x); } function g() { let x; probe(x); }'],
    ['a variable that is written twice and what it was first', 'class A { f(y) { let x = this.x; x = y; probe(this.x, x); } }'],
    ['a private and a public field', 'class A { #x; x; f() { probe(this.#x, this.x); } }'],
    ['a private symbol of a module and an element', "import { kTimer } from './symbols.js'; class A { f(id) { probe(this[kTimer], this[id]); } }"],
    ['an element and its collection', 'class A { f(id) { probe(this.m, this.m.get(id)); } }'],
    ['fields of two subclasses', 'class A {} class B extends A { f() { probe(this.x); } } class C extends A { f() { probe(this.x); } }'],
    ['properties under two symbols', 'const kA = Symbol(); const kB = Symbol(); class A { f() { probe(this[kA], this[kB]); } }'],
  ])('differ: %s', (_what, code) => {
    const [left, right] = placesIn(code);
    expect(left).toBeDefined();
    expect(left).not.toBe(right);
  });

  it.each([
    ['a field of a super class', 'class A { x; f() { probe(this.x); } } class B extends A { f() { probe(this.x); } }'],
    ['a field that no class declares', 'class A { f() { probe(this.x); } } class B extends A { f() { probe(this.x); } }'],
    ['a static field by two names', 'class A { static x; static f() { probe(this.x, A.x); } }'],
    ['a static field through the constructor', 'class A { static x; f() { probe(this.constructor.x, A.x); } }'],
    ['a field of a prototype class', 'function A() { probe(this.x); } A.prototype.f = function () { probe(this.x); };'],
    ['a field of an object', 'const o = { x: 1, f() { probe(this.x); } }; probe(o.x);'],
    ['a field under a symbol', 'const kX = Symbol(); class A { f() { probe(this[kX]); const a = this; probe(a[kX]); } }'],
    ['a member under a well-known symbol', 'class A { f() { probe(this[Symbol.dispose], this[Symbol.dispose]); } }'],
    ['a field of a class that extends itself', 'class A extends A { x; f() { probe(this.x); const a = this; probe(a.x); } }'],
    ['what a getter of one field gives', 'class A { #x; get x() { if (!this.#x) return undefined; return this.#x; } f() { probe(this.x, this.#x); } }'],
    ['what an accessor gives where it gives nothing else', 'class A { #x; get() { if (this.over) return null; return this.#x; } f() { probe(this.get(), this.#x); } }'],
    ['a field under a symbol of another module', "const { kX } = require('./symbols.js'); class A { f() { probe(this[kX]); const a = this; probe(a[kX]); } }"],
    ['what an accessor gives', 'class A { #x; x() { return this.#x; } f() { probe(this.x(), this.#x); } }'],
    ['what a getter gives', 'class A { #x; get x() { return this.#x; } f() { probe(this.x, this.#x); } }'],
    ['a variable of a module', 'const x = {}; function f() { probe(x.y); } function g() { const { y } = x; probe(y); }'],
    ['the `this` of a bound function', 'class A { f() { on(function () { probe(this.x); }.bind(this)); probe(this.x); } }'],
    ['the `this` of a callback with its own argument for it', 'class A { f(list) { list.forEach(function () { probe(this.x); }, this); probe(this.x); } }'],
  ])('are one: %s', (_what, code) => {
    const [left, right] = placesIn(code);
    expect(left).toBeDefined();
    expect(left).toBe(right);
  });

  it.each([
    ['one of two fields', 'return is ? this.#x : this.#y;'],
    ['one field or another', 'if (is) return this.#x; return this.#y;'],
    ['one field after another, as a generator does', 'yield this.#x; return this.#y;'],
    ['what it declares itself', 'const made = {}; return made;'],
    ['nothing', 'return;'],
  ])('are none for what an accessor gives that gives %s', (_, body) => {
    expect(placesIn(`class A { #x; #y; ${body.includes('yield') ? '*' : ''}get(is) { ${body} } f() { probe(this.get()); } }`)).toEqual([undefined]);
  });

  it.each(['1 + 1', '{}', 'new Map()', '() => 1', 'f()', 'a ? b : c'])('are none for %s', (expression) => {
    expect(placesIn(`probe(${expression});`)).toEqual([undefined]);
  });
});

describe('destinations', () => {
  /** What becomes of the value of `make()` in a statement. */
  function destinationIn(code: string): string {
    const facts = factsOf(code);
    const call = facts.tree.all('CallExpression').find((node) => node.callee.type === 'Identifier' && node.callee.name === 'make');
    const destination = call && facts.places.destinationOf(call);
    return destination?.type === 'place' ? `place ${destination.place.path.join('.')}` : (destination?.type ?? 'none');
  }

  it.each([
    ['make();', 'dropped'],
    ['void make();', 'dropped'],
    ['make().unref();', 'dropped'],
    ['a = (make(), 1);', 'dropped'],
    ['list.map(() => make());', 'dropped'],
    ['(() => make())();', 'dropped'],
    ['make() + 1;', 'used'],
    ['!make();', 'used'],
    ['make() ? a() : b();', 'used'],
    ['({ a: make() });', 'used'],
    ['a.b = { [make()]: 1 };', 'used'],
    ['const { [make()]: a } = b;', 'used'],
    ['class A { [make()] = 1; }', 'used'],
    ['a = (b(), make());', 'place '],
    ['const { a = make() } = b;', 'place '],
    ['const { a: { b } = make() } = c;', 'used'],
    ['const [a] = make();', 'used'],
    ['const a = ref(make());', 'place value'],
    ['const a = reactive(make());', 'place '],
    ['track(ref(make()));', 'argument'],
    ['const a = ref(0, make());', 'argument'],
    ['make().close();', 'used'],
    ['const unref = make().unref;', 'used'],
    ['make()();', 'used'],
    ['a[make()] = 1;', 'used'],
    ['make().b = 1;', 'used'],
    ['map(1).set(1, make());', 'argument'],
    ['if (make()) a();', 'used'],
    ['const a = make();', 'place '],
    ['const a = x ? make() : undefined;', 'place '],
    ['const a = x && make();', 'place '],
    ['a.b.c = make();', 'place b.c'],
    ['a.b = { c: { d: make() } };', 'place b.c.d'],
    ['a.b = [make()];', 'place b.*'],
    ['a.b.set(1, make());', 'place b.*'],
    ['a.b.push(make());', 'place b.*'],
    ['a.b = list.map((x) => make(x));', 'place b.*'],
    ['a.b = list.map((x) => { return make(x); });', 'place b.*'],
    ['a.b = list.flatMap((x) => [make(x)]);', 'place b.*.*'],
    ['a.b = Array.from(list, (x) => make(x));', 'place b.*'],
    ['a.b = Array.from({ length: 3 }, () => { return make(); });', 'place b.*'],
    ['Array.from(list, (x) => make(x));', 'dropped'],
    ['a.b = list.find((x) => make(x));', 'returned'],
    ['a.b = list.reduce((all, x) => make(x), []);', 'returned'],
    ['a.b = list.map(read, (x) => make(x));', 'returned'],
    ['a.b = collect(list, (x) => make(x));', 'returned'],
    ['a.b = from((x) => make(x), list);', 'returned'],
    ['list.forEach((x) => make(x));', 'returned'],
    ['a.b = (() => make())();', 'place b'],
    ['const a = useRef(make());', 'place current'],
    ['track(make());', 'argument'],
    ['track({ timer: make() });', 'argument'],
    ['function f() { return make(); }', 'returned'],
    ['const f = () => make();', 'returned'],
    ['function* f() { yield make(); }', 'returned'],
    ['const f = () => ({ timer: make() });', 'returned'],
    ['class A { x = make(); }', 'place x'],
    ['class A { static #x = make(); }', 'place #x'],
    ['class A { accessor x = make(); }', 'place x'],
    ['class A { constructor(private x = make()) {} }', 'place x'],
    ['const o = { x: make(), f() { return this.x; } };', 'place x'],
  ])('of "%s" is: %s', (code, expected) => {
    expect(destinationIn(code)).toBe(expected);
  });
});
