import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, reasonsFor } = checksFor('no-untracked-timer');

/** Shapes that readers of unseen repositories called false, and beside each what it must not hide. */
describe('no-untracked-timer: endings that end something else', () => {
  const call = (members: string, mark = ''): string => `
export class Meeting {
  recheck() {
    setTimeout(() => this.rejoin('lost'), 20_000);${mark}
  }
  rejoin(why) { this.joins.push(why); }
  ${members}
}
`;

  it.each([
    ['passes the word on', 'end() { this.room.end(); }'],
    ['sends a message', "stop() { const note = compose('stop'); this.line.send(note); }"],
    ['says whether it has ended', 'get destroyed() { return this.state === 3; }'],
  ])('is not certain because of what only %s', (_, member) => {
    expectNothingCertain(call(member));
  });

  it.each([
    ['ends its line by another name', 'end() { this.line.close(); }'],
    ['notes that it has ended', 'stop() { this.over = true; this.room.stop(); }'],
    ['is inherited', 'async stop() { await super.stop(); }'],
    ['does nothing', 'stop() {}'],
    ['closes what it is made of', 'close() { this.line.close(); }'],
  ])('still is certain about an ending that %s', (_, member) => {
    expectFindings(call(member, ' //! certain no-untracked-timer setTimeout'));
  });
});

describe('no-untracked-timer: what the called function asks first', () => {
  it('is not certain about a flag that the teardown sets', () => {
    expectNothingCertain(`
export class Telemetry {
  begin() { setTimeout(() => this.#send(), 60_000); }
  #send() { if (this.#stopped) return; this.#exporter = connectTo(this.#address); }
  shutdown() { this.#stopped = true; }
}
`);
  });

  it('is not certain about a queue that may be empty by then', () => {
    expectNothingCertain(`
export class Sender {
  add(item) { this.queue.push(item); setTimeout(() => { this.flush().catch(report); }, this.wait); }
  async flush() { if (this.queue.length === 0) return; await this.line.send(this.queue.splice(0)); }
  close() { this.line.close(); }
}
`);
  });

  it('is not certain about an end that has come before', () => {
    expectNothingCertain(`
export class Adapter {
  restartSoon() { setTimeout(() => this._stop({ again: true }), 20_000); }
  _stop(options) { if (!this.stopping) { this.stopping = true; this.states.close(options); } }
  destroy() { this.states.close(); }
}
`);
  });

  it('is not certain about an end that asks, late, whether it has come before', () => {
    expectNothingCertain(`
export class Adapter {
  start() { this.report = setInterval(() => this.tell(), 1000); }
  restartSoon() { setTimeout(() => this._stop({ again: true }), 2000); }
  _stop(options) {
    clearInterval(this.report);
    const name = options.name ?? 'adapter';
    if (!this.stopping) { this.stopping = true; this.states.close(name); }
  }
  tell() {}
}
`);
  });

  it('still reports an end that asks for nothing', () => {
    expectFindings(`
export class Adapter {
  start() { this.report = setInterval(() => this.tell(), 1000); }
  restartSoon() { setTimeout(() => this._stop({ again: true }), 2000); } //! likely no-untracked-timer setTimeout
  _stop(options) { clearInterval(this.report); this.states.close(options); }
  tell() {}
}
`);
  });

  it('is not certain about an entry whose state is looked up', () => {
    expectNothingCertain(`
const jobs = new Map();
export function finished(id) {
  setTimeout(() => { const job = jobs.get(id); if (job?.state === 'done') jobs.delete(id); }, 600_000);
}
export function drop(id) { jobs.delete(id); }
`);
  });

  it.each([
    ['asks for nothing', 'send() { this.line.write(this.text); }', 'send'],
    ['opens anew, whatever it asks', 'connect() { if (this.line) return; this.line = dial(this.address); }', 'connect'],
    ['asks too late', 'send() { this.line.write(this.text); if (this.over) return; this.count(); }', 'send'],
  ])('still is certain if what is called %s', (_, member, name) => {
    expectFindings(`
export class Peer {
  later() { setTimeout(() => this.${name}(), 20_000); } //! certain no-untracked-timer setTimeout
  ${member}
  close() { this.over = true; this.line.destroy(); }
}
`);
  });

  it('still is certain if only the presence of the entry is asked for', () => {
    expectFindings(`
const jobs = new Map();
export function finished(id) {
  setTimeout(() => { const job = jobs.get(id); if (job) jobs.delete(id); }, 600_000); //! certain no-untracked-timer setTimeout
}
export function drop(id) { jobs.delete(id); }
`);
  });
});

