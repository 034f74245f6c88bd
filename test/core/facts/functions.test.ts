import { describe, expect, it } from 'vitest';
import type { FunctionFact } from '../../../src/core/facts/functions.js';
import { factsOf } from '../../support/facts.js';

/** The function of a sample that is called `run`, or is marked by a call of `probe()` within. */
function runIn(code: string): FunctionFact {
  const facts = factsOf(code, code.includes('<b ') ? 'src/sample.tsx' : undefined);
  const probe = facts.tree.all('CallExpression').find(({ callee }) => callee.type === 'Identifier' && callee.name === 'probe');
  const found = probe ? facts.functions.around(probe) : facts.functions.all.find(({ name }) => name === 'run');
  if (!found) throw new Error('the sample has no function to look at');
  return found;
}

/** When it runs, and which events it hears of what: `event: close of host`. */
function occasionsIn(code: string): string {
  const { triggers, registrations, inline } = runIn(code);
  const heard = registrations.map(({ event, emitter }) => ` ${event}${emitter ? ` of ${code.slice(...emitter.range)}` : ''}`);
  return `${inline ? 'inline ' : ''}${[...triggers].sort().join(' ')}${heard.length > 0 ? `:${heard.join(',')}` : ''}`;
}

describe('the occasion at which a function runs', () => {
  it.each([
    ['a call of the module', 'function run() {} run();', 'load'],
    ['nobody that is seen', 'function run() {}', 'call'],
    ['a listener', "host.on('close', run); function run() {}", 'event: close of host'],
    ['a listener of an event by a constant', 'host.on(Events.Closed, run); function run() {}', 'event: Closed of host'],
    ['a listener of a function', "addEventListener('close', run); function run() {}", 'event: close'],
    ['the start of the program', "app.on('ready', () => { probe(); });", 'load: ready of app'],
    ['the start of the page', "window.addEventListener('load', () => { probe(); });", 'load: load of window'],
    ['the load of an image', "image.addEventListener('load', () => { probe(); });", 'event: load of image'],
    ['the end of the program', "process.on('exit', () => { probe(); });", 'exit: exit of process'],
    ['the end of a child', "child.on('exit', () => { probe(); });", 'event: exit of child'],
    ['the end of an app', "electron.app.on('will-quit', () => { probe(); });", 'exit: will-quit of electron.app'],
    ['the end of a game', "game.on('quit', () => { probe(); });", 'event: quit of game'],
    ['a signal that ends the program', "process.on('SIGTERM', () => { probe(); process.exit(0); });", 'exit: SIGTERM of process'],
    ['a signal that does not', "process.on('SIGHUP', () => { probe(); });", 'event: SIGHUP of process'],
    ['a signal of something else', "worker.on('SIGHUP', () => { probe(); process.exit(0); });", 'event: SIGHUP of worker'],
    ['a property of a handler', 'socket.onmessage = () => { probe(); };', 'event: message of socket'],
    ['another property', 'socket.parse = () => { probe(); };', 'call'],
    ['a property by a computed name', 'socket[name] = () => { probe(); };', 'call'],
    ['a registration by its own name', 'socket.onMessage(() => { probe(); });', 'event: message of socket'],
    ['a signal of Qt’s sort that tells of an end', 'widget.disposed.connect(() => { probe(); });', 'event: disposed of widget.disposed'],
    ['a subscription to a value', 'store.subscribe(() => { probe(); });', 'callback'],
    ['a timer', 'setTimeout(() => { probe(); }, 10);', 'timer'],
    ['a timer by its name', 'setInterval(run, 10); function run() {}', 'timer'],
    ['an iteration', 'list.forEach(() => { probe(); });', 'inline load'],
    ['an iteration by its name', 'list.forEach(run); function run() {}', 'load'],
    ['a promise', 'open().then(() => { probe(); });', 'inline load'],
    ['an executor', 'new Promise(() => { probe(); });', 'inline load'],
    ['somebody else', 'debounce(() => { probe(); });', 'callback'],
    ['a route', "app.get('/orders', () => { probe(); });", 'request'],
    ['what is no route', "map.get('orders', () => { probe(); });", 'callback'],
    ['a route behind a wrapper', "const save = guarded((req, res) => { probe(); }); app.post('/save', save);", 'request'],
    ['a route behind a wrapper that is bound', "class C { save = this.guarded((req, res) => { probe(); }); routes(app) { app.post('/save', this.save.bind(this)); } }", 'request'],
    ['a wrapper that no route gets', "const save = guarded((req, res) => { probe(); }); app.post('/load', load);", 'callback'],
    ['an attribute', 'const view = <b onClick={() => { probe(); }} />;', 'event'],
    ['whoever gets it returned', 'export function make() { return () => { probe(); }; }', 'call'],
    ['whoever gets it in a list', 'export const all = [() => { probe(); }];', 'call'],
    ['whoever gets an object with it', 'new Crawler({ handle: () => { probe(); } });', 'callback'],
    ['a function of the file that gets an object with it', 'function take(options) {} take({ handle: () => { probe(); } });', 'call'],
    ['an object with a handler', 'open({ onClose: () => { probe(); } });', 'event: close'],
    ['an object with what takes a listener', 'open({ onClose: (callback) => { probe(); } });', 'callback'],
    ['a table of listeners', 'open({ data: () => { probe(); }, exit: () => {} });', 'event: data'],
    ['a table of listeners by its name', 'const handlers = { tick: () => { probe(); }, close: () => {} };', 'event: tick'],
    ['a table of listeners that is given its name later', 'let handlers; handlers = { tick: () => { probe(); }, close: () => {} };', 'event: tick'],
    ['a table of listeners in a member', 'host.listeners = { tick: () => { probe(); }, close: () => {} };', 'event: tick'],
    ['a table that is given to a listener', 'host.on({ tick: () => { probe(); }, close: () => {} });', 'event: tick'],
    ['an object with an end among other methods', 'const door = { open: () => { probe(); }, close: () => {} };', 'call'],
    ['an object that a factory returns', 'function make() { return { data: () => { probe(); }, error: () => {} }; }', 'call'],
    ['an object that a factory gives', 'const make = () => ({ data: () => { probe(); }, error: () => {} });', 'call'],
    ['an object without functions', "const handlers = { close: 'bye', open: () => { probe(); } };", 'call'],
    ['a method that sets up', 'export class C { init() { probe(); } }', 'construct'],
    ['a method that a container calls', 'export class C { @postConstruct() begin() { probe(); } }', 'construct'],
    ['a method that a container calls, by a decorator without arguments', 'export class C { @postConstruct begin() { probe(); } }', 'construct'],
    ['a constructor', 'export class C { constructor() { probe(); } }', 'construct'],
    ['a field of a class', 'export class C { at = probe(); }', 'construct'],
    ['a base class', 'class A { constructor() { probe(); } } export class C extends A { constructor() { super(); } }', 'construct'],
    ['a private method of a constructor', 'export class C { constructor() { this.#begin(); } #begin() { probe(); } }', 'construct'],
    ['a public method', 'export class C { begin() { probe(); } }', 'call'],
    ['a method of super', 'class A { begin() { probe(); } } class C extends A { tick() { super.begin(); } } const c = new C(); setInterval(() => c.tick(), 1);', 'call timer'],
    ['call and apply', 'function run() {} setInterval(() => { run.call(null); run.apply(null); }, 1);', 'timer'],
    ['a bound function', "host.on('close', run.bind(null)); function run() {}", 'event: close of host'],
    ['a callback of React', "const run = useCallback(() => { probe(); }, []); host.on('close', run);", 'callback event: close of host'],
  ])('is told by %s', (_, code, expected) => {
    expect(occasionsIn(code)).toBe(expected);
  });

  it.each([
    ['of a declaration', 'function save() { probe(); }', 'save'],
    ['of a variable', 'const save = () => { probe(); };', 'save'],
    ['of a variable, behind another assignment', 'const save = module.exports = function () { probe(); };', 'save'],
    ['of a member', 'host.save = () => { probe(); };', 'save'],
    ['of a method', 'class C { save() { probe(); } }', 'save'],
    ['of a field', 'class C { save = () => { probe(); }; }', 'save'],
    ['of a property', 'const o = { save: () => { probe(); } };', 'save'],
    ['of a property under a symbol', 'const o = { [kSave]: () => { probe(); } };', '[kSave]'],
    ['of a property that is worked out', 'const o = { [name + 1]: () => { probe(); } };', ''],
    ['of a callback', 'open(() => { probe(); });', ''],
    ['of a member that is worked out', 'host[name + 1] = () => { probe(); };', ''],
  ])('goes with a name: %s', (_, code, name) => {
    expect(runIn(code).name).toBe(name);
  });
});

