import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, expectNothingCertain, findingsOf, verdictsOf } = checksFor('no-forgotten-field');

/** What each teardown of a sample forgets, as `dispose: timer, watcher`; what another rule says of the same timer counts, too. */
function forgottenIn(code: string): string[] {
  return verdictsOf(code)
    .filter((verdict) => verdict.outcome !== 'silent' || verdict.reasons.some((reason) => reason.code === 'said-by-rule'))
    .map((verdict) => `${verdict.symbol}: ${verdict.related.filter((one) => one.role === 'forgotten').map((one) => one.name).join(', ')}`);
}

/** A class with two intervals, of which its teardown is what the tests vary. */
function poller(teardown: string, more = ''): string {
  return `
export class Poller {
  start() {
    this.fast = setInterval(() => this.poll(), 1_000);
    this.slow = setInterval(() => this.report(), 60_000);
  }
  ${teardown}
  ${more}
}
`;
}

describe('no-forgotten-field: a teardown that ends one of two', () => {
  it('reports the watcher that is left, at the first line of the teardown', () => {
    expectFindings(`
import { watch } from 'node:fs';
export class Folders {
  start(from, to) {
    this.source = watch(from, () => this.copy());
    this.target = watch(to, () => this.check());
  }
  pause() { this.target.close(); }
  dispose() { //! certain no-forgotten-field dispose
    this.source.close();
  }
}
`);
  });

  it.each([
    ['in two statements', 'dispose() { clearInterval(this.fast); clearInterval(this.slow); }'],
    ['behind tests of themselves', 'dispose() { if (this.fast) clearInterval(this.fast); if (this.slow !== undefined) { clearInterval(this.slow); } }'],
    ['in a loop over a list', 'dispose() { for (const timer of [this.fast, this.slow]) clearInterval(timer); }'],
    ['by forEach', 'dispose() { [this.fast, this.slow].forEach(clearInterval); }'],
    ['by a helper method', 'dispose() { clearInterval(this.fast); this.halt(); }\n halt() { clearInterval(this.slow); }'],
    ['by a helper that is given the handle', 'dispose() { clearInterval(this.fast); this.halt(this.slow); }\n halt(timer) { clearInterval(timer); }'],
    ['by an alias', 'dispose() { const { fast, slow } = this; clearInterval(fast); clearInterval(slow); }'],
    ['by another teardown that it calls', 'stop() { clearInterval(this.slow); }\n dispose() { clearInterval(this.fast); this.stop(); }'],
    ['behind a flag that it sets itself', 'dispose() { if (this.over) return; this.over = true; clearInterval(this.fast); clearInterval(this.slow); }'],
    ['in a callback of the teardown', 'dispose() { clearInterval(this.fast); this.flush(() => clearInterval(this.slow)); }'],
    ['by going through all members', 'dispose() { clearInterval(this.fast); for (const name of Object.keys(this)) this.forget(name); }'],
  ])('is silent where both are ended %s (S4)', (_how, teardown) => {
    expectSilent(poller(teardown));
  });

  it('reports an unfinished release on one way through the teardown', () => {
    expectFindings(`
export class Poller {
  start() {
    this.fast = setInterval(() => this.poll(), 1_000);
  }
  dispose(quick) { //! likely no-forgotten-field dispose
    if (quick) return;
    clearInterval(this.fast);
  }
}
`);
  });

  it('takes a count that the teardown itself changes for a reason', () => {
    expectSilent(`
export class Shared {
  mount() { if (this.users++ === 0) this.timer = setInterval(() => this.poll(), 1_000); }
  unmount() {
    this.users--;
    if (this.users !== 0) return;
    clearInterval(this.timer);
  }
}
`);
  });

  it('reports what a rejection skips, if it goes on by itself', () => {
    expectFindings(`
import { spawn } from 'node:child_process';
export class Runner {
  start() { this.child = spawn('worker'); }
  async dispose() { //! likely no-forgotten-field dispose
    await this.report();
    this.child.kill();
  }
}
`);
    expectSilent(`
import { spawn } from 'node:child_process';
export class Runner {
  start() { this.child = spawn('worker'); }
  async dispose() {
    try { await this.report(); } finally { this.child.kill(); }
  }
}
`);
  });
});

