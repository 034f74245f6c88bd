import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, reasonsFor, verdictsOf } = checksFor('no-untracked-timer');

/** BENIGN, T1 to T10 and X1: each idiom, and beside it what it must not hide. */
describe('no-untracked-timer, T1: the next tick', () => {
  it.each(['', ', 0', ', 1', ', 16', ', FRAME', ', 2 * 8'])('is silent about a time-out with the delay "%s"', (delay) => {
    expectSilent(`
const FRAME = 16;
export function defer(job) {
  setTimeout(() => job.run()${delay});
}
`);
  });

  it('is silent even if the callback touches the object', () => {
    expectSilent(`
export class View {
  focusLater() {
    setTimeout(() => this.input.focus(), 0);
  }
}
`);
  });

  it('still reports a next tick that a teardown cannot stop, but not as certain', () => {
    expectFindings(`
export class View {
  focusLater() {
    setTimeout(() => this.input.focus(), 0); //! likely no-untracked-timer setTimeout
  }
  dispose() {
    this.input.remove();
  }
}
`);
  });

  it('still reports a poll that re-arms itself without an exit', () => {
    expectFindings(`
export class Writer {
  drain() {
    if (this.socket.bufferedAmount > 0) {
      setTimeout(() => this.drain(), 0); //! reported no-untracked-timer setTimeout
      return;
    }
    this.socket.send(this.chunk);
  }
  close() {
    this.socket.close();
  }
}
`);
  });

  it('still reports an interval of zero', () => {
    expectFindings(`
export function spin(job) {
  setInterval(() => job.run(), 0); //! certain no-untracked-timer setInterval
}
`);
  });

  it('still reports a delay that the file does not show', () => {
    expectFindings(`
export class View {
  hideLater() {
    setTimeout(() => this.hide(), this.options.delay); //! certain no-untracked-timer setTimeout
  }
  dispose() {}
}
`);
  });
});

describe('no-untracked-timer, T2: sleeping', () => {
  it.each([
    ['the resolve function', 'new Promise((resolve) => setTimeout(resolve, ms))'],
    ['a block body', 'new Promise((resolve) => { setTimeout(resolve, ms); })'],
    ['a callback that resolves', 'new Promise((done) => setTimeout(() => done(job.result), ms))'],
    ['a function expression', 'new Promise(function (resolve) { setTimeout(resolve, ms, job); })'],
    ['a typed promise', 'new Promise<void>((resolve) => setTimeout(resolve, ms))'],
  ])('is silent about a sleep with %s', (_what, promise) => {
    expectSilent(`
export class Worker {
  async pause(ms, job) {
    await ${promise};
  }
  stop() {}
}
`);
  });

  it('still reports a time-out that rejects a race', () => {
    expectFindings(`
export function limit(work, ms) {
  return Promise.race([
    work,
    new Promise((resolve, reject) => setTimeout(() => reject(new Error('late')), ms)), //! certain no-untracked-timer setTimeout
  ]);
}
`);
  });

  it('still reports a sleep that takes part in a race', () => {
    expectFindings(`
export function limit(work, ms) {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]); //! certain no-untracked-timer setTimeout
}
`);
  });

  it('still reports a timer that a busy executor starts', () => {
    expectFindings(`
export class Link {
  open() {
    return new Promise((resolve, reject) => {
      this.socket = connect(this.url);
      this.socket.onopen = resolve;
      setTimeout(() => this.fail(reject), this.patience); //! certain no-untracked-timer setTimeout
    });
  }
  close() {
    this.socket.close();
  }
}
`);
  });
});

