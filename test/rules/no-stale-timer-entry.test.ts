import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, expectFindings, expectSilent, expectNothingCertain, findingsOf, verdictsOf } = checksFor('no-stale-timer-entry');

describe('no-stale-timer-entry: a timer fires and its entry stays', () => {
  it('reports a request whose time-out rejects it and leaves it in the Map', () => {
    expectFindings(`
export class Channel {
  #pending = new Map(); //! certain no-stale-timer-entry #pending
  #next = 0;
  ask(question) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), 30_000);
      this.#pending.set(id, { resolve, reject, timer });
      this.port.send({ id, question });
    });
  }
  onAnswer({ id, answer }) {
    const entry = this.#pending.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    this.#pending.delete(id);
    entry.resolve(answer);
  }
}
`);
  });

  it('reports a timer that deletes the key from one collection, and not from its own', () => {
    expectFindings(`
export class Toasts {
  private readonly shown = new Map();
  private readonly hideTimers = new Map(); //! certain no-stale-timer-entry hideTimers
  show(messageId, text) {
    this.shown.set(messageId, text);
    this.hideTimers.set(messageId, setTimeout(() => this.hide(messageId), 10_000));
  }
  dismiss(messageId) {
    clearTimeout(this.hideTimers.get(messageId));
    this.hideTimers.delete(messageId);
    this.hide(messageId);
  }
  hide(messageId) {
    this.shown.delete(messageId);
  }
}
`);
  });

  it('reports entries of a class that starts its own timer, which cannot reach the Map', () => {
    expectFindings(`
class Waiting {
  constructor(deferred, ms) {
    this.deferred = deferred;
    this.timer = setTimeout(() => this.fail(new Error('late')), ms);
  }
  settle(value) {
    clearTimeout(this.timer);
    if (value instanceof Error) this.fail(value);
    else this.deferred.resolve(value);
  }
  fail(error) {
    this.deferred.reject(error);
  }
}
export class Calls {
  waiting = new Map(); //! certain no-stale-timer-entry waiting
  call(callId, deferred) {
    this.waiting.set(callId, new Waiting(deferred, 5_000));
  }
  answer(callId, value) {
    this.waiting.get(callId)?.settle(value);
    this.waiting.delete(callId);
  }
}
`);
  });

  it('reports a private timer field of an entry', () => {
    expectFindings(`
class Waiting {
  #timer = setTimeout(() => this.reject(new Error('late')), 5_000);
  reject(error) {
    clearTimeout(this.#timer);
    this.result.reject(error);
  }
}
export class Calls {
  #waiting = new Map(); //! certain no-stale-timer-entry #waiting
  call(callId) {
    this.#waiting.set(callId, new Waiting());
  }
  fail(callId, error) {
    const waiting = this.#waiting.get(callId);
    this.#waiting.delete(callId);
    waiting.reject(error);
  }
}
`);
  });

  it('reports handles in a Set that only early ends take out', () => {
    expectFindings(`
export class Jobs {
  private readonly timers = new Set(); //! certain no-stale-timer-entry timers
  later(job) {
    const timer = setTimeout(() => this.log(job), 60_000);
    this.timers.add(timer);
    return { cancel: () => this.drop(timer) };
  }
  private drop(timer) {
    clearTimeout(timer);
    this.timers.delete(timer);
  }
  private log(job) {
    console.log(job);
  }
}
`);
  });

  it('reports a dictionary of handles', () => {
    expectFindings(`
const expiries = {}; //! certain no-stale-timer-entry expiries
const seats = {};
export function reserve(sessionId) {
  seats[sessionId] = true;
  expiries[sessionId] = setTimeout(() => {
    delete seats[sessionId];
  }, 15_000);
}
export function take(sessionId) {
  clearTimeout(expiries[sessionId]);
  delete expiries[sessionId];
}
`);
  });

  it('is less sure where the entry may go with something that lives on', () => {
    expectFindings(`
export class Sessions {
  private readonly idle = new Map(); //! likely no-stale-timer-entry idle
  touch(sessionId) {
    clearTimeout(this.idle.get(sessionId));
    this.idle.set(sessionId, setTimeout(() => console.log(sessionId), 60_000));
  }
  end(sessionId) {
    clearTimeout(this.idle.get(sessionId));
    this.idle.delete(sessionId);
  }
}
`);
  });

  it('is less sure where the timer may return before it deletes the entry', () => {
    expectFindings(`
export class Batches {
  private readonly deadlines = new Map(); //! likely no-stale-timer-entry deadlines
  start(batch) {
    this.deadlines.set(batch.number, setTimeout(() => this.onDeadline(batch.number), 60_000));
  }
  onDeadline(number) {
    const batch = this.plan.batches.find((one) => one.number === number);
    if (!batch || batch.state !== 'running') return;
    batch.state = 'late';
    this.deadlines.delete(number);
  }
  reset() {
    for (const deadline of this.deadlines.values()) clearTimeout(deadline);
    this.deadlines.clear();
  }
}
`);
  });

  it('reports a timer that is cleared by an answer, so that it never takes its entry out', () => {
    expectFindings(`
export class Requests {
  private readonly deadlines = new Map(); //! certain no-stale-timer-entry deadlines
  send(requestId) {
    this.deadlines.set(requestId, setTimeout(() => this.deadlines.delete(requestId), 5_000));
  }
  receive(requestId) {
    const deadline = this.deadlines.get(requestId);
    clearTimeout(deadline);
  }
}
`);
  });

  it('reports handles in an array that nobody takes out', () => {
    expectFindings(`
export class Jobs {
  private readonly timers = []; //! likely no-stale-timer-entry timers
  later(job) {
    this.timers.push(setTimeout(() => job.run(), 60_000));
  }
  close() {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.length = 0;
  }
}
`);
  });

  it('is less sure where the timer runs a function that it was given', () => {
    expectFindings(`
export class Requests {
  private readonly waiting = new Map(); //! likely no-stale-timer-entry waiting
  send(requestId, onLate) {
    const timer = setTimeout(() => onLate(requestId), 5_000);
    this.waiting.set(requestId, { onLate, timer });
  }
  receive(requestId) {
    clearTimeout(this.waiting.get(requestId).timer);
    this.waiting.delete(requestId);
  }
}
`);
  });
});

