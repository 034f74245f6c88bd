import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, findingsOf, reasonsFor } = checksFor('no-untracked-timer');

/** A connection that is pinged: what clears the interval is what the tests vary. */
const pinged = (body: string, onClose: string, more = ''): string => `
export function serve(peer, rooms) {
  let answered = true;
  let gone = false;
  let turns = 0;
  const pinger = setInterval(() => {
    ${body}
    answered = false;
    peer.ping();
  }, 30_000);
  peer.on('pong', () => { answered = true; });
  peer.on('close', () => { ${onClose} });
  ${more}
}
`;

describe('no-untracked-timer: an interval that only clears itself', () => {
  it('is reported where the end of what it works on does not clear it', () => {
    expect(findingsOf(pinged('if (!answered) { clearInterval(pinger); return; }', 'rooms.leave(peer);'))).toEqual(['certain no-untracked-timer pinger:5']);
    expect(reasonsFor(pinged('if (!answered) { clearInterval(pinger); return; }', 'rooms.leave(peer);'))[0]).toBe('ending-leaves-it');
  });

  it.each([
    ['the ending clears it, too', 'if (!answered) clearInterval(pinger);', 'clearInterval(pinger);'],
    ['a helper of the ending clears it', 'if (!answered) stop();', 'stop();', 'function stop() { clearInterval(pinger); }'],
    ['the callback asks for what the ending sets', 'if (gone) { clearInterval(pinger); return; }', 'gone = true;'],
    ['the callback asks for the state of the emitter', 'if (peer.closed) { clearInterval(pinger); return; }', 'rooms.leave(peer);'],
    ['the callback asks a function, whose answer is unknown', 'if (!rooms.has(peer.id)) { clearInterval(pinger); return; }', 'rooms.leave(peer);'],
    ['it clears itself on its first run', 'clearInterval(pinger);', 'rooms.leave(peer);'],
    ['another listener clears it', 'if (!answered) clearInterval(pinger);', 'rooms.leave(peer);', "rooms.on('empty', () => clearInterval(pinger));"],
  ])('is silent where %s', (_what, body, onClose, more = '') => {
    expectSilent(pinged(body, onClose, more));
  });

  it('is not certain where the runs are counted', () => {
    expect(findingsOf(pinged('if (++turns > 10) { clearInterval(pinger); return; }', 'rooms.leave(peer);'))).toEqual(['likely no-untracked-timer pinger:5']);
  });

  it('is silent where nothing ends beside it', () => {
    expectSilent(`
export function waitFor(condition, resolve, limit) {
  let turns = 0;
  const timer = setInterval(() => {
    if (condition.met || ++turns > limit) { clearInterval(timer); resolve(); }
  }, 50);
}
`);
  });

  it('is likely where the owner has a teardown that cannot reach it', () => {
    expectFindings(`
export class Loader {
  wait(resolve: () => void) {
    const timer = setInterval(() => { //! likely no-untracked-timer timer
      if (this.ready) { clearInterval(timer); resolve(); }
    }, 50);
  }
  destroy() {
    this.view.remove();
  }
}
`);
    expectSilent(`
export class Loader {
  wait(resolve: () => void) {
    const timer = setInterval(() => {
      if (this.ready || this.destroyed) { clearInterval(timer); resolve(); }
    }, 50);
  }
  destroy() {
    this.destroyed = true;
  }
}
`);
  });

  it('is no release of a time-out, which has fired by then', () => {
    expectFindings(`
export class Banner {
  private timer?: NodeJS.Timeout;
  show(period: number) {
    this.timer = setTimeout(() => { //! certain no-untracked-timer timer
      clearTimeout(this.timer);
      this.collapse();
    }, period);
  }
  dispose() {
    this.view.remove();
  }
}
`);
  });

  it('is silent where the callback is a function that others are given, too', () => {
    expectSilent(`
export class Waiters {
  private readonly waiting = [];
  idle(period: number) {
    return new Promise<void>((resolve) => {
      const finish = () => { clearTimeout(timer); this.leave(); resolve(); };
      const timer = setTimeout(finish, period);
      this.waiting.push(finish);
    });
  }
  close() {
    for (const finish of this.waiting) finish();
  }
}
`);
  });
});