describe('no-untracked-timer, T3: short one-shots', () => {
  it.each(['100', '5000', '5 * 1000', 'FADE_MS', 'TIMES.fade'])('is silent about a time-out of %s', (delay) => {
    expectSilent(`
const FADE_MS = 300;
const TIMES = { fade: 250 };
export class Toast {
  hide() {
    setTimeout(() => this.element.remove(), ${delay});
  }
}
`);
  });

  it('reports a short one-shot that the teardown of its owner cannot stop, but not as certain', () => {
    expectFindings(`
export class Toast {
  hide() {
    setTimeout(() => this.element.remove(), 300); //! likely no-untracked-timer setTimeout
  }
  dispose() {
    this.view.detach();
  }
}
`);
  });

  it.each(['6000', 'this.config.delay', 'delay', '60 * 1000', 'SLOW'])('still reports a time-out of %s', (delay) => {
    expectFindings(`
let SLOW = 100;
SLOW = 100_000;
export class Toast {
  hide(delay) {
    setTimeout(() => this.collapse(), ${delay}); //! certain no-untracked-timer setTimeout
  }
  dispose() {}
}
`);
  });

  it('still reports a short time-out that starts its function again', () => {
    expectFindings(`
export class Link {
  poll() {
    this.read();
    setTimeout(() => this.poll(), 500); //! certain no-untracked-timer setTimeout
  }
  close() {
    this.socket.end();
  }
}
`);
  });

  it.each(['connect', 'reconnect', 'open', 'start', 'listen', 'spawn', 'retry'])('still reports a short time-out that calls %s()', (method) => {
    expectFindings(`
export class Link {
  onLost() {
    setTimeout(() => this.${method}(), 1000); //! certain no-untracked-timer setTimeout
  }
  close() {
    this.socket.end();
  }
}
`);
  });

  it('does not take an interval for a one-shot', () => {
    expectFindings(`
export class Toast {
  blink() {
    setInterval(() => this.toggle(), 300); //! certain no-untracked-timer setInterval
  }
  dispose() {}
}
`);
  });
});

describe('no-untracked-timer, T4: timers of another name', () => {
  it.each([
    ['an arrow that is a property', 'export const clock = { later: (job, ms) => setTimeout(job, ms) };'],
    ['an arrow that is a constant', 'export const later = (job, ms) => setTimeout(job, ms);'],
    ['a function', 'export function later(job, ms) { return setTimeout(job, ms); }'],
    ['a method', 'export class Clock { later(job, ms) { return setTimeout(job, ms); } stop() {} }'],
    ['a function that counts', 'export function later(job, ms) { const timer = setTimeout(job, ms); started += 1; return timer; }'],
  ])('is silent about %s that returns the handle', (_what, code) => {
    expectSilent(`let started = 0;\n${code}\n`);
  });

  it('still reports a wrapper that drops the handle', () => {
    expectFindings(`
export function every(job, ms) {
  setInterval(job, ms); //! reported no-untracked-timer setInterval
}
`);
  });

  it('still reports a wrapper that keeps the handle where nothing clears it', () => {
    expectFindings(`
export class Clock {
  every(job, ms) {
    this.last = setInterval(job, ms); //! certain no-untracked-timer last
  }
  stop() {
    this.stopped = true;
  }
}
`);
  });

  it.each([
    "source.on('change', () => setInterval(() => this.tick(), 1000));",
    "source.addEventListener('change', () => setInterval(() => this.tick(), 1000));",
    'source.load().then(() => setInterval(() => this.tick(), 1000));',
    'source.onchange = () => setInterval(() => this.tick(), 1000);',
  ])('still reports a handle that nobody takes: %s', (statement) => {
    expect(findingsOf(`
export class Ticker {
  watch(source) {
    ${statement}
  }
  stop() {}
}
`)).toEqual(['certain no-untracked-timer setInterval:3']);
  });
});

describe('no-untracked-timer, T5: unref', () => {
  it.each([
    ['chained', 'setTimeout(() => this.giveUp(), this.patience).unref();'],
    ['called later', 'const timer = setTimeout(() => this.giveUp(), this.patience); timer.unref();'],
    ['called carefully', 'const timer = setTimeout(() => this.giveUp(), this.patience); timer?.unref?.();'],
    ['called on a cast', 'const timer = setTimeout(() => this.giveUp(), this.patience); (timer as NodeJS.Timeout).unref();'],
    ['called on a field', 'this.timer = setTimeout(() => this.giveUp(), this.patience); this.timer.unref();'],
  ])('does not call a time-out certain whose unref is %s', (_what, statement) => {
    const code = `
export class Probe {
  start() {
    ${statement}
  }
  stop() {}
}
`;
    expectNothingCertain(code);
    expect(reasonsFor(code)).toContain('unrefed');
  });

  it('is silent about an unrefed one-shot of a function', () => {
    expectSilent(`
export function giveUpLater(job, ms) {
  setTimeout(() => job.abort(), ms).unref();
}
`);
  });

  it('still reports an unrefed interval that works on its object', () => {
    expectFindings(`
export class Adapter {
  constructor() {
    setInterval(() => this.sweep(), 60_000).unref(); //! certain no-untracked-timer setInterval
  }
  close() {}
}
`);
  });

  it('still reports a timer whose ref() is called', () => {
    expectFindings(`
export class Probe {
  start() {
    setTimeout(() => this.giveUp(), this.patience).ref(); //! certain no-untracked-timer setTimeout
  }
  stop() {}
}
`);
  });
});

