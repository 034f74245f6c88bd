import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf } = checksFor('no-untracked-timer');

describe('no-untracked-timer: releases within the owner', () => {
  it('sees a release in another method', () => {
    expectSilent(`
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000);
  }
  stop() {
    clearInterval(this.timer);
  }
}
`);
  });

  it('takes clearTimeout for an interval and clearInterval for a time-out', () => {
    expectSilent(`
export class Poller {
  start(ms) {
    this.poller = setInterval(() => this.poll(), 1000);
    this.deadline = setTimeout(() => this.giveUp(), ms);
  }
  stop() {
    clearTimeout(this.poller);
    window.clearInterval(this.deadline);
  }
}
`);
  });

  it('sees a release by an imported clearTimeout', () => {
    expectSilent(`
import { setTimeout, clearTimeout as cancel } from 'node:timers';
export class Poller {
  start(ms) {
    this.deadline = setTimeout(() => this.giveUp(), ms);
  }
  stop() {
    cancel(this.deadline);
  }
}
`);
  });

  it.each([
    ['close()', 'this.timer?.close();'],
    ['[Symbol.dispose]()', 'this.timer?.[Symbol.dispose]();'],
    ['an optional call', 'this.timer && clearInterval(this.timer);'],
    ['a cast', 'clearInterval(this.timer as unknown as number);'],
    ['a non-null assertion', 'clearInterval(this.timer!);'],
    ['a comma expression', 'clearInterval(this.timer), (this.timer = undefined);'],
    ['a using-like guard', 'if (this.timer !== undefined) { clearInterval(this.timer); this.timer = undefined; }'],
    ['an alias', 'const timer = this.timer; if (timer) clearInterval(timer);'],
    ['a destructured alias', 'const { timer } = this; clearInterval(timer);'],
    ['a renaming destructured alias', 'const { timer: pending } = this; clearInterval(pending);'],
    ['a destructured alias with a default', 'const { timer = undefined } = this; clearInterval(timer);'],
    ['an alias that is assigned later', 'let timer; timer = this.timer; clearInterval(timer);'],
    ['const self = this', 'const self = this; clearInterval(self.timer);'],
    ['a helper that is given the handle', 'cancel(this.timer);'],
    ['a swap', '[this.timer, this.old].forEach(clearInterval);'],
    ['for…of over a list of handles', 'for (const handle of [this.timer]) clearInterval(handle);'],
  ])('sees a release through %s', (_what, statement) => {
    expectSilent(`
function cancel(handle: NodeJS.Timeout | undefined) {
  if (handle) clearInterval(handle);
}
export class Poller {
  private timer?: NodeJS.Timeout;
  private old?: NodeJS.Timeout;
  start() {
    this.timer = setInterval(() => this.poll(), 1000);
  }
  stop() {
    ${statement}
  }
}
`);
  });

  it('sees a release through a chain of helpers', () => {
    expectSilent(`
export class Poller {
  #timer?: NodeJS.Timeout;
  start() {
    this.#timer = setInterval(() => this.poll(), 1000);
  }
  stop() {
    this.#reset();
  }
  #reset() {
    this.#clear();
  }
  #clear() {
    cancel(this.#timer);
  }
}
function cancel(handle: NodeJS.Timeout | undefined) {
  if (handle) clearInterval(handle);
}
`);
  });

  it('sees a release in the method of a super class', () => {
    expectSilent(`
class Stoppable {
  stop() {
    clearInterval(this.timer);
  }
}
export class Poller extends Stoppable {
  start() {
    this.timer = setInterval(() => this.poll(), 1000);
  }
}
`);
  });

  it('sees a release in the method of a subclass', () => {
    expectSilent(`
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000);
  }
}
export class StoppablePoller extends Poller {
  stop() {
    clearInterval(this.timer);
  }
}
`);
  });

  it('sees the release of a handle in a static field', () => {
    expectSilent(`
export class Registry {
  static #sweeper?: NodeJS.Timeout;
  static start() {
    this.#sweeper = setInterval(() => Registry.sweep(), 60_000);
  }
  static stop() {
    clearInterval(Registry.#sweeper);
  }
}
`);
  });

  it('sees the release of a handle under a symbol', () => {
    expectSilent(`
const kTimer = Symbol('timer');
export class Poller {
  start() {
    this[kTimer] = setInterval(() => this.poll(), 1000);
  }
  close() {
    clearInterval(this[kTimer]);
  }
}
`);
  });

  it('sees the release of a handle in a prototype method', () => {
    expectSilent(`
function Poller() {}
Poller.prototype.start = function () {
  this.timer = setInterval(this.poll.bind(this), 1000);
};
Poller.prototype.stop = function () {
  clearInterval(this.timer);
};
module.exports = Poller;
`, 'lib/poller.js');
  });

  it('sees the release of a closure variable by the object that a factory returns', () => {
    expectSilent(`
export function createPoller(source) {
  let timer;
  return {
    start() {
      timer = setInterval(() => source.read(), 1000);
    },
    stop: () => clearInterval(timer),
  };
}
`);
  });

  it('sees the release in a clean-up that an effect returns', () => {
    expectSilent(`
export function Clock({ onTick }) {
  useEffect(() => {
    const timer = setInterval(onTick, 1000);
    return () => clearInterval(timer);
  }, [onTick]);
  return <time />;
}
`, 'src/clock.tsx');
  });

  it('sees the release of a React ref, and that no clean-up of the component has one', () => {
    expectFindings(`
export function Search({ onSearch }) {
  const timer = useRef(null);
  const search = (text) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text), 6000); //! likely no-untracked-timer current
  };
  return <input onChange={(event) => search(event.target.value)} />;
}
`, 'src/search.tsx');
    expectSilent(`
export function Search({ onSearch }) {
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text), 6000);
  };
  return <input onChange={(event) => search(event.target.value)} />;
}
`, 'src/search.tsx');
  });

  it('sees a release inside a registered undo closure', () => {
    expectSilent(`
export class Poller extends Disposable {
  constructor() {
    super();
    this.timer = setInterval(() => this.poll(), 1000);
    this._register(toDisposable(() => clearInterval(this.timer)));
  }
}
`);
  });

  it('sees a timer that ends itself', () => {
    expectSilent(`
export function poll(job, done) {
  const timer = setInterval(() => {
    if (job.finished) {
      clearInterval(timer);
      done();
    }
  }, 1000);
}
`);
  });
});