describe('no-forgotten-field: what an object acquires', () => {
  it.each([
    ['a watcher', "import { watch } from 'node:fs';", "this.watcher = watch('.', () => this.load());", 'watcher'],
    ['a child process', "import { spawn } from 'node:child_process';", "this.child = spawn('worker');", 'child'],
    ['a server', "import { createServer } from 'node:http';", 'this.server = createServer();', 'server'],
    ['a socket', '', "this.socket = new WebSocket('wss://example.test');", 'socket'],
    ['a worker', '', "this.worker = new Worker('job.js');", 'worker'],
    ['a subscription', '', 'this.leave = feed.subscribe((item) => this.take(item));', 'leave'],
    ['a filled bag', '', 'this.bag = new DisposableStore(); this.bag.add(feed.onItem((item) => this.take(item)));', 'bag'],
  ])('reports %s that the teardown leaves', (_what, imports, acquire, name) => {
    expect(forgottenIn(`${imports}
export class Holder {
  open() { ${acquire} this.timer = setInterval(() => this.take(), 1_000); }
  dispose() { clearInterval(this.timer); }
}
`)).toEqual([`dispose: ${name}`]);
  });

  it.each([
    ['a watcher', "import { watch } from 'node:fs';", "this.watcher = watch('.', () => this.load());", 'this.watcher.close();'],
    ['a child process by its number', "import { spawn } from 'node:child_process';", "this.child = spawn('worker');", 'killTree(this.child.pid);'],
    ['a subscription that is a function', '', 'this.leave = feed.subscribe((item) => this.take(item));', 'this.leave?.();'],
    ['a bag', '', 'this.bag = new DisposableStore(); this.bag.add(feed.onItem((item) => this.take(item)));', 'this.bag.dispose();'],
    ['a bag that is never filled', '', 'this.bag = new DisposableStore();', ''],
    ['a source that cancels one run of many', '', 'this.source?.cancel(); this.source = new CancellationTokenSource();', ''],
    ['what others made', '', 'this.tasks = container.get(Tasks); this.tasks.stop();', ''],
  ])('is silent about %s', (_what, imports, acquire, release) => {
    expectSilent(`${imports}
export class Holder {
  open() { ${acquire} this.timer = setInterval(() => this.take(), 1_000); }
  dispose() { clearInterval(this.timer); ${release} }
}
`);
  });

  it('reports a member that other code replaces after disposing of it', () => {
    expectFindings(`
export class View {
  show(model) {
    this.listeners.dispose();
    this.listeners = new DisposableCollection();
    this.listeners.push(model.onChange(() => this.draw()));
  }
  dispose() { //! certain no-forgotten-field dispose
    this.element = undefined;
  }
}
`);
  });

  it('is not sure of a bag that other code empties and fills again', () => {
    expectNothingCertain(`
export class View {
  listeners = new DisposableCollection();
  rest = new DisposableCollection();
  constructor(bus) { this.rest.push(bus.onEnd(() => this.hide())); }
  show(model) {
    this.listeners.dispose();
    this.listeners.push(model.onChange(() => this.draw()));
  }
  dispose() { this.rest.dispose(); }
}
`);
  });

  it('reports a teardown that forgets one of three twins', () => {
    expectFindings(`
export class Reader {
  errors = new Emitter();
  ends = new Emitter();
  parts = new Emitter();
  dispose() { //! certain no-forgotten-field dispose
    this.errors.dispose();
    this.ends.dispose();
  }
}
`);
  });

  it('is silent about emitters that nobody disposes of (D2)', () => {
    expectSilent(`
export class Reader {
  errors = new Emitter();
  ends = new Emitter();
  start() { this.timer = setInterval(() => this.read(), 100); }
  dispose() { clearInterval(this.timer); }
}
`);
  });

  it('reports an empty teardown of what other code ends', () => {
    expectFindings(`
import { connect } from 'node:net';
export class Link {
  open() { this.socket = connect(80); }
  reopen() { this.socket.destroy(); this.socket = connect(80); }
  dispose() {} //! certain no-forgotten-field dispose
}
`);
  });

  it('reports an override that does not call the method of its base', () => {
    expectFindings(`
class Base {
  constructor() { this.timer = setInterval(() => this.poll(), 1_000); }
  dispose() { clearInterval(this.timer); }
}
export class Sub extends Base {
  dispose() { //! certain no-forgotten-field dispose
    this.element = undefined;
  }
}
`);
    expectSilent(`
class Base {
  constructor() { this.timer = setInterval(() => this.poll(), 1_000); }
  dispose() { clearInterval(this.timer); }
}
export class Sub extends Base {
  dispose() { this.element = undefined; super.dispose(); }
}
`);
  });

  it('sees prototype classes and what factories return', () => {
    expect(forgottenIn(`
function Poller() {}
Poller.prototype.start = function () { this.a = setInterval(() => this.poll(), 10); this.b = setInterval(() => this.send(), 10); };
Poller.prototype.pause = function () { clearInterval(this.b); };
Poller.prototype.destroy = function () { clearInterval(this.a); };
`)).toEqual(['destroy: b']);
    expect(forgottenIn(`
export function makePoller(poll, send) {
  let a; let b;
  return {
    start() { a = setInterval(poll, 10); b = setInterval(send, 10); },
    pause() { clearInterval(b); },
    close() { clearInterval(a); },
  };
}
`)).toEqual(['close: b']);
  });
});