describe('no-untracked-timer, T7: one slot that empties itself', () => {
  it('is silent about a slot that is guarded and nulled', () => {
    expectSilent(`
export class Queue {
  schedule(wait) {
    if (!this.timer) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.flush();
      }, wait);
    }
  }
  dispose() {}
}
`);
  });

  it('is silent about a slot that an early return guards', () => {
    expectSilent(`
let timer;
export function schedule(job, wait) {
  if (timer) return;
  timer = setTimeout(() => {
    timer = null;
    job.flush();
  }, wait);
}
`);
  });

  it('is silent about a slot that is filled by ??=', () => {
    expectSilent(`
export class Queue {
  schedule(wait) {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, wait);
  }
}
`);
  });

  it('still reports a slot that is nulled but not guarded', () => {
    expectFindings(`
export class Queue {
  schedule(wait) {
    this.timer = setTimeout(() => { //! certain no-untracked-timer timer
      this.timer = undefined;
      this.flush();
    }, wait);
  }
  dispose() {}
}
`);
  });

  it('still reports a slot that is guarded but never nulled', () => {
    expectFindings(`
export class Queue {
  schedule(wait) {
    if (!this.timer) {
      this.timer = setTimeout(() => this.flush(), wait); //! certain no-untracked-timer timer
    }
  }
  dispose() {}
}
`);
  });
});

describe('no-untracked-timer, T8: guarded and counted callbacks', () => {
  it.each([
    ['a body that is one if', 'if (!this.closed) this.flush();'],
    ['a guard that returns', 'if (this.closed) return; this.flush(); this.report();'],
    ['a guard in a block', 'if (this.socket.readyState !== OPEN) { return; } this.socket.ping();'],
  ])('does not call a time-out certain whose callback begins with %s', (_what, body) => {
    expectNothingCertain(`
export class Link {
  later() {
    setTimeout(() => { ${body} }, this.wait);
  }
  close() {
    this.closed = true;
  }
}
`);
  });

  it('is silent about a guarded one-shot of a function', () => {
    expectSilent(`
export function closeLater(socket, wait) {
  setTimeout(() => {
    if (socket.readyState === 1) socket.terminate();
  }, wait);
}
`);
  });

  it('is silent about a counted retry of a function', () => {
    expectSilent(`
export function fetchWithRetry(url, attempt) {
  return load(url).catch((error) => {
    if (attempt >= 5) throw error;
    setTimeout(() => fetchWithRetry(url, attempt + 1), 100 * attempt);
  });
}
`);
  });

  it('still reports an unguarded time-out', () => {
    expectFindings(`
export class Link {
  later() {
    setTimeout(() => { //! certain no-untracked-timer setTimeout
      this.flush();
      if (this.closed) return;
    }, this.wait);
  }
  close() {
    this.closed = true;
  }
}
`);
  });

  it('still reports a guarded interval', () => {
    expectFindings(`
export class Link {
  later() {
    setInterval(() => { //! certain no-untracked-timer setInterval
      if (this.closed) return;
      this.flush();
    }, this.wait);
  }
  close() {
    this.closed = true;
  }
}
`);
  });

  it('still reports a retry without a count', () => {
    expectFindings(`
export class Link {
  connect() {
    this.dial().catch(() => {
      setTimeout(() => this.connect(), this.wait); //! certain no-untracked-timer setTimeout
    });
  }
  disconnect() {
    this.socket?.end();
  }
}
`);
  });
});