describe('no-stale-timer-entry: the entry goes with its timer', () => {
  const request = (after: string, more = ''): string => `
export class Channel {
  pending = new Map();
  ask(id) {
    const answer = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), 30_000);
      this.pending.set(id, { resolve, reject, timer });
    });
    ${after}
  }
  onAnswer(id, value) {
    const entry = this.pending.get(id);
    clearTimeout(entry.timer);
    this.pending.delete(id);
    entry.resolve(value);
  }
  ${more}
}
`;

  it('sees a deletion in the callback', () => {
    expectSilent(`
export class Requests {
  deadlines = new Map();
  send(requestId) {
    this.deadlines.set(requestId, setTimeout(() => {
      this.deadlines.delete(requestId);
      this.retry(requestId);
    }, 5_000));
  }
}
`);
  });

  it('sees a deletion in what the callback calls', () => {
    expectSilent(`
export class Requests {
  deadlines = new Map();
  send(requestId) {
    this.deadlines.set(requestId, setTimeout(() => this.fail(requestId), 5_000));
  }
  fail(requestId) { this.forget(requestId); }
  forget(requestId) { this.deadlines.delete(requestId); }
}
`);
  });

  it('sees a deletion in finally, catch and then', () => {
    expectSilent(request('return answer.finally(() => this.pending.delete(id));'));
    expectSilent(request('return answer.catch((error) => { this.pending.delete(id); throw error; });'));
    expectSilent(request('try { return await answer; } finally { this.pending.delete(id); }').replace('ask(id)', 'async ask(id)'));
  });

  it('sees what follows from a deferred that the timer rejects', () => {
    expectSilent(`
export class Seats {
  holds = {};
  returning = {};
  wait(sessionId) {
    const comeback = new Deferred();
    this.returning[sessionId] = comeback;
    this.holds[sessionId] = setTimeout(() => comeback.reject(false), 20_000);
    const forget = () => { delete this.returning[sessionId]; delete this.holds[sessionId]; };
    comeback.then(() => { clearTimeout(this.holds[sessionId]); forget(); }).catch(() => forget());
    return comeback.promise;
  }
}
`);
  });

  it('sees a deletion in a caller that awaits', () => {
    expectSilent(request('return answer;', 'async fetch(id) { try { return await this.ask(id); } finally { this.pending.delete(id); } }'));
  });

  it('still reports a finally of another promise', () => {
    expect(findingsOf(request('this.log(id).finally(() => this.pending.delete("log")); return answer;'))).toEqual(['certain no-stale-timer-entry pending:2']);
  });

  it('still reports where nobody deletes', () => {
    expect(findingsOf(request('return answer;'))).toEqual(['certain no-stale-timer-entry pending:2']);
  });

  it('sees a listener to the event that the callback emits', () => {
    expectSilent(`
export class Requests extends EventEmitter {
  deadlines = new Map();
  constructor() {
    super();
    this.on('late', (requestId) => this.deadlines.delete(requestId));
  }
  send(requestId) {
    this.deadlines.set(requestId, setTimeout(() => this.emit('late', requestId), 5_000));
  }
}
`);
  });

  it('sees a listener to the end of what the callback ends', () => {
    expectSilent(`
const grace = new Map();
export function accept(socket) {
  socket.on('close', () => { clearTimeout(grace.get(socket)); grace.delete(socket); });
  grace.set(socket, setTimeout(() => socket.destroy(), 10_000));
}
`);
  });

  it('sees a function that the entry is given', () => {
    expectSilent(`
class Waiting {
  constructor(onLate) {
    this.timer = setTimeout(() => { this.fail(); onLate(); }, 5_000);
  }
  settle() { clearTimeout(this.timer); this.fail(); }
  fail() {}
}
export class Calls {
  waiting = new Map();
  call(callId) {
    this.waiting.set(callId, new Waiting(() => this.waiting.delete(callId)));
  }
  answer(callId) {
    this.waiting.get(callId).settle();
    this.waiting.delete(callId);
  }
}
`);
  });

  it('sees a sweep by another timer', () => {
    expectSilent(`
const waiting = new Map();
setInterval(() => { for (const [id, one] of waiting) if (one.endsAt < Date.now()) waiting.delete(id); }, 60_000);
export function wait(requestId) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('late')), 5_000);
    waiting.set(requestId, { reject, timer });
  });
}
`);
  });

  it('leaves intervals, timers that are set again, and bounded keys alone', () => {
    expectSilent(`
const beats = new Map();
export function beat(clientId) { beats.set(clientId, setInterval(() => console.log(clientId), 1000)); }
export function stop(clientId) { clearInterval(beats.get(clientId)); beats.delete(clientId); }
`);
    expectSilent(`
const polls = new Map();
export function poll(clientId) { polls.set(clientId, setTimeout(() => poll(clientId), 1000)); }
export function stop(clientId) { clearTimeout(polls.get(clientId)); polls.delete(clientId); }
`);
    expectSilent(`
const slots = new Map();
export function arm(side) { slots.set(side ? 'left' : 'right', setTimeout(() => console.log(side), 1000)); }
`);
  });

  it('sees a timer that is cleared to be set again, or with all the others', () => {
    const clearing = (clear: string): string => `
const saves = new Map();
export function save(documentId) {
  cancel(documentId);
  saves.set(documentId, setTimeout(() => saves.delete(documentId), 5_000));
}
function cancel(documentId) { clearTimeout(saves.get(documentId)); }
export function stop() { ${clear} }
`;
    expectSilent(clearing(''));
    expectSilent(clearing('for (const timer of saves.values()) clearTimeout(timer);'));
  });

  it('sees that a list of handles is emptied in use', () => {
    expectSilent(`
export class Animation {
  timers = [];
  play(frames) {
    frames.forEach((frame) => this.timers.push(setTimeout(() => frame.draw(), 9_000)));
  }
  reset() {
    this.timers.forEach(clearTimeout);
    this.timers = [];
  }
}
`);
  });

  it('sees that the timer gives its entry the next timer', () => {
    expectSilent(`
const polls = new Map();
export function start(clientId) {
  polls.set(clientId, { timer: setTimeout(() => poll(clientId), 1000), count: 0 });
}
function poll(clientId) {
  const entry = polls.get(clientId);
  entry.timer = setTimeout(() => poll(clientId), 1000);
}
export function stop(clientId) { clearTimeout(polls.get(clientId).timer); polls.delete(clientId); }
`);
  });

  it('sees what callers give a helper to run', () => {
    expectSilent(`
export class Requests {
  deadlines = new Map();
  arm(requestId, onLate) { this.deadlines.set(requestId, setTimeout(onLate, 5_000)); }
  send(requestId) { this.arm(requestId, () => this.fail(requestId)); }
  fail(requestId) { this.deadlines.delete(requestId); }
  receive(requestId) { clearTimeout(this.deadlines.get(requestId)); this.deadlines.delete(requestId); }
}
`);
  });

  it('leaves registries alone whose objects have a timer among other things', () => {
    expectSilent(`
export class Rooms {
  rooms = new Map();
  open(roomId, host) {
    const room = { host, members: [], timer: setTimeout(() => host.remind(), 60_000) };
    this.rooms.set(roomId, room);
  }
  close(roomId) {
    clearTimeout(this.rooms.get(roomId).timer);
    this.rooms.delete(roomId);
  }
}
`);
  });

  it('leaves objects alone that live on when their timer fires', () => {
    expectSilent(`
class Room {
  constructor() { this.timer = setTimeout(() => this.remind(), 60_000); }
  remind() {}
  close() { clearTimeout(this.timer); }
}
export class Rooms {
  rooms = new Map();
  open(roomId) { this.rooms.set(roomId, new Room()); }
  close(roomId) { this.rooms.get(roomId).close(); this.rooms.delete(roomId); }
}
`);
  });

  it('sees a method of the same name in the file where the receiver is not known', () => {
    expectSilent(`
const timers = new Map();
let last = 0;
export const store = create((set, get) => ({
  show: () => { const id = ++last; timers.set(id, setTimeout(() => { get().hide(id); }, 9_000)); },
  hide: (id) => { clearTimeout(timers.get(id)); timers.delete(id); },
}));
`);
  });
});

