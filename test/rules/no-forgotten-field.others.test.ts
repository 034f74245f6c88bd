import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { verdictsOf } = checksFor('no-forgotten-field');

/** Two watchers, of which the teardown closes one; the samples differ in what becomes of the other. */
const folders = (start: string, dispose = '', rest = '', head = ''): string => `
import { watch } from 'node:fs';
${head}
export class Folders {
  start(from, to, options) {
    this.source = watch(from, () => this.copy());
    ${start}
  }
  copy() {}
  dispose() {
    this.source.close();
    ${dispose}
  }
  ${rest}
}
`;
const TARGET = 'this.target = watch(to, () => this.copy());';

/** Whether the teardown is reported, or another rule says it of the same thing, and the codes of the reasons. */
function judged(code: string): { reported: boolean; codes: string[] } {
  const verdicts = verdictsOf(code).filter(({ symbol }) => symbol === 'dispose');
  return { reported: verdicts.some(({ outcome, reasons }) => outcome !== 'silent' || reasons.some(({ code: name }) => name === 'said-by-rule')), codes: verdicts.flatMap(({ reasons }) => reasons.map(({ code: name }) => name)) };
}

describe('no-forgotten-field: who else ends the second of two', () => {
  it.each([
    ['it is put into a bag', `${TARGET} this.toDispose.push(this.target);`, '', 'toDispose = [];', 'kept-in-bag'],
    ['it is put into a bag as it is made', 'this._register(this.target = watch(to, () => this.copy()));', '', '_register(one) { return one; }', 'kept-in-bag'],
    ['a function that ends it is put into a bag', `${TARGET} options.bag.defer(() => this.target.close());`, '', '', 'kept-in-bag'],
    ['a function that ends it is run at the end', `${TARGET} options.host.onDispose(() => this.target.close());`, '', '', 'kept-in-bag'],
    ['an object that ends it is put into a bag', `${TARGET} options.bag.add({ dispose: () => this.target.close() });`, '', '', 'kept-in-bag'],
    ['it is made with a signal', 'this.target = watch(to, { signal: options.signal }, () => this.copy());', '', '', 'ended-by-signal'],
    ['all members are gone through', TARGET, 'for (const name in this) this[name]?.close?.();', '', 'sweeps-members'],
    ['the values of the object are gone through', TARGET, 'for (const one of Object.values(this)) one?.close?.();', '', 'sweeps-members'],
    ['members are ended by their names', TARGET, 'for (const name of this.names) this[name].close();', '', 'sweeps-members'],
    ['a setter ends it', 'this.current = watch(to, () => this.copy()); this.target = this.current;', 'this.target = undefined;', 'set target(next) { this.current?.close(); this.current = next; }', 'ended-by-setter'],
    ['another teardown ends it', TARGET, '', 'destroy() { this.target.close(); }', 'other-teardown-ends'],
    ['a handler of what ends with it does', `${TARGET} options.host.on('close', () => this.target.close());`, '', '', 'ended-by-handler'],
    ['a handler of an event that the teardown emits does', `${TARGET} this.bus.on('over', () => this.target.close());`, "this.bus.emit('over');", '', 'ended-by-handler'],
  ])('is silent where %s', (_, start, dispose, rest, code) => {
    const { reported, codes } = judged(folders(start, dispose, rest));
    expect(codes).toContain(code);
    expect(reported).toBe(false);
  });

  it.each([
    ['nothing does', TARGET, '', ''],
    ['something else is put into a bag', `${TARGET} this.toDispose.push(options);`, '', 'toDispose = [];'],
    ['only its name is told to somebody', `${TARGET} options.log('target', this.target.name);`, '', ''],
    ['a handler of another event ends it', `${TARGET} this.bus.on('changed', () => this.target.close());`, "this.bus.emit('over');", ''],
    ['the members of something else are gone through', TARGET, 'for (const name in this.options) this.options[name] = undefined;', ''],
    ['the setter of another field is called', TARGET, 'this.other = undefined;', 'set other(next) { this.kept = next; }'],
    ['the teardown takes away the handler that would', `${TARGET} this.host.on('close', this.onClose);`, "this.host.off('close', this.onClose);", 'onClose = () => this.target.close();'],
  ])('reports the teardown where %s', (_, start, dispose, rest) => {
    expect(judged(folders(start, dispose, rest)).reported).toBe(true);
  });
});

describe('no-forgotten-field: a time-out that the teardown leaves, beside one that it clears', () => {
  const timers = (later: string, dispose = ''): string => `
export class Retry {
  start(job) {
    this.first = setTimeout(() => this.run(job), 60_000);
    ${later}
  }
  run(job) { this.last = job; }
  dispose() {
    clearTimeout(this.first);
    ${dispose}
  }
}
`;

  it('is reported for one that works on the object later', () => {
    expect(judged(timers('this.second = setTimeout(() => this.run(job), 90_000);')).reported).toBe(true);
  });

  it.each([
    ['fires at the next tick', 'this.second = setTimeout(() => this.run(job), 0);', '', 'next-tick'],
    ['asks for what the teardown says', 'this.second = setTimeout(() => { if (this.isOver) return; this.run(job); }, 90_000);', 'this.isOver = true;', 'guarded-callback'],
  ])('is silent about one that %s', (_, later, dispose, code) => {
    const { reported, codes } = judged(timers(later, dispose));
    expect(codes).toContain(code);
    expect(reported).toBe(false);
  });

  it.each([
    ['lets the process go', 'this.second = setTimeout(() => this.run(job), 90_000); this.second.unref();', 'unrefed'],
    ['leaves the object alone', 'this.second = setTimeout(() => job.expire(), 90_000);', 'leaves-owner-alone'],
    ['fires soon', 'this.second = setTimeout(() => this.run(job), 200);', 'short-one-shot'],
    ['asks for something else', 'this.second = setTimeout(() => { if (job.isOver) return; this.run(job); }, 90_000);', 'guarded-callback'],
  ])('is less sure of one that %s', (_, later, code) => {
    expect(judged(timers(later)).codes).toContain(code);
  });
});
