import { describe, expect, it } from 'vitest';
import { lifetimeOf } from '../../../src/core/questions/lifetime.js';
import { factsOf, probed } from '../../support/facts.js';

function lifetimeIn(code: string, path?: string): string | undefined {
  const facts = factsOf(code, path);
  const [node] = probed(facts);
  const place = node && facts.places.resolve(node);
  return place && lifetimeOf(place, facts);
}

describe('lifetimeOf', () => {
  it.each([
    ['a local', 'function f() { const x = []; probe(x); }', 'call'],
    ['a local of an inline callback', 'function f(list) { const x = []; list.forEach((y) => x.push(y)); probe(x); }', 'call'],
    ['a local of an inner function that stays', 'function f() { const x = []; const g = () => x.push(1); g(); probe(x); }', 'call'],
    ['a local of a function that is returned', 'function f() { const x = []; probe(x); return () => x.push(1); }', 'closure'],
    ['a local of a listener', "function f(e) { const x = []; probe(x); e.on('y', () => x.push(1)); }", 'closure'],
    ['a variable of the module', 'const x = []; function f() { probe(x); }', 'process'],
    ['a variable of a block of the module', '{ const x = []; probe(x); }', 'process'],
    ['a property of an object of the module', 'const o = { x: [] }; function f() { probe(o.x); }', 'process'],
    ['a property of a global host', 'function f() { probe(globalThis.x); }', 'process'],
    ['a property of an unknown global', 'function f() { probe(thing.x); }', 'unknown'],
    ['a field', 'export class C { f() { probe(this.x); } }', 'instance'],
    ['a static field', 'class C { static f() { probe(this.x); } }', 'process'],
    ['a field of the only instance of a module', 'class C { f() { probe(this.x); } } const c = new C();', 'process'],
    ['a field of a class that is made into locals only', 'class C { f() { probe(this.x); } } function g() { const c = new C(); c.f(); }', 'call'],
    ['a field of a class that is made into locals and exported', 'export class C { f() { probe(this.x); } } function g() { const c = new C(); c.f(); }', 'instance'],
    ['a field of a class whose instances are returned', 'class C { f() { probe(this.x); } } export function g() { return new C(); }', 'instance'],
    ['a property of an entry', 'const m = new Map(); function f(id) { probe(m.get(id).list); }', 'entry'],
    ['an element', 'const m = new Map(); function f(id) { probe(m.get(id)); }', 'process'],
    ['a property of an entry of a local', 'function f(id) { const m = new Map(); probe(m.get(id).list); }', 'call'],
    ['a field of an object that is returned', 'function f() { return { x: [], g() { probe(this.x); } }; }', 'closure'],
  ])('of %s', (_what, code, expected) => {
    expect(lifetimeIn(code)).toBe(expected);
  });

  it('of a React ref is that of the component', () => {
    expect(lifetimeIn('function A() { const x = useRef(new Map()); probe(x.current); return <b />; }', 'src/a.tsx')).toBe('instance');
  });

  it('of a local of a component is that of a rendering', () => {
    expect(lifetimeIn('function A() { const x = []; probe(x); return <b onClick={() => x.push(1)} />; }', 'src/a.tsx')).toBe('call');
  });
});