describe('no-forgotten-field: somebody else ends it', () => {
  const other = 'start() { this.timer = setInterval(() => this.poll(), 1_000); this.child = new Child(); this.extra = new Child(); }';

  it.each([
    ['a bag (D1)', 'constructor() { this.bag.push(this.extra); }', 'this.bag.dispose();'],
    ['a list in a bag (D1)', 'constructor() { this.bag.pushAll([this.child, this.extra]); }', 'this.bag.dispose();'],
    ['a callback in a bag (D1)', 'constructor() { this.bag.push(Disposable.create(() => this.extra.dispose())); }', 'this.bag.dispose();'],
    ['a loop in a bag (D1)', 'constructor() { this.bag.push(Disposable.create(() => [this.extra].forEach((one) => one.dispose()))); }', 'this.bag.dispose();'],
    ['the handler of an end that the teardown begins (S3)', "constructor(link) { this.link = link; link.on('close', () => this.extra.dispose()); }", 'this.link.close();'],
    ['the handler of an event that the teardown emits (S3)', "constructor() { this.on('gone', () => this.extra.dispose()); }", "this.emit('gone');"],
  ])('is silent where that is %s', (_who, constructor, end) => {
    expectSilent(`
export class Owner extends Base {
  ${constructor}
  ${other}
  dispose() { clearInterval(this.timer); this.child.dispose(); ${end} }
}
`);
  });

  it('still reports it where nobody does', () => {
    expect(forgottenIn(`
export class Owner {
  ${other}
  dispose() { clearInterval(this.timer); this.child.dispose(); }
}
`)).toEqual(['dispose: extra']);
  });

  it('still reports it where the teardown takes that handler away first', () => {
    expect(forgottenIn(`
export class Link {
  open(socket) {
    this.socket = socket;
    this.retry = setTimeout(() => this.open(), 60_000);
    this.beat = setTimeout(() => this.ping(), 60_000);
    socket.on('close', this.onClosed);
  }
  onClosed = () => { clearTimeout(this.beat); };
  destroy() {
    clearTimeout(this.retry);
    this.socket.off('close', this.onClosed);
    this.socket.destroy();
  }
}
`)).toEqual(['destroy: beat']);
  });

  it('says nothing of what the object was given (D3)', () => {
    expectSilent(`
export class Owner {
  constructor(socket, store) { this.socket = socket; this.store = store; this.timer = setInterval(() => this.poll(), 1_000); }
  reset() { this.socket.close(); }
  dispose() { clearInterval(this.timer); }
}
`);
  });

  it('says nothing of what is made from what the teardown ends (D3)', () => {
    expectSilent(`
import { connect } from 'node:net';
export class Link {
  open() { this.socket = connect(80); this.reader = new Reader(this.socket); this.writer = new Reader(this.socket); }
  restart() { this.reader.dispose(); this.writer.dispose(); }
  dispose() { this.socket.destroy(); }
}
`);
  });

  it('says nothing of the timer that sets the teardown off, and reports it beside one that is cleared', () => {
    const watcher = (more: string): string => `
export class Watcher {
  leave() { this.delay = setTimeout(() => this.dispose(), 60_000); this.beat = setInterval(() => this.send(), 1_000); }
  revive() { clearTimeout(this.delay); }
  halt() { clearInterval(this.beat); }
  dispose() { ${more} this.handle.release(); }
}
`;
    expect(forgottenIn(watcher('this.halt();'))).toEqual(['dispose: delay']);
    expect(forgottenIn(watcher(''))).toEqual(['dispose: beat']);
  });

  it('says nothing of a step of a bigger teardown (S1)', () => {
    expectSilent(poller('stop() { clearInterval(this.fast); }\n dispose() { this.stop(); clearInterval(this.slow); }'));
    expect(forgottenIn(poller('stop() { clearInterval(this.fast); }\n dispose() { this.stop(); }', 'pause() { clearInterval(this.slow); }'))).toEqual(['dispose: slow']);
  });

  it('says nothing of a function that ends one entry of many (S2)', () => {
    expectSilent(poller('close(sessionId) { clearInterval(this.fast); this.sessions.delete(sessionId); }\n dispose() { clearInterval(this.fast); clearInterval(this.slow); }'));
  });

  it('says nothing of a function that starts anew what it ends (S5)', () => {
    expectSilent(`
export class Poller {
  stop() { clearInterval(this.fast); this.fast = setInterval(() => this.poll(), 1_000); this.slow = setInterval(() => this.report(), 60_000); }
  pause() { clearInterval(this.slow); }
}
`);
  });
});

describe('no-forgotten-field: one defect, one finding', () => {
  const both = checksFor('no-forgotten-field', 'no-untracked-timer');

  it('leaves a timer to the rule about timers, where that is as sure', () => {
    both.expectFindings(`
export class Poller {
  start() {
    this.fast = setInterval(() => this.poll(), 1_000);
    this.slow = setInterval(() => this.report(), 60_000); //! certain no-untracked-timer slow
  }
  pause() { clearInterval(this.slow); }
  dispose() { clearInterval(this.fast); }
}
`);
  });

  it('says it itself where the teardown forgets more than that', () => {
    expect(forgottenIn(`
import { watch } from 'node:fs';
export class Poller {
  start() {
    this.fast = setInterval(() => this.poll(), 1_000);
    this.slow = setInterval(() => this.report(), 60_000);
    this.watcher = watch('.', () => this.poll());
  }
  dispose() { clearInterval(this.fast); }
}
`)).toEqual(['dispose: slow, watcher']);
  });
});