describe('no-stale-timer-entry: entries go and their timers stay', () => {
  const owner = (stop: string): string => `
export class Sessions {
  expiries = new Map();
  open(sessionId) {
    const timer = setTimeout(() => { this.expiries.delete(sessionId); this.expire(sessionId); }, 60_000);
    this.expiries.set(sessionId, { timer, startedAt: Date.now() });
  }
  close(sessionId) {
    const expiry = this.expiries.get(sessionId);
    if (expiry) clearTimeout(expiry.timer);
    this.expiries.delete(sessionId);
  }
  stop() { ${stop} }
  expire(sessionId) { this.store.end(sessionId); }
}
`;
  const found = ['certain no-stale-timer-entry expiries:2'];

  it('reports a Map that is emptied, replaced or left one entry short over live timers', () => {
    expect(findingsOf(owner('this.expiries.clear();'))).toEqual(found);
    expect(findingsOf(owner('this.expiries = new Map();'))).toEqual(found);
    expect(findingsOf(owner('this.expiries.delete(this.current);'))).toEqual(found);
  });

  it('sees every way to clear them first', () => {
    expectSilent(owner('for (const { timer } of this.expiries.values()) clearTimeout(timer); this.expiries.clear();'));
    expectSilent(owner('for (const [, expiry] of this.expiries) clearTimeout(expiry.timer); this.expiries.clear();'));
    expectSilent(owner('this.expiries.forEach((expiry) => clearTimeout(expiry.timer)); this.expiries.clear();'));
    expectSilent(owner('this.expiries.forEach(({ timer }) => { clearTimeout(timer); }); this.expiries = new Map();'));
    expectSilent(owner('for (const sessionId of this.expiries.keys()) this.close(sessionId); this.expiries.clear();'));
    expectSilent(owner('for (const sessionId of [...this.open.keys()]) this.close(sessionId); this.expiries.clear();'));
    expectSilent(owner('this.clearAll(); this.expiries.clear(); } clearAll() { for (const { timer } of this.expiries.values()) clearTimeout(timer);'));
    expectSilent(owner('this.clearAll(); this.reset(); } reset() { this.expiries.clear(); } clearAll() { for (const { timer } of this.expiries.values()) clearTimeout(timer);'));
    expectSilent(owner('const old = this.expiries; this.expiries = new Map(); for (const { timer } of old.values()) clearTimeout(timer);'));
    expectSilent(owner('disposeTimers(this.expiries); this.expiries.clear();'));
  });

  it('still reports where one timer is cleared, or a function only sounds like a release', () => {
    expect(findingsOf(owner('this.close(this.current); this.expiries.clear();'))).toEqual(found);
    expect(findingsOf(owner('this.clearTimers(); this.expiries.clear(); } clearTimers() { this.count = 0;'))).toEqual(found);
    expect(findingsOf(owner('for (const one of this.expiries.values()) clearTimeout(one); this.expiries.clear(); } clearTimeout(one) { this.seen.add(one);').replace('setTimeout', 'window.setTimeout'))).toEqual([]);
  });

  it('still reports where a loop over something else clears the timers of only that', () => {
    expect(findingsOf(owner('for (const runId of this.runs.keys()) this.end(runId); this.expiries.clear(); } end(runId) { const run = this.runs.get(runId); this.close(run.owner);'))).toEqual(found);
  });

  it('reports handles in an array and intervals in a Map', () => {
    expectFindings(`
export class Pulses {
  beats = new Map(); //! certain no-stale-timer-entry beats
  start(clientId) { this.beats.set(clientId, setInterval(() => this.beat(clientId), 1000)); }
  stop(clientId) { clearInterval(this.beats.get(clientId)); this.beats.delete(clientId); }
  reset() { this.beats.clear(); }
  beat(clientId) { console.log(clientId); }
}
`);
  });

  it('sees that the handle goes on', () => {
    expectSilent(owner('const one = this.expiries.get(this.current); this.expiries.delete(this.current); this.expiries.set(this.other, one);'));
    expectSilent(owner('const one = this.expiries.get(this.current); this.expiries.delete(this.current); return one;'));
  });

  it('sees a clear beside the timer, which whoever settles the entry runs', () => {
    expectSilent(`
export class Channel {
  pending = new Map();
  ask(id) {
    let timer;
    return new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), 30_000);
      this.pending.set(id, { resolve, reject, timer });
    }).finally(() => { clearTimeout(timer); this.pending.delete(id); });
  }
  close() {
    for (const { reject } of this.pending.values()) reject(new Error('closed'));
    this.pending.clear();
  }
}
`);
  });

  it('sees the handle cleared where it is deleted from its Set, wherever it was found', () => {
    expectSilent(`
const all = new Set();
const bySession = new Map();
export function later(sessionId, work) {
  const timer = setTimeout(() => { all.delete(timer); work(); }, 60_000);
  all.add(timer);
  bySession.get(sessionId).add(timer);
}
export function cancel(sessionId) {
  bySession.get(sessionId).forEach((timer) => { clearTimeout(timer); all.delete(timer); });
}
export function stop() { all.forEach(clearTimeout); all.clear(); }
`);
  });

  it('sees that each of two timers of one Map takes out its own entry', () => {
    expectSilent(`
const timers = new Set();
export function soon(work) {
  const timer = setTimeout(() => { timers.delete(timer); work(); }, 9_000);
  timers.add(timer);
}
export function later(work) {
  const timer = setTimeout(() => { timers.delete(timer); work(); }, 90_000);
  timers.add(timer);
}
export function stop() { for (const timer of timers) clearTimeout(timer); timers.clear(); }
`);
  });

  it('leaves timers that nothing ever clears to no-untracked-timer', () => {
    expectSilent(`
export class Sessions {
  expiries = new Map();
  open(sessionId) { this.expiries.set(sessionId, setTimeout(() => this.close(sessionId), 60_000)); }
  close(sessionId) { this.expiries.delete(sessionId); }
  stop() { this.expiries.clear(); }
}
`);
  });

  it('is less sure of short timers, guarded callbacks and resets for tests', () => {
    expectNothingCertain(owner('this.expiries.clear();').replace('60_000', '300'));
    expectNothingCertain(owner('this.expiries.clear();').replace('=> {', '=> { if (this.stopped) return;'));
    expectNothingCertain(owner('} resetForTests() { this.expiries.clear();'));
  });
});