describe('the object that a method belongs to', () => {
  /** The owner and the method of the function that is marked. */
  function methodIn(code: string): string | undefined {
    const { method, self } = runIn(code);
    return method ? `${method.owner.name}.${method.member.name}` : self && `within ${self.isStatic ? 'class ' : ''}${self.owner.name}`;
  }

  it.each([
    ['class C { m() { probe(); } }', 'C.m'],
    ['class C { static m() { probe(); } }', 'C.m'],
    ['class C { #m() { probe(); } }', 'C.#m'],
    ['const C = class { m() { probe(); } };', 'C.m'],
    ['new (class { m() { probe(); } })();', 'class.m'],
    ['class C { m = () => { probe(); }; }', 'C.m'],
    ['class C { m() { return () => { probe(); }; } }', 'within C'],
    ['class C { static { (() => { probe(); })(); } }', 'within class C'],
    ['function C() {} C.prototype.m = function () { probe(); };', 'C.m'],
    ['function C() {} C.prototype = { m() { probe(); } };', 'C.m'],
    ['function C() {} Object.assign(C.prototype, { m() { probe(); } });', 'C.m'],
    ['function C() {} inherits(C, Base); C.m = function () { probe(); };', 'within class C'],
    ['function C() {} util.inherits(C, Base); C.prototype.m = function () { probe(); };', 'C.m'],
    ['function C() { this.m = function () { probe(); }; } new C();', 'within C'],
    ['function C() { const self = this; self.m = function () { probe(); }; } new C();', 'within C'],
    ['const o = { m() { probe(); } };', 'o.m'],
    ['const o = { m() { return this.a; } }; o.n = function () { probe(); };', 'within o'],
    ['open({ m() { probe(); } });', 'object.m'],
    ['class C { f(list) { list.forEach(function () { probe(); }, this); } }', 'within C'],
    ['class C { f(list) { list.forEach(function () { probe(); }); } }', undefined],
    ['class C { f() { on(function () { probe(); }.bind(this)); } }', 'within C'],
    ['class C { f() { on(function () { probe(); }.bind(null)); } }', undefined],
    ['other.prototype.m = function () { probe(); };', undefined],
    ['other.m = function () { probe(); };', undefined],
    ['m = function () { probe(); };', undefined],
    ['const list = [function () { probe(); }];', undefined],
    ['function c() { return function () { probe(); }; } new c();', undefined],
  ])('is known: %s', (code, expected) => {
    expect(methodIn(code)).toBe(expected);
  });
});
