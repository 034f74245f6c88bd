import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent, findingsOf, verdictsOf } = checksFor('no-untracked-timer');

/** A class that can be stopped, but not its timer: how the timer is started is what the tests vary. */
function heartbeat(prelude: string, call: string): string {
  return `
${prelude}
export class Heartbeat {
  start() {
    ${call}(() => this.beat(), this.period);
  }
  stop() {
    this.running = false;
  }
}
`;
}

describe('no-untracked-timer: how a timer is started', () => {
  it.each([
    ['the global setTimeout', '', 'setTimeout'],
    ['the global setInterval', '', 'setInterval'],
    ['window', '', 'window.setTimeout'],
    ['globalThis', '', 'globalThis.setInterval'],
    ['global', '', 'global.setTimeout'],
    ['self', '', 'self.setInterval'],
    ['a computed member of window', '', 'window["setInterval"]'],
    ['an optional member', '', 'globalThis?.setInterval'],
    ['an import', "import { setInterval } from 'node:timers';", 'setInterval'],
    ['an import without the scheme', "import { setTimeout } from 'timers';", 'setTimeout'],
    ['a renamed import', "import { setInterval as every } from 'node:timers';", 'every'],
    ['a namespace import', "import * as timers from 'node:timers';", 'timers.setTimeout'],
    ['a default import', "import timers from 'node:timers';", 'timers.setInterval'],
    ['a required module', "const timers = require('timers');", 'timers.setTimeout'],
    ['a destructured required module', "const { setInterval: every } = require('node:timers');", 'every'],
    ['a member of a required module', "const every = require('timers').setInterval;", 'every'],
    ['another name of the global', 'const later = setTimeout;', 'later'],
    ['another name of a member of a host', 'const later = window.setTimeout;', 'later'],
    ['a name destructured from a host', 'const { setInterval: every } = globalThis;', 'every'],
  ])('reports a dropped timer started by %s', (_what, prelude, call) => {
    const symbol = call.replace('["setInterval"]', '.setInterval').replace('?.', '.');
    expect(findingsOf(heartbeat(prelude, call))).toEqual([`certain no-untracked-timer ${symbol}:4`]);
  });

  it.each([
    ['a function of the file', 'function setTimeout(callback, delay) { return queue.add(callback, delay); }', 'setTimeout'],
    ['an import from elsewhere', "import { setTimeout } from './test-clock.js';", 'setTimeout'],
    ['a promise that takes the time', "import { setTimeout } from 'node:timers/promises';", 'setTimeout'],
    ['a member of an object that is no host', "import clock from './clock.js';", 'clock.setInterval'],
    ['a method of the object itself', '', 'this.setTimeout'],
  ])('knows that %s is no timer of the platform', (_what, prelude, call) => {
    expectSilent(heartbeat(prelude, call));
  });

  it('knows the parameter that shadows setTimeout', () => {
    expectSilent(`
export class Ticker {
  start(setTimeout) {
    setTimeout(() => this.tick(), this.period);
  }
  stop() {}
}
`);
  });

  it('takes the wrappers of a project for timers', () => {
    const settings = { cleanupFunctions: [], resources: [], timers: [{ id: 'interval' as const, acquire: ['scheduler.every'], release: ['scheduler.forget'] }] };
    expectFindings(`
import { scheduler } from './scheduler.js';
export class Ticker {
  start() {
    scheduler.every(() => this.tick(), 1000); //! certain no-untracked-timer scheduler.every
  }
  stop() {}
}
`, undefined, settings);
    expectSilent(`
import { scheduler } from './scheduler.js';
export class Ticker {
  start() {
    this.job = scheduler.every(() => this.tick(), 1000);
  }
  stop() {
    scheduler.forget(this.job);
  }
}
`, undefined, settings);
  });
});