describe('no-untracked-timer, T9: timers that clean up', () => {
  it.each([
    ['a Map', 'entries.delete(id)'],
    ['a document', 'element.remove()'],
  ])('is silent about a time-out that only removes from %s', (_what, statement) => {
    expectSilent(`
const entries = new Map();
export function keep(id, value, element, ms) {
  entries.set(id, value);
  setTimeout(() => {
    ${statement};
  }, ms);
}
export function has(id) {
  return entries.has(id);
}
export function flush() {
  entries.clear();
}
`);
  });

  it('still reports one whose entry another path deletes while it is pending', () => {
    expectFindings(`
const entries = new Map();
export function keep(id, value, ms) {
  entries.set(id, value);
  setTimeout(() => entries.delete(id), ms); //! certain no-untracked-timer setTimeout
}
export function take(id) {
  const value = entries.get(id);
  entries.delete(id);
  return value;
}
`);
  });

  it('still reports one that the teardown of its owner cannot stop, but not as certain', () => {
    expectFindings(`
export class Cache {
  private readonly entries = new Map();
  keep(id, value, ms) {
    this.entries.set(id, value);
    setTimeout(() => this.entries.delete(id), ms); //! likely no-untracked-timer setTimeout
  }
  close() {
    this.store.close();
  }
}
`);
  });
});

describe('no-untracked-timer, T10: intervals of the process', () => {
  it('is silent about an interval at module level', () => {
    expectSilent(`
const seen = new Map();
setInterval(() => seen.clear(), 60_000);
`);
  });

  it('is silent about a watchdog that a start-up function sets', () => {
    expectSilent(`
function watchParent(pid) {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(1);
    }
  }, 3000);
}
watchParent(process.ppid);
`);
  });

  it('is silent about an interval of the only instance of a container', () => {
    expectSilent(`
@injectable()
export class Metrics {
  @postConstruct()
  protected init() {
    setInterval(() => this.collect(), 60_000);
  }
}
`);
  });

  it('still reports an interval of a function that requests call', () => {
    expectFindings(`
export function handle(request, response) {
  setInterval(() => response.write('.'), 1000); //! certain no-untracked-timer setInterval
}
`);
  });

  it('still reports an interval of a constructor, since there may be many instances', () => {
    expectFindings(`
export class Adapter {
  constructor() {
    setInterval(() => this.sweep(), 1000); //! certain no-untracked-timer setInterval
  }
}
`);
  });

  it('still reports an interval of a container’s instance that has a teardown, but not as certain', () => {
    expectFindings(`
@injectable()
export class Metrics {
  @postConstruct()
  protected init() {
    setInterval(() => this.collect(), 60_000); //! likely no-untracked-timer setInterval
  }
  dispose() {}
}
`);
  });
});

describe('no-untracked-timer, X1: scripts', () => {
  const code = `
export class Poller {
  start() {
    setInterval(() => this.poll(), 1000);
  }
  stop() {}
}
`;

  it.each(['scripts/poll.ts', 'tools/poll.ts', 'packages/app/bench/poll.ts', 'demo/poll.ts'])('is less sure about a leak in %s', (path) => {
    expect(findingsOf(code, path)).toEqual(['likely no-untracked-timer setInterval:3']);
  });

  it('is less sure about a file that begins with a hashbang', () => {
    expect(findingsOf(`#!/usr/bin/env node${code}`, 'poll.js')).toEqual(['likely no-untracked-timer setInterval:4']);
  });

  it.each(['examples/poll.ts', 'bin/poll.ts', 'lib/poll.ts', 'src/scriptsy/poll.ts', 'src/description/poll.ts'])('is as sure about a leak in %s as elsewhere', (path) => {
    expect(findingsOf(code, path)).toEqual(['certain no-untracked-timer setInterval:3']);
  });
});

describe('no-untracked-timer: what only puts off', () => {
  const wire = (body: string) => `
export function wire(link, out, lag) {
  link.onmessage = (message) => {
    const go = () => { try { out.put(message); } catch { link.close(); } };
    ${body}
  };
  out.on('close', () => link.close());
}
`;

  it.each(['if (lag) setTimeout(go, lag); else go();', 'if (!lag) { go(); } else { setTimeout(go, lag); }', 'lag > 0 ? setTimeout(go, lag) : go();'])('is not certain about a delivery that is otherwise made at once: %s', (body) => {
    expectNothingCertain(wire(body));
  });

  it.each(['setTimeout(go, lag); //! certain no-untracked-timer setTimeout', 'if (lag) setTimeout(go, lag); //! certain no-untracked-timer setTimeout', 'if (lag) setTimeout(() => out.put(go()), lag); else out.skip(); //! certain no-untracked-timer setTimeout'])('still is certain where it is made by the timer alone: %s', (body) => {
    expectFindings(wire(body).replaceAll('link.close()', 'out.drop()'));
  });
});