describe('no-untracked-timer: releases of handles that are entries', () => {
  const start = '    this.timers.set(id, setTimeout(() => this.expire(id), ms));';

  it.each([
    ['get()', 'const timer = this.timers.get(id); if (timer) clearTimeout(timer); this.timers.delete(id);'],
    ['an inline get()', 'clearTimeout(this.timers.get(id));'],
    ['for…of over values()', 'for (const timer of this.timers.values()) clearTimeout(timer);'],
    ['for…of over the Map', 'for (const [, timer] of this.timers) clearTimeout(timer);'],
    ['for…of over entries()', 'for (const [key, timer] of this.timers.entries()) { clearTimeout(timer); this.timers.delete(key); }'],
    ['forEach', 'this.timers.forEach((timer) => clearTimeout(timer));'],
    ['forEach with the function itself', 'this.timers.forEach(clearTimeout);'],
    ['a spread', '[...this.timers.values()].forEach((timer) => clearTimeout(timer));'],
    ['a spread with the function itself', '[...this.timers.values()].map(clearTimeout);'],
    ['Array.from', 'for (const timer of Array.from(this.timers.values())) clearTimeout(timer);'],
    ['the keys', 'for (const key of this.timers.keys()) clearTimeout(this.timers.get(key));'],
    ['an alias of the Map', 'const { timers } = this; timers.forEach((timer) => clearTimeout(timer));'],
    ['a helper that is given the Map', 'clearAll(this.timers);'],
  ])('sees a handle in a Map that is cleared through %s', (_what, statement) => {
    expectSilent(`
function clearAll(timers) {
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
}
export class Leases {
  timers = new Map();
  grant(id, ms) {
${start}
  }
  end(id) {
    ${statement}
    this.timers.clear();
  }
}
`);
  });

  it.each([
    ['Object.values', 'Object.values(this.timers).forEach(clearTimeout);'],
    ['for…of over Object.values', 'for (const timer of Object.values(this.timers)) clearTimeout(timer);'],
    ['for…of over Object.entries', 'for (const [id, timer] of Object.entries(this.timers)) { clearTimeout(timer); delete this.timers[id]; }'],
    ['for…in', 'for (const id in this.timers) clearTimeout(this.timers[id]);'],
    ['a computed member', 'clearTimeout(this.timers[id]); delete this.timers[id];'],
  ])('sees a handle in a dictionary that is cleared through %s', (_what, statement) => {
    expectSilent(`
export class Leases {
  timers = {};
  grant(id, ms) {
    this.timers[id] = setTimeout(() => this.expire(id), ms);
  }
  end(id) {
    ${statement}
    this.timers = {};
  }
}
`);
  });

  it.each([
    ['for…of', 'for (const timer of this.timers) clearTimeout(timer);'],
    ['an index loop', 'for (let i = 0; i < this.timers.length; i++) clearTimeout(this.timers[i]);'],
    ['pop()', 'let timer; while ((timer = this.timers.pop())) clearTimeout(timer);'],
    ['splice', 'for (const timer of this.timers.splice(0)) clearTimeout(timer);'],
    ['forEach', 'this.timers.forEach((timer) => { clearTimeout(timer); });'],
  ])('sees a handle in an array that is cleared through %s', (_what, statement) => {
    expectSilent(`
export class Leases {
  timers = [];
  grant(id, ms) {
    this.timers.push(setTimeout(() => this.expire(id), ms));
  }
  end() {
    ${statement}
    this.timers.length = 0;
  }
}
`);
  });

  it('sees a handle in a Set that is cleared', () => {
    expectSilent(`
const pending = new Set();
export function later(job, ms) {
  const timer = setTimeout(() => {
    pending.delete(timer);
    job();
  }, ms);
  pending.add(timer);
}
export function stop() {
  for (const timer of pending) clearTimeout(timer);
  pending.clear();
}
`);
  });

  it('sees a handle in a value object that is cleared through get()', () => {
    expectSilent(`
export class Requests {
  private readonly pending = new Map();
  send(id, ms) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(id), ms);
      this.pending.set(id, { resolve, reject, timer });
    });
  }
  fail(id) {
    const entry = this.pending.get(id);
    this.pending.delete(id);
    entry.reject(new Error('late'));
  }
  receive(id, answer) {
    const entry = this.pending.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    this.pending.delete(id);
    entry.resolve(answer);
  }
}
`);
  });

  it('sees a handle in a value object that is cleared through destructuring', () => {
    expectSilent(`
const pending = new Map();
export function send(id, ms) {
  pending.set(id, { since: Date.now(), timer: setTimeout(() => pending.delete(id), ms) });
}
export function receive(id) {
  const { timer } = pending.get(id);
  clearTimeout(timer);
  pending.delete(id);
}
`);
  });

  it('sees a handle in a value object that is cleared in a loop over entries', () => {
    expectSilent(`
const pending = new Map();
export function send(id, ms) {
  pending.set(id, { timer: setTimeout(() => pending.delete(id), ms) });
}
export function stop() {
  for (const [id, { timer }] of pending) {
    clearTimeout(timer);
    pending.delete(id);
  }
}
`);
  });

  it('sees a handle on a session object that is stored in a Map', () => {
    expectSilent(`
export class Desk {
  private readonly sessions = new Map();
  open(id, ms) {
    const session = { id, timer: undefined };
    session.timer = setTimeout(() => this.close(id), ms);
    this.sessions.set(id, session);
  }
  close(id) {
    const session = this.sessions.get(id);
    clearTimeout(session.timer);
    this.sessions.delete(id);
  }
}
`);
  });

  it('sees a handle on a session that a function is given', () => {
    expectSilent(`
function arm(session, ms) {
  session.timer = setTimeout(() => session.close(), ms);
}
function disarm(session) {
  clearTimeout(session.timer);
}
export { arm, disarm };
`);
  });

  it('sees a handle deep in an object literal', () => {
    expectSilent(`
export class Link {
  start() {
    this.state = { ping: { interval: setInterval(() => this.ping(), 1000) } };
  }
  stop() {
    clearInterval(this.state.ping.interval);
  }
}
`);
  });

  it('reports handles on session objects that nothing clears', () => {
    expectFindings(`
export class Desk {
  private readonly sessions = new Map();
  open(id, ms) {
    const session = { id, timer: undefined };
    session.timer = setTimeout(() => this.close(id), ms); //! certain no-untracked-timer timer
    this.sessions.set(id, session);
  }
  close(id) {
    this.sessions.delete(id);
  }
  dispose() {
    this.sessions.clear();
  }
}
`);
  });

  it('reports handles in value objects that nothing clears', () => {
    expectFindings(`
export class Requests {
  private readonly pending = new Map();
  send(id, ms) {
    this.pending.set(id, { since: Date.now(), timer: setTimeout(() => this.pending.delete(id), ms) }); //! certain no-untracked-timer timer
  }
  receive(id) {
    this.pending.delete(id);
  }
}
`);
  });
});

