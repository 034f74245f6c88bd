import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/core/facts/facts.js';
import type { TimerAcquisition } from '../../../src/core/facts/timers.js';
import { defaultDelay, endsOwner, isCoalescingSlot, isCounted, isDeferral, isDelayGiven, isWatchdog, mentionsOwner, reconnects } from '../../../src/core/questions/timer-shape.js';
import { factsOf } from '../../support/facts.js';

type Question = (timer: TimerAcquisition, facts: Facts) => unknown;

/** What a question answers of the first timer of a sample. */
function answer(question: Question, code: string): unknown {
  const facts = factsOf(code);
  const [timer] = facts.timers;
  if (!timer) throw new Error('no timer');
  return question(timer, facts);
}

/** A method that starts a timer. */
const job = (body: string, parameters = ''): string => `class Job { run(${parameters}) { ${body} } stop() {} work() {} connect() {} }`;

const isSlot: Question = (timer, facts) => timer.destination.type === 'place' && isCoalescingSlot(timer.destination.place, timer, facts);

const QUESTIONS: readonly (readonly [name: string, question: Question, yes: readonly string[], no: readonly string[]])[] = [
  ['the caller says how long it takes', isDelayGiven, [
    job('setTimeout(work, ms);', 'ms'), job('setTimeout(work, ms * 1000);', 'ms'), job('setTimeout(work, 1000 * ms);', 'ms'), job('setTimeout(work, ms + more);', 'ms, more'),
  ], [
    job('setTimeout(work, 1000);'), job('setTimeout(work);'), job('setTimeout(work, DELAY);'), job('setTimeout(work, ms * DELAY);', 'ms'), job('setTimeout(work, this.ms);', 'ms'),
  ]],
  ['the callback ends its own object', endsOwner, [
    job('setTimeout(() => this.stop(), 9);'), job('setTimeout(() => { this.work(); this.stop(); }, 9);'), job('setTimeout(this.stop, 9);'),
  ], [
    job('setTimeout(() => this.work(), 9);'), job('setTimeout(() => this.child.stop(), 9);'), job('setTimeout(() => other.stop(), 9);'), job('setTimeout(stop, 9);'), job('setTimeout(this.work, 9);'),
  ]],
  ['at most one is pending', isSlot, [
    job('if (!this.slot) this.slot = setTimeout(() => { this.slot = undefined; this.work(); }, 9);'),
    job('if (this.slot) return; this.slot = setTimeout(() => { this.slot = null; }, 9);'),
    job('if (this.slot) { return; } this.slot = setTimeout(() => { this.slot = null; }, 9);'),
    job("if (this.slot) throw new Error('twice'); this.slot = setTimeout(() => { this.slot = null; }, 9);"),
    job('this.slot ??= setTimeout(() => { this.slot = undefined; }, 9);'),
    job('this.slot || (this.slot = setTimeout(() => { this.slot = undefined; }, 9));'),
  ], [
    job('this.slot = setTimeout(() => { this.slot = undefined; }, 9);'),
    job('if (!this.slot) this.slot = setTimeout(() => { this.work(); }, 9);'),
    job('if (this.slot) { this.work(); } this.slot = setTimeout(() => { this.slot = null; }, 9);'),
    job('if (this.isOver) return; this.slot = setTimeout(() => { this.slot = null; }, 9);'),
    job('this.isOn && (this.slot = setTimeout(() => { this.slot = null; }, 9));'),
  ]],
  ['it only defers what is done in any case', isDeferral, [
    'function run(send, ms) { if (ms) setTimeout(send, ms); else send(); }',
    'function run(send, ms) { ms ? setTimeout(send, ms) : send(); }',
    'function run(send, ms) { if (!ms) send(); else { setTimeout(send, ms); } }',
  ], [
    'function run(send, ms) { if (ms) setTimeout(send, ms); }',
    'function run(send, ms) { setTimeout(send, ms); send(); }',
    'function run(send, other, ms) { if (ms) setTimeout(send, ms); else other(); }',
    'function run(send, ms) { if (ms) setInterval(send, ms); else send(); }',
  ]],
  ['it is started under a count or a deadline', isCounted, [
    'function run() { let tries = 0; const next = () => { if (tries++ < 5) setTimeout(next, 9); }; next(); }',
    'function run() { let tries = 0; const next = () => { tries += 1; if (tries < 5) setTimeout(next, 9); }; next(); }',
    'function run(end) { if (Date.now() < end) setTimeout(work, 9); }',
    'function run(end) { if (performance.now() >= end) return; setTimeout(work, 9); }',
    'function run(end, isOn) { if (isOn && Date.now() < end) setTimeout(work, 9); }',
  ], [
    'function run(limit, size) { if (size < limit) setTimeout(work, 9); }',
    'function run(end, isOn) { if (isOn || Date.now() < end) setTimeout(work, 9); }',
    'function run() { let tries = 0; tries++; if (tries === 5) setTimeout(work, 9); }',
    'function run() { setTimeout(work, 9); }',
  ]],
  ['what it runs works on its owner', mentionsOwner, [
    job('setTimeout(() => this.work(), 9);'), job('setTimeout(this.work, 9);'), job('const self = this; setTimeout(() => self.work(), 9);'), 'function run() { function step() {} setTimeout(() => { step(); }, 9); }',
  ], [
    job('setTimeout(() => other.work(), 9);', 'other'), 'function step() {} function run() { setTimeout(() => { step(); }, 9); }', job('setTimeout(work, 9);'),
  ]],
  ['it opens something anew', reconnects, [
    job('setTimeout(() => this.connect(), 9);'), job('setTimeout(this.connect, 9);'), job('setTimeout(reconnect, 9);'), job('setTimeout(() => { start(); }, 9);'),
  ], [
    job('setTimeout(() => this.work(), 9);'), job('setTimeout(this.work, 9);'), job('setTimeout(other, 9);', 'other'),
  ]],
  ['it may end the process', isWatchdog, [
    job('setTimeout(() => process.exit(1), 9);'), job('setTimeout(() => {}, 9);'),
  ], [
    job('setTimeout(() => this.work(), 9);'), job('setTimeout(exit, 9);', 'exit'),
  ]],
];

describe.each(QUESTIONS)('%s', (_, question, yes, no) => {
  it.each(yes)('yes: %s', (code) => { expect(answer(question, code)).toBe(true); });
  it.each(no)('no: %s', (code) => { expect(answer(question, code)).toBe(false); });
});

it('takes the default of a parameter for what most callers mean', () => {
  expect(answer(defaultDelay, job('setTimeout(work, ms);', 'ms = 2 * 1000'))).toBe(2000);
  expect(answer(defaultDelay, job('setTimeout(work, ms);', 'ms'))).toBeUndefined();
  expect(answer(defaultDelay, job('setTimeout(work, 9);'))).toBeUndefined();
});