describe('no-untracked-timer: what a module runs once', () => {
  it('is not certain about an interval in the continuations that the module starts', () => {
    expectNothingCertain(`
const broker = new Broker();
broker.start()
  .then(() => broker.waitFor('perf'))
  .then(() => {
    setTimeout(() => {
      work();
      setInterval(() => { console.log(broker.count); }, 1000);
    }, 1000);
  });
`);
  });

  it('still reports one in the continuation of a function that others call', () => {
    expectFindings(`
export function measure(broker) {
  broker.start().then(() => {
    setInterval(() => { console.log(broker.count); }, 1000); //! certain no-untracked-timer setInterval
  });
}
`);
  });

  const service = (before: string, after = '') => `
const broker = new Broker();
${before}
  name: 'pinger',
  started() {
    this.n = 0;
    setInterval(() => broker.emit('ping', { n: this.n++ }), 5000);
  },
${after}
`;

  it('is not certain about a hook of an object that the module hands to a call, and exports nothing', () => {
    expectNothingCertain(service('broker.createService({', '});'));
  });

  it.each([
    ['is exported', 'module.exports = {', '};'],
    ['is handed over once for each call', 'export const add = () => broker.createService({', '});'],
    ['is handed over in a loop', 'for (const node of nodes) broker.createService({', '});'],
  ])('still is certain if the object %s', (_, before, after) => {
    expectFindings(service(before, after).replace('5000);', '5000); //! certain no-untracked-timer setInterval'));
  });
});

describe('no-untracked-timer: the end of a process', () => {
  it('is not certain about a race behind which every way ends the process through a field', () => {
    expectNothingCertain(`
export class Stopper {
  constructor(wind, quit) {
    this.wind = wind;
    this.quit = quit ?? ((code) => process.exit(code));
  }
  async onSignal() {
    try {
      await Promise.race([this.wind(), new Promise((_, reject) => { setTimeout(() => reject(new Error('slow')), 10_000); })]);
      this.quit(0);
    } catch {
      this.quit(1);
    }
  }
}
`);
  });

  it('still reports such a race where the field only reports', () => {
    expectFindings(`
export class Stopper {
  constructor(wind, quit) {
    this.wind = wind;
    this.quit = quit ?? ((code) => console.log(code));
  }
  async onSignal() {
    try {
      await Promise.race([this.wind(), new Promise((_, reject) => { setTimeout(() => reject(new Error('slow')), 10_000); })]); //! certain no-untracked-timer setTimeout
      this.quit(0);
    } catch {
      this.quit(1);
    }
  }
}
`);
  });

  it('is not certain about a watchdog that ends the process through a method', () => {
    expectNothingCertain(`
export default class Watchdog {
  static every = 30_000;
  static start(queue) {
    const timer = setInterval(() => { if (queue.isDead()) this.exit(); }, this.every);
    timer.unref();
  }
  static exit() {
    process.exit(1);
  }
}
`);
  });

  it('names the function of a local handle, not its class', () => {
    expect(verdictsOf(`
export class Watch {
  static start(queue) {
    const timer = setInterval(() => queue.check(), 1000);
  }
}
`).map(({ owner, symbol }) => [owner, symbol])).toEqual([['start()', 'timer']]);
  });
});