describe('no-untracked-timer: cleared on one of two endings', () => {
  const dial = (listeners: string): string => `
import net from 'node:net';
export function dial(options, done) {
  const socket = net.connect(options);
  const patience = options.patience ? setTimeout(() => socket.destroy(), options.patience) : null;
  ${listeners}
  return socket;
}
`;

  it.each([
    ['error', ".once('connect', () => { clearTimeout(patience); done(); }).on('error', (error) => done(error));"],
    ['close', ".once('connect', () => clearTimeout(patience)).on('close', () => done());"],
    ['an aborted start', ".on('ready', () => clearTimeout(patience)).on('abort', () => done());"],
    ['a chain with setters', ".setNoDelay(true).once('connect', () => clearTimeout(patience)).on('error', done.bind(null)).on('close', () => done());"],
  ])('reports that %s leaves it', (_what, chain) => {
    expect(findingsOf(dial(`socket${chain}`))).toEqual(['certain no-untracked-timer patience:4']);
  });

  it.each([
    ['both clear it', "socket.once('connect', () => clearTimeout(patience)).on('error', () => clearTimeout(patience));"],
    ['the end that follows on every failure clears it', "socket.on('error', (error) => done(error)).on('close', () => clearTimeout(patience)).once('connect', () => clearTimeout(patience));"],
    ['both run one helper', "const settle = () => clearTimeout(patience); socket.once('connect', settle).on('error', () => { settle(); done(); });"],
    ['the failure is another emitter’s', "socket.once('connect', () => clearTimeout(patience)); options.log.on('error', () => done());"],
    ['the success is the end of something itself', "socket.on('leave', () => clearTimeout(patience)); socket.on('error', () => done());"],
    ['a continuation clears it whatever happens', "socket.once('connect', () => clearTimeout(patience)).on('error', done); options.ready.finally(() => clearTimeout(patience));"],
  ])('is silent where %s', (_what, listeners) => {
    expectSilent(dial(listeners));
  });

  it('is told apart by what the handlers do, not by how they are written', () => {
    expectFindings(`
export function open(url, done) {
  const socket = new WebSocket(url);
  const patience = setTimeout(onLate, 30_000); //! certain no-untracked-timer patience
  function onLate() { socket.close(); }
  socket.onopen = () => { clearTimeout(patience); done(); };
  socket.onerror = (error) => done(error);
}
`);
    expectFindings(`
export function open(url, done) {
  const socket = new WebSocket(url);
  const settle = () => clearTimeout(patience);
  const patience = setTimeout(() => socket.close(), 30_000); //! certain no-untracked-timer patience
  socket.addEventListener('open', settle);
  socket.addEventListener('error', (error) => done(error));
}
`);
  });

  it('is not certain about a short time-out', () => {
    expectNothingCertain(`
export function open(url, done) {
  const socket = new WebSocket(url);
  const patience = setTimeout(() => socket.close(), 2_000);
  socket.onopen = () => clearTimeout(patience);
  socket.onerror = (error) => done(error);
}
`);
  });

  it('is silent about a retry that the end itself starts', () => {
    expectSilent(`
let retry;
export function connect(url) {
  const socket = new WebSocket(url);
  socket.onopen = () => clearTimeout(retry);
  socket.onclose = () => { retry = setTimeout(() => connect(url), 10_000); };
}
`);
  });

  it('reports a limit on something that may end before, kept where nothing clears it', () => {
    expectFindings(`
export function run(command, options) {
  const child = command.spawn();
  let limit;
  if (options.limit) limit = setTimeout(() => child.kill(), options.limit * 1000); //! certain no-untracked-timer limit
  child.on('exit', () => options.done());
}
`);
  });
});