describe('no-forgotten-field: one of many collections', () => {
  it('reports the timers of a collection where the others of the same key are emptied', () => {
    expectFindings(`
export class Requests {
  answers = new Map();
  progress = new Map();
  timeouts = new Map();
  send(id, answer, ms) {
    this.answers.set(id, answer);
    this.progress.set(id, 0);
    this.timeouts.set(id, setTimeout(() => this.fail(id), ms));
  }
  receive(id) { clearTimeout(this.timeouts.get(id)); this.timeouts.delete(id); this.answers.delete(id); this.progress.delete(id); }
  handleClosed() { //! certain no-forgotten-field handleClosed
    this.answers.clear();
    this.progress.clear();
  }
}
`);
  });

  it('is silent where the collections that are emptied hold other things', () => {
    expectSilent(`
export class Requests {
  steps = new Map();
  pages = new Map();
  timeouts = new Map();
  plan(step, page) { this.steps.set(step, 1); this.pages.set(page, 2); }
  send(id, ms) { this.timeouts.set(id, setTimeout(() => this.fail(id), ms)); }
  receive(id) { clearTimeout(this.timeouts.get(id)); this.timeouts.delete(id); }
  closeWizard() { this.steps.clear(); this.pages.clear(); }
}
`);
  });

  it('reports the entries that a sweep leaves, though each has parts like those it ends', () => {
    expectFindings(`
export class Windows {
  panels = new Map();
  logs = new Map();
  images = new Map();
  addImage(id, data) { this.images.set(id, data); }
  closeImage(id) {
    const data = this.images.get(id);
    document.removeEventListener('mousemove', data.drag.move);
    this.images.delete(id);
  }
  closeAllWindows() { //! certain no-forgotten-field closeAllWindows
    for (const data of this.panels.values()) document.removeEventListener('mousemove', data.drag.move);
    this.panels.clear();
    for (const data of this.logs.values()) document.removeEventListener('mousemove', data.drag.move);
    this.logs.clear();
  }
}
`);
  });

  it('reports the timer of a key that the end of an entry leaves, beside another that it clears', () => {
    expect(forgottenIn(`
export class Sessions {
  idle = new Map();
  saving = new Map();
  names = new Map();
  sizes = new Map();
  touch(session, ms) {
    this.idle.set(session.id, setTimeout(() => this.expire(session), ms));
    this.saving.set(session.id, setTimeout(() => this.save(session), ms));
  }
  endSession(sessionId) {
    clearTimeout(this.idle.get(sessionId));
    this.idle.delete(sessionId);
    this.names.delete(sessionId);
    this.sizes.delete(sessionId);
  }
}
`)).toEqual(['endSession: saving']);
  });

  it('reports a connection that is dropped without being disposed', () => {
    expectFindings(`
export class Client {
  restart() { this.connection.dispose(); this.connection = undefined; }
  handleConnectionClosed() { //! likely no-forgotten-field handleConnectionClosed
    this.connection = undefined;
  }
}
`);
    expectSilent(`
export class Client {
  restart() { this.connection.dispose(); this.connection = undefined; }
  handleConnectionClosed() { this.connection.dispose(); this.connection = undefined; }
}
`);
  });

  it('reports a listener that the teardown adds once more', () => {
    expectFindings(`
export class Bar {
  constructor(player) { this.player = player; this.on(this.player, 'change', this.update); }
  dispose() { //! certain no-forgotten-field dispose
    this.on(this.player, 'change', this.update);
  }
}
`);
    expect(findingsOf(`
export class Bar {
  constructor(player) { this.player = player; this.on(this.player, 'change', this.update); }
  dispose() { this.off(this.player, 'change', this.update); }
}
`)).toEqual([]);
  });
});

describe('no-forgotten-field: releases that take another form', () => {
  it('takes the call of a function that ends a subscription for its release, whatever stood there first', () => {
    expectSilent(`
export class Flags {
  leave = () => {};
  start(feed) { this.leave = feed.subscribe((flag) => this.take(flag)); }
  stop() { this.leave(); }
}
export function boot(loader) {
  let leave = () => {};
  try { leave = loader.subscribe((rule) => apply(rule)); } catch (error) { report(error); }
  return { stop() { leave(); } };
}
`);
    expect(forgottenIn(`
export class Flags {
  leave = () => {};
  start(feed) { this.leave = feed.subscribe((flag) => this.take(flag)); this.timer = setInterval(() => this.take(), 1_000); }
  dispose() { clearInterval(this.timer); }
}
`)).toEqual(['dispose: leave']);
  });

  it.each(['for (const [name, job] of Object.entries(this.jobs)) { log(name); job?.kill(); }', 'for (const job of Object.values(this.jobs)) job.kill();', 'Object.values(this.jobs).forEach((job) => job.kill());'])('takes a loop over a field for the release of each member: %s', (loop) => {
    const owner = (teardown: string): string => `
import { spawn } from 'node:child_process';
export class Watch {
  jobs = { types: spawn('types'), styles: spawn('styles') };
  others = { docs: spawn('docs') };
  dispose() { ${teardown} }
}
`;
    expect(forgottenIn(owner(loop))).toEqual(['dispose: docs']);
    expectSilent(owner(`${loop} this.others.docs.kill();`));
  });
});