describe('no-untracked-timer: endings that wait for the timer, or are the timer', () => {
  it('is not certain about a teardown that comes only when the timer has fired', () => {
    expectNothingCertain(`
class Gate {
  static quiet = false;
  static hit = () => {
    if (this.quiet) return;
    this.quiet = true;
    setTimeout(() => { this.quiet = false; if (this.isIdle()) this._uninstall(); }, 1000);
  };
  static isIdle() { return true; }
  static _uninstall() { process.off('SIGHUP', this.hit); }
  static leave() { if (!this.quiet && this.isIdle()) this._uninstall(); }
}
`);
  });

  it('still reports one that others call whatever the flag', () => {
    expectFindings(`
class Gate {
  static quiet = false;
  static hit = () => {
    if (this.quiet) return;
    this.quiet = true;
    setTimeout(() => { this.quiet = false; if (this.isIdle()) this._uninstall(); }, 10_000); //! certain no-untracked-timer setTimeout
  };
  static isIdle() { return true; }
  static _uninstall() { process.off('SIGHUP', this.hit); }
  static leave() { if (this.isIdle()) this._uninstall(); }
}
`);
  });

  it('is less sure of a function that the object was given, called without it', () => {
    expectFindings(`
export class Api extends Part {
  async stop() { await super.stop(); }
  async restart(message) {
    setTimeout(this.restartProcess, 500); //! likely no-untracked-timer setTimeout
    return reply(message);
  }
}
`);
  });

  it('still is certain about a method of the class', () => {
    expectFindings(`
export class Api extends Part {
  async stop() { await super.stop(); }
  async restart(message) {
    setTimeout(() => this.connect(), 500); //! certain no-untracked-timer setTimeout
    return reply(message);
  }
  connect() { this.socket = open(); }
}
`);
  });

  const loop = (test: string) => `
export function tail(source, take) {
  let stopped = false;
  let cursor = source.open();
  defer(async function loop() {
    let item = null;
    while (true) {
      ${test}
      item = await cursor.next();
      if (item) take(item);
      else { cursor = source.open(); setTimeout(loop, 100); break; }
    }
  });
  return { stop() { stopped = true; cursor.close(); } };
}
`;

  it('is not certain about a loop that first asks for what the teardown sets', () => {
    expectNothingCertain(loop('if (stopped) return;'));
  });

  it('still is certain about a loop that asks for nothing', () => {
    expectFindings(loop('').replace('break; }', 'break; } //! certain no-untracked-timer setTimeout'));
  });
});

describe('no-untracked-timer: whose entry a callback deletes', () => {
  const cache = (callback: string, more = ''): string => `
export class Presence {
  private readonly seen = new Map<string, number>();
  note(id, ids) {
    this.seen.set(id, Date.now());
    setTimeout(() => { ${callback} }, 60_000);
  }
  leave(id) { this.seen.delete(id); }
  ${more}
}
`;
  const reasons = (code: string): string[] => verdictsOf(code).flatMap((verdict) => verdict.reasons.map((reason) => reason.code));

  it.each([
    ['for…of', cache('for (const [id, at] of this.seen) if (at < Date.now() - 60_000) this.seen.delete(id);')],
    ['forEach', cache('this.seen.forEach((at, id) => { if (at < Date.now() - 60_000) this.seen.delete(id); });')],
    ['a helper that sweeps', cache('this.sweep();', 'sweep() { for (const [id, at] of this.seen) if (at < Date.now()) this.seen.delete(id); }')],
    ['a helper for each entry', cache('for (const id of this.seen.keys()) this.drop(id);', 'drop(id) { this.seen.delete(id); }')],
  ])('does not take a sweep for the end of one entry: %s', (_, code) => {
    expect(reasons(code)).not.toContain('deleted-while-pending');
  });

  it.each([
    ['the key that the timer was set for', cache('this.seen.delete(id);')],
    ['that key, in a helper', cache('this.drop(id);', 'drop(id) { this.seen.delete(id); }')],
    ['that key, beside a loop over other things', cache('for (const one of ids) one.stop(); this.seen.delete(id);')],
    ['the key of a loop that sets a timer in each round', cache('').replace(/setTimeout.*/, 'for (const one of ids) setTimeout(() => { this.seen.delete(one); }, 60_000);')],
  ])('still takes for one %s', (_, code) => {
    expect(reasons(code)).toContain('deleted-while-pending');
  });
});

