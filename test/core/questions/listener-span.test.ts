import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/core/facts/facts.js';
import type { ListenerRegistration } from '../../../src/core/facts/listeners.js';
import { isSameTarget, isSameValue } from '../../../src/core/questions/listener-pairs.js';
import { findAddedAgain, isAddedOnce, isCountedByTarget, isOnePerProgram, mountCallback } from '../../../src/core/questions/listener-span.js';
import type { Node } from '../../../src/core/syntax/nodes.js';
import { factsOf, probed } from '../../support/facts.js';

/** An answer about the first listener to `bus` of a sample. */
function answerIn<T>(ask: (registration: ListenerRegistration, facts: Facts) => T, code: string): T {
  const facts = factsOf(code);
  const registration = facts.listeners.registrations.find(({ target }) => facts.model.text.slice(...target.range).endsWith('bus'));
  if (!registration) throw new Error('the sample has no listener to the bus');
  return ask(registration, facts);
}

const LISTENS = "bus.on('line', () => paint());";

describe('a listener is added again', () => {
  it.each([
    ['with each object', `export class Panel { open() { ${LISTENS} } }`, 'added-per-object Panel'],
    ['with each object of a prototype', `function Panel() {} Panel.prototype.open = function () { ${LISTENS} };`, 'added-per-object Panel'],
    ['with no object, of a class that a program has one of', `export class MainApp { open() { ${LISTENS} } }`, undefined],
    ['with no object, by the class itself', `export class Panel { static open() { ${LISTENS} } }`, undefined],
    ['with each event', `host.on('open', () => { ${LISTENS} });`, 'added-per-event open'],
    ['with each event, in a callback of it', `host.on('open', (hosts) => { hosts.forEach(() => { ${LISTENS} }); });`, 'added-per-event open'],
    ['not with an event that comes once', `host.on('ready', () => { ${LISTENS} });`, undefined],
    ['not with a listener of once', `host.once('open', () => { ${LISTENS} });`, undefined],
    ['not with a listener that has options', `host.addEventListener('open', () => { ${LISTENS} }, { once: true });`, undefined],
    ['with each request to a route', `app.get('/lines', function lines(req, res) { ${LISTENS} });`, 'added-per-request lines'],
    ['with each request to a route, in a promise of it', `app.get('/lines', function lines(req, res) { open().then(() => { ${LISTENS} }); });`, 'added-per-request lines'],
    ['with each call, where it holds what the call is given', "export function follow(view) { bus.on('line', () => view.paint()); }", 'added-per-call follow'],
    ['with each call, where it holds what a promise of the call is given', "export function wait() { return new Promise((resolve) => { bus.on('line', () => resolve()); }); }", 'added-per-call wait'],
    ['with each call, where one beside it holds that', "export function follow(view) { bus.on('line', () => paint()); bus.on('end', () => view.close()); }", 'added-per-call follow'],
    ['with each call of an exported function in the old way', "module.exports = function follow(view) { bus.on('line', () => view.paint()); };", 'added-per-call follow'],
    ['not with a call of which it holds nothing', `export function follow() { ${LISTENS} }`, undefined],
    ['not with a call of what sets the program up', "export function setupLines(view) { bus.on('line', () => view.paint()); }", undefined],
    ['not with a call of what serves the program', "export function lineHandlers(view) { bus.on('line', () => view.paint()); }", undefined],
    ['not with a call that nobody else can make', "function follow(view) { bus.on('line', () => view.paint()); } follow(main);", undefined],
    ['not by one that takes itself off', "host.on('open', function onOpen() { host.off('open', onOpen); bus.on('line', () => paint()); });", undefined],
    ['not by the module', LISTENS, undefined],
  ])('%s', (_, code, expected) => {
    const found = answerIn(findAddedAgain, code);
    expect(found && `${found.code} ${found.name}`).toBe(expected);
  });

  it.each([
    ['a flag of the module', `let isOn = false; export function follow() { if (!isOn) { isOn = true; ${LISTENS} } }`],
    ['a flag of the class', `class Panel { static isOn; open() { if (!Panel.isOn) { Panel.isOn = true; ${LISTENS} } } }`],
    ['a flag of the platform', `export function follow() { if (!globalThis.isOn) { globalThis.isOn = true; ${LISTENS} } }`],
    ['a flag where it is called', `let isOn = false; function follow() { ${LISTENS} } export function open() { if (!isOn) { isOn = true; follow(); } }`],
    ['an object that only the module makes', `class Panel { open() { ${LISTENS} } } const panel = new Panel();`],
    ['an object that is made where its class is written', `export const panel = new (class { open() { ${LISTENS} } })();`],
    ['an object that the class makes itself', `export class Panel { static shared() { return (Panel.one ??= new Panel()); } open() { ${LISTENS} } }`],
    ['an object that is kept once it is made', `let panel; class Panel { open() { ${LISTENS} } } export function find() { panel ??= new Panel(); return panel; }`],
    ['an object that is written out', `export const panel = { open() { ${LISTENS} } };`],
    ['the module itself', LISTENS],
    ['a promise of the module', `open().then(() => { ${LISTENS} });`],
  ])('only once, by %s', (_, code) => {
    expect(answerIn(isAddedOnce, code)).toBe(true);
  });

  it.each([
    ['a flag of the object', `class Panel { open() { if (!this.isOn) { this.isOn = true; ${LISTENS} } } }`],
    ['a flag that is never set', `let isOn; export function follow() { if (!isOn) { ${LISTENS} } }`],
    ['a flag that is only taken back', `let isOn; export function follow() { if (!isOn) { isOn = undefined; ${LISTENS} } }`],
    ['a flag at one of two calls', `let isOn = false; function follow() { ${LISTENS} } export function open() { if (!isOn) { isOn = true; follow(); } } export function again() { follow(); }`],
    ['a flag of the call', `export function follow(isOn) { if (!isOn) { isOn = true; ${LISTENS} } }`],
    ['an object that a function makes', `class Panel { open() { ${LISTENS} } } export function make() { return new Panel(); }`],
    ['an object of a function that is written out', `export function make() { return { open() { ${LISTENS} } }; }`],
    ['a class that nobody makes here', `export class Panel { open() { ${LISTENS} } }`],
  ])('perhaps more than once, in spite of %s', (_, code) => {
    expect(answerIn(isAddedOnce, code)).toBe(false);
  });

  it.each([
    ['if (!known.has(bus)) { known.add(bus); LISTENS }', true],
    ['if (!known.includes(bus)) LISTENS', true],
    ["if (bus.listenerCount('line') === 0) LISTENS", true],
    ["if (bus.listeners('line').length === 0) LISTENS", true],
    ["if (other.listenerCount('line') === 0) LISTENS", false],
    ['if (!known.has(other)) LISTENS', false],
    ['if (bus.isOn) LISTENS', false],
    ['if (bus.asks(bus)) LISTENS', false],
  ])('once for each target, or not: %s', (code, expected) => {
    expect(answerIn(isCountedByTarget, `export function follow(bus) { ${code.replace('LISTENS', LISTENS)} }`)).toBe(expected);
  });

  it('in a function that a framework runs when a component is put in place', () => {
    expect(answerIn(({ fn }) => mountCallback(fn)?.type, `onMounted(() => { ${LISTENS} });`)).toBe('CallExpression');
    expect(answerIn(({ fn }) => mountCallback(fn), `onLine(() => { ${LISTENS} });`)).toBeUndefined();
    expect(answerIn(({ fn }) => mountCallback(fn), `const onMounted = () => { ${LISTENS} };`)).toBeUndefined();
    expect(answerIn(({ fn }) => mountCallback(fn), LISTENS)).toBeUndefined();
  });

  it('of one object, by the name of its class', () => {
    expect(['App', 'TodoApp', 'Main', 'EditorShell', 'CLI'].filter((name) => !isOnePerProgram(name))).toEqual([]);
    expect(['Appliance', 'Panel', 'Domain', 'Shells'].filter(isOnePerProgram)).toEqual([]);
  });
});