describe('no-stale-timer-entry: one defect, one finding', () => {
  it('speaks for the rules on growing collections and on timers that nothing clears', () => {
    const all = checksFor('no-stale-timer-entry', 'no-unbounded-collection', 'no-untracked-timer');
    expect(all.findingsOf(`
export class Toasts {
  shown = new Map();
  hideTimers = new Map();
  show(messageId, text) {
    this.shown.set(messageId, text);
    this.hideTimers.set(messageId, setTimeout(() => this.hide(messageId), 10_000));
  }
  hide(messageId) { this.shown.delete(messageId); }
  accept(messageId) { this.shown.delete(messageId); }
}
`)).toEqual(['certain no-stale-timer-entry hideTimers:3']);
  });
});

describe('no-stale-timer-entry: the same code in other words', () => {
  const variants: Readonly<Record<string, string>> = {
    'a class': `
export class Seats {
  seats = new Map();
  holds = new Map();
  hold(sessionId) { this.holds.set(sessionId, setTimeout(() => { this.seats.delete(sessionId); }, 15_000)); }
  take(sessionId) { clearTimeout(this.holds.get(sessionId)); this.holds.delete(sessionId); }
}
`,
    'other names': `
export class Aa {
  bb = new Map();
  cc = new Map();
  dd(sessionId) { this.cc.set(sessionId, setTimeout(() => { this.bb.delete(sessionId); }, 15_000)); }
  ee(sessionId) { clearTimeout(this.cc.get(sessionId)); this.cc.delete(sessionId); }
}
`,
    'another order': `
export class Seats {
  take(sessionId) { clearTimeout(this.holds.get(sessionId)); this.holds.delete(sessionId); }
  hold(sessionId) { this.holds.set(sessionId, setTimeout(() => { this.seats.delete(sessionId); }, 15_000)); }
  holds = new Map();
  seats = new Map();
}
`,
    'an extracted function': `
export class Seats {
  seats = new Map();
  holds = new Map();
  hold(sessionId) { this.holds.set(sessionId, setTimeout(() => this.free(sessionId), 15_000)); }
  free(sessionId) { this.seats.delete(sessionId); }
  take(sessionId) { this.cancel(sessionId); }
  cancel(sessionId) { const { holds } = this; clearTimeout(holds.get(sessionId)); holds.delete(sessionId); }
}
`,
    'module functions of CommonJS': `
const seats = new Map();
const holds = new Map();
function hold(sessionId) { holds.set(sessionId, setTimeout(() => { seats.delete(sessionId); }, 15_000)); }
function take(sessionId) { clearTimeout(holds.get(sessionId)); holds.delete(sessionId); }
module.exports = { hold, take };
`,
    'a local and the host': `
export class Seats {
  seats = new Map();
  holds = new Map();
  hold(sessionId) {
    const handle = window.setTimeout(() => { this.seats.delete(sessionId); }, 15_000);
    this.holds.set(sessionId, handle);
  }
  take(sessionId) { const handle = this.holds.get(sessionId); window.clearTimeout(handle); this.holds.delete(sessionId); }
}
`,
  };
  for (const [name, code] of Object.entries(variants)) {
    it(`says the same of ${name}`, () => {
      expect(findingsOf(code).map((finding) => finding.split(' ')[0])).toEqual(['certain']);
    });
  }

  it('says the same of a factory, but for how long it lives', () => {
    expect(findingsOf(`
export function makeSeats() {
  const seats = new Map();
  const holds = new Map();
  return {
    hold(sessionId) { holds.set(sessionId, setTimeout(() => { seats.delete(sessionId); }, 15_000)); },
    take(sessionId) { clearTimeout(holds.get(sessionId)); holds.delete(sessionId); },
  };
}
`)).toEqual(['likely no-stale-timer-entry holds:3']);
  });

  it('knows no timer by a name that the file declares itself', () => {
    expectSilent(`
import { setTimeout } from './clock';
const seats = new Map();
const holds = new Map();
export function hold(sessionId) { holds.set(sessionId, setTimeout(() => { seats.delete(sessionId); }, 15_000)); }
`);
  });

  it('reports the Map at its declaration, with its timer and the other places', () => {
    const [verdict] = verdictsOf(variants['a class'] ?? '');
    expect(verdict).toMatchObject({ kind: 'map', symbol: 'holds', owner: 'Seats' });
    expect(verdict?.related.map(({ role }) => role)).toContain('timer');
  });
});