describe('no-untracked-timer: taken away by a framework', () => {
  const component = (heritage: string, members: string, prelude = "import * as React from 'react';\nimport { Component, PureComponent } from 'react';"): string => `
${prelude}
export class Notice extends ${heritage} {
  private hideTimer: number | null = null;
  show() {
    if (this.hideTimer !== null) window.clearTimeout(this.hideTimer);
    this.hideTimer = window.setTimeout(this.hide, this.props.period);
  }
  private hide = () => {
    this.setState({ visible: false });
  };
  ${members}
}
`;

  it.each(['Component', 'PureComponent', 'React.Component', 'React.PureComponent'])('reports a timer of a %s that no unmounting stops', (heritage) => {
    expect(findingsOf(component(heritage, ''))).toEqual(['certain no-untracked-timer hideTimer:7']);
  });

  it('reports a hook that clears something else', () => {
    expect(findingsOf(component('React.Component', 'componentWillUnmount() { this.subscription.dispose(); }'))).toEqual(['certain no-untracked-timer hideTimer:7']);
  });

  it.each([
    ['the hook clears it', 'React.Component', 'componentWillUnmount() { window.clearTimeout(this.hideTimer); }'],
    ['a helper of the hook clears it', 'React.Component', 'componentWillUnmount() { this.stop(); } private stop() { clearTimeout(this.hideTimer); }'],
    ['the hook runs what the file does not show', 'React.Component', 'componentWillUnmount() { this.release(); } private release = makeRelease(this.stop); private stop() { clearTimeout(this.hideTimer); }'],
    ['it is a class of the file that only has the name', 'Component', '', 'class Component {}'],
    ['it is a component of something else', 'Component', '', "import { Component } from './ecs.js';"],
  ])('is silent where %s', (_what, heritage, members, prelude?: string) => {
    expectSilent(component(heritage, members, prelude));
  });

  it('takes no unmounting for the end of a callback that only reads what it was given', () => {
    expectNothingCertain(`
import * as React from 'react';
export class Row extends React.Component {
  private choose = () => {
    setTimeout(() => this.props.onChosen(this.props.row), this.props.wait);
  };
}
`);
  });

  it('reports a custom element and a directive', () => {
    expectFindings(`
class Spinner extends HTMLElement {
  connectedCallback() {
    if (this.timer) clearInterval(this.timer);
    this.timer = setInterval(() => this.turn(), 100); //! likely no-untracked-timer timer
  }
}
customElements.define('x-spinner', Spinner);
`);
    expectFindings(`
import { Component } from '@angular/core';
@Component({ selector: 'x-clock' })
export class Clock {
  private timer: number;
  show() {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.turn(), 100); //! certain no-untracked-timer timer
  }
}
`);
    expectSilent(`
import { Component } from '@angular/core';
@Component({ selector: 'x-clock' })
export class Clock {
  private timer: number;
  show() {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.turn(), 100);
  }
  ngOnDestroy() {
    clearInterval(this.timer);
  }
}
`);
  });

  it('reports a component of options, whose methods are one object with its hooks', () => {
    const options = (end: string): string => `
export default {
  data() { return { now: 0 }; },
  mounted() {
    clearInterval(this.timer);
    this.timer = setInterval(() => { this.now = Date.now(); }, 1000);
  },
  ${end}
};
`;
    expect(findingsOf(options(''))).toEqual(['certain no-untracked-timer timer:5']);
    expectSilent(options('beforeUnmount() { clearInterval(this.timer); },'));
    expectSilent(`
export default {
  data() { return { now: 0 }; },
  mounted() {
    this.timer = setInterval(() => { this.now = Date.now(); }, 1000);
  },
  methods: { stop() { clearInterval(this.timer); } },
  beforeUnmount() { this.stop(); },
};
`);
  });

  const effect = (body: string, prelude = "import { useEffect, useRef, useState } from 'react';"): string => `
${prelude}
export function Clock({ period }) {
  const [now, setNow] = useState(0);
  const kept = useRef(null);
  useEffect(() => {
    ${body}
  }, [period]);
  return <time>{now}</time>;
}
`;

  it.each([
    ['an interval without a clean-up', 'setInterval(() => setNow(Date.now()), 1000);', 'setInterval'],
    ['an interval that the clean-up does not clear', 'const timer = setInterval(() => setNow(Date.now()), 1000); return () => setNow(0);', 'timer'],
    ['a long time-out without a clean-up', 'setTimeout(() => setNow(Date.now()), period);', 'setTimeout'],
    ['a poll that starts itself again', 'const poll = () => { setNow(Date.now()); setTimeout(poll, 1000); }; poll();', 'setTimeout'],
    ['a handle that is cleared only before it is set', 'clearTimeout(kept.current); kept.current = setTimeout(() => setNow(Date.now()), period);', 'current'],
  ])('reports %s', (_what, body, symbol) => {
    expect(findingsOf(effect(body), 'src/clock.tsx')).toEqual([`certain no-untracked-timer ${symbol}:6`]);
  });

  it('is not certain about a short time-out', () => {
    expect(findingsOf(effect('setTimeout(() => setNow(Date.now()), 1000);'), 'src/clock.tsx')).toEqual(['likely no-untracked-timer setTimeout:6']);
  });

  it.each([
    ['the clean-up clears it', 'const timer = setInterval(() => setNow(Date.now()), 1000); return () => clearInterval(timer);'],
    ['the clean-up is a function of the file', 'const timer = setInterval(() => setNow(Date.now()), 1000); const stop = () => clearInterval(timer); return stop;'],
    ['the clean-up clears what the poll set last', 'let timer; const poll = () => { timer = setTimeout(poll, 1000); }; poll(); return () => clearTimeout(timer);'],
    ['the effect returns what the file does not show', 'const ends = []; const timer = setTimeout(() => setNow(1), period); ends.push(() => clearTimeout(timer)); return () => ends.forEach((end) => end());'],
    ['the time-out is as short as an animation', 'setTimeout(() => setNow(1), 150);'],
  ])('is silent where %s', (_what, body) => {
    expect(findingsOf(effect(body), 'src/clock.tsx')).toEqual([]);
  });

  it('is not certain about a time-out that touches nothing of the component', () => {
    expect(findingsOf(effect("setTimeout(() => { document.title = 'idle'; }, 60_000);"), 'src/clock.tsx')).toEqual(['likely no-untracked-timer setTimeout:6']);
  });

  it('knows a function that is merely named useEffect', () => {
    expect(findingsOf(effect('setTimeout(() => setNow(Date.now()), 1000);', "import { useRef, useState } from 'react';\nfunction useEffect(run) { run(); }"), 'src/clock.tsx')).toEqual([]);
  });
});