describe('no-untracked-timer: handles that go elsewhere', () => {
  it.each([
    ['is returned', 'return setTimeout(() => this.tick(), ms);'],
    ['is returned through a variable', 'const timer = setTimeout(() => this.tick(), ms); return timer;'],
    ['is returned in an object', 'return { timer: setTimeout(() => this.tick(), ms) };'],
    ['is returned in a disposable', 'const timer = setTimeout(() => this.tick(), ms); return { dispose: () => clearTimeout(timer) };'],
    ['is handed to a tracker', 'tracker.add(setTimeout(() => this.tick(), ms));'],
    ['is handed to a tracker through a variable', 'const timer = setTimeout(() => this.tick(), ms); tracker.track(timer);'],
    ['is pushed to a bag of disposables', 'const timer = setTimeout(() => this.tick(), ms); this.disposables.push({ dispose: () => clearTimeout(timer) });'],
    ['is cleared by a pushed closure', 'const timer = setTimeout(() => this.tick(), ms); this.cleanups.push(() => clearTimeout(timer));'],
    ['is cleared when a signal aborts', "const timer = setTimeout(() => this.tick(), ms); signal.addEventListener('abort', () => clearTimeout(timer));"],
    ['is cleared when the work ends', 'const timer = setTimeout(() => this.tick(), ms); this.work().finally(() => clearTimeout(timer));'],
    ['is cleared in finally', 'const timer = setTimeout(() => this.tick(), ms); try { this.work(); } finally { clearTimeout(timer); }'],
    ['is set under a condition and cleared', 'const timer = ms > 0 ? setTimeout(() => this.tick(), ms) : undefined; this.stop = () => clearTimeout(timer);'],
    ['is assigned to an outer variable', 'current = setTimeout(() => this.tick(), ms);'],
    ['is stored on a session', 'session.ticker = setTimeout(() => this.tick(), ms);'],
  ])('is silent when the handle %s', (_what, statement) => {
    expectSilent(`
import { tracker, signal } from './tracker.js';
let current;
export function reset(session) {
  clearTimeout(current);
  clearTimeout(session.ticker);
}
export class Ticker {
  arm(ms, session) {
    ${statement}
  }
  close() {
    this.disposables.forEach((one) => one.dispose());
  }
}
`);
  });

  it('reports a handle that an event callback returns to nobody', () => {
    expectFindings(`
export class Ticker {
  constructor(source) {
    source.on('change', () => setTimeout(() => this.tick(), this.period)); //! certain no-untracked-timer setTimeout
  }
  close() {}
}
`);
  });

  it('reports a handle that a continuation returns to nobody', () => {
    expectFindings(`
export class Ticker {
  async start() {
    load().then(() => setInterval(() => this.tick(), 1000)); //! certain no-untracked-timer setInterval
  }
  close() {}
}
`);
  });

  it('reports a handle that forEach drops', () => {
    expectFindings(`
export class Ticker {
  start(sources) {
    sources.forEach((source) => setInterval(() => this.read(source), 1000)); //! certain no-untracked-timer setInterval
  }
  close() {}
}
`);
  });

  it('is silent when map collects the handles', () => {
    expectSilent(`
export class Ticker {
  start(sources) {
    this.timers = sources.map((source) => setInterval(() => this.read(source), 1000));
  }
  close() {
    this.timers.forEach((timer) => clearInterval(timer));
  }
}
`);
  });
});