describe('no-forgotten-field: the teardown leads to the release', () => {
  it('follows an assignment to an accessor into its setter', () => {
    const owner = (teardown: string): string => `
import { connect } from 'node:net';
export class Tracker extends Base {
  _link;
  get link() { return this._link; }
  set link(value) { this._link?.destroy(); this._link = value; }
  set label(value) { this._label = value; }
  open() { this._link = connect(80); }
  dispose() { ${teardown} }
}
`;
    expectSilent(owner('super.dispose(); this.link = undefined;'));
    expect(forgottenIn(owner("super.dispose(); this.label = '';"))).toEqual(['dispose: _link']);
  });

  it.each(['Disposable.from(bus.onItem(() => this.take()), { dispose: () => { this.child.kill(); } })', 'Disposable.from({ dispose: () => this.halt() })', 'fromDisposables([{ dispose: () => this.halt() }])', 'toDisposable(() => this.halt())'])('looks into a composite that the teardown disposes of: %s', (composite) => {
    const owner = (teardown: string): string => `
import { spawn } from 'node:child_process';
export class Panel {
  constructor(bus) { this.rest = ${composite}; this.child = spawn('job'); this.other = spawn('other'); }
  halt() { this.child.kill(); }
  dispose() { ${teardown} }
}
`;
    expect(forgottenIn(owner('this.rest.dispose();'))).toEqual(['dispose: other']);
  });

  it('still reports what stands in a composite that the teardown leaves', () => {
    expect(forgottenIn(`
import { spawn } from 'node:child_process';
export class Panel {
  constructor() { this.rest = Disposable.from({ dispose: () => this.child.kill() }); this.child = spawn('job'); this.other = spawn('other'); }
  dispose() { this.other.kill(); }
}
`)).toEqual(['dispose: child']);
  });

  it('takes the array that an event is given for its bag', () => {
    const owner = (teardown: string): string => `
export class Link {
  disposables = [];
  timer = setInterval(() => this.beat(), 1_000);
  use(source) {
    this.handler?.dispose();
    this.handler = source.onDidChange((item) => this.take(item), this, this.disposables);
  }
  dispose() { clearInterval(this.timer); ${teardown} }
}
`;
    expectSilent(owner('disposeAll(this.disposables);'));
    expectSilent(owner('this.disposables.forEach((one) => one.dispose());'));
    expect(forgottenIn(owner(''))).toEqual(['dispose: handler']);
  });

  it('takes a hook that an unknown base class may call for a part of the teardown', () => {
    const list = (base: string, hook: string): string => `
import { spawn } from 'node:child_process';
${base}
export class List extends Base {
  onAfterAttach() { this.job = spawn('job'); this.other = spawn('other'); }
  ${hook}() { this.job.kill(); this.job = spawn('next'); }
  dispose() { super.dispose(); }
}
`;
    const unknown = "import { Base } from './base.js';";
    expect(forgottenIn(list(unknown, 'onBeforeDetach'))).toEqual(['dispose: other']);
    expectNothingCertain(list(unknown, 'onBeforeDetach'));
    expect(forgottenIn(list(unknown, 'restart'))).toEqual(['dispose: job, other']);
    expect(forgottenIn(list('class Base { dispose() { this.isOver = true; } }', 'onBeforeDetach'))).toEqual(['dispose: job, other']);
  });
});