describe('no-untracked-timer: a teardown that forgets one of its timers', () => {
  const player = (close: string): string => `
export class Player {
  #ticker;
  #idle;
  play() {
    this.#ticker = setInterval(() => this.tick(), 1000);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.pause(), this.patience);
  }
  pause() {
    clearTimeout(this.#idle);
    this.paused = true;
  }
  ${close}
}
`;

  it('reports the timer that it forgets', () => {
    expect(findingsOf(player('close() { clearInterval(this.#ticker); }'))).toEqual(['certain no-untracked-timer #idle:7']);
  });

  it.each([
    ['clears both', 'close() { clearInterval(this.#ticker); clearTimeout(this.#idle); }'],
    ['calls what clears the other', 'close() { clearInterval(this.#ticker); this.pause(); }'],
    ['clears them in a loop', 'close() { for (const timer of [this.#ticker, this.#idle]) clearTimeout(timer); }'],
    ['clears them by names of its own', 'close() { const idle = this.#idle; clearInterval(this.#ticker); clearTimeout(idle); }'],
  ])('is silent about one that %s', (_what, close) => {
    expectSilent(player(close));
  });

  it('is silent where the end of a connection clears it', () => {
    expectSilent(`
export class Link {
  open() {
    this.ping = setInterval(() => this.send('ping'), 1000);
    this.grace = setTimeout(() => this.drop(), this.patience);
    this.socket.on('close', () => clearTimeout(this.grace));
  }
  close() {
    clearInterval(this.ping);
    this.socket.close();
  }
}
`);
  });

  it('does not depend on class or factory, names, or the order of members', () => {
    const factory = (clear: string): string => `
exports.makePlayer = function (patience, out) {
  let ticker, idle;
  return {
    close() { clearInterval(ticker); ${clear} },
    pause() { clearTimeout(idle); },
    play() {
      const end = () => out.end();
      ticker = setInterval(() => out.write('.'), 1000);
      clearTimeout(idle);
      idle = setTimeout(() => end(), patience);
    },
  };
};
`;
    expect(findingsOf(factory(''), 'lib/player.js')).toEqual(['certain no-untracked-timer idle:10']);
    expectSilent(factory('clearTimeout(idle);'), 'lib/player.js');
  });
});

