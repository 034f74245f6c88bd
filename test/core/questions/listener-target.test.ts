import { describe, expect, it } from 'vitest';
import { lifeOfTarget } from '../../../src/core/questions/listener-target.js';
import { factsOf } from '../../support/facts.js';

/** What the target of the first listener of a sample lives with. */
function lifeIn(code: string): string | undefined {
  const facts = factsOf(code);
  const [registration] = facts.listeners.registrations;
  return registration && lifeOfTarget(registration, facts);
}

/** A panel that listens to a target; the samples differ in where it has that from. */
const panel = (target: string, members = '', before = ''): string => `
${before}
export class Panel {
  ${members}
  begin() { ${target}.on('change', () => this.paint()); }
  paint() { this.at = Date.now(); }
}
`;
const filled = (value: string, given = 'host'): string => panel('this.hub', `constructor(${given}) { this.hub = ${value}; }`);

describe('the target of a listener lives with', () => {
  it.each([
    ['a media query', panel("window.matchMedia('(prefers-color-scheme: dark)')")],
    ['a media query in a field', panel('this.query', "query = matchMedia('(prefers-color-scheme: dark)');")],
    ['a media query in a constant', panel('dark', '', "const dark = matchMedia('(prefers-color-scheme: dark)');")],
    ['the window', panel('window')],
    ['a part of the page', panel('document.body')],
    ['a field with a part of the page', panel('this.page', 'page = document.body;')],
    ['a window by way of the global object', panel('globalThis.window')],
    ['the page of an element', panel('this.element.ownerDocument', 'constructor(element) { this.element = element; }')],
    ['what a package has once', panel('app', '', "import { app } from 'electron';")],
    ['what a package has once, by its namespace', panel('electron.app', '', "import * as electron from 'electron';")],
    ['a module that is the program', panel('cluster', '', "import cluster from 'node:cluster';")],
  ])('the program: %s', (_, code) => {
    expect(lifeIn(code)).toBe('program');
  });

  it.each([
    ['a constant that it makes', panel('hub', '', 'const hub = new EventEmitter();')],
    ['a constant that a call gives', panel('hub', '', 'const hub = createHub();')],
    ['a static field', panel('Panel.hub', 'static hub = new EventEmitter();')],
    ['an imported object', panel('hub', '', "import { hub } from './hub.js';")],
    ['a member of an imported namespace', panel('parts.hub', '', "import * as parts from './parts.js';")],
    ['an imported object with a capital that nobody makes', panel('Hub', '', "import { Hub } from './hub.js';")],
  ])('its module: %s', (_, code) => {
    expect(lifeIn(code)).toBe('module');
  });

  it.each([
    ['a parameter', panel('hub').replace('begin()', 'begin(hub)')],
    ['a field that is given', filled('host')],
    ['a field that is a part of what is given', filled('host.parts.hub')],
    ['a field that is given where there is one, or made', filled('host ?? new EventEmitter()')],
    ['a field that is given in one case and made in the other', filled('host.isOld ? host : new EventEmitter()')],
    ['a field that is given behind a condition', filled('host && host.hub')],
    ['a field that is given in either case', filled('host.isOld ? host.left : host.right')],
    ['a field that is awaited', filled('await host').replace('constructor', 'async open')],
    ['a field that another field was given', panel('this.hub', 'constructor(host) { this.host = host; this.hub = this.host; }')],
    ['a field that is first nothing', panel('this.hub', 'hub = undefined; open(host) { this.hub = host; }')],
    ['a field that is first an empty object', panel('this.hub', 'hub = {}; open(host) { this.hub = host; }')],
    ['a property in the parameters', panel('this.hub', 'constructor(private readonly hub: Hub) {}')],
    ['an injected field', panel('this.hub', '@inject(Hub) hub;')],
    ['an injected field, by a decorator without arguments', panel('this.hub', '@Inject hub;')],
    ['an injected field, by a member of a namespace', panel('this.hub', '@di.inject(Hub) hub;')],
    ['a variable of the module that is set to it later', panel('hub', '', 'let hub; export function open(host) { hub = host; }')],
    ['a local that is given in one case', panel('hub').replace('begin() {', 'begin(host) { let hub; if (host) hub = host; else hub = new EventEmitter();')],
  ])('whoever gave it: %s', (_, code) => {
    expect(lifeIn(code)).toBe('given');
  });

  it.each([
    ['the object itself', panel('this')],
    ['a field that it makes', filled('new EventEmitter()')],
    ['a field that it makes in either case', filled('host.isFast ? new FastEmitter() : new EventEmitter()')],
    ['a local', panel('hub').replace('begin() {', 'begin() { const hub = new EventEmitter();')],
    ['a field that a decorator of another sort is on', panel('this.hub', '@observable hub = new EventEmitter();')],
  ])('the code that adds it: %s', (_, code) => {
    expect(lifeIn(code)).toBe('own');
  });

  it.each([
    ['the result of a call', panel('this.find()')],
    ['a global of which nobody knows', panel('hub')],
    ['a media query of somebody else', panel('matchMedia(1)', '', 'import { matchMedia } from "./media.js";')],
    ['the class itself', panel('Panel')],
    ['an imported class that is made', panel('Hub', 'fresh() { return new Hub(); }', "import { Hub } from './hub.js';")],
    ['an imported class that another extends', panel('Hub', '', "import { Hub } from './hub.js';\nclass Small extends Hub {}")],
    ['a member of an imported object, two levels down', panel('hub.parts.left', '', "import { hub } from './hub.js';")],
    ['an element of an imported list', panel('hubs[0 + id]', '', "import { hubs } from './hubs.js';")],
    ['a member of a constant of the module', panel('hub.left', '', 'const hub = createHub();')],
    ['a field that is a text', filled("'hub'")],
    ['a field that nobody fills', panel('this.hub', 'hub;')],
    ['fields that are handed on and on', panel('this.f', 'constructor(host) { this.a = host; this.b = this.a; this.c = this.b; this.d = this.c; this.e = this.d; this.f = this.e; }')],
    ['what a callback without a name is given', panel('this').replace("this.on('change', () => this.paint())", "pool.run((hub) => { hub.on('change', () => {}); })")],
  ])('nobody knows what: %s', (_, code) => {
    expect(lifeIn(code)).toBe('unknown');
  });

  it.each([
    ['a callback with a name', "pool.run(function each(hub) { hub.on('change', () => {}); });", 'given'],
    ['a function that is run at once', "((hub) => { hub.on('change', () => {}); })(host);", 'given'],
    ['a callback without one', "pool.run((hub) => { hub.on('change', () => {}); });", 'unknown'],
    ['a callback of a new object', "new Pool((hub) => { hub.on('change', () => {}); });", 'unknown'],
  ])('whoever gave it, or for the run of %s', (_, code, life) => {
    expect(lifeIn(code)).toBe(life);
  });

  it.each([
    ["signal.addEventListener('abort', () => {})", 'signal'],
    ["options.abortSignal.addEventListener('abort', () => {})", 'signal'],
    ["signal.addEventListener('change', () => {})", 'given'],
    ["signal.prependListener('abort', () => {})", 'given'],
    ["emitter.addEventListener('abort', () => {})", 'given'],
    ["req.socket.on('close', () => {})", 'kept-alive'],
    ["response.connection.on('close', () => {})", 'kept-alive'],
    ["req.socket.server.on('close', () => {})", 'given'],
    ["client.socket.on('close', () => {})", 'given'],
    ["socket.on('close', () => {})", 'given'],
  ])('a signal, or a connection that is kept alive, by its name: %s', (statement, life) => {
    expect(lifeIn(`export function open(signal, options, emitter, req, response, client, socket) { ${statement}; }`)).toBe(life);
  });
});