describe('no-forgotten-field: what is not the end, or not for sure', () => {
  const held = "import { spawn } from 'node:child_process';\n";

  it('says nothing of what takes out the one that it is given', () => {
    const owner = (teardown: string): string => `${held}export class Store {
  start() { this.job = spawn('job'); }
  restart() { this.job.kill(); this.job = undefined; }
  ${teardown}
}
`;
    expectSilent(owner('unregister(property) { this.store.unregister(property); }'));
    expect(forgottenIn(owner('unregister() { this.items.length = 0; }'))).toEqual(['unregister: job']);
  });

  it('says nothing of a clean-up that runs now and then', () => {
    const owner = (cleanup: string, more = ''): string => `${held}export class Views {
  start() { this.job = spawn('job'); ${more} }
  restart() { this.job.kill(); this.job = undefined; }
  cleanup() { ${cleanup} }
}
`;
    expectSilent(owner('for (const view of this.views) { if (!view.isShown) view.reset(); }'));
    expectSilent(owner('this.views.length = 0;', 'every(setInterval(() => this.cleanup(), 1_000));'));
    expect(forgottenIn(owner('this.views.length = 0;'))).toEqual(['cleanup: job']);
  });

  it('is not sure of an ending that includes a restart', () => {
    const owner = (test: string): string => `${held}export class Client {
  start() { this.job = spawn('job'); this.other = spawn('other'); }
  pause() { this.other.kill(); }
  async shutdown(mode) { this.job.kill(); if (${test}) this.draw(); }
}
`;
    expectNothingCertain(owner('mode === Mode.Restart'));
    expect(forgottenIn(owner('mode === Mode.Restart'))).toEqual(['shutdown: other']);
    expect(verdictsOf(owner('mode === Mode.Quiet')).map(({ outcome }) => outcome)).toContain('certain');
  });

  it('is not sure of a part that was given nothing but its owner', () => {
    const owner = (given: string): string => `export class Client {
  open() { this.views = new Views(${given}); }
  restart() { this.views.destroy(); this.views = new Views(${given}); }
  shutdown() { this.flush(); }
}
`;
    expectNothingCertain(owner('this'));
    expect(verdictsOf(owner('window')).map(({ outcome }) => outcome)).toContain('certain');
  });

  it('says nothing of what comes from a part of a composite that the teardown disposes of', () => {
    const owner = (teardown: string): string => `export class Folders {
  constructor(source) { this.source = makeSource(); this.all = Disposable.from(this.source); this.job = new Job(); }
  open(path) { this.handle?.dispose(); this.handle = this.source.watch(path); }
  pause() { this.job.dispose(); this.handle.dispose(); this.handle = undefined; }
  dispose() { ${teardown} }
}
`;
    expect(forgottenIn(owner('this.all.dispose();'))).toEqual(['dispose: job']);
    expect(forgottenIn(owner('this.flush();'))).toEqual(['dispose: handle, job']);
  });

  it('reports what an exception leaves only where a step can fail and the program goes on', () => {
    const runner = (step: string, more = ''): string => `${held}export class Runner {
  start() { this.job = spawn('job'); ${more} }
  async dispose() { await ${step}; this.job.kill(); }
}
`;
    expectSilent(runner('this.scheduler.stop()'));
    expectSilent(runner('this.report()', "process.on('SIGINT', async () => { await this.dispose(); process.exit(0); });"));
    expect(forgottenIn(runner('this.report()'))).toEqual(['dispose: job']);
    expect(forgottenIn(runner('this.report()', "this.on('gone', async () => { await this.dispose(); });"))).toEqual(['dispose: job']);
  });
});

describe('no-forgotten-field: a teardown that only checks', () => {
  const beat = (body: string): string => `
export class Beat {
  private beat = null;
  private rows = new Map();
  add(rowId, row) {
    this.rows.set(rowId, row);
    this.beat = setInterval(() => this.look(), 1000);
  }
  remove(rowId) {
    this.rows.delete(rowId);
    this.rest();
  }
  shutdown() {
    ${body}
  }
  private rest() {
    clearInterval(this.beat);
    this.beat = null;
  }
  look() {}
}
`;

  it('is silent about assertions', () => {
    expectSilent(beat("assert(this.beat === null, 'rows are left');"));
    expectSilent(beat("if (this.beat !== null) throw new Error('rows are left');"));
  });

  it('still reports a teardown that does something, or nothing at all', () => {
    for (const body of ['assert(this.beat === null);\n    this.rows.clear();', '']) expect(findingsOf(beat(body)).map((finding) => finding.replace(/:\d+$/, '')), body).toEqual(['certain no-forgotten-field shutdown']);
  });
});

describe('no-forgotten-field: what is registered where it is made', () => {
  const view = (made: string, outcome = ''): string => `
import { createClient } from 'redis';
export class View extends Disposable {
  open() { ${made} this.other = createClient(); }
  reset() { this.client.quit(); this.client = createClient(); }
  dispose() {${outcome}
    super.dispose();
    this.other.quit();
  }
}
`;

  it('goes with what it is registered with', () => {
    expectSilent(view('this._register(this.client = createClient());').replace('reset() { this.client.quit(); this.client = createClient(); }', ''));
  });

  it('still is reported if it is only told of', () => {
    expectFindings(view('this.tell(this.client = createClient());', ' //! likely no-forgotten-field dispose'));
  });
});

describe('no-forgotten-field: what lies in a slot', () => {
  const typist = (slot: string, outcome = ''): string => `
import { Delay, Slot } from './timing.js';
export class Typist extends Disposable {
  pause = ${slot};
  type() {
    this.pause.value = new Delay(() => this.type(), 500);
    this.pause.value.start();
  }
  skip() { this.pause.value?.dispose(); }
  dispose() {${outcome}
    super.dispose();
    this.isDone = true;
  }
}
`;

  it('goes with the slot, if that was registered where it was made', () => {
    expectSilent(typist('this._register(new Slot())'));
  });

  it.each([
    ['is nobody’s', 'new Slot()'],
    ['is only told of', 'this.tell(new Slot())'],
  ])('still is reported if the slot %s', (_, slot) => {
    expectFindings(typist(slot, ' //! likely no-forgotten-field dispose'));
  });
});

describe('no-forgotten-field: a field by another name', () => {
  const engine = (get: string, end: string, outcome = ''): string => `
import { createClient } from 'redis';
export class Store {
  async open() { this.client = createClient(); this.index = createClient(); }
  getClient() { ${get} }
  async close() {${outcome}
    const client = this.client ? this.getClient() : null;
    await Promise.all([client?.${end}(), this.index.quit()]);
  }
}
`;

  it('sees the end of what a method gives, if there is anything to give', () => {
    expectSilent(engine('return this.client;', 'quit'));
  });

  it.each([
    ['the method gives something else', engine('return this.index;', 'quit', ' //! certain no-forgotten-field close')],
    ['nothing ends it', engine('return this.client;', 'ping', ' //! certain no-forgotten-field close')],
  ])('still is reported if %s', (_, code) => {
    expectFindings(code);
  });
});