describe('no-untracked-timer: a local that is cleared on one way only', () => {
  const load = (end: string): string => `
export function load(source, warn) {
  const slow = setTimeout(() => warn('slow'), 60_000);
  const found = source.read();
  ${end}
  return found;
}
`;

  it('is reported, since the other way leaves it to nobody', () => {
    expect(findingsOf(load('if (found.ok) clearTimeout(slow);'))).toEqual(['likely no-untracked-timer slow:2']);
  });

  it.each([
    ['it is cleared on every way', 'clearTimeout(slow);'],
    ['the test is of the handle itself', 'if (slow) clearTimeout(slow);'],
    ['it is cleared on two ways', 'if (found.ok) clearTimeout(slow); else { warn(); clearTimeout(slow); }'],
    ['it is handed on', 'if (found.ok) clearTimeout(slow); else found.retry(slow);'],
    ['a listener can clear it later', "if (found.ok) clearTimeout(slow); found.on('end', () => clearTimeout(slow));"],
  ])('is silent where %s', (_what, end) => {
    expectSilent(load(end));
  });

  it('reports it where the clear only has the name', () => {
    expect(findingsOf(load('const clearTimeout = (x) => x; clearTimeout(found);'))).toEqual(['likely no-untracked-timer slow:2']);
  });
});

describe('no-untracked-timer: races and deadlines', () => {
  it('reports a helper that rejects, and takes part in a race', () => {
    expectFindings(`
function late(ms) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms)); //! certain no-untracked-timer setTimeout
}
export const limited = (work, ms) => Promise.race([work, late(ms)]);
`);
  });

  it('is silent about a sleep that also takes part in a race', () => {
    expectSilent(`
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const limited = (work) => Promise.race([work, sleep(10_000)]);
`);
  });

  it.each([
    ['a short time that is written out', 'new Promise((_, reject) => setTimeout(reject, 1_000))'],
    ['a time from a message', 'new Promise((_, reject) => setTimeout(reject, message.limit))'],
    ['an unrefed timer', 'new Promise((_, reject) => { const t = setTimeout(reject, ms); t.unref(); })'],
  ])('is not certain about %s', (_what, operand) => {
    expectNothingCertain(`export const limited = (work, ms, message) => Promise.race([work, ${operand}]);`);
  });

  it('is silent where the race clears it', () => {
    expectSilent(`
export async function limited(work, ms) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('late')), ms); });
  try { return await Promise.race([work, late]); } finally { clearTimeout(timer); }
}
`);
  });

  it('reports a deadline that stays pending when its function is done', () => {
    expectFindings(`
export async function until(condition, limit) {
  let late = false;
  setTimeout(() => { late = true; }, limit); //! certain no-untracked-timer setTimeout
  while (!late && !(await condition()));
  return !late;
}
`);
    expectNothingCertain(`
let late = false;
export async function until(condition, limit) {
  setTimeout(() => { late = true; }, limit);
  while (!late && !(await condition()));
}
`);
  });
});