describe('no-untracked-timer: a deadline of a promise that is kept', () => {
  const bus = (executor: string, kept = 'this.whenReady = '): string => `
export class Bus {
  constructor(ms, channel) {
    this.channel = channel;
    ${kept}new Promise((resolve, reject) => { ${executor} });
  }
  beat() { this.channel.send(); }
  disconnect() { this.channel.close(); }
}
`;
  it.each([
    ['by the function that the promise gives away', 'this.markReady = () => { this.ready = true; resolve(); }; setTimeout(() => this.markReady(), ms);'],
    ['by resolve, given away as it is', 'this.markReady = resolve; setTimeout(() => { this.markReady(); }, ms);'],
    ['by resolve itself', 'this.channel.on("open", resolve); setTimeout(() => { this.ready = true; resolve(); }, ms); this.beat();'],
  ])('is not certain where the timer settles it %s', (_, executor) => { expectNothingCertain(bus(executor)); });

  it.each([
    ['settles nothing', bus('this.channel.on("open", resolve); this.beat(); setTimeout(() => this.beat(), ms); //! certain no-untracked-timer setTimeout\n')],
    ['calls what settles another promise', bus('this.channel.on("open", resolve); this.beat(); setTimeout(() => this.markReady(), ms); //! certain no-untracked-timer setTimeout\n')],
    ['repeats', bus('this.markReady = resolve; setInterval(() => this.markReady(), ms); //! certain no-untracked-timer setInterval\n')],
    ['settles one that nobody keeps', bus('this.markReady = resolve; this.beat(); setTimeout(() => this.markReady(), ms); //! certain no-untracked-timer setTimeout\n', '')],
  ])('still is certain where it %s', (_, code) => { expectFindings(code); });
});

describe('no-untracked-timer: a timer that a state refreshes', () => {
  const session = (leave: string, outcome: string, clear = 'clearInterval(this.beat);', more = ''): string => `
export class Session extends Emitter {
  private beat; private retry;
  constructor(room) { super(); this.room = room; room.on('state', this.onState); }
  private onState = () => { this.refresh(); };
  private refresh() {
    ${clear}
    if (this.room.state === 'in') this.beat = setInterval(() => this.send(), 1000); //! ${outcome} no-untracked-timer beat
  }
  again() { clearTimeout(this.retry); this.retry = setTimeout(() => this.send(), this.wait); }
  private dispose() { clearTimeout(this.retry); }
  leave() { this.dispose(); ${leave} }
  ${more}
}
`;
  it('is not certain where the caller of a private ending changes the state', () => {
    expectFindings(session("this.room.state = 'out';", 'likely'));
  });

  it.each([
    ['no caller changes it', session('', 'certain')],
    ['one caller does not', session("this.room.state = 'out';", 'certain', undefined, 'terminate() { this.dispose(); }')],
    ['anybody may call the ending', session("this.room.state = 'out';", 'certain').replace('private dispose', 'dispose')],
    ['another state is changed', session("this.room.name = '';", 'certain')],
  ])('still is certain where %s', (_, code) => { expectFindings(code); });
});

describe('no-untracked-timer, T8: a guard behind the note that the timer has fired', () => {
  const link = (fired: string, outcome: string): string => `
export class Link {
  open() { this.status = setTimeout(() => this.show(), this.wait); this.lost(); }
  lost() { this.retry = setTimeout(() => { ${fired} }, this.wait); } //! ${outcome} no-untracked-timer retry
  cancel() { clearTimeout(this.retry); }
  disconnect() { clearTimeout(this.status); this.closed = true; }
}
`;
  it.each(['this.retry = null;', 'this.retry = undefined;', ''])('is not certain about "%s" and a guard', (note) => {
    expectFindings(link(`${note} if (this.closed) return; this.open();`, 'likely'));
  });

  it.each(['this.retry = null; this.open();', 'this.open(); if (this.closed) return; this.show();', 'this.tries = this.tries + 1; if (this.closed) return; this.open();'])('still is certain about %s', (fired) => {
    expectFindings(link(fired, 'certain'));
  });
});

describe('no-untracked-timer, T10: the only object of a class', () => {
  const CLOCK = `
class Clock {
  constructor() {
    this.tick();
    setInterval(() => this.tick(), 1000);
  }
  tick() {}
  stop() {
    this.stopped = true;
  }
}`;

  it('is not certain where the module makes the only one', () => {
    expectNothingCertain(`${CLOCK}
export default new Clock();
`);
  });

  it.each([
    ['the class is exported', 'export { Clock }; export const clock = new Clock();'],
    ['a function makes one for each call', 'export const open = () => new Clock();'],
    ['the module makes two', 'export const clocks = [new Clock(), new Clock()];'],
  ])('is certain where %s', (_what, use) => {
    expect(findingsOf(`${CLOCK}\n${use}\n`)).toEqual(['certain no-untracked-timer setInterval:4']);
  });
});

