import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectNothingCertain, expectSilent, findingsOf, verdictsOf } = checksFor('no-timer-overwrite');

describe('no-timer-overwrite: what loses the old timer', () => {
  it('reports an interval field that a second start overwrites', () => {
    expectFindings(`
export class Clock {
  private ticker;
  constructor() {
    this.start();
  }
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
export function sweepWith(sweep) {
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
  show(options) {
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

/** A class with one handle, a method that sets it, and a teardown. */
const pings = (method: string, rest = ''): string => `
export class Pings {
  private pending;
  ${method}
  ping() { this.count++; }
  ${rest}
  close() {
    clearTimeout(this.pending);
  }
}
`;
const SET = 'this.pending = setTimeout(() => this.ping(), 30_000);';

describe('no-timer-overwrite: which paths clear it first', () => {
  it.each([
    ['a timeout of a public method that acts on its owner', pings(`later() {\n ${SET} //! certain no-timer-overwrite pending\n }`)],
    ['a clear under a condition of its own', pings(`later(now) {\n if (now) clearTimeout(this.pending);\n ${SET} //! certain no-timer-overwrite pending\n }`)],
    ['a clear in a loop that may have no turn', pings(`later(all) {\n for (const one of all) clearTimeout(this.pending, one);\n ${SET} //! certain no-timer-overwrite pending\n }`)],
    ['a guard in one branch only', pings(`later(soft) {\n if (soft) { if (this.pending) return; }\n ${SET} //! certain no-timer-overwrite pending\n }`)],
    ['a guard in one of two callers', pings(`#later() {\n ${SET} //! certain no-timer-overwrite pending\n }\n one() { if (!this.pending) this.#later(); }\n two() { this.#later(); }`)],
    ['a second allocation in the same function', pings(`later(soft) {\n if (this.pending) return;\n this.begin(soft);\n }`, `begin(soft) {\n clearTimeout(this.pending);\n ${SET}\n if (soft) this.pending = setTimeout(() => this.ping(), 60_000); //! certain no-timer-overwrite pending\n }`)],
  ])('reports %s', (_, code) => { expectFindings(code); });

  it.each([
    ['a clear under a test of the handle', pings(`later() { if (this.pending) clearTimeout(this.pending); ${SET} }`)],
    ['a short-circuit', pings(`later() { this.pending && clearTimeout(this.pending); ${SET} }`)],
    ['a clear in both branches', pings(`later(a) { if (a) { clearTimeout(this.pending); } else { clearTimeout(this.pending); } ${SET} }`)],
    ['a clear in a finally', pings(`later(a) { try { a(); } finally { clearTimeout(this.pending); } ${SET} }`)],
    ['a guard that is nested', pings(`later(a) { { if (this.pending) { a(); return; } } ${SET} }`)],
    ['a guard by a constant that asks for the handle', pings(`later() { const isOn = this.pending !== undefined; if (isOn) return; ${SET} }`)],
    ['an assertion', pings(`later() { assert(this.pending === undefined, 'twice'); ${SET} }`)],
    ['a guard in every caller', pings(`#later() { ${SET} }\n one() { if (!this.pending) this.#later(); }\n two() { if (this.pending) return; this.#later(); }`)],
    ['a clear in every caller', pings(`#later() { ${SET} }\n one() { clearTimeout(this.pending); this.#later(); }`)],
    ['a helper of the constructor', pings(`constructor() { this.#later(); }\n #later() { ${SET} }`)],
    ['an end that is returned', `
let timer;
export function watch(look) {
  timer = setInterval(look, 1000);
  return () => clearInterval(timer);
}
`],
    ['a state that begins and ends', pings(`update(before) { if (before.on !== this.on) { if (this.on) { ${SET} } else { clearTimeout(this.pending); } } }`)],
  ])('is silent about %s', (_, code) => { expectSilent(code); });

  it('doubts a timeout of a function that is named for starting', () => {
    expectFindings(pings(`start() {\n ${SET} //! likely no-timer-overwrite pending\n }`));
  });

  it('doubts a helper whose caller tests and sets a flag', () => {
    expectFindings(`
export function reloading(load) {
  let loaded = false;
  let poll;
  function begin() {
    poll = setInterval(reload, 60_000); //! likely no-timer-overwrite poll
  }
  async function reload() {
    await load();
    if (!loaded) {
      loaded = true;
      begin();
    }
  }
  return { reload, stop() { clearInterval(poll); } };
}
`);
  });

  it('doubts a toggle without a comparison', () => {
    expectFindings(pings(`update() {\n if (this.on) {\n ${SET} //! likely no-timer-overwrite pending\n } else { clearTimeout(this.pending); } }`));
  });

  it('doubts a clear before an await that another call may pass', () => {
    expectFindings(`
export class Clock {
  private ticker;
  async start() {
    clearInterval(this.ticker);
    await this.load();
    this.ticker = setInterval(() => this.tick(), 1000); //! likely no-timer-overwrite ticker
  }
  stop() { clearInterval(this.ticker); }
  tick() {}
}
`);
  });

  it('is silent about such an await while a flag keeps others out', () => {
    expectSilent(`
export class Clock {
  private ticker;
  async start() {
    if (this.isStarting) return;
    this.isStarting = true;
    clearInterval(this.ticker);
    await this.load();
    this.ticker = setInterval(() => this.tick(), 1000);
    this.isStarting = false;
  }
  stop() { clearInterval(this.ticker); }
  tick() {}
}
`);
  });
});

describe('no-timer-overwrite: one run, two timers', () => {
  it.each([
    ['for…of', 'for (const look of all) {\n poll = setInterval(look, 1000); //! certain no-timer-overwrite poll\n }'],
    ['forEach', 'all.forEach((look) => {\n poll = setInterval(look, 1000); //! certain no-timer-overwrite poll\n });'],
    ['while', 'while (all.length) {\n poll = setInterval(all.pop(), 1000); //! certain no-timer-overwrite poll\n }'],
    ['a second allocation', 'poll = setInterval(all[0], 1000);\n poll = setInterval(all[1], 1000); //! certain no-timer-overwrite poll'],
    ['two continuations', 'a.then(() => {\n poll = setInterval(all, 1000); //! likely no-timer-overwrite poll\n });\n b.then(() => {\n poll = setInterval(all, 1000); //! likely no-timer-overwrite poll\n });'],
  ])('reports one variable for all timers: %s', (_, body) => {
    expectFindings(`
export async function watch(all, done, a, b) {
  let poll;
  ${body}
  done();
  clearInterval(poll);
}
`);
  });

  it.each([
    ['a variable of each turn', 'for (const look of all) { const poll = setInterval(look, 1000); await done; clearInterval(poll); }'],
    ['a clear in each turn', 'let poll; for (const look of all) { clearInterval(poll); poll = setInterval(look, 1000); } clearInterval(poll);'],
    ['either of two branches', 'let poll; if (all) poll = setInterval(all, 1000); else poll = setInterval(done, 1000); clearInterval(poll);'],
    ['the first turn only', 'let poll; for (const look of all) { if (!poll) poll = setInterval(look, 1000); } clearInterval(poll);'],
    ['an interval in an executor', 'let poll; await new Promise((resolve) => { poll = setInterval(resolve, 1000); }); done(() => clearInterval(poll));'],
  ])('is silent about %s', (_, body) => {
    expectSilent(`export async function watch(all, done) { ${body} }`);
  });
});

describe('no-timer-overwrite: entries', () => {
  const idle = (name: string, key = 'id'): string => `
export class Sessions {
  private readonly idle = new Map();
  ${name}(id, reset) {
    ${key === 'id' ? '' : `const ${key} = randomUUID();`}
    this.idle.set(${key}, setInterval(() => reset(id), 60_000)); //! reported no-timer-overwrite idle
  }
  end(id) {
    clearInterval(this.idle.get(id));
    this.idle.delete(id);
  }
}
`;
  it('reports a function that comes back to the same key', () => { expectFindings(idle('touch')); });
  it('is silent about a key that is made on the spot', () => { expectSilent(idle('touch', 'ticket').replace(/ \/\/!.*/, '')); });
  it('is silent about a function that may be called once for each key', () => {
    expectSilent(idle('reserve').replace('setInterval', 'setTimeout').replace(/ \/\/!.*/, ''));
  });
  it('names the collection and its owner', () => {
    const [verdict] = verdictsOf(idle('touch'));
    expect(verdict).toMatchObject({ owner: 'Sessions', symbol: 'idle' });
  });
});

describe('no-timer-overwrite: what starts it once', () => {
  it('is less sure of a public start that the file never calls twice, beside an end that clears it', () => {
    expectFindings(`
export class Sampler extends Plugin {
  #handle;
  async start() {
    await super.start();
    this.#handle = setInterval(() => this.sample(), 5000); //! likely no-timer-overwrite #handle
  }
  async stop() {
    clearInterval(this.#handle);
  }
  sample() {}
}
`);
  });

  it('is as unsure of the hooks of a service', () => {
    expectFindings(`
module.exports = {
  name: 'nodes',
  started() {
    this.tick = setInterval(() => this.dump(), 5000); //! likely no-timer-overwrite tick
  },
  stopped() { clearInterval(this.tick); },
};
`);
  });

  it('is as unsure of a helper that only the start calls', () => {
    expectFindings(`
export class Carrier {
  connect() {
    return this.openServer().then(() => this.startGossip());
  }
  startGossip() {
    this.gossip = setInterval(() => this.tell(), 2000); //! likely no-timer-overwrite gossip
  }
  disconnect() {
    clearInterval(this.gossip);
  }
  openServer() {}
  tell() {}
}
`);
  });

  it.each([
    ['the constructor starts it, too', 'constructor() { this.start(); }'],
    ['a retry starts it again', 'retry() { setTimeout(() => this.start(), 100); }'],
    ['a loop starts it', 'all(rooms) { for (const room of rooms) this.start(room); }'],
    ['an event starts it', 'attach(socket) { socket.on("message", () => this.start()); }'],
    ['a setter starts it', 'set pace(ms) { this.ms = ms; this.start(); }'],
  ])('still is certain if %s', (_, member) => {
    expectFindings(`
export class Sampler {
  ${member}
  start() {
    this.handle = setInterval(() => this.sample(), 5000); //! certain no-timer-overwrite handle
  }
  stop() {
    clearInterval(this.handle);
  }
  sample() {}
}
`);
  });

  it('is less sure of a time-out in a promise that a start returns', () => {
    expectFindings(`
export class Child {
  run(command) {
    return new Promise((resolve, reject) => {
      const child = spawn(command);
      this.limit = setTimeout(() => { this.kill(); reject(new Error('slow')); }, 30_000); //! likely no-timer-overwrite limit
      child.on('close', () => { clearTimeout(this.limit); resolve(); });
    });
  }
  kill() {
    clearTimeout(this.limit);
  }
}
`);
  });
});

describe('no-timer-overwrite: what starts it ends it before the next start', () => {
  it.each([
    ['React', "import { Component } from 'react';\nexport class Preview extends Component {", 'componentDidMount', 'componentWillUnmount', '}'],
    ['a custom element', 'export class Preview extends HTMLElement {', 'connectedCallback', 'disconnectedCallback', '}'],
    ['an element behind mixins', "import { LitElement } from 'lit';\nexport class Preview extends Observing(Draggable(LitElement)) {", 'connectedCallback', 'disconnectedCallback', '}'],
    ['Angular', "import { Component } from '@angular/core';\n@Component({})\nexport class Preview {", 'ngAfterViewInit', 'ngOnDestroy', '}'],
  ])('is silent about the hooks of %s', (_, head, mount, unmount, tail) => {
    expectSilent(`
${head}
  ${mount}() {
    this.beat = setInterval(() => this.refresh(), 1000);
  }
  ${unmount}() {
    this.tidy();
  }
  tidy() {
    if (this.beat) { clearInterval(this.beat); this.beat = null; }
  }
  refresh() {}
${tail}
`);
  });

  it('is silent about the hooks of Vue', () => {
    expectSilent(`
export default {
  data() { return { now: 0 }; },
  mounted() {
    this.beat = setInterval(() => { this.now++; }, 1000);
  },
  beforeDestroy() {
    clearInterval(this.beat);
  },
};
`);
  });

  it('still reports what an update of the component starts, too', () => {
    expectFindings(`
import { Component } from 'react';
export class Preview extends Component {
  componentDidMount() {
    this.poll();
  }
  componentDidUpdate() {
    this.poll();
  }
  componentWillUnmount() {
    clearInterval(this.beat);
  }
  poll() {
    this.beat = setInterval(() => this.refresh(), 1000); //! certain no-timer-overwrite beat
  }
  refresh() {}
}
`);
  });

  it('still reports a class that only has methods of these names', () => {
    expectFindings(`
export class Preview {
  componentDidMount() {
    this.beat = setInterval(() => this.refresh(), 1000); //! certain no-timer-overwrite beat
  }
  componentWillUnmount() {
    clearInterval(this.beat);
  }
  refresh() {}
}
`);
  });

  it('is silent about an emitter of the object whose opening starts it and whose end clears it', () => {
    expectSilent(`
export class Hub {
  constructor(server) {
    this.server = server;
    this.server.on('listening', () => this.arm(1000));
    this.server.on('close', () => clearInterval(this.beat));
  }
  adopt() {
    if (!this.beat) this.arm(1000);
  }
  protected arm(ms) {
    this.beat = setInterval(() => this.sweep(), ms);
  }
  sweep() {}
}
`);
  });

  it('is less sure of an emitter that opens in the call that the variable belongs to', () => {
    expectFindings(`
export function makeLink(config) {
  const socket = new Client(config);
  let beat;
  const arm = () => (beat = setInterval(() => socket.ping(), 1000)); //! likely no-timer-overwrite beat
  socket.on('open', async () => { await hello(); arm(); });
  return { end: () => clearInterval(beat) };
}
`);
  });

  it('still reports an emitter that each call of a method makes', () => {
    expectFindings(`
export class Recorder {
  record(url) {
    this.socket = new WebSocket(url);
    this.socket.onopen = () => {
      this.beat = setInterval(() => this.socket.send('alive'), 8000); //! certain no-timer-overwrite beat
    };
    this.socket.onclose = () => clearInterval(this.beat);
  }
}
`);
  });

  it('still reports an event that comes again', () => {
    expectFindings(`
export function makeLink(config) {
  const socket = new Client(config);
  let beat;
  socket.on('message', () => { beat = setInterval(() => socket.ping(), 1000); }); //! certain no-timer-overwrite beat
  socket.on('close', () => clearInterval(beat));
}
`);
  });
});

describe('no-timer-overwrite: what comes once for each object', () => {
  const meter = (members: string, mark: string): string => `
export class Meter {
  ${members}
  _publish() {
    this.handle = setInterval(() => this.tell(), 1000); //! ${mark} no-timer-overwrite handle
  }
  stop() { clearInterval(this.handle); }
  tell() {}
}
`;

  it('is less sure of what a factory starts on the object that it has just made', () => {
    expectFindings(meter('static create(parts) { const meter = new Meter(); return load(parts).then((all) => { meter.fill(all); meter._publish(); return meter; }); }', 'likely'));
  });

  it.each([
    ['any object is given to it', 'static begin(meter = new Meter()) { return all.map(() => meter._publish()); } again() { this._publish(); }'],
    ['its own method starts it, too', 'static create() { const meter = new Meter(); meter._publish(); return meter; } retry() { this._publish(); }'],
  ])('still is certain if %s', (_, members) => {
    expectFindings(meter(members, 'certain'));
  });

  it('is less sure of what the end of an emitter starts', () => {
    expectFindings(`
export class Runner {
  attach(socket) {
    this.socket = socket;
    socket.on('disconnect', () => {
      this.late = setInterval(() => this.giveUp(), 30_000); //! likely no-timer-overwrite late
    });
  }
  finish() { clearInterval(this.late); }
  giveUp() {}
}
`);
  });

  it('still is certain about an event that comes again', () => {
    expectFindings(`
export class Runner {
  attach(socket) {
    this.socket = socket;
    socket.on('progress', () => {
      this.late = setInterval(() => this.giveUp(), 30_000); //! certain no-timer-overwrite late
    });
  }
  finish() { clearInterval(this.late); }
  giveUp() {}
}
`);
  });

  const pair = (start: string, end: string, mark: string): string => `
let handle;
export function ${start}() {
  handle = setInterval(() => save(), 60_000); //! ${mark} no-timer-overwrite handle
}
export function ${end}() { clearInterval(handle); }
`;

  it.each([['setSaving', 'clearSaving'], ['startSaving', 'toggle']])('is less sure of %s beside %s, which the module has once', (start, end) => {
    expectFindings(pair(start, end, 'likely'));
  });

  it('still is certain about two functions that are no pair', () => {
    expectFindings(pair('setSaving', 'clearScreen', 'certain'));
  });

  it('sees the state that a chain of conditions tells apart', () => {
    expectFindings(`
export class Call {
  async enter() {
    if (this.state === 'new') await this.prepare();
    else if (this.state !== 'ready') throw new Error('too late');
    this.state = 'entered';
    this.loop = setInterval(() => this.retry(), 5000); //! likely no-timer-overwrite loop
  }
  leave() { clearInterval(this.loop); }
}
`);
  });

  it('takes what setState is given to run for a part of the function', () => {
    expectSilent(`
export class Banner extends React.Component {
  componentDidMount() { this.turn(); }
  turn() {
    this.setState({ page: next() }, () => {
      this.handle = setTimeout(() => this.turn(), 10_000);
    });
  }
  componentWillUnmount() { clearTimeout(this.handle); }
}
`);
  });
});

describe('no-timer-overwrite: a flag that is set together with the handle', () => {
  const hintWith = (guard: string, flag: string): string => `
export class Hint {
  #wasShown = false;
  get isShown() { return this.pinned || this.#wasShown; }
  show() {
    ${guard}
    ${flag}
    this.timer = setInterval(() => this.redraw(), 30_000);
  }
  hide() {
    clearInterval(this.timer);
    this.#wasShown = false;
  }
  redraw() {}
}
`;

  it('is less sure where an early return asks for it, through a getter, too', () => {
    for (const guard of ['if (this.#wasShown) return;', 'if (this.isShown) return;', "if (this.isShown) throw new Error('shown twice');"]) {
      expect(verdictsOf(hintWith(guard, 'this.#wasShown = true;')).map(({ outcome }) => outcome), guard).toEqual(['likely']);
    }
  });

  it('still is certain where nothing sets it, or asks for it', () => {
    expect(verdictsOf(hintWith('if (this.isShown) return;', '')).map(({ outcome }) => outcome)).toEqual(['certain']);
    expect(verdictsOf(hintWith('', 'this.#wasShown = true;')).map(({ outcome }) => outcome)).toEqual(['certain']);
  });
});

describe('no-timer-overwrite: set once for each connection', () => {
  const link = (open: string, close: string): string => `
export class Link {
  connect(url) {
    const socket = new WebSocket(url);
    socket.${open} = () => {
      this.stable = setTimeout(() => { this.stable = null; this.tries = 0; this.note(); }, 10000);
    };
    socket.${close} = () => this.clear();
  }
  clear() {
    clearTimeout(this.stable);
    this.stable = null;
  }
  note() {}
  disconnect() { this.clear(); }
}
`;

  it('is not certain where the end of the same connection clears it', () => {
    expectNothingCertain(link('onopen', 'onclose'));
  });

  it('still is certain about an event that comes often, and where no end clears it', () => {
    for (const code of [link('onmessage', 'onclose'), link('onopen', 'onmessage')]) expect(findingsOf(code).map((finding) => finding.replace(/:\d+$/, '')), code).toEqual(['certain no-timer-overwrite stable']);
  });
});

describe('no-timer-overwrite: who may start it again', () => {
  const clock = (start: string, run: string): string => `
export class Clock {
  ${start}
  ${run}
  stop() { clearInterval(this.beat); }
  tick() {}
}
`;

  it('is certain about a start that is offered to everybody', () => {
    expectFindings(clock('', 'rewind() { this.beat = setInterval(() => this.tick(), 1000); } //! certain no-timer-overwrite beat'));
  });

  it('is certain about a start that every event sets going', () => {
    expectFindings(clock("constructor(source) { source.on('wake', () => this.#rewind()); }", '#rewind() { this.beat = setInterval(() => this.tick(), 1000); } //! certain no-timer-overwrite beat'));
  });

  it('is not certain about a hook that only a base class calls', () => {
    expectNothingCertain(clock('', '_run() { this.beat = setInterval(() => this.tick(), 1000); }'));
  });
});

describe('no-timer-overwrite: an end that ends the process', () => {
  const runner = (end: string, mark = ''): string => `
export class Runner {
  report() {
    this.reporting = setInterval(() => report(this), 1000);${mark}
  }
  close() {
    clearInterval(this.reporting);
    ${end}
  }
}
`;

  it('is not certain if the old timer is gone with it', () => {
    expectNothingCertain(runner('process.exit(0);'));
  });

  it('still is certain if the program goes on', () => {
    expectFindings(runner('this.done = true;', ' //! certain no-timer-overwrite reporting'));
  });
});

describe('no-timer-overwrite: a timer for the first of several users', () => {
  const counted = (test: string, mark: string): string => `
export class Disk extends EventEmitter {
  constructor() {
    super();
    this.on('newListener', () => { if (${test}) this.ticker = setInterval(() => this.look(), 1000); }); //! ${mark} no-timer-overwrite ticker
    this.on('removeListener', () => { if (this.listenerCount('full') === 0) clearInterval(this.ticker); });
  }
}
`;

  it('is not certain where users are counted', () => {
    expectFindings(counted("this.listenerCount('full') === 0", 'likely'));
    expectFindings(counted('this.users.length === 1', 'likely'));
  });

  it('still is certain where something else is asked', () => {
    expectFindings(counted('this.size > 10', 'certain'));
  });
});

describe('no-timer-overwrite: one program after another, and the argument for each', () => {
  it.each([
    ['a list of hosts that share one handle', `
export class Fleet {
  begin(hosts) { hosts.forEach((host) => { this.timer = setInterval(() => host.ping(), 1_000); }); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: set-in-loop only-last-cleared']],
    ['a loop over hosts that share one handle', `
export class Fleet {
  begin(hosts) { for (const host of hosts) this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: set-in-loop only-last-cleared']],
    ['a loop that clears first', `
export class Fleet {
  begin(hosts) { for (const host of hosts) { clearInterval(this.timer); this.timer = setInterval(() => host.ping(), 1_000); } }
  end() { clearInterval(this.timer); }
}
`, ['silent timer: cleared-before']],
    ['a helper that the constructor runs in two branches', `
export class Fleet {
  constructor(host, isFast) { if (isFast) this.beat(100); else this.beat(1_000); }
  beat(ms) { this.timer = setInterval(() => this.host.ping(), ms); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: only-last-cleared teardown-clears-one']],
    ['a public helper that the constructor runs twice', `
export class Fleet {
  constructor(host) { this.beat(100); this.beat(1_000); }
  beat(ms) { this.timer = setInterval(() => this.host.ping(), ms); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: only-last-cleared teardown-clears-one']],
    ['a helper that a listener of once runs', `
export class Fleet {
  constructor(host) { this.host = host; host.once('ready', () => this.#beat()); }
  #beat() { this.timer = setInterval(() => this.host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['silent timer: set-once']],
    ['a helper that a listener of on runs', `
export class Fleet {
  constructor(host) { this.host = host; host.on('ready', () => this.#beat()); }
  #beat() { this.timer = setInterval(() => this.host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one opens-once']],
    ['a helper of one run of a function', `
export function watch(host) {
  let timer;
  const beat = () => { timer = setInterval(() => host.ping(), 1_000); };
  beat();
  return () => clearInterval(timer);
}
`, ['silent timer: set-once']],
    ['an object that was made just now', `
export class Fleet {
  all = new Set();
  begin(host) { const one = {}; one.timer = setInterval(() => host.ping(), 1_000); this.all.add(one); }
  end() { for (const one of this.all) clearInterval(one.timer); this.all.clear(); }
}
`, ['silent timer: set-once']],
    ['a Set of handles', `
export class Fleet {
  timers = new Set();
  begin(host) { this.timers.add(setInterval(() => host.ping(), 1_000)); }
  end() { for (const timer of this.timers) clearInterval(timer); this.timers.clear(); }
}
`, []],
    ['two ways that both set it', `
export class Fleet {
  begin(host, isFast) { this.timer = setInterval(() => host.ping(), 1_000); if (isFast) this.timer = setInterval(() => host.ping(), 100); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one started-once', 'certain timer: set-twice only-last-cleared']],
    ['a wait between two', `
export class Fleet {
  async begin(host) { this.timer = setTimeout(() => host.ping(), 100_000); await host.open(); this.timer = setTimeout(() => host.ping(), 100_000); }
  end() { clearTimeout(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one', 'likely timer: set-twice only-last-cleared may-have-fired']],
    ['two continuations of two promises', `
export class Fleet {
  begin(host) {
    host.open().then(() => { this.timer = setTimeout(() => host.ping(), 100_000); });
    host.ask().then(() => { this.timer = setTimeout(() => host.ping(), 100_000); });
  }
  end() { clearTimeout(this.timer); }
}
`, ['likely timer: set-by-two order-unknown only-last-cleared', 'likely timer: set-by-two order-unknown only-last-cleared']],
    ['one continuation of a chain after another', `
export class Fleet {
  begin(host) { host.open().then(() => host.ask()).then(() => { this.timer = setTimeout(() => host.ping(), 100_000); }); }
  end() { clearTimeout(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one']],
    ['a state that the function sets', `
export class Fleet {
  begin(host) { if (this.isOn) return; this.isOn = true; this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one guarded-by-state started-once']],
    ['a state that a getter gives', `
export class Fleet {
  get isBusy() { return this.on || this.waiting; }
  begin(host) { if (this.isBusy) return; this.on = true; this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one guarded-by-state started-once']],
    ['a getter that works something out', `
export class Fleet {
  get isBusy() { const now = Date.now(); return now < this.at; }
  begin(host) { if (this.isBusy) return; this.on = true; this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one started-once']],
    ['a getter that gives nothing', `
export class Fleet {
  get isBusy() { return; }
  begin(host) { if (this.isBusy) return; this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one started-once']],
    ['a state by a local', `
export class Fleet {
  begin(host) { const { isOn } = this; if (isOn) throw new Error('on'); this.isOn = true; this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one guarded-by-state started-once']],
    ['a state that the caller sets', `
export class Fleet {
  begin(host) { if (this.isOn) return; this.isOn = true; this.#beat(host); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one guarded-by-state started-once']],
    ['an assertion that it is not there', `
import assert from 'node:assert';
export class Fleet {
  begin(host) { assert(!this.timer); this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); this.timer = undefined; }
}
`, ['silent timer: guarded-by-handle']],
    ['a chain of states', `
export class Fleet {
  begin(host) { if (this.state === 'on') { return; } else if (this.state === 'over') { throw new Error('over'); } this.state = 'on'; this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one guarded-by-state started-once']],
    ['an assignment where there is none', `
export class Fleet {
  begin(host) { this.timer ??= setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); this.timer = undefined; }
}
`, ['silent timer: guarded-by-handle']],
    ['an or where there is one', `
export class Fleet {
  begin(host) { this.timer || (this.timer = setInterval(() => host.ping(), 1_000)); }
  end() { clearInterval(this.timer); this.timer = undefined; }
}
`, ['silent timer: guarded-by-handle']],
    ['a question mark where there is one', `
export class Fleet {
  begin(host) { this.timer = this.timer ? this.timer : setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); this.timer = undefined; }
}
`, ['silent timer: guarded-by-handle']],
    ['the first of several users', `
export class Fleet extends EventEmitter {
  listen(host) { if (this.listenerCount('beat') === 0) this.timer = setInterval(() => host.ping(), 1_000); }
  unlisten() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared started-for-first']],
    ['the first of several users, by a size', `
export class Fleet {
  users = new Set();
  listen(host) { if (this.users.size === 1) this.timer = setInterval(() => host.ping(), 1_000); }
  unlisten() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared started-for-first']],
    ['a state that toggles', `
export class Fleet {
  show(isShown, host) { if (isShown) this.timer = setInterval(() => host.ping(), 1_000); else clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared toggled']],
    ['a state that toggles when it changes', `
export class Fleet {
  show(isShown, host) { if (isShown !== this.isShown) { if (isShown) this.timer = setInterval(() => host.ping(), 1_000); else clearInterval(this.timer); } }
}
`, ['silent timer: set-on-change']],
    ['an end that is handed out', `
export function useFleet(host) {
  let timer;
  function begin() { timer = setInterval(() => host.ping(), 1_000); return () => clearInterval(timer); }
  return { begin };
}
`, ['silent timer: end-returned']],
    ['a clear behind an await', `
export class Fleet {
  async begin(host) { clearInterval(this.timer); await host.open(); this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one await-between needs-overlap started-once']],
    ['a clear in one branch', `
export class Fleet {
  begin(host, isAgain) { if (isAgain) clearInterval(this.timer); this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one cleared-on-some-paths started-once']],
    ['callers that clear, one of which waits', `
export class Fleet {
  begin(host) { clearInterval(this.timer); this.#beat(host); }
  async again(host) { clearInterval(this.timer); await host.open(); this.#beat(host); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one await-between needs-overlap']],
    ['callers of which one does not clear', `
export class Fleet {
  begin(host) { clearInterval(this.timer); this.#beat(host); }
  again(host) { this.#beat(host); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: only-last-cleared teardown-clears-one']],
    ['a short time-out that is set twice', `
export class Fleet {
  begin(host) { this.timer = setTimeout(() => host.ping(), 10); this.timer = setTimeout(() => host.ask(), 1_000); }
  end() { clearTimeout(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one next-tick', 'likely timer: set-twice only-last-cleared short-one-shot']],
    ['a time-out that opens anew', `
export class Fleet {
  connect() { this.socket = open(); this.socket.on('close', () => { this.timer = setTimeout(() => this.connect(), 10_000); }); }
  end() { clearTimeout(this.timer); }
}
`, ['likely timer: only-last-cleared teardown-clears-one set-on-event ends-once chained']],
    ['a chain of time-outs', `
export class Fleet {
  beat() { this.host.ping(); this.timer = setTimeout(() => this.beat(), 10_000); }
  end() { clearTimeout(this.timer); }
}
`, ['silent timer: chained']],
    ['a script', `
#!/usr/bin/env node
let timer;
function begin(host) { timer = setInterval(() => host.ping(), 1_000); }
process.stdin.on('data', () => begin(process.stdin));
process.on('SIGINT', () => clearInterval(timer));
`, ['likely timer: only-last-cleared one-shot-script']],
    ['a private helper that the constructor runs in a loop', `
export class Fleet {
  constructor(hosts) { for (const host of hosts) this.#beat(host); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: only-last-cleared teardown-clears-one']],
    ['a private helper that the constructor runs for each host', `
export class Fleet {
  constructor(hosts) { hosts.forEach((host) => this.#beat(host)); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: only-last-cleared teardown-clears-one']],
    ['a function that each host is given to, while the file loads', `
const hosts = readHosts();
let timer;
hosts.forEach(beat);
function beat(host) { timer = setInterval(() => host.ping(), 1_000); }
process.on('message', () => clearInterval(timer));
`, ['likely timer: only-last-cleared second-start-unseen']],
    ['a private helper that the constructor runs twice', `
export class Fleet {
  constructor(host) { this.#beat(host); this.#beat(host.twin); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['certain timer: only-last-cleared teardown-clears-one']],
    ['a private helper that the constructor runs in one branch or the other', `
export class Fleet {
  constructor(host) { if (host.isFast) this.#beat(host); else this.#beat(host.twin); }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['silent timer: set-once']],
    ['a private helper that clears first, run in a loop', `
export class Fleet {
  constructor(hosts) { for (const host of hosts) this.#beat(host); }
  #beat(host) { clearInterval(this.timer); this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['silent timer: cleared-before']],
    ['a private helper that a loop runs and then ends', `
export class Fleet {
  constructor(hosts) { for (const host of hosts) { if (host.isUp) { this.#beat(host); break; } } }
  #beat(host) { this.timer = setInterval(() => host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['silent timer: set-once']],
    ['a function that the file runs once, while it loads', `
let timer;
beat();
function beat() { timer = setInterval(() => ping(), 1_000); }
process.on('message', () => clearInterval(timer));
`, ['silent timer: set-once']],
    ['a private helper that a promise of the constructor runs', `
export class Fleet {
  constructor(host) { this.host = host; host.open().then(() => this.#beat()); }
  #beat() { this.timer = setInterval(() => this.host.ping(), 1_000); }
  end() { clearInterval(this.timer); }
}
`, ['silent timer: set-once']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-timer-overwrite: an event that something of an emitter begins with', () => {
  const meter = (event: string): string => `
export class Meter {
  constructor(records) {
    records.on('${event}', () => {
      this.counting = setInterval(() => this.count(), 60_000);
    });
  }
  count() {}
  leave() { clearInterval(this.counting); }
}
`;

  it.each(['records-loaded', 'session_start', 'store:ready'])('is not certain to come twice: %s', (event) => {
    expectNothingCertain(meter(event));
  });

  it.each(['start', 'changed', 'reload'])('still is certain to come again: %s', (event) => {
    expect(findingsOf(meter(event))).toEqual(['certain no-timer-overwrite counting:4']);
  });
});