describe('two expressions are the same', () => {
  const same = (code: string, ask: (left: Node, right: Node, facts: Facts) => boolean): boolean | undefined => {
    const facts = factsOf(code);
    const [left, right] = probed(facts);
    return left && right && ask(left, right, facts);
  };

  it.each([
    ['class C { f() { probe(this.onLine, this.onLine); } }', true],
    ['class C { f() { const { onLine } = this; probe(this.onLine, onLine); } }', true],
    ['function onLine() {} const other = onLine; probe(onLine, other);', true],
    ['class C { f() { probe(this.onLine!, this?.onLine); } }', true],
    ['probe(find().onLine, find( ).onLine);', true],
    ['class C { f() { probe(this.onLine, this.onEnd); } }', false],
    ['class C { f() { probe(this.onLine.bind(this), this.onLine.bind(this)); } }', false],
    ['probe(() => paint(), () => paint());', false],
    ['probe(paint.bind(null), paint);', false],
    ['probe($.proxy(paint, null), $.proxy(paint, null));', true],
    ['probe(Fn.bind(null, paint), Fn.bind(null, paint));', true],
    ['probe(fn.bind(this, () => paint()), fn.bind(this, () => paint()));', true],
    ['probe(paint.bind(), paint.bind());', true],
  ])('listener, or are not: %s', (code, expected) => {
    expect(same(code, isSameValue)).toBe(expected);
  });

  it.each([
    ['class C { f() { probe(this.bus, this.bus); } }', true],
    ['class C { f() { const { bus } = this; probe(this.bus, bus); } }', true],
    ['class C { f() { probe(this.lookUp(), this.lookUp()); } }', true],
    ['class C { f() { probe(this.lookUp(1), this.lookUp(2)); } }', false],
    ['class C { f() { probe(this.bus, this.lookUp()); } }', false],
    ['class C { f() { probe(this.bus, this.hub); } }', false],
  ])('target, or are not: %s', (code, expected) => {
    expect(same(code, (left, right, facts) => {
      const [one, other] = [left, right].map((target) => ({ target, targetPlace: facts.places.resolve(target) }));
      return one !== undefined && other !== undefined && isSameTarget(one, other, facts);
    })).toBe(expected);
  });
});
