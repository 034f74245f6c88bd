import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectSilent, findingsOf } = checksFor('no-leaked-listener');

/** A class with an end, which listens to something; the samples differ in what that is, and in what becomes of the listener. */
const listening = (given: string, start: string, rest = '', before = ''): string => `
${before}
export class Panel {
  constructor(${given}) {
    ${start}
  }
  draw() {}
  ${rest}
  destroy() { this.closed = true; }
}
`;

const symbolsIn = (code: string): string[] => findingsOf(code).map((finding) => finding.replace(/^\w+ no-leaked-listener |:\d+$/g, ''));

describe('no-leaked-listener: whose the target is', () => {
  it.each([
    ['the emitter that it is given', 'bus', "bus.on('tick', () => this.draw());", 'bus.on'],
    ['an emitter that is given, or else made', 'bus', "this.bus = bus ?? new Bus(); this.bus.on('tick', () => this.draw());", 'this.bus.on'],
    ['an emitter that is given, or else a new one', 'bus', "this.bus = bus ? bus : new Bus(); this.bus.on('tick', () => this.draw());", 'this.bus.on'],
    ['a part of what it is given', 'app', "this.bus = app.events; this.bus.on('tick', () => this.draw());", 'this.bus.on'],
    ['a part of what it is given, where that is there', 'app', "this.bus = app && app.events; this.bus.on('tick', () => this.draw());", 'this.bus.on'],
    ['what it is given, by another name', 'bus', "const source = bus; source.on('tick', () => this.draw());", 'source.on'],
    ['what a promise of it gives', 'bus', "this.bus = await bus; this.bus.on('tick', () => this.draw());", 'this.bus.on'],
    ['an element of what it is given', 'pool', "pool.find('main').on('tick', () => this.draw());", 'on'],
    ['the page', '', "document.body.addEventListener('click', () => this.draw());", 'document.body.addEventListener'],
    ['the window by another name', '', "this.view = window; this.view.addEventListener('resize', () => this.draw());", 'this.view.addEventListener'],
    ['an emitter that the class keeps for all', '', "Panel.bus.on('tick', () => this.draw());", 'Panel.bus.on'],
    ['a part of its options, which others fill in', 'options', "this.options = { delay: 5, ...options }; this.options.bus.on('tick', () => this.draw());", 'this.options.bus.on'],
    ['a part of its options, put together by a call', 'options', "this.options = Object.assign({ delay: 5 }, options); this.options.bus.on('tick', () => this.draw());", 'this.options.bus.on'],
    ['what somebody keeps for all', '', "global.studio.registry.on('tick', () => this.draw());", 'global.studio.registry.on'],
    ['the only one of its class', '', "Hub.getInstance().on('tick', () => this.draw());", 'on'],
    ['the only one of its class, by a name', '', "const hub = Hub(this).getInstance(); hub.on('tick', () => this.draw());", 'hub.on'],
    ['a media query', '', "const query = window.matchMedia('(prefers-color-scheme: dark)'); query.addEventListener('change', () => this.draw());", 'query.addEventListener'],
  ])('reports a listener of %s', (_, given, start, symbol) => {
    expect(symbolsIn(listening(given, start).replace(/constructor\((.*)\) \{\n(.*await)/, 'async begin($1) {\n$2'))).toEqual([symbol]);
  });

  it.each([
    ['an emitter that it makes', '', "this.bus = new Bus(); this.bus.on('tick', () => this.draw());"],
    ['an emitter that it makes in one of two ways', 'fast', "this.bus = fast ? new FastBus() : new Bus(); this.bus.on('tick', () => this.draw());"],
    ['itself', '', "this.on('tick', () => this.draw());"],
    ['the class itself', '', "Panel.on('tick', () => this.draw());"],
    ['an element that it makes', '', "const button = document.createElement('button'); button.addEventListener('click', () => this.draw());"],
    ['what an object literal holds', '', "const parts = { bus: new Bus() }; parts.bus.on('tick', () => this.draw());"],
    ['what its options have of themselves', '', "this.options = { bus: new Bus(), ...DEFAULTS }; this.options.bus.on('tick', () => this.draw());"],
    ['something of the page that has a name of its own', '', "window.player.on('tick', () => this.draw());"],
    ['what a look-up gives', 'id', "Hub.find(id).on('tick', () => this.draw());"],
    ['what nothing is ever put into', '', "let bus; bus?.on('tick', () => this.draw());"],
    ['what a callback is given', 'pool', "pool.run((job) => { job.on('tick', () => this.draw()); });"],
  ])('is silent about a listener of %s', (_, given, start) => {
    expectSilent(listening(given, start));
  });
});

describe('no-leaked-listener: what becomes of the end of a subscription', () => {
  const VSCODE = "import { workspace } from 'vscode';";
  const subscribed = (statement: string, rest = ''): string => listening('extension', statement, rest, VSCODE);
  const CALL = 'workspace.onDidChangeConfiguration(() => this.draw())';

  it.each([
    ['nobody takes it', `${CALL};`],
    ['a variable takes it that nobody reads', `const end = ${CALL};`],
    ['it is returned to an iteration', `extension.folders.forEach(() => ${CALL});`],
    ['it is returned to an event', `extension.once('ready', () => { return ${CALL}; });`],
    ['it is returned to a promise', `new Promise(() => ${CALL});`],
    ['nothing is given as the bag', 'workspace.onDidChangeConfiguration(() => this.draw(), this, undefined);'],
  ])('reports one where %s', (_, start) => {
    expect(symbolsIn(subscribed(start))).toEqual(['workspace.onDidChangeConfiguration']);
  });

  it.each([
    ['it is kept in a field', `this.end = ${CALL};`],
    ['it is given to a bag', `extension.subscriptions.push(${CALL});`],
    ['it goes into the bag that comes third', 'workspace.onDidChangeConfiguration(() => this.draw(), this, extension.subscriptions);'],
    ['a variable takes it that is read', `const end = ${CALL}; extension.end(end);`],
    ['it is returned to a map of ends', `this.ends = extension.folders.map(() => ${CALL});`],
  ])('is silent where %s', (_, start) => {
    expectSilent(subscribed(start));
  });

  it('is silent where a function gives the end to its caller, whoever that is', () => {
    expectSilent(`${VSCODE}\nexport function follow(view) {\n  return workspace.onDidChangeConfiguration(() => view.draw());\n}\n`);
  });
});

describe('no-leaked-listener: a listener that others have, too', () => {
  const shared = (use: string, rest = ''): string => listening('parent', `this.onResize = () => this.draw(); window.addEventListener('resize', this.onResize); ${use}`, rest);

  it.each([
    ['it is called', 'this.onResize();'],
    ['a timer runs it', 'setTimeout(this.onResize, 10);'],
    ['an iteration runs it', '[1].forEach(this.onResize);'],
    ['it is bound', 'this.later = this.onResize.bind(this);'],
    ['it is slowed down', 'this.later = debounce(this.onResize);'],
    ['it is cleared', 'this.onResize = null;'],
  ])('is reported although %s', (_, use) => {
    expect(symbolsIn(shared(use))).toEqual(['window.addEventListener']);
  });

  it.each([
    ['it is handed to somebody', 'parent.keep(this.onResize);'],
    ['it is a part of what is handed on', 'parent.keep({ onResize: this.onResize });'],
    ['it is one of a list', 'parent.handlers = [this.onResize];'],
    ['it is put into another object', 'parent.onResize = this.onResize;'],
  ])('is silent where %s', (_, use) => {
    expectSilent(shared(use));
  });

  it('is silent where another method gives it away, and reported where that gives something else', () => {
    expectSilent(shared('', 'handler() { return this.onResize; }'));
    expect(symbolsIn(shared('', 'handler() { return this.onScroll; }'))).toEqual(['window.addEventListener']);
  });

  it('is silent where it is removed under the name that it was kept by', () => {
    expectSilent(listening('', "const onResize = () => this.draw(); window.addEventListener('resize', onResize); this.onResize = onResize;", "stop() { window.removeEventListener('resize', this.onResize); }"));
  });

  it('is reported where it is kept, and only another one is removed', () => {
    expect(symbolsIn(listening('', "const onResize = () => this.draw(); window.addEventListener('resize', onResize); this.kept = onResize;", "stop() { window.removeEventListener('resize', this.other); }"))).toEqual(['window.addEventListener']);
  });
});

describe('no-leaked-listener: which removal is meant', () => {
  const onBus = (start: string, stop: string, before = ''): string => listening('bus', `this.bus = bus; this.draw = this.draw.bind(this); ${start}`, `stop() { ${stop} }`, before);

  it.each([
    ['of the same event and listener', "this.bus.on('tick', this.draw);", "this.bus.off('tick', this.draw);"],
    ['of all listeners of the event', "this.bus.on('tick', this.draw);", "this.bus.removeAllListeners('tick');"],
    ['of all listeners', "this.bus.on('tick', this.draw);", 'this.bus.removeAllListeners();'],
    ['of an event that a variable names', "this.bus.on('tick', this.draw);", 'for (const event of EVENTS) this.bus.off(event, this.draw);'],
    ['of an event that a constant names on both sides', 'this.bus.on(Events.Tick, this.draw);', 'this.bus.off(Events.Tick, this.draw);'],
    ['by a helper that is given the emitter', "this.bus.on('tick', this.draw);", "release(this.bus); function release(emitter) { emitter.removeAllListeners('tick'); }"],
  ])('takes a removal %s for one', (_, start, stop) => {
    expectSilent(onBus(start, stop));
  });

  it.each([
    ['of another event', "this.bus.on('tick', this.draw);", "this.bus.off('tock', this.draw);"],
    ['of another constant', 'this.bus.on(Events.Tick, this.draw);', 'this.bus.off(Events.Tock, this.draw);'],
    ['of another listener', "this.bus.on('tick', this.draw);", "this.bus.off('tick', this.stop);"],
    ['of all listeners of something else', "this.bus.on('tick', this.draw);", 'this.other.removeAllListeners();'],
  ])('does not take a removal %s for one', (_, start, stop) => {
    expect(symbolsIn(onBus(start, stop))).toEqual(['this.bus.on']);
  });

  it('is silent where the listener takes itself away when its event has come', () => {
    expectSilent(listening('bus', "const once = () => { bus.off('ready', once); this.draw(); }; bus.on('ready', once);"));
  });

  it('is silent where such a listener is run another way as well, and reported for an event of which it does not take itself away', () => {
    const heard = (more: string): string => listening('bus', `const once = () => { bus.off('ready', once); this.draw(); }; bus.on('ready', once); ${more}`);
    expectSilent(heard(''));
    expectSilent(heard('setTimeout(once, 1000);'));
    expectSilent(heard('once();'));
    expect(symbolsIn(heard("bus.on('open', once);"))).toEqual(['bus.on']);
  });

  it('takes two targets that no place is known of for one where they read the same', () => {
    expectSilent(listening('', "(0, find('a')).on('tick', this.draw);", "stop() { (0, find('a')).removeAllListeners('tick'); }"));
  });

  it('is silent where the end of the target ends what listens to it', () => {
    expectSilent(listening('bus', "this.bus = bus; this.bus.on('tick', () => this.draw());", 'stop() { this.bus.close(); }'));
    expectSilent(listening('client', "this.client = client; this.client.socket.on('tick', () => this.draw());", 'stop() { this.client.close(); }'));
  });

  it('is reported where only a part of the target ends', () => {
    expect(symbolsIn(listening('client', "this.client = client; this.client.on('tick', () => this.draw());", 'stop() { this.client.cache.close(); }'))).toEqual(['this.client.on']);
  });
});

describe('no-leaked-listener: a signal that outlives what listens to it', () => {
  const ABORT = "signal.addEventListener('abort', () => { options.stop(); });";
  const inFunction = (head: string, body: string): string => `export ${head} {\n  ${body}\n}\n`;

  it.each([
    ['a promise that the work settles', inFunction('function run(signal, options)', `return new Promise((resolve, reject) => { signal.addEventListener('abort', () => { reject(new Error('aborted')); }); options.work.once('done', resolve); });`)],
    ['an async function', inFunction('async function run(signal, options)', `${ABORT} await options.work();`)],
  ])('is reported for %s, which ends without it', (_, code) => {
    expect(findingsOf(code)).toHaveLength(1);
  });

  it.each([
    ['a promise that nothing else settles', inFunction('function whenAborted(signal)', "return new Promise((resolve) => { signal.addEventListener('abort', () => resolve()); });")],
    ['a promise that asks for the signal first', inFunction('function whenAborted(signal)', "return new Promise((resolve, reject) => { if (signal.aborted) { resolve(); return; } signal.addEventListener('abort', () => resolve()); });")],
    ['a loop that only the signal ends', inFunction('async function run(signal, options)', `${ABORT} while (!signal.aborted) { await options.step(); }`)],
    ['the signal of a request', inFunction('async function run(request, options)', `request.${ABORT} await options.work();`)],
    ['a signal that the caller makes for the call', "export async function all(options) {\n  const controller = new AbortController();\n  await run(controller.signal, options);\n}\nasync function run(signal, options) {\n  signal.addEventListener('abort', () => { options.stop(); });\n  await options.work();\n}\n"],
    ['a time limit that the caller makes for the call', "export async function all(options) {\n  await run({ signal: AbortSignal.timeout(1000) }, options);\n}\nasync function run({ signal }, options) {\n  signal.addEventListener('abort', () => { options.stop(); });\n  await options.work();\n}\n"],
    ['one that is taken away', inFunction('async function run(signal, options)', "const stop = () => { options.stop(); }; signal.addEventListener('abort', stop); try { await options.work(); } finally { signal.removeEventListener('abort', stop); }")],
  ])('is silent for %s', (_, code) => {
    expectSilent(code);
  });

  it('is reported for a loop that something else ends as well, and for a signal that callers keep', () => {
    expect(findingsOf(inFunction('async function run(signal, options)', `${ABORT} while (!signal.aborted) { if (await options.step()) return; }`))).toHaveLength(1);
    expect(findingsOf("const controller = new AbortController();\nexport async function all(options) {\n  await run(controller.signal, options);\n}\nasync function run(signal, options) {\n  signal.addEventListener('abort', () => { options.stop(); });\n  await options.work();\n}\n")).toHaveLength(1);
  });
});