describe('no-untracked-timer: what serves the program', () => {
  it.each([
    ['works on the module only', 'export function watch() { setInterval(sweep, 60_000); }'],
    ['is started under a flag of the module', 'let on = false; export function watch(target) { if (on) return; on = true; setInterval(() => target.sweep(), 60_000); }'],
    ['is started where the module asks for the flag', 'let on = false; function watch(target) { setInterval(() => target.sweep(), 60_000); on = true; } export function use(target) { if (!on) watch(target); }'],
    ['is started when the page is ready', "document.addEventListener('DOMContentLoaded', () => { const watch = (view) => { setInterval(() => view.draw(), 50); }; watch(window.view); });"],
  ])('is not certain about an interval that %s', (_what, code) => {
    expectNothingCertain(`const entries = new Map(); const sweep = () => entries.clear();\n${code}`);
  });

  it('is certain where the module can be stopped, and the interval cannot', () => {
    expectFindings(`
const entries = new Map();
let retry;
const sweep = () => entries.clear();
export function start() {
  retry = setTimeout(start, 60_000);
  setInterval(sweep, 60_000); //! certain no-untracked-timer setInterval
}
export function stop() {
  clearTimeout(retry);
}
`);
  });

  it('is certain about one that works on what each call is given', () => {
    expectFindings(`
export function setupPeer(peer) {
  setInterval(() => peer.ping(), 60_000); //! certain no-untracked-timer setInterval
}
`);
  });

  it('is silent about a watchdog that ends the process', () => {
    expectSilent(`
export function guard(parent) {
  setInterval(() => { try { process.kill(parent, 0); } catch { process.exit(1); } }, 3000);
}
`);
  });
});

describe('no-untracked-timer: time-outs that come to nothing by themselves', () => {
  it('is silent where the callback asks first for what the teardown changes', () => {
    expectSilent(`
export class Feed {
  #state = 'open';
  later() {
    setTimeout(() => {
      if (this.#state === 'closed') return;
      this.render();
    }, this.wait);
  }
  close() {
    this.#state = 'closed';
  }
}
`);
  });

  it('still reports one that asks for something else', () => {
    expectFindings(`
export class Feed {
  #state = 'open';
  later() {
    setTimeout(() => { //! likely no-untracked-timer setTimeout
      if (this.muted) return;
      this.render();
    }, this.wait);
  }
  close() {
    this.#state = 'closed';
  }
}
`);
  });

  it('is silent about a short retry that counts its turns', () => {
    expectSilent(`
export class Probe {
  private ask(left: number) {
    if (left > 0) setTimeout(() => this.ask(--left), 1000);
  }
  terminate() {
    this.process.kill();
  }
}
`);
  });

  it('still reports one whose count limits nothing', () => {
    expectFindings(`
export class Probe {
  private turns = 0;
  ask() {
    this.turns++;
    if (this.turns < this.most || this.most === 0) setTimeout(() => this.ask(), this.wait); //! reported no-untracked-timer setTimeout
  }
  terminate() {
    this.process.kill();
  }
}
`);
  });

  it('reports the delayed end of an owner that may have ended before', () => {
    expectFindings(`
export class Browser {
  async close() {
    await this.shutDown();
    setTimeout(() => this._kill(), 5000); //! certain no-untracked-timer setTimeout
  }
  async kill() {
    await this._kill();
  }
}
`);
  });
});