describe('no-stale-timer-entry: the clean-up of an effect', () => {
  const view = (cleanup: string, value = 'ids', hook = "import { useEffect, useRef } from 'react';"): string => `
${hook}
export function View({ on, done, quiet }) {
  const pending = useRef([]);
  const stop = () => pending.current.forEach(clearTimeout);
  useEffect(() => {
    if (!on) return;
    const ids = [];
    const others = [];
    ids.push(setTimeout(() => { ids.push(setTimeout(done, 10_000)); }, 20_000));
    pending.current = ${value};
    ${cleanup}
  }, [on]);
  return stop;
}
`;
  it('is silent where a run hands over the array that its own clean-up clears', () => {
    expectSilent(view('return () => ids.forEach(clearTimeout);'));
    expectSilent(view('return () => { for (const id of ids) clearTimeout(id); };'));
  });

  it.each([
    ['no clean-up', view('')],
    ['a clean-up on one path only', view('if (quiet) return; return () => ids.forEach(clearTimeout);')],
    ['a clean-up of another array', view('return () => others.forEach(clearTimeout);')],
    ['a function of its own that is merely named like a hook', view('return () => ids.forEach(clearTimeout);', 'ids', "import { useRef } from 'react';\nfunction useEffect(run) { run(); }")],
  ])('still reports %s', (_, code) => {
    expect(findingsOf(code).map((finding) => finding.replace(/:\d+$/, ''))).toEqual(['likely no-stale-timer-entry pending']);
  });
});

describe('no-stale-timer-entry: entries of a key that never comes again', () => {
  const tokens = (key: string, delay: string, mark: string): string => `
const tokens = new Map(); //! ${mark} no-stale-timer-entry tokens
export function grant(name) {
  const token = ${key};
  tokens.set(token, setTimeout(() => tokens.delete(token), ${delay}));
  return token;
}
export function renew(token) {
  clearTimeout(tokens.get(token));
  tokens.set(token, setTimeout(() => tokens.delete(token), ${delay}));
}
export function use(token) { tokens.delete(token); }
`;

  it('is less sure of a timer that soon finds nothing to delete', () => {
    expectFindings(tokens('crypto.randomUUID()', '60_000', 'likely'));
  });

  it.each([['a key that may come again', 'name', '60_000'], ['a long time', 'crypto.randomUUID()', '3_600_000']])('still is certain about %s', (_, key, delay) => {
    expectFindings(tokens(key, delay, 'certain'));
  });
});

describe('no-stale-timer-entry: what has cleared the timer before it hands on the deletion', () => {
  const voice = (clear: string): string => `
export class Voices {
  constructor() { this.pending = new Map(); }
  join(guildId, socket) {
    this.pending.set(guildId, { socket, timer: setTimeout(() => { this.pending.delete(guildId); socket.reject(); }, 10_000) });
  }
  answered(guildId, connection) {
    ${clear}
    connection.once('ready', () => { this.pending.delete(guildId); });
  }
  leave(guildId) {
    clearTimeout(this.pending.get(guildId).timer);
    this.pending.delete(guildId);
  }
}
`;
  it('is not certain', () => {
    expectNothingCertain(voice('clearTimeout(this.pending.get(guildId).timer);'));
  });

  it('still is certain without that', () => {
    expect(verdictsOf(voice('connection.greet();')).map(({ outcome }) => outcome)).toContain('certain');
  });
});

describe('no-stale-timer-entry: what the timer settles', () => {
  const bell = (ring: string, open: string): string => `
export class Bell {
  waiting = new Map();
  ${ring}
  open(doorId) { ${open} this.waiting.delete(doorId); }
}
`;
  const reasons = (code: string): string[] => verdictsOf(code).flatMap((verdict) => verdict.reasons.map(({ code: reason }) => reason));

  it.each([
    ['a promise, which the entry waits for', bell(`ring(doorId) {
    return new Promise((resolve, reject) => {
      this.waiting.set(doorId, setTimeout(() => { reject(new Error('nobody')); }, 30_000));
    });
  }`, 'clearTimeout(this.waiting.get(doorId));')],
    ['a callback that the entry holds', bell(`ring(doorId, done) {
    const timer = setTimeout(() => { done(new Error('nobody')); }, 30_000);
    this.waiting.set(doorId, { timer, done });
  }`, 'const one = this.waiting.get(doorId); clearTimeout(one.timer); one.done();')],
  ])('is over with it: %s', (_, code) => {
    expect(reasons(code)).toContain('settled-but-kept');
  });

  it('is not known to be over by a callback that the entry does not hold', () => {
    const code = bell(`ring(doorId, done) {
    this.waiting.set(doorId, setTimeout(() => { done(new Error('nobody')); }, 30_000));
  }`, 'clearTimeout(this.waiting.get(doorId));');
    expect(reasons(code)).not.toContain('settled-but-kept');
    expectSilent(code);
  });
});