describe('no-untracked-timer: deletions that come too late to harm', () => {
  const requests = (key: string, delay: string, mark = ''): string => `
export class Requests {
  #pending = new Map();
  #last = 0;
  send(name, body) {
    const id = ${key};
    this.#pending.set(id, body);
    setTimeout(() => this.#pending.delete(id), ${delay});${mark}
    return this.line.write(id, body);
  }
  failed(id) { this.#pending.delete(id); }
}
`;

  it('is not certain about a key that is new each time, for a short while', () => {
    expectNothingCertain(requests('++this.#last', '15_000'));
  });

  it.each([
    ['for a long while', '++this.#last', '1_800_000'],
    ['under a key that may come again', 'name', '15_000'],
  ])('still is certain about an entry that is kept %s', (_, key, delay) => {
    expectFindings(requests(key, delay, ' //! certain no-untracked-timer setTimeout'));
  });

  it('is not certain about a timer that goes on to the next entry', () => {
    expectNothingCertain(`
const waiting = new Map();
export function runNext() {
  const [id] = waiting.keys();
  if (id === undefined) return;
  begin(id);
  setTimeout(() => { waiting.delete(id); runNext(); }, 10_000);
}
export function cancel(id) { waiting.delete(id); }
`);
  });
});

describe('no-untracked-timer: what is over with the process, or seen to by the end', () => {
  it('is not certain about the limit that an ending sets itself', () => {
    expectNothingCertain(`
export class Adapter {
  start() { this.report = setInterval(() => this.tell(), 1000); }
  _stop() {
    clearInterval(this.report);
    setTimeout(() => this.terminate(), this.limit);
  }
  tell() {}
}
`);
  });

  it('still is certain about an interval that an ending starts', () => {
    expectFindings(`
export class Adapter {
  start() { this.report = setInterval(() => this.tell(), 1000); }
  stop() {
    clearInterval(this.report);
    setInterval(() => this.tell(), 1000); //! certain no-untracked-timer setInterval
  }
  tell() {}
}
`);
  });

  const worker = (end: string, mark = ''): string => `
export class Worker {
  later() { setTimeout(() => this.tell(), 20_000);${mark} }
  tell() { this.line.write('late'); }
  shutdown() { this.line.destroy(); ${end} }
}
`;

  it('is not certain if the teardown ends the process', () => {
    expectNothingCertain(worker('process.exit(0);'));
  });

  it('still is certain if it does not', () => {
    expectFindings(worker('', ' //! certain no-untracked-timer setTimeout').replace('certain no-untracked-timer setTimeout }', 'certain no-untracked-timer setTimeout\n  }'));
  });
});

describe('no-untracked-timer: handles of objects that other code has', () => {
  it.each([
    ['that a store gave', 'store', 'const state = store.stateOf(id);'],
    ['that it was given', 'state', ''],
  ])('is not certain about an object %s', (_, parameter, first) => {
    expectNothingCertain(`
export function countDown(${parameter}, id) {
  ${first}
  state.ticker = setInterval(() => show(id), 1000);
}
`);
  });

  it('still is certain about an object that it made', () => {
    expectFindings(`
export function countDown(id) {
  const state = { id };
  state.ticker = setInterval(() => show(id), 1000); //! certain no-untracked-timer ticker
}
`);
  });
});

describe('no-untracked-timer: delays that the file shows', () => {
  const sender = (delay: string, more = ''): string => `
export class Sender {
  later(urgent) {
    const wait = ${delay};
    setTimeout(() => this.write(), wait);${more}
  }
  write() { this.line.write('late'); }
  close() { this.line.destroy(); }
}
`;

  it('knows the longer one of two', () => {
    expectNothingCertain(sender('urgent ? 500 : 2000'));
  });

  it('still is certain if one of them is long, or unknown', () => {
    expectFindings(sender('urgent ? 500 : 20_000', ' //! certain no-untracked-timer setTimeout'));
    expectFindings(sender('urgent ? 500 : this.pace', ' //! certain no-untracked-timer setTimeout'));
  });

  const greeter = (calls: string, mark = ''): string => `
function greet(wait) {
  return (socket) => {
    setTimeout(() => socket.emit('hello'), wait);${mark}
    socket.on('disconnect', () => count());
  };
}
${calls}
`;

  it('knows the longest one that a function is given', () => {
    expectNothingCertain(greeter("server.on('connect', greet(1000));\nother.on('connect', greet(4000));"));
  });

  it.each([
    ['one of them is long', "server.on('connect', greet(1000));\nother.on('connect', greet(40_000));"],
    ['others may call it', "server.on('connect', greet(1000));\nexport { greet };"],
  ])('still is certain if %s', (_, calls) => {
    expectFindings(greeter(calls, ' //! certain no-untracked-timer setTimeout'));
  });
});