describe('no-untracked-timer: endings in odd code', () => {
  it('does not take a function that is merely named clear… for a release', () => {
    expectFindings(`
export class Meter {
  start() {
    this.timer = setInterval(() => this.read(), 1000); //! certain no-untracked-timer timer
  }
  clearTimer() {
    this.view.clear();
  }
  close() {
    this.clearTimer();
  }
}
`);
  });

  it('does not mix up two emitters that are made by the same call', () => {
    expectSilent(`
const net = require('node:net');
exports.dial = function (options, done) {
  const patience = setTimeout(() => done(new Error('late')), options.patience);
  net.connect(options.main).once('connect', () => clearTimeout(patience));
  net.connect(options.log).on('error', done);
};
`, 'lib/dial.js');
  });

  it('sees both events of one emitter in either module system, and through another name', () => {
    expectFindings(`
const net = require('node:net');
exports.dial = function (options, done) {
  const socket = net.connect(options);
  const same = socket;
  const patience = setTimeout(() => done(new Error('late')), options.patience); //! certain no-untracked-timer patience
  socket.once('connect', () => clearTimeout(patience));
  same.on('error', done.bind(null)).on('close', () => done());
};
`, 'lib/dial.js');
  });

  it('sees a handle that is destructured, or has a default', () => {
    expectSilent(`
import * as React from 'react';
export class Notice extends React.Component {
  timers = { hide: null };
  show() {
    this.timers.hide = setTimeout(() => this.setState({ visible: false }), this.props.period);
  }
  toggle() {
    clearTimeout(this.timers.hide);
  }
  componentWillUnmount() {
    const { hide = null } = this.timers;
    clearTimeout(hide);
  }
}
`);
  });

  it('reports each turn of a loop whose handle only some turns clear', () => {
    expectFindings(`
export function warm(sources, warn) {
  for (const source of sources) {
    const slow = setTimeout(() => warn(source), 60_000); //! likely no-untracked-timer slow
    const found = source.read();
    if (found.ok) clearTimeout(slow);
  }
}
`);
  });

  it('knows a clear that is shadowed in the ending', () => {
    expect(findingsOf(pinged('if (!answered) { clearInterval(pinger); return; }', 'const clearInterval = rooms.leave; clearInterval(pinger);'))).toEqual([]);
    expect(findingsOf(pinged('if (!answered) { clearInterval(pinger); return; }', 'const clearInterval = rooms.leave; clearInterval(peer);'))).toEqual(['certain no-untracked-timer pinger:5']);
  });

  it('does not take a guard of one instance for the end of another', () => {
    expectFindings(`
export class Feed {
  constructor(private readonly other: Feed) {}
  later() {
    setTimeout(() => { //! likely no-untracked-timer setTimeout
      if (this.other.closed) return;
      this.render();
    }, this.wait);
  }
  close() {
    this.closed = true;
  }
}
`);
  });
});

describe('no-untracked-timer: cleared on every way through its function', () => {
  const serve = (caught: string, after: string) => `
export function serveAll(socket, work) {
  async function serve(job) {
    let guard;
    let out;
    try {
      out = await Promise.race([job, new Promise((resolve) => { guard = setTimeout(() => resolve('late'), 5000); })]);
    } catch (error) {
      ${caught}
      throw error;
    }
    ${after}
    return out;
  }
  socket.on('message', () => void serve(work()));
  socket.on('close', () => {});
}
`;

  it('is silent if a catch clears it that throws again, and so does what follows', () => {
    expectSilent(serve('if (guard) clearTimeout(guard);', 'if (guard) clearTimeout(guard);'));
  });

  it('is silent about the listener in which all this happens', () => {
    expectSilent(`
export function serveAll(socket, work) {
  socket.on('message', async () => {
    let guard;
    try {
      await Promise.race([work(socket), new Promise((resolve) => { guard = setTimeout(() => { socket.send('late'); resolve(); }, 5000); })]);
    } finally {
      clearTimeout(guard);
    }
  });
  socket.on('open', () => {});
  socket.on('close', () => {});
}
`);
  });

  it('still reports it if nothing clears it at all', () => {
    expectFindings(serve('', '').replace('5000); })]);', '5000); })]); //! reported no-untracked-timer guard'));
  });
});

describe('no-untracked-timer: what only looks like a component', () => {
  const options = (member: string) => `
module.exports = {
  name: 'nodes',
  settings: { print: false },
  ${member}
  created() { this.list = []; },
  started() {
    if (this.settings.print) this.tick = setInterval(() => this.dump(), 5000);
  },
  stopped() { clearInterval(this.tick); },
};
`;

  it('is silent about a service with methods and a created hook, whose stop clears', () => {
    expectSilent(options('methods: { scale(n) {} },'));
  });

  it('still reports the options of a component', () => {
    expectFindings(`
export default {
  data() { return { list: [] }; },
  created() {
    this.tick = setInterval(() => { this.list = []; }, 5000); //! certain no-untracked-timer tick
  },
  watch: { list() { this.$emit('change'); } },
};
`);
  });
});