describe('no-stale-timer-entry: ways by which the entry of a timer that fires goes', () => {
  /** A channel with a time-out for each request; the samples differ in what it does when it fires, and in the rest. */
  const channel = (fires: string, rest = '', before = ''): string => `
import { EventEmitter } from 'node:events';
export class Channel extends EventEmitter {
  #pending = new Map();
  #asked = new Map();
  #next = 0;
  ask(question) {
    const id = this.#next++;
    ${before}
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => { ${fires} }, 30_000);
      this.#pending.set(id, { resolve, reject, timer });
      this.port.send({ id, question });
    });
  }
  onAnswer({ id, answer }) {
    const entry = this.#pending.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    this.#pending.delete(id);
    entry.resolve(answer);
  }
  ${rest}
}
`;

  it.each([
    ['it deletes it', "this.#pending.delete(id); reject(new Error('late'));"],
    ['it deletes it at the end of a try', "try { reject(new Error('late')); } finally { this.#pending.delete(id); }"],
    ['it calls what deletes it', "this.onAnswer({ id, answer: undefined });"],
    ['it empties all', "this.#pending.clear(); reject(new Error('late'));"],
    ['it sets a field anew', "this.#pending = new Map(); reject(new Error('late'));"],
  ])('is silent where %s', (_, fires) => {
    expectSilent(channel(fires));
  });

  it.each([
    ['it emits an event whose listener deletes it', "reject(new Error('late')); this.emit('late', id);", "begin() { this.on('late', (id) => this.#pending.delete(id)); }"],
    ['another timer goes through the collection', "reject(new Error('late'));", 'begin() { this.sweep = setInterval(() => { for (const [id, { at }] of this.#pending) if (at < Date.now()) this.#pending.delete(id); }, 60_000); }'],
    ['it calls a method of that name on something else', "reject(new Error('late')); this.peer.forget(id);", 'forget(id) { this.#pending.delete(id); }'],
    ['it hands itself on', "reject(new Error('late')); this.host.onLate(this);", ''],
  ])('is not certain where %s', (_, fires, rest) => {
    expectNothingCertain(channel(fires, rest));
  });

  it.each([
    ['it only rejects', "reject(new Error('late'));"],
    ['it deletes from another collection', "this.#asked.delete(id); reject(new Error('late'));"],
    ['it only logs', "console.warn('late', id); reject(new Error('late'));"],
    ['it emits an event that nothing of the file hears', "reject(new Error('late')); this.#asked.delete(id);"],
  ])('is reported where %s', (_, fires) => {
    expect(findingsOf(channel(fires))).toEqual(['certain no-stale-timer-entry #pending:3']);
  });
});