describe('no-untracked-timer: one-shots that find nothing left to do', () => {
  const pipe = (guard: string): string => `
export class Pipe {
  constructor(socket) { this.socket = socket; }
  finish() {
    setTimeout(() => this.destroy(), 9000);${guard === '' ? ' //! certain no-untracked-timer setTimeout' : ''}
  }
  destroy(error) {
    this._destroy(error, () => {});
  }
  _destroy(error, done) {
    ${guard}
    this.socket.end();
    done(error);
  }
}
`;

  it('is less sure of one that only ends its owner, which asks whether it has ended behind a first call', () => {
    expectNothingCertain(pipe('if (this.gone || this.going) return;\n    this.going = true;'));
  });

  it('still is certain where the end asks for nothing', () => {
    expectFindings(pipe(''));
  });

  const guardDog = (kept: string, set: string, mark = ''): string => `
export class GuardDog {
  ${kept} start() {
    this.beat = setInterval(() => this.look(), 1000);
  }
  ${kept} stop() { clearInterval(this.beat); }
  ${kept} look() {}
  ${kept} restart() {
    setTimeout(() => { ${set}; }, 10_000);${mark}
  }
}
`;

  it('is less sure of one that only sets a flag of the class itself', () => {
    expectNothingCertain(guardDog('static', 'this.busy = false'));
  });

  it('still is certain about one that does more, or of each object', () => {
    const mark = ' //! certain no-untracked-timer setTimeout';
    expectFindings(guardDog('static', 'this.look()', mark));
    expectFindings(guardDog('', 'this.busy = false', mark));
  });
});

describe('no-untracked-timer: the destroy of a session store', () => {
  const store = (parameters: string, mark = ''): string => `
export class VisitStore {
  constructor() {
    this.visits = new Map();
    setInterval(() => this.prune(), 60_000).unref();${mark}
  }
  prune() {}
  destroy(${parameters}) {
    this.visits.delete(sid);
    done();
  }
}
`;

  it('is less sure where destroy ends one session, and nothing the store', () => {
    expectNothingCertain(store('sid, done'));
  });

  it('still is certain where destroy ends the store', () => {
    expectFindings(store('done', ' //! certain no-untracked-timer setInterval'));
  });
});

describe('no-untracked-timer: what ends with the page or the program', () => {
  const countdown = (last: string, mark = ''): string => `
export class Offline extends Component {
  componentDidMount() {
    this.saving = setInterval(() => this.save(), 1000);
    setInterval(() => {${mark}
      this.left -= 1;
      if (this.left === 0) ${last};
    }, 1000);
  }
  componentWillUnmount() {
    clearInterval(this.saving);
  }
}
`;

  it.each(['window.location.reload()', 'location.reload()', 'app.quit()'])('is not certain where the interval ends all by %s', (last) => {
    expectNothingCertain(countdown(last));
  });

  it('still is certain where it only asks for something anew', () => {
    expectFindings(countdown('this.list.reload()', ' //! certain no-untracked-timer setInterval'));
  });
});

describe('no-untracked-timer: an ending that may be refused', () => {
  const window = (body: string, mark = ''): string => `
export function openWindow(window) {
  setTimeout(() => window.send('tick'), 30_000);${mark}
  window.on('close', (event) => {
    ${body}
  });
}
`;

  it('is not certain about a close that only hides', () => {
    expectNothingCertain(window('event.preventDefault(); window.hide();'));
  });

  it('still reports the close itself', () => {
    expectFindings(window('log(event.reason);', ' //! certain no-untracked-timer setTimeout'));
  });
});

describe('no-untracked-timer: what reopens only while its owner lives', () => {
  const client = (end: string, mark = ''): string => `
export class Client {
  again() {
    setTimeout(() => { this.connect(); }, this.pause);${mark}
  }
  connect() {
    if (this.advice === 'none') return;
    if (this.state === 'gone') return;
    this.transport.open(this.address);
  }
  disconnect() {
    ${end}
    this.transport.close();
  }
}
`;

  it('is not certain if what it calls asks for a state that the end sets', () => {
    expectNothingCertain(client("this.state = 'gone';"));
  });

  it('still is certain if the end sets nothing that is asked for', () => {
    expectFindings(client('this.count = 0;', ' //! certain no-untracked-timer setTimeout'));
  });
});

describe('no-untracked-timer: an interval that is set only if there is none', () => {
  const plugin = (set: string): string => `
export class Plugin {
  connect() {
    ${set}
  }
}
`;
  const reasonOf = (set: string): readonly string[] => reasonsFor(plugin(set)).filter((code) => code.startsWith('repeats'));

  it('comes once for each object, not for each call', () => {
    expect(reasonOf('if (!this.beat) this.beat = setInterval(() => this.send(), 1000);')).toEqual(['repeats-with-object']);
  });

  it('comes with each call if something else is asked', () => {
    expect(reasonOf('if (!this.quiet) this.beat = setInterval(() => this.send(), 1000);')).toEqual(['repeats-for-ever']);
  });
});

describe('no-untracked-timer: a handle in an element of what the function is given', () => {
  const scenes = (target: string, mark = ''): string => `
export function addScene(scene) {
  for (const trigger of scene.triggers) {
    ${target}.ticking = setInterval(() => check(trigger), 1000);${mark}
  }
}
`;

  it('is not certain, since who has the object may clear it', () => {
    expectNothingCertain(scenes('trigger'));
  });

  it('still is certain where it is kept by nobody', () => {
    expectFindings(scenes('trigger', ' //! certain no-untracked-timer setInterval').replace('trigger.ticking = ', ''));
  });
});