describe('no-forgotten-field: what something else was made with', () => {
  const intercom = (close: string, outcome = ''): string => `
import { createClient } from 'redis';
export class Intercom {
  listen() {
    this.calls = createClient();
    this.link = new Link(() => { this.endCalls(); });
    this.names = createClient();
  }
  endCalls() { this.calls.quit(); }
  destroy() {${outcome}
    this.names.quit();
    ${close}
  }
}
`;

  it('is ended with it', () => {
    expectSilent(intercom('this.link.destroy();'));
  });

  it('still is reported if that is not ended', () => {
    expectFindings(intercom('this.link.name = null;', ' //! certain no-forgotten-field destroy'));
  });
});

describe('no-forgotten-field: an interval that the loss of the medium ends', () => {
  const tracks = (handler: string, mark = ''): string => `
export class Tracks {
  constructor(player) {
    this.player = player;
    player.on('attached', () => this.look());
  }
  look() {
    clearInterval(this.polling);
    this.polling = setInterval(() => this.check(), 500);
  }
  ${handler}() {
    clearInterval(this.polling);
    this.polling = undefined;
  }
  destroy() {${mark}
    this.player = null;
  }
}
`;

  it.each(['onMediaDetaching', 'onClose'])('is not certain where %s ends it', (handler) => {
    expectNothingCertain(tracks(handler));
  });

  it('still is certain where a change of settings ends it', () => {
    expectFindings(tracks('useEvents', ' //! certain no-forgotten-field destroy'));
  });
});

describe('no-forgotten-field: a socket that is given to another field', () => {
  const relay = (given: string, shutdown: string, mark = ''): string => `
import { createSocket } from 'node:dgram';
import { Channel } from './channel.js';
export class Relay {
  constructor(port) {
    this.socket = createSocket('udp4');
    this.socket.bind(port);
    this.channel = new Channel(${given});
  }
  async shutdown() {${mark}
    ${shutdown}
  }
}
`;

  const forms = ['this.socket', '{ socket: this.socket, port }', '{ ...port, socket: this.socket }'];

  it.each(forms)('may be ended by that one, given as %s', (given) => {
    expectFindings(relay(given, 'await this.channel.shutdown();', ' //! likely no-forgotten-field shutdown'));
  });

  it.each(forms)('still is reported where nothing ends that one, given as %s', (given) => {
    expectFindings(relay(given, 'await this.flush();', ' //! likely no-forgotten-field shutdown'));
  });

  it('still is certain where the other one is given something else', () => {
    expectFindings(relay('{ port }', 'await this.channel.shutdown();', ' //! certain no-forgotten-field shutdown'));
  });
});

describe('no-forgotten-field: a limit that starts with the object', () => {
  const linked = (end: string, delay = 'options.limitMs', more = ''): string => `
class Link {
  constructor(wire: Wire, options: Options) {
    this.wire = wire;
    this.limit = setTimeout(() => { ${more} this.wire.report('nobody joined'); }, ${delay});
    wire.on('join', () => this.joined());
  }
  private joined() {
    clearTimeout(this.limit);
    this.limit = undefined;
  }
  close() {
    ${end}
  }
}
`;

  it('is likely where only its fulfilment clears it, and the end does not', () => {
    expect(findingsOf(linked('this.wire.end();'))).toEqual(['likely no-forgotten-field close:11']);
  });

  it('is likely where it only ends the object once more', () => {
    expect(findingsOf(linked('this.wire.end();', 'options.limitMs', 'this.close();'))).toEqual(['likely no-forgotten-field close:11']);
  });

  it.each([
    ['the end clears it', linked('clearTimeout(this.limit); this.wire.end();')],
    ['it is short', linked('this.wire.end();', '1_000')],
    ['it asks for what the end sets', linked('this.over = true; this.wire.end();', 'options.limitMs', 'if (this.over) return;')],
  ])('is silent where %s', (_what, code) => {
    expect(findingsOf(code)).toEqual([]);
  });
});

describe('no-forgotten-field: a time-out that is cleared only to be started anew', () => {
  const idle = (end: string, delay: string): string => `
export class Watch {
  constructor(private readonly bus: Bus) {}
  active() {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.sleep(), ${delay});
  }
  sleep() { this.asleep = true; }
  stop() { ${end} }
}
`;

  it('is likely where it is long, since nothing stops it', () => {
    expect(findingsOf(idle('this.bus.emit("stopped");', '600_000'))).toEqual(['likely no-forgotten-field stop:8']);
  });

  it('is silent where it is short, or the end clears it', () => {
    expectSilent(idle('this.bus.emit("stopped");', '200'));
    expectSilent(idle('clearTimeout(this.idle);', '600_000'));
  });
});