describe('no-stale-timer-entry: one program after another, and the argument for each', () => {
  it.each([
    ['a size that is asked first', `
const timers = new Map();
export function remind(userId, text) {
  if (timers.size >= 1000) return;
  timers.set(userId, setTimeout(() => { send(userId, text); }, 60_000));
}
export function cancel(userId) { clearTimeout(timers.get(userId)); timers.delete(userId); }
`, ['silent timers: size-checked']],
    ['a timer that is set once, while the file loads', `
const timers = new Map();
timers.set('a', setTimeout(() => { report('a'); }, 60_000));
export function cancel(kind) { clearTimeout(timers.get(kind)); timers.delete(kind); }
`, ['silent timers: filled-once']],
    ['a key of which nothing is known, where only the end empties all', `
const timers = new Map();
export function remind(subject, text) {
  timers.set(subject, setTimeout(() => { send(subject, text); }, 60_000));
}
export function shutdown() { for (const t of timers.values()) clearTimeout(t); timers.clear(); }
`, ['silent timers: fired-and-never-taken-out key-may-be-limited']],
    ['a key of something that comes and goes, where only the end empties all', `
const timers = new Map();
export function remind(sessionId, text) {
  timers.set(sessionId, setTimeout(() => { send(sessionId, text); }, 60_000));
}
export function shutdown() { for (const t of timers.values()) clearTimeout(t); timers.clear(); }
`, ['certain timers: fired-and-never-taken-out']],
    ['a key that sounds like one of a few', `
const timers = new Map();
export function remind(kind, text) {
  timers.set(kind, setTimeout(() => { send(kind, text); }, 60_000));
}
export function cancel(kind) { clearTimeout(timers.get(kind)); timers.delete(kind); }
`, ['silent timers: fired-and-kept goes-with-its-owner static-domain-key callback-runs-unknown']],
    ['a list that is emptied now and then', `
const timers = [];
export function remind(text) {
  timers.push(setTimeout(() => { send(text); }, 60_000));
}
export function reload() { for (const t of timers) clearTimeout(t); timers.length = 0; }
`, ['silent timers: one-entry-per-timer emptied-now-and-then']],
    ['a handle that a method makes and returns', `
export class Bells {
  waiting = new Map();
  later(doorId) { return setTimeout(() => { this.ring(doorId); }, 30_000); }
  ask(doorId) { this.waiting.set(doorId, this.later(doorId)); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a handle beside plain facts', `
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, { timer: setTimeout(() => { this.ring(doorId); }, 30_000), startedAt: this.clock.now, by: \`door \${doorId}\`, isFirst: !this.last }); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.delete(doorId); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a handle beside whatever else a door has, which lives on', `
export class Bells {
  waiting = new Map();
  ask(doorId, door) { this.waiting.set(doorId, { timer: setTimeout(() => { this.ring(doorId); }, 30_000), ...door }); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.delete(doorId); }
}
`, []],
    ['a handle that the entry is given later', `
export class Bells {
  waiting = new Map();
  ask(doorId) { const entry = { door: doorId, timer: undefined }; entry.timer = setTimeout(() => { this.ring(doorId); }, 30_000); this.waiting.set(doorId, entry); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.delete(doorId); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a timer that does not hold the process', `
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, setTimeout(() => { this.ring(doorId); }, 30_000).unref()); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a timer that does not hold the process, by a local', `
export class Bells {
  waiting = new Map();
  ask(doorId) { const timer = setTimeout(() => { this.ring(doorId); }, 30_000).unref(); this.waiting.set(doorId, timer); }
  ring(doorId) { this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a Map in a ref of a component', `
export function useBells() {
  const waiting = useRef(new Map());
  const ask = (doorId) => { waiting.current.set(doorId, setTimeout(() => { ring(doorId); }, 30_000)); };
  const open = (doorId) => { clearTimeout(waiting.current.get(doorId)); waiting.current.delete(doorId); };
  return { ask, open };
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown component-lifetime']],
    ['a Map that is emptied for tests, over live timers', `
const waiting = new Map();
export function ask(doorId) { waiting.set(doorId, setTimeout(() => { waiting.delete(doorId); ring(doorId); }, 30_000)); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
export function resetForTests() { waiting.clear(); }
`, ['likely waiting: emptied-over-timers cleared-elsewhere reset-for-tests']],
    ['a timer that is cleared and kept under one of a few keys', `
const waiting = new Map();
export function ask(kind) { waiting.set(kind, setTimeout(() => { waiting.delete(kind); ring(kind); }, 30_000)); }
export function open(kind) { clearTimeout(waiting.get(kind)); }
`, ['likely waiting: cleared-but-kept static-domain-key']],
    ['a timer that is cleared and kept under the key of a door', `
const waiting = new Map();
export function ask(doorId) { waiting.set(doorId, setTimeout(() => { waiting.delete(doorId); ring(doorId); }, 30_000)); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); }
`, ['likely waiting: cleared-but-kept key-may-be-limited']],
    ['a timer that is cleared and kept under a new key', `
const waiting = new Map();
export function ask() { const id = crypto.randomUUID(); waiting.set(id, setTimeout(() => { waiting.delete(id); ring(id); }, 30_000)); return id; }
export function open(id) { clearTimeout(waiting.get(id)); }
`, ['certain waiting: cleared-but-kept']],
    ['a timer that is cleared and kept, where another call deletes it', `
const waiting = new Map();
export function ask(doorId) { waiting.set(doorId, setTimeout(() => { waiting.delete(doorId); ring(doorId); }, 30_000)); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); }
export function remove(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
`, ['silent waiting: removed-by-callback']],
    ['a Map that a comment speaks for', `
// leakproof-owned-by: the door, which goes with it
const waiting = new Map();
export function ask(doorId) { waiting.set(doorId, setTimeout(() => { ring(doorId); }, 30_000)); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown (suppressed)']],
    ['a script that runs once', `
#!/usr/bin/env node
const waiting = new Map();
function ask(doorId) { waiting.set(doorId, setTimeout(() => { ring(doorId); }, 30_000)); }
function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown one-shot-script']],
    ['short timers under new keys, which delete themselves, in a Map that is emptied', `
const waiting = new Map();
export function ask() { const id = crypto.randomUUID(); waiting.set(id, setTimeout(() => waiting.delete(id), 1_000)); return id; }
export function open(id) { clearTimeout(waiting.get(id)); waiting.delete(id); }
export function clear() { waiting.clear(); }
`, ['likely waiting: emptied-over-timers cleared-elsewhere short-one-shot self-evicting']],
    ['timers that ask for their entry first, in a Map that is emptied', `
const waiting = new Map();
export function ask(doorId) { waiting.set(doorId, setTimeout(() => { if (!waiting.has(doorId)) return; waiting.delete(doorId); ring(doorId); }, 30_000)); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
export function clear() { waiting.clear(); }
`, ['likely waiting: emptied-over-timers cleared-elsewhere guarded-callback']],
    ['a return before the deletion, by the state of what the key finds', `
export class Bells {
  waiting = new Map();
  doors = new Map();
  ask(doorId) { this.waiting.set(doorId, setTimeout(() => this.ring(doorId), 30_000)); }
  ring(doorId) { const door = this.doors.get(doorId); if (door.state === 'open') { return; } this.waiting.delete(doorId); this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); }
}
`, ['likely waiting: removal-skipped removal-may-come-otherwise']],
    ['a return before the deletion, by a flag of the owner', `
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, setTimeout(() => this.ring(doorId), 30_000)); }
  ring(doorId) { if (this.isOver) return; this.waiting.delete(doorId); this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); }
}
`, ['likely waiting: cleared-but-kept key-may-be-limited']],
    ['a return before the deletion, by the entry itself', `
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, setTimeout(() => this.ring(doorId), 30_000)); }
  ring(doorId) { const one = this.waiting.get(doorId); if (one === 'x') return; this.waiting.delete(doorId); this.horn.blow(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); }
}
`, ['likely waiting: cleared-but-kept key-may-be-limited']],
    ['a callback that callers give, which deletes nothing', `
const waiting = new Map();
function startTimer(doorId, onLate) { waiting.set(doorId, setTimeout(onLate, 30_000)); }
export function ask(doorId) { startTimer(doorId, () => { ring(doorId); }); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a callback that callers give, which deletes the entry', `
const waiting = new Map();
function startTimer(doorId, onLate) { waiting.set(doorId, setTimeout(onLate, 30_000)); }
export function ask(doorId) { startTimer(doorId, () => { waiting.delete(doorId); ring(doorId); }); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
`, ['silent waiting: removed-by-callback']],
    ['a timer that resolves a promise itself', `
const waiting = new Map();
export function ask(doorId) { return new Promise((resolve) => { waiting.set(doorId, setTimeout(resolve, 30_000)); }); }
export function open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); }
`, ['certain waiting: settled-but-kept deleted-otherwise']],
    ['a handle two levels down in its entry', `
const waiting = new Map();
export function ask(doorId) { waiting.set(doorId, { parts: { timer: setTimeout(() => ring(doorId), 30_000) } }); }
export function open(doorId) { clearTimeout(waiting.get(doorId).parts.timer); waiting.delete(doorId); }
`, []],
    ['a sibling in a closure, which the callback empties', `
export function makeBells() {
  const waiting = new Map();
  const shown = new Map();
  return {
    ask(doorId) { shown.set(doorId, 1); waiting.set(doorId, setTimeout(() => { shown.delete(doorId); }, 30_000)); },
    open(doorId) { clearTimeout(waiting.get(doorId)); waiting.delete(doorId); },
  };
}
`, ['likely waiting: sibling-deleted-by-callback deleted-otherwise lifetime-unknown']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});

describe('no-stale-timer-entry: what the callback does, and the argument for each', () => {
  it.each([
    ['a callback that a caller gives to the method', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId, onLate) { this.waiting.set(doorId, setTimeout(onLate, 30_000)); } begin() { this.ask(1, () => this.open(1)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: removed-by-callback']],
    ['a callback that a caller does not give', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId, onLate) { this.waiting.set(doorId, setTimeout(onLate, 30_000)); } begin() { this.ask(1); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a callback by a name of nobody', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) { this.waiting.set(doorId, setTimeout(onLate, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a callback at the top of a module', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) { this.open(doorId); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, []],
    ['a callback that hands the entry to what lets go', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { release(this.waiting.get(doorId)); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a callback that hands the Map on', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.host.late(this.waiting); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: removed-by-callback']],
    ['a callback that empties a field of the entry', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.waiting.get(doorId).over = true; }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['likely waiting: fired-and-kept goes-with-its-owner']],
    ['an event without a name', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.host.emit(); this.horn.blow(); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  begin() { this.host.on("late", (doorId) => this.open(doorId)); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['an event that a listener hears, and takes it out', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.host.emit("late", doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  begin() { this.host.on("late", (doorId) => this.open(doorId)); }
}
`, ['silent waiting: removed-on-ending']],
    ['the end of a thing whose end a listener hears', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.door.close(); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  begin() { this.door.on("close", (doorId) => this.open(doorId)); }
}
`, ['silent waiting: removed-on-ending']],
    ['the end of another thing than that whose end a listener hears', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.horn.close(); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  begin() { this.door.on("close", (doorId) => this.open(doorId)); }
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a sweep by another timer', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.horn.blow(); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  begin() { setInterval(() => { for (const [doorId] of this.waiting) this.waiting.delete(doorId); }, 60_000); }
}
`, ['silent waiting: removed-by-sweep']],
    ['a sibling under the same key', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.shown.delete(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['certain waiting: sibling-deleted-by-callback deleted-otherwise']],
    ['a sibling under another key', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.shown.delete(this.last); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['likely waiting: fired-and-kept goes-with-its-owner']],
    ['a sibling of a local', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { const seen = new Map(); seen.delete(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['likely waiting: fired-and-kept goes-with-its-owner']],
    ['a call of the result of a call', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { find()(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: fired-and-kept goes-with-its-owner callback-runs-unknown']],
    ['a call of a log', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { console.log(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['likely waiting: fired-and-kept goes-with-its-owner']],
    ['a return on the state of a door', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { const door = this.doors.get(doorId); if (door.state === "open") return; this.waiting.delete(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: removed-by-callback']],
    ['a return on a size of a door', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { const door = this.doors.get(doorId); if (door.size > 1) return; this.waiting.delete(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: removed-by-callback']],
    ['a return on the state of an argument', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { if (this.state === "open") return; this.waiting.delete(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: removed-by-callback']],
    ['a deletion before the return', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.waiting.delete(doorId); const door = this.doors.get(doorId); if (door.state === "open") return; this.horn.blow(); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  
}
`, ['silent waiting: removed-by-callback']],
    ['a return on the state, of a callback by a method', `
export class Bells {
  waiting = new Map();
  shown = new Map();
  ask(doorId) {  this.waiting.set(doorId, setTimeout(() => { this.late(doorId); }, 30_000)); }
  open(doorId) { clearTimeout(this.waiting.get(doorId)); this.waiting.delete(doorId); }
  late(doorId) { const door = this.doors.get(doorId); if (door.state === "open") { this.horn.blow(); return; } this.waiting.delete(doorId); }
}
`, ['silent waiting: removed-by-callback']],
    ['a promise whose caller takes the entry out in a finally', `
export class Bells {
  waiting = new Map();
  ring(doorId) { return new Promise((resolve, reject) => { this.waiting.set(doorId, { resolve, timer: setTimeout(() => reject(new Error('late')), 30_000) }); }); }
  async ask(doorId) { try { return await this.ring(doorId); } finally { this.waiting.delete(doorId); } }
  open(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.get(doorId).resolve(); }
}
`, []],
    ['a promise that resolves late, behind which the caller takes the entry out', `
export class Bells {
  waiting = new Map();
  ring(doorId) { return new Promise((resolve) => { this.waiting.set(doorId, { resolve, timer: setTimeout(() => resolve(undefined), 30_000) }); }); }
  async ask(doorId) { const answer = await this.ring(doorId); this.waiting.delete(doorId); return answer; }
  open(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.get(doorId).resolve(); }
}
`, ['silent waiting: removed-on-settling']],
    ['a promise that rejects, behind which the caller takes the entry out only if it resolves', `
export class Bells {
  waiting = new Map();
  ring(doorId) { return new Promise((resolve, reject) => { this.waiting.set(doorId, { resolve, timer: setTimeout(() => reject(new Error('late')), 30_000) }); }); }
  async ask(doorId) { const answer = await this.ring(doorId); this.waiting.delete(doorId); return answer; }
  open(doorId) { clearTimeout(this.waiting.get(doorId).timer); this.waiting.get(doorId).resolve(); }
}
`, []],
    ['an entry that is given what takes it out', `
class Bell { constructor(onLate) { this.onLate = onLate; this.timer = setTimeout(() => this.onLate(), 30_000); } stop() { clearTimeout(this.timer); } }
export class Bells {
  waiting = new Map();
  ask(doorId) { this.waiting.set(doorId, new Bell(() => this.waiting.delete(doorId))); }
  open(doorId) { this.waiting.get(doorId).stop(); this.waiting.delete(doorId); }
}
`, ['silent waiting: removed-by-given-callback']],
    ['an entry whose handler is assigned, and takes it out', `
class Bell { constructor() { this.timer = setTimeout(() => this.onLate(), 30_000); } stop() { clearTimeout(this.timer); } }
export class Bells {
  waiting = new Map();
  ask(doorId) { const bell = new Bell(); bell.onLate = () => this.waiting.delete(doorId); this.waiting.set(doorId, bell); }
  open(doorId) { this.waiting.get(doorId).stop(); this.waiting.delete(doorId); }
}
`, ['silent waiting: removed-by-callback']],
    ['an entry whose listener takes it out', `
class Bell extends EventEmitter { constructor() { super(); this.timer = setTimeout(() => this.emit('late'), 30_000); } stop() { clearTimeout(this.timer); } }
export class Bells {
  waiting = new Map();
  ask(doorId) { const bell = new Bell(); bell.on('late', () => this.waiting.delete(doorId)); this.waiting.set(doorId, bell); }
  open(doorId) { this.waiting.get(doorId).stop(); this.waiting.delete(doorId); }
}
`, ['silent waiting: removed-on-ending']],
    ['an entry whose listener takes nothing out', `
class Bell { constructor() { this.timer = setTimeout(() => this.end(), 30_000); } end() { clearTimeout(this.timer); this.isOver = true; } }
export class Bells {
  waiting = new Map();
  ask(doorId) { const bell = new Bell(); this.waiting.set(doorId, bell); }
  open(doorId) { this.waiting.get(doorId).end(); this.waiting.delete(doorId); }
}
`, ['certain waiting: ended-by-callback deleted-otherwise']],
    ['an entry under a new key', `
export class Bells {
  waiting = new Map();
  ask() { const id = crypto.randomUUID(); this.waiting.set(id, { at: Date.now(), timer: setTimeout(() => { this.horn.blow(); }, 30_000) }); return id; }
  open(id) { clearTimeout(this.waiting.get(id).timer); this.waiting.delete(id); }
}
`, ['likely waiting: one-key-per-timer deleted-otherwise callback-runs-unknown']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