describe('no-untracked-timer: what looks like a release', () => {
  it('reports a timer whose name another object clears', () => {
    expectFindings(`
class Player {
  start() {
    this.timer = setInterval(() => this.advance(), 40);
  }
  stop() {
    clearInterval(this.timer);
  }
}
class Recorder {
  start() {
    this.timer = setInterval(() => this.sample(), 40); //! certain no-untracked-timer timer
  }
  stop() {
    this.device.release();
  }
}
export { Player, Recorder };
`);
  });

  it('reports a local whose name another function clears', () => {
    expectFindings(`
export function once(job) {
  const timer = setTimeout(job, 100);
  return () => clearTimeout(timer);
}
export function every(job) {
  const timer = setInterval(job, 100); //! likely no-untracked-timer timer
  job();
}
`);
  });

  it('reports a field while a local of the same name is cleared', () => {
    expectFindings(`
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
  }
  async once(ms) {
    let timer;
    try {
      await new Promise((resolve) => { timer = setTimeout(resolve, ms); });
    } finally {
      clearTimeout(timer);
    }
  }
  stop() {}
}
`);
  });

  it('reports a timer that a shadowed clearInterval is given', () => {
    expectFindings(`
function clearInterval(label) {
  console.log('not cleared', label);
}
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
  }
  stop() {
    clearInterval(this.timer);
  }
}
`);
  });

  it('reports a timer that a function merely named like a release is given', () => {
    expectFindings(`
function stopTimer(timer) {
  console.log('stopping', timer);
}
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
  }
  stop() {
    stopTimer(this.timer);
  }
}
`);
  });

  it('reports a timer that is only set to null', () => {
    expectFindings(`
export class Poller {
  start() {
    this.timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
  }
  stop() {
    this.timer = null;
  }
}
`);
  });

  it('reports a timer that is only logged and compared', () => {
    expectFindings(`
export class Poller {
  start() {
    if (this.timer === undefined) {
      this.timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
      console.log(this.timer);
    }
  }
  stop() {}
}
`);
  });

  it('reports handles whose Map is only emptied', () => {
    expectFindings(`
export class Leases {
  private readonly timers = new Map();
  grant(id, ms) {
    this.timers.set(id, setTimeout(() => this.expire(id), ms)); //! certain no-untracked-timer timers
  }
  close() {
    this.timers.clear();
  }
}
`);
  });

  it('reports a timer that a method nobody can tell from its neighbour clears', () => {
    expectFindings(`
export class Poller {
  start() {
    this.fast = setInterval(() => this.poll(), 100);
    this.slow = setInterval(() => this.check(), 10_000); //! certain no-untracked-timer slow
  }
  stop() {
    clearInterval(this.fast);
  }
}
`);
  });
});

