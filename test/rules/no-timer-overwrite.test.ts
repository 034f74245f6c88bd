import { describe, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectSilent } = checksFor('no-timer-overwrite');

describe('no-timer-overwrite: what loses the old timer', () => {
  it('reports an interval field that a second start overwrites', () => {
    expectFindings(`
export class Clock {
  private ticker;
  start() {
    this.ticker = setInterval(() => this.tick(), 1000); //! certain no-timer-overwrite ticker
  }
  stop() {
    clearInterval(this.ticker);
  }
  tick() {}
}
`);
  });

  it('reports a timeout field that is set with every event', () => {
    expectFindings(`
export class Pings {
  private pending;
  constructor(socket) {
    socket.on('message', () => {
      this.pending = setTimeout(() => socket.terminate(), 30_000); //! likely no-timer-overwrite pending
    });
  }
  close() {
    clearTimeout(this.pending);
  }
}
`);
  });

  it('reports a module variable that an exported function overwrites', () => {
    expectFindings(`
let sweeper;
export function startSweeping(sweep) {
  sweeper = setInterval(sweep, 60_000); //! certain no-timer-overwrite sweeper
}
export function stopSweeping() {
  clearInterval(sweeper);
}
`);
  });

  it('reports a test of something that the function does not set', () => {
    expectFindings(`
export class Clock {
  private ticker;
  start(options) {
    if (options.live) this.ticker = setInterval(() => this.tick(), 1000); //! certain no-timer-overwrite ticker
  }
  stop() {
    clearInterval(this.ticker);
  }
  tick() {}
}
`);
  });

  it('reports a clear that stands behind the new timer', () => {
    expectFindings(`
export class Clock {
  private ticker;
  start() {
    this.ticker = setInterval(() => this.tick(), 1000); //! certain no-timer-overwrite ticker
    if (this.stopped) clearInterval(this.ticker);
  }
  tick() {}
}
`);
  });
});

describe('no-timer-overwrite: what keeps the old timer from being lost', () => {
  it('sees a clear before it', () => {
    expectSilent(`
export class Clock {
  private ticker;
  start() {
    clearInterval(this.ticker);
    this.ticker = setInterval(() => this.tick(), 1000);
  }
  tick() {}
}
`);
  });

  it('sees a clear in a method that is called before it', () => {
    expectSilent(`
export class Clock {
  private ticker;
  start() {
    this.stop();
    this.ticker = setInterval(() => this.tick(), 1000);
  }
  stop() {
    clearInterval(this.ticker);
  }
  tick() {}
}
`);
  });

  it('sees a guard on the handle', () => {
    expectSilent(`
export class Clock {
  private ticker;
  start() {
    if (this.ticker) return;
    this.ticker = setInterval(() => this.tick(), 1000);
  }
  stop() {
    clearInterval(this.ticker);
    this.ticker = undefined;
  }
  tick() {}
}
`);
  });

  it('sees a logical assignment', () => {
    expectSilent(`
let sweeper;
export function startSweeping(sweep) {
  sweeper ??= setInterval(sweep, 60_000);
}
export function stopSweeping() {
  clearInterval(sweeper);
  sweeper = undefined;
}
`);
  });

  it('sees that a constructor runs once', () => {
    expectSilent(`
export class Clock {
  private ticker;
  constructor() {
    this.ticker = setInterval(() => this.tick(), 1000);
  }
  stop() {
    clearInterval(this.ticker);
  }
  tick() {}
}
`);
  });

  it('sees a local handle', () => {
    expectSilent(`
export async function withDeadline(work, ms) {
  const deadline = setTimeout(() => work.abort(), ms);
  try {
    return await work.done;
  } finally {
    clearTimeout(deadline);
  }
}
`);
  });

  it('doubts where a flag that the function sets may keep it from running twice', () => {
    expectFindings(`
export class Clock {
  private ticker;
  private running = false;
  start() {
    if (this.running) return;
    this.running = true;
    this.ticker = setInterval(() => this.tick(), 1000); //! likely no-timer-overwrite ticker
  }
  stop() {
    this.running = false;
    clearInterval(this.ticker);
  }
  tick() {}
}
`);
  });

  it('is silent about a timeout that only its own callback sets anew', () => {
    expectSilent(`
export class Poller {
  private next;
  poll() {
    this.next = setTimeout(() => this.poll(), 60_000);
  }
  stop() {
    clearTimeout(this.next);
  }
}
`);
  });

  it('is silent about timeouts by key, since most keys come once', () => {
    expectSilent(`
export class Requests {
  private readonly deadlines = new Map();
  send(id, ms) {
    this.deadlines.set(id, setTimeout(() => this.fail(id), ms));
  }
  receive(id) {
    clearTimeout(this.deadlines.get(id));
    this.deadlines.delete(id);
  }
  fail(id) {
    this.deadlines.delete(id);
  }
}
`);
  });

  it('is silent about handles that are added to a Set', () => {
    expectSilent(`
export class Jobs {
  private readonly pending = new Set();
  later(job) {
    const timeout = setTimeout(() => job.run(), 60_000);
    this.pending.add(timeout);
  }
  stop() {
    for (const timeout of this.pending) clearTimeout(timeout);
    this.pending.clear();
  }
}
`);
  });
});
