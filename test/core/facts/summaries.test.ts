import { describe, expect, it } from 'vitest';
import { factsOf } from '../../support/facts.js';

/** What a named function does, as `shrink a[id]`, in the order of the summary. */
function effectsOf(name: string, code: string): string[] {
  const facts = factsOf(code);
  const fn = facts.functions.all.find((one) => one.name === name);
  if (!fn) throw new Error(`no function ${name}`);
  return facts.summaries.of(fn)
    .filter(({ operation }) => operation.kind !== 'hand-over')
    .map(({ operation, place }) => {
      const path = [place.root.type === 'variable' ? place.root.variable.name : place.root.type === 'global' ? place.root.name : 'this', ...place.path].join('.');
      return `${operation.kind} ${path}`;
    });
}

describe('summaries', () => {
  it('name what a function does itself', () => {
    expect(effectsOf('f', 'class C { f(id) { this.a.set(id, 1); this.b.delete(id); this.c.clear(); this.d = null; clearTimeout(this.e); } }'))
      .toEqual(['grow this.a', 'shrink this.b', 'empty this.c', 'clear this.e', 'empty this.d']);
  });

  it('follow calls of methods and functions', () => {
    expect(effectsOf('f', 'class C { f(id) { this.g(id); h(); } g(id) { this.a.delete(id); } } const m = new Map(); function h() { m.clear(); }')).toEqual(['shrink this.a', 'empty m']);
  });

  it('replace a parameter by what it is given', () => {
    expect(effectsOf('f', 'class C { f(id) { drop(this.a, id); } } function drop(map, key) { map.delete(key); }')).toEqual(['shrink this.a']);
  });

  it('replace it through several calls', () => {
    expect(effectsOf('f', 'class C { f(id) { one(this.a, id); } } function one(map, key) { two(key, map); } function two(key, map) { map.delete(key); }')).toEqual(['shrink this.a']);
  });

  it('name the receiver of a method of another class of the file', () => {
    expect(effectsOf('f', 'class T { m = new Map(); clear() { this.m.clear(); } } class C { t = new T(); f() { this.t.clear(); } }')).toContain('empty this.t.m');
  });

  it.each([
    ['forEach', 'this.a.forEach(() => { this.b.clear(); });'],
    ['a continuation', 'load().then(() => { this.b.clear(); });'],
    ['a function that is handed over by name', 'this.a.forEach(this.g);'],
  ])('contain what %s runs', (_what, statement) => {
    expect(effectsOf('f', `class C { f() { ${statement} } g = () => { this.b.clear(); }; }`)).toEqual(['empty this.b']);
  });

  it('give a function that is handed over by name the elements', () => {
    expect(effectsOf('f', 'class C { f() { this.timers.forEach(end); [this.x, this.y].forEach(end); } } function end(timer) { clearTimeout(timer); }')).toEqual(['clear this.timers.*', 'clear this.x', 'clear this.y']);
  });

  it('do not contain what runs later', () => {
    expect(effectsOf('f', "class C { f(e) { e.on('x', () => this.b.clear()); setTimeout(() => this.c.clear(), 9); } }")).toEqual([]);
  });

  it('are the same from every function of a cycle', () => {
    const code = 'const m = new Map(); function a(n) { if (n) b(n); } function b(n) { a(n - 1); c(); } function c() { m.clear(); a(0); }';
    for (const name of ['a', 'b', 'c']) expect(effectsOf(name, code)).toEqual(['empty m']);
  });

  it('know one key by several names', () => {
    const facts = factsOf('class C { f(session) { const { id } = session; this.a.delete(id); this.b.delete(session.id); this.c.delete(other); } }');
    const [a, b, c] = facts.operations.filter((operation) => operation.kind === 'shrink').map((operation) => facts.summaries.keyText(operation.key));
    expect(a).toBe(b);
    expect(c).not.toBe(a);
  });
});