describe('no-forgotten-field: what has one name or another', () => {
  const meter = (made: string, end = 'clearTimeout(this.timer);'): string => `
export class Meter {
  start(stream) {
    const AudioContext = ${made};
    this.audio = new AudioContext();
    this.source = this.audio.createMediaStreamSource(stream);
    this.timer = setTimeout(() => this.measure(), 200);
  }
  measure() {}
  dispose() { ${end} }
}
`;

  it('knows a class by the first of its names', () => {
    expect(findingsOf(meter('window.AudioContext || window.webkitAudioContext'))).toEqual(['certain no-forgotten-field dispose:9']);
  });

  it('is silent where it is ended, and about a class of which nothing is known', () => {
    expectSilent(meter('window.AudioContext || window.webkitAudioContext', 'clearTimeout(this.timer); this.audio.close();'));
    expectSilent(meter('window.Sampler || window.OldSampler'));
  });
});

describe('no-forgotten-field: a new one in its place', () => {
  const stage = (end: string, more = ''): string => `
export class Stage {
  scene = new Scene();
  ${more}
  unmount() {
    ${end}
  }
}
`;

  it('reports a teardown that ends what it has just put in the place of the old one', () => {
    expect(findingsOf(stage('this.scene = new Scene(); this.files = {}; this.scene.destroy();'))).toEqual(['certain no-forgotten-field unmount:4']);
    expect(findingsOf(stage('this.scene = new Scene(); this.fonts = new Fonts({ scene: this.scene }); this.scene.destroy();'))).toEqual(['certain no-forgotten-field unmount:4']);
  });

  it.each([
    ['ends the old one first', 'this.scene.destroy(); this.scene = new Scene(); this.scene.destroy();'],
    ['keeps the old one and ends it', 'const old = this.scene; this.scene = new Scene(); old.destroy();'],
    ['makes a new one only where there was none', 'if (!this.scene) this.scene = new Scene(); this.scene.destroy();'],
    ['gives the old one to somebody', 'release(this.scene); this.scene = new Scene(); this.scene.destroy();'],
    ['ends it, and then makes another', 'this.scene.destroy(); this.scene = new Scene();'],
  ])('is silent about one that %s', (_what, end) => {
    expectSilent(stage(end));
  });
});

describe('no-forgotten-field: listeners that the teardown takes away on some of its ways', () => {
  const link = (close: string, begin = ''): string => `
export class Link {
  constructor(socket, room, options) {
    this.socket = socket;
    this.room = room;
    this.options = options;
    ${begin}
    this.socket.on('message', this.hear);
    this.socket.on('pong', this.tick);
  }
  hear = () => {};
  tick = () => {};
  close() {
    ${close}
  }
}
`;
  const OFF = "this.socket.off('message', this.hear); this.socket.off('pong', this.tick);";

  it.each([
    ['a condition of something else', `if (this.room.knows(this)) { this.room.drop(this); ${OFF} }`],
    ['a way out before it', `if (this.room.size === 1) return this.room.drop(); ${OFF}`],
    ['a lock', `this.lock.acquire('close', (done) => { if (this.room.knows(this)) { this.room.drop(this); ${OFF} } done(); });`],
  ])('reports %s', (_what, close) => {
    expect(findingsOf(link(close)).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-forgotten-field close']);
  });

  it.each([
    ['on every way', OFF],
    ['if they are there', `if (this.socket) { ${OFF} }`],
    ['unless all is over', `if (this.closed) return; this.closed = true; ${OFF}`],
    ['unless that has been asked', `if (this.room === null) return; this.room = null; ${OFF}`],
    ['unless something else is closed', `if (this.room.state !== 'closed') { this.room.drop(this); ${OFF} }`],
    ['as long as it may be heard', `if (this.socket.readyState !== 3) { ${OFF} }`],
    ['on one way, and all on the other', `if (this.room.knows(this)) { ${OFF} } else this.socket.removeAllListeners();`],
    ['or ends the socket', `if (this.room.knows(this)) { ${OFF} } else this.socket.destroy();`],
  ])('is silent about a teardown that takes them away %s', (_what, close) => {
    expectSilent(link(close));
  });

  it('is silent where they were added on the same condition', () => {
    expectSilent(`
export class Keys {
  open() { if (this.options.keys) window.addEventListener('keydown', this.press); }
  press = () => {};
  close() { if (this.options.keys) window.removeEventListener('keydown', this.press); }
}
`);
  });
});

describe('no-forgotten-field: what something else is given by name', () => {
  const cloud = (made: string, end = 'await this.line.shutdown();'): string => `
import dgram from 'node:dgram';
export class Cloud {
  constructor(token) {
    this.socket = dgram.createSocket('udp4');
    this.line = new Line(${made});
  }
  async shutdown() { ${end} }
}
`;

  it('is not certain where the teardown ends what was given it', () => {
    expect(findingsOf(cloud('{ socket: this.socket, token }'))).toEqual(['likely no-forgotten-field shutdown:7']);
  });

  it('still is certain where only a part was given', () => {
    expect(findingsOf(cloud('{ port: this.socket.port, token }'))).toEqual(['certain no-forgotten-field shutdown:7']);
  });
});