describe('no-untracked-timer: a time-out between two lives of its owner', () => {
  it('is silent about a start that waits for the stop just before it', () => {
    expectSilent(`
export class Station {
  reload() {
    this.stop();
    setTimeout(() => this.start(), 1000);
  }
  start() { this.link.open(); }
  stop() { this.link.close(); }
}
`);
  });

  it('is not certain where the owner clears another timer', () => {
    expectNothingCertain(`
export class Station {
  reload() {
    this.stop();
    setTimeout(() => this.start(), 10000);
  }
  start() { this.beat = setTimeout(() => this.link.send('beat'), 60000); }
  stop() { clearTimeout(this.beat); }
}
`);
  });

  it('still is certain about another end, which may come while it waits', () => {
    expectFindings(`
export class Station {
  failed() {
    this.disconnect();
    setTimeout(() => this.link.open(), 10000); //! certain no-untracked-timer setTimeout
  }
  disconnect() { this.link.close(); }
  dispose() { this.link.destroy(); this.link = undefined; }
}
`);
  });

  it('still is certain about an interval, and about a time-out that sets itself anew', () => {
    expectFindings(`
export class Station {
  start() {
    this.stop();
    setInterval(() => this.link.send('beat'), 10000); //! certain no-untracked-timer setInterval
  }
  stop() { this.link.close(); }
}
`);
    expectFindings(`
export class Station {
  poll() {
    this.stop();
    setTimeout(() => this.poll(), 10000); //! certain no-untracked-timer setTimeout
  }
  stop() { this.link.close(); }
}
`);
  });

  it('still is certain where the stop comes after it', () => {
    expectFindings(`
export class Station {
  reload() {
    setTimeout(() => this.link.open(), 10000); //! certain no-untracked-timer setTimeout
    this.stop();
  }
  stop() { this.link.close(); }
}
`);
  });
});

describe('no-untracked-timer: a time-out that is the last step of an end', () => {
  it('is not certain where the callback calls the teardown', () => {
    expectNothingCertain(`
export class Hall {
  shutdown(wait, done) {
    this.closeDoors();
    setTimeout(async () => {
      await this.lights.off();
      this.lights.leave(() => {
        this.dispose();
        done();
      });
    }, wait);
  }
  closeDoors() { this.doors.close(); }
  dispose() { this.lights = undefined; }
}
`);
  });

  it('still is certain where it is no end that starts it', () => {
    expectFindings(`
export class Hall {
  enter(guest) {
    this.guest = guest;
    setTimeout(() => this.dispose(), 60000); //! certain no-untracked-timer setTimeout
  }
  dispose() { this.guest = undefined; }
}
`);
  });

  it('still is certain where its callback does something else', () => {
    expectFindings(`
export class Hall {
  shutdown() {
    this.doors.close();
    setTimeout(() => this.lights.dim(), 60000); //! certain no-untracked-timer setTimeout
  }
  dispose() { this.lights = undefined; }
}
`);
  });
});

describe('no-untracked-timer: what one object never does together', () => {
  const cooldown = (first: string, otherwise: string): string => `
export class Gate {
  constructor(options) {
    this.restarts = options.restarts === true;
    this.waiting = new Set();
    this.timers = new Map();
  }
  pass(memberId) {
    if (${first}) {
      clearTimeout(this.timers.get(memberId));
      this.timers.set(memberId, setTimeout(() => { this.waiting.delete(memberId); this.timers.delete(memberId); }, this.pause));
    }
    this.waiting.add(memberId);
    ${otherwise} setTimeout(() => { this.waiting.delete(memberId); }, this.pause);
  }
}
`;
  it('is not certain of the deletion in the arm for objects of the other kind', () => {
    expectNothingCertain(cooldown('this.restarts', 'if (!this.restarts)'));
  });

  it.each([
    ['the field is set again', ['this.restarts', 'if (!this.restarts)'], '  pass(', '  change(on) { this.restarts = on; }\n  pass('],
    ['the test is another one', ['this.restarts', 'if (!this.quiet)'], '', ''],
    ['both stand in the same arm', ['this.restarts', 'if (this.restarts)'], '', ''],
  ] as const)('still is certain if %s', (_, [first, otherwise], from, to) => {
    expect(verdictsOf(cooldown(first, otherwise).replace(from, to)).map(({ outcome }) => outcome)).toContain('certain');
  });
});