describe('no-untracked-timer: a collection that only looks handles up', () => {
  it('reports handles in a Set that are taken out but never cleared', () => {
    expectFindings(`
export class Jobs {
  private readonly pending = new Set();
  later(ms) {
    const timeout = setTimeout(() => { //! certain no-untracked-timer pending
      this.pending.delete(timeout);
      this.run();
    }, ms);
    this.pending.add(timeout);
  }
  run() {}
  stop() {
    this.stopped = true;
  }
}
`);
  });
});

describe('no-untracked-timer: handles whose names are written in a list', () => {
  const meter = (stop: string): string => `
export class Meter {
  start() {
    this._ping = setInterval(() => this.ping(), 1000);
    this._sweep = setInterval(() => this.sweep(), 5000);
    this._late = setTimeout(() => this.giveUp(), 60_000);
  }
  ${stop}
}
`;

  it.each([
    ['in the loop', "stop() { for (const name of ['_ping', '_sweep', '_late'] as const) { clearInterval(this[name]); this[name] = undefined; } }"],
    ['in a constant', "stop() { const names = ['_ping', '_sweep', '_late']; for (const name of names) clearTimeout(this[name]); }"],
    ['for each', "stop() { ['_ping', '_sweep', '_late'].forEach((name) => clearTimeout(this[name])); }"],
    ['through a local', "stop() { for (const name of ['_ping', '_sweep', '_late']) { const handle = this[name]; if (handle) clearTimeout(handle); } }"],
    ['as a template over the type of a parameter', "stop() { this.end('ping'); this.end('sweep'); this.end('late'); } end(name: 'ping' | 'sweep' | 'late') { const key = `_${name}` as const; clearTimeout(this[key]); }"],
  ])('sees that they are cleared: %s', (_, stop) => {
    expectSilent(meter(stop), 'meter.ts');
  });

  it('still reports the one that the list does not name', () => {
    expectFindings(`
export class Meter {
  start() {
    this._ping = setInterval(() => this.ping(), 1000);
    this._sweep = setInterval(() => this.sweep(), 5000); //! certain no-untracked-timer _sweep
  }
  stop() { for (const name of ['_ping', '_late']) clearInterval(this[name]); }
}
`);
  });
});