describe('no-untracked-timer: where the handle is kept', () => {
  it('reports a field that nothing clears', () => {
    expectFindings(`
export class Poller {
  private timer?: NodeJS.Timeout;
  start() {
    this.timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
  }
  stop() {
    this.running = false;
  }
}
`);
  });

  it('reports a #private field that nothing clears', () => {
    expectFindings(`
export class Poller {
  #timer;
  start() {
    this.#timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer #timer
  }
  stop() {
    this.running = false;
  }
}
`);
  });

  it('reports a static field that nothing clears', () => {
    expectFindings(`
export class Registry {
  static sweeper;
  static start() {
    Registry.sweeper = setInterval(() => Registry.sweep(), 60_000); //! certain no-untracked-timer sweeper
  }
  static stop() {
    Registry.running = false;
  }
}
`);
  });

  it('reports a field initialiser that nothing clears', () => {
    expectFindings(`
export class Poller {
  private readonly timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
  stop() {
    this.running = false;
  }
}
`);
  });

  it('reports a property under a symbol that nothing clears', () => {
    expectFindings(`
const kTimer = Symbol('timer');
export class Poller {
  start() {
    this[kTimer] = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer [kTimer]
  }
  close() {
    this.running = false;
  }
}
`);
  });

  it('reports a local that no teardown can see', () => {
    expectFindings(`
export class Poller {
  start() {
    const timer = setInterval(() => this.poll(), 1000); //! certain no-untracked-timer timer
    this.log('started');
  }
  stop() {
    this.running = false;
  }
}
`);
  });

  it('reports a Map of handles that nothing reads', () => {
    expectFindings(`
export class Toasts {
  private readonly hideTimers = new Map<string, NodeJS.Timeout>();
  show(id: string, period: number) {
    this.hideTimers.set(id, setTimeout(() => this.hide(id), period)); //! certain no-untracked-timer hideTimers
  }
  hide(id: string) {
    this.hideTimers.delete(id);
  }
  dispose() {
    this.view.remove();
  }
}
`);
  });

  it('reports a closure variable of a factory that nothing clears', () => {
    expectFindings(`
export function createPoller(source) {
  let timer;
  const poll = () => source.read();
  return {
    start() {
      timer = setInterval(poll, 1000); //! certain no-untracked-timer timer
    },
    stop() {
      source.close();
    },
  };
}
`);
  });

  it('reports a timer of a prototype class', () => {
    expectFindings(`
function Poller(source) {
  this.source = source;
}
Poller.prototype.start = function () {
  var self = this;
  this.timer = setInterval(function () { self.poll(); }, 1000); //! certain no-untracked-timer timer
};
Poller.prototype.stop = function () {
  this.source.close();
};
module.exports = Poller;
`, 'lib/poller.js');
  });

  it('reports a timer of a prototype that is one object', () => {
    expectFindings(`
function Poller() {}
Poller.prototype = {
  start: function () {
    setInterval(this.poll.bind(this), 1000); //! certain no-untracked-timer setInterval
  },
  close: function () {
    this.source.close();
  },
};
exports.Poller = Poller;
`, 'lib/poller.js');
  });

  it('reports a timer of methods assigned to a prototype', () => {
    expectFindings(`
function Poller() {}
Object.assign(Poller.prototype, {
  start() {
    setInterval(() => this.poll(), 1000); //! certain no-untracked-timer setInterval
  },
  destroy() {
    this.source.close();
  },
});
exports.Poller = Poller;
`, 'lib/poller.js');
  });

  it('reports a timer of a class that inherits in the old way', () => {
    expectFindings(`
const util = require('util');
const EventEmitter = require('events');
function Poller() {
  EventEmitter.call(this);
}
util.inherits(Poller, EventEmitter);
Poller.prototype.start = function start() {
  const self = this;
  setInterval(() => self.emit('tick'), 1000); //! certain no-untracked-timer setInterval
};
Poller.prototype.close = function close() {
  this.removeAllListeners();
};
`, 'lib/poller.js');
  });

  it('reports a React ref that no effect clears', () => {
    expectFindings(`
export function Clock({ onTick }) {
  const timer = useRef(null);
  useEffect(() => {
    timer.current = setInterval(onTick, 1000); //! reported no-untracked-timer current
  }, [onTick]);
  return <time />;
}
`, 'src/clock.tsx');
  });

  it('reports the timer of an object with methods', () => {
    expectFindings(`
export const beacon = {
  start(period) {
    setInterval(() => this.send(), period); //! certain no-untracked-timer setInterval
  },
  stop() {
    this.enabled = false;
  },
};
`);
  });

  it('reports an interval that every call of a function starts', () => {
    expectFindings(`
export function watchBalance(account) {
  setInterval(() => account.refresh(), 30_000); //! certain no-untracked-timer setInterval
}
`);
  });
});

describe('no-untracked-timer: evidence', () => {
  it('reports a time-out whose entry is also deleted early', () => {
    expectFindings(`
const uploads = new Map();
export function begin(id, file) {
  uploads.set(id, file);
  setTimeout(() => { //! certain no-untracked-timer setTimeout
    uploads.delete(id);
  }, 10 * 60 * 1000);
}
export function confirm(id) {
  uploads.delete(id);
}
`);
  });

  it('reports a time-out beside one that the owner keeps and clears', () => {
    expectFindings(`
export class Session {
  constructor(private readonly idleAfter: number) {
    this.idle = setTimeout(() => this.close(), this.idleAfter);
  }
  warn() {
    setTimeout(() => this.notify(), this.idleAfter / 2); //! certain no-untracked-timer setTimeout
  }
  close() {
    clearTimeout(this.idle);
  }
}
`);
  });

  it('reports a retry that its owner cannot cancel', () => {
    expectFindings(`
export class Link {
  connect() {
    this.socket = open(this.url);
    this.socket.onerror = () => {
      setTimeout(() => this.connect(), this.delay); //! certain no-untracked-timer setTimeout
    };
  }
  disconnect() {
    this.socket.close();
  }
}
`);
  });

  it('reports the loser of a race whose delay the caller gives', () => {
    expectFindings(`
export async function withTimeout(work, ms) {
  return Promise.race([work, new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms))]); //! certain no-untracked-timer setTimeout
}
`);
  });

  it('reports the loser of a race that stands in a variable', () => {
    expectFindings(`
export async function withTimeout(work, ms) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('late')), ms); //! certain no-untracked-timer setTimeout
  });
  return Promise.race([work, late]);
}
`);
  });
});

describe('no-untracked-timer: a handle that is given to a call', () => {
  const bell = (start: string): string => `
export class Bell {
  ring(pool) { ${start} }
  look() {}
  dispose() {}
}
`;

  it.each(['pool.add(setTimeout(() => this.look(), 60_000));', 'this.look(setTimeout(() => this.look(), 60_000));'])('is released by whoever has it: %s', (start) => {
    const verdicts = verdictsOf(bell(start));
    expect(verdicts.map(({ outcome, reasons }) => [outcome, ...reasons.map(({ effect, code }) => `${effect} ${code}`)])).toEqual([['silent', 'release handle-handed-on']]);
  });

  it('still is reported if nobody is given it', () => {
    expect(verdictsOf(bell('setTimeout(() => this.look(), 60_000);')).map(({ outcome }) => outcome)).toEqual(['certain']);
  });
});