describe('no-untracked-timer: what Angular is given to run at the end', () => {
  const tickerWith = (setup: string): string => `
import { Component, DestroyRef, effect, inject } from '@angular/core';
@Component({})
export class Ticker {
  private readonly ref = inject(DestroyRef);
  constructor() {
    ${setup}
  }
  open() {
    this.halt();
    this.beat = setInterval(() => this.turn(), 1000);
  }
  halt() { clearInterval(this.beat); }
  turn() {}
}
`;

  it('takes onDestroy, and the clean-up of an effect, for a release', () => {
    for (const setup of ['this.ref.onDestroy(() => this.halt());', 'inject(DestroyRef).onDestroy(() => clearInterval(this.beat));', 'effect((onCleanup) => { this.open(); onCleanup(() => this.halt()); });']) {
      expect(findingsOf(tickerWith(setup)), setup).toEqual([]);
    }
  });

  it('still reports what they leave running', () => {
    for (const setup of ['', 'this.ref.onDestroy(() => this.turn());', 'effect((onCleanup) => { onCleanup(() => this.turn()); });', 'own((onCleanup) => { onCleanup(() => this.halt()); });']) {
      expect(findingsOf(tickerWith(setup)), setup).toEqual(['certain no-untracked-timer beat:10']);
    }
  });
});

describe('no-untracked-timer: what only the listener of an effect was told', () => {
  const effectWith = (used: string): string => `
import { useEffect, useState } from 'react';
import { images } from './images.js';
export function Faces({ feed }) {
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const onFace = (face) => { setTimeout(() => ${used}, 10_000); };
    feed.on('face', onFace);
    return () => feed.off('face', onFace);
  }, [feed]);
  return seen;
}
`;

  it('is less sure of a callback that touches nothing of the component', () => {
    expectNothingCertain(effectWith('images.forget(face)'));
  });

  it('still reports a callback that sets a state of the component', () => {
    expect(findingsOf(effectWith('setSeen(face)'))).toEqual(['certain no-untracked-timer setTimeout:6']);
  });
});

const eitherRule = checksFor('no-untracked-timer', 'require-release-in-finally');

describe('no-untracked-timer: a promise that a failure settles past the clear', () => {
  const wait = (answer: string, mark = ''): string => `
class Pool {
  take() {
    return new Promise((resolve, fail) => {
      let isLate = false;
      const timer = setTimeout(() => {${mark}
        isLate = true;
        fail(new Error('nothing is free'));
      }, this.patience);
      this.pool.acquire((error, seat) => {
        ${answer}
      });
    });
  }
  destroy() { this.pool.drain(); }
}
`;

  it.each([
    ['a return of the failure', 'if (error) return fail(error);'],
    ['a block', 'if (error) { fail(error); return; }'],
  ])('reports the timer that the failure leaves, by one of two rules: %s', (_what, failure) => {
    expect(eitherRule.findingsOf(wait(`${failure}\n        clearTimeout(timer);\n        if (isLate) this.pool.release(seat);\n        else resolve(seat);`))).toEqual([expect.stringMatching(/^likely [\w-]+ timer:5$/)]);
  });

  it.each([
    ['it is cleared first', 'clearTimeout(timer);\n        if (error) return fail(error);\n        if (isLate) this.pool.release(seat);\n        else resolve(seat);'],
    ['the failure clears it, too', 'if (error) { clearTimeout(timer); fail(error); return; }\n        clearTimeout(timer);\n        if (isLate) this.pool.release(seat);\n        else resolve(seat);'],
    ['the answer may come again', 'if (!seat) return;\n        clearTimeout(timer);\n        if (isLate) this.pool.release(seat);\n        else resolve(seat);'],
  ])('is silent where %s', (_what, answer) => {
    eitherRule.expectSilent(wait(answer));
  });
});

describe('no-untracked-timer: a deletion that never comes beside the timer', () => {
  const once = (more: string, mark = ''): string => `
export function shareBy(delay) {
  const running = new Map();
  return (sessionId, task) => {
    if (running.has(sessionId)) return running.get(sessionId);
    const done = task().then(() => {
      ${more}
      setTimeout(() => running.delete(sessionId), delay);${mark}
    });
    running.set(sessionId, done);
    return done;
  };
}
`;

  it('is silent where the same for all calls decides which it is', () => {
    expectSilent(once('if (!delay) { running.delete(sessionId); return; }'));
  });

  it('still is reported where each call decides', () => {
    expectFindings(once('if (task.isShort) { running.delete(sessionId); return; }', ' //! reported no-untracked-timer setTimeout'));
  });
});