describe('no-untracked-timer: a stop that is no end', () => {
  const player = (controls: string, outcome: string): string => `
export class Player {
  start() {
    setTimeout(() => this.giveUp(), 30_000); //! ${outcome} no-untracked-timer setTimeout
  }
  stop() { this.engine.halt(); this.state = 'stopped'; }
  ${controls}
}
`;

  it('takes a stop beside pause and seek for a control of what is played', () => {
    expectFindings(player('pause() { this.engine.pause(); } seek(at) { this.engine.seek(at); }', 'likely'));
  });

  it('still takes it for an end without them', () => {
    expectFindings(player('', 'certain'));
  });
});

describe('no-untracked-timer: an interval that never starts', () => {
  const cast = (before: string, outcome = ''): string => `
export function cast(name) {
  const socket = open(name);
  ${before}
  setInterval(() => socket.send('here'), 1000);${outcome}
}
`;

  it('stands behind a return', () => {
    expectSilent(cast('return;'));
  });

  it('still is certain behind a return on one way only', () => {
    expectFindings(cast('if (!socket) return;', ' //! certain no-untracked-timer setInterval'));
  });
});

describe('no-untracked-timer: a timer that runs the teardown', () => {
  const bullet = (callback: string): string => `
export class Bullet {
  fire() {
    setTimeout(${callback}, 60_000);
  }
  move() { this.world.place(this); }
  destroy() { this.world.remove(this); }
}
`;

  it('is not certain where the timer is the end', () => {
    expectNothingCertain(bullet('this.destroy.bind(this)'));
  });

  it('still is certain where it does something else to its owner', () => {
    expect(findingsOf(bullet('() => this.move()'))).toEqual(['certain no-untracked-timer setTimeout:3']);
  });
});
