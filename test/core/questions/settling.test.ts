import { describe, expect, it } from 'vitest';
import { isInForeignHands, isOfForeignObject } from '../../../src/core/questions/foreign.js';
import { executorRole, settlesWith } from '../../../src/core/questions/settling.js';
import { factsOf, probed } from '../../support/facts.js';

/** What the first timer of a sample settles: `reject as reject`, `done`. */
function settledIn(code: string): string[] {
  const facts = factsOf(code);
  const [timer] = facts.timers;
  return timer ? settlesWith(timer, facts).map((variable) => { const role = executorRole(variable); return role ? `${variable.name} as ${role}` : variable.name; }) : [];
}

describe('what a timer settles', () => {
  it.each([
    ['a promise, by what its executor is given', 'new Promise((resolve, reject) => { setTimeout(() => reject(new Error()), 10); });', ['reject as reject']],
    ['a promise, under other names', 'new Promise((done, fail) => { setTimeout(() => { done(1); }, 10); });', ['done as resolve']],
    ['a promise, as the callback itself', 'new Promise((resolve) => { setTimeout(resolve, 10); });', ['resolve as resolve']],
    ['a promise, by what the callback calls', 'new Promise((resolve, reject) => { const late = () => { reject(new Error()); }; setTimeout(() => { late(); }, 10); });', ['reject as reject']],
    ['a callback of the caller', 'function ask(callback) { setTimeout(() => { callback(new Error()); }, 10); }', ['callback']],
    ['a callback of the caller, as it is', 'function ask(callback) { setTimeout(callback, 10); }', ['callback']],
    ['a deferred by its method', 'const deferred = defer(); setTimeout(() => { deferred.reject(new Error()); }, 10);', ['deferred']],
    ['what a promise gives with it', 'const { promise, resolve, reject } = Promise.withResolvers(); setTimeout(() => { reject(new Error()); }, 10);', ['reject']],
    ['both', 'new Promise((resolve, reject) => { setTimeout(() => { resolve(1); reject(2); }, 10); });', ['resolve as resolve', 'reject as reject']],
    ['nothing, by another method', 'const deferred = defer(); setTimeout(() => { deferred.note(); }, 10);', []],
    ['nothing, by a member', 'class C { f() { setTimeout(() => { this.deferred.reject(); }, 10); } }', []],
    ['nothing, by a function of the file', 'function note() {} setTimeout(() => { note(); }, 10);', []],
    ['nothing, by what another call gives', 'const { note } = open(); setTimeout(() => { note(); }, 10);', []],
    ['nothing, by a variable that is set later', 'let note; setTimeout(() => { note(); }, 10);', []],
    ['nothing, by a global', 'setTimeout(() => { note(); }, 10);', []],
    ['nothing, by what is called', 'setTimeout(() => { find()(); }, 10);', []],
    ['nothing, without a callback', 'setTimeout();', []],
    ['nothing, by a function of the file as it is', 'function note() {} setTimeout(note, 10);', []],
    ['a parameter of another object’s function', 'new Deferred((resolve) => { setTimeout(resolve, 10); });', ['resolve']],
  ])('is %s', (_, code, expected) => {
    expect(settledIn(code)).toEqual(expected);
  });
});

describe('a handle in foreign hands', () => {
  const handleIn = (code: string): boolean => {
    const facts = factsOf(code);
    const [timer] = facts.timers;
    if (timer?.destination.type !== 'place') throw new Error('the sample keeps no handle');
    return isInForeignHands(timer.destination.place, facts);
  };

  it.each([
    ['was given to a parameter', 'function f(tracker) { tracker.add(setTimeout(run, 10)); }', true],
    ['was given to an import', "import { tracker } from './tracker.js'; tracker.add(setTimeout(run, 10));", true],
    ['was given to a global', 'globalThis.tracker.add(setTimeout(run, 10));', true],
    ['was given to a field of which nothing is known', 'class C { f() { this.tracker.add(setTimeout(run, 10)); } }', true],
    ['was given to a field that is made here', 'class C { tracker = createTracker(); f() { this.tracker.add(setTimeout(run, 10)); } }', false],
    ['was given to a member of a field', 'class C { f() { this.host.tracker.add(setTimeout(run, 10)); } }', false],
    ['is in a Set of the file', 'const timers = new Set(); timers.add(setTimeout(run, 10));', false],
    ['was given to a local', 'const tracker = createTracker(); tracker.add(setTimeout(run, 10));', false],
    ['was assigned by a key', 'function f(table, id) { table[id] = setTimeout(run, 10); }', false],
    ['is in a field', 'class C { f() { this.timer = setTimeout(run, 10); } }', false],
  ])('%s', (_, code, expected) => {
    expect(handleIn(code)).toBe(expected);
  });

  it.each([
    ['function f(host) { probe(host.timer); }', true],
    ["import { state } from './state.js'; probe(state.timer);", true],
    ['function f(store, id) { const state = store.stateOf(id); probe(state.timer); }', true],
    ['async function f(store, id) { const state = await store.stateOf(id); probe(state.timer); }', true],
    ['function make() { return {}; } function f() { const state = make(); probe(state.timer); }', false],
    ['function f() { const state = {}; probe(state.timer); }', false],
    ['function f() { const timer = useRef(); probe(timer.current); }', false],
    ['function f(timers) { probe(timers.at(0)); }', false],
    ['function f(timer) { probe(timer); }', false],
    ['class C { f() { probe(this.timer); } }', false],
  ])('is a member of an object that others have, or not: %s', (code, expected) => {
    const facts = factsOf(code);
    const [node] = probed(facts);
    const place = node && facts.places.resolve(node);
    expect(place && isOfForeignObject(place, facts)).toBe(expected);
  });
});
