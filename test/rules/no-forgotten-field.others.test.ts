import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { argumentsOf, verdictsOf } = checksFor('no-forgotten-field');

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

describe('no-forgotten-field: one teardown after another, and the argument for each', () => {
  it.each([
    ['a member that the end forgets', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  open() { this.child.tick(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a member that is put into a list of what is to be disposed of', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor() { this.toDispose.push(this.child); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: kept-in-bag released-there']],
    ['a member that a register method takes as it is made, beside one that it does not', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  constructor() { this.child = this._register(new Child()); this.own = new Child(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a member that a register method takes with its assignment', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  constructor() { this._register(this.child = new Child()); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: released-there kept-in-bag']],
    ['a member in an array of another field', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  all = [this.child, this.other];
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: kept-in-bag released-there']],
    ['a member that a function for the end disposes of', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor(host) { host.onDispose(() => this.child.dispose()); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: kept-in-bag released-there']],
    ['a member that a function for something else disposes of', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor(host) { host.onLine(() => this.child.dispose()); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a member that an object with an end disposes of', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor(host) { host.add({ dispose: () => this.child.dispose() }); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: kept-in-bag released-there']],
    ['a member that a composite of the teardown disposes of', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor() { this.all = Disposable.from({ dispose: () => this.child.dispose() }); }
  dispose() { this.other.dispose(); this.all.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: kept-in-bag released-there released-there']],
    ['a member that a composite disposes of, which the teardown leaves', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor() { this.all = Disposable.from({ dispose: () => this.child.dispose() }); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a member that another member was given to end', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor() { this.link = new Link(() => this.child.dispose()); }
  dispose() { this.other.dispose(); this.link.close(); }
}
`, ['silent dispose: released-there', 'silent dispose: kept-in-bag released-there released-there']],
    ['a member whose setter ends the last one', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  #child = new Child(); other = new Child();
  get child() { return this.#child; } set child(next) { this.#child?.dispose(); this.#child = next; }
  dispose() { this.other.dispose(); this.child = undefined; }
}
`, ['silent dispose: released-there', 'silent dispose: ended-by-setter released-there']],
    ['a sweep of all members', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  open() { this.child.tick(); }
  dispose() { this.other.dispose(); for (const key in this) this[key]?.stop?.(); }
}
`, ['silent dispose: released-there', 'silent dispose: sweeps-members released-there']],
    ['a sweep of all values', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  open() { this.child.tick(); }
  dispose() { this.other.dispose(); for (const one of Object.values(this)) one.stop?.(); }
}
`, ['silent dispose: released-there', 'silent dispose: sweeps-members released-there']],
    ['a sweep by names', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  open() { this.child.tick(); }
  dispose() { this.other.dispose(); for (const name of this.names) this[name].dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: sweeps-members released-there']],
    ['a member that its maker ends on every way', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  run() { this.child = new Child(); this.child.tick(); this.child.dispose(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: released-there ended-where-made']],
    ['a member that its maker ends on one way', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  run(isShort) { this.child = new Child(); if (isShort) return; this.child.dispose(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a hidden teardown whose callers end it as well', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  close() { this.child.dispose(); this.#dispose(); }
  #dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent close: released-there released-there']],
    ['a hidden teardown of which one caller does not', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  close() { this.child.dispose(); this._dispose(); } leave() { this._dispose(); }
  _dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent close: released-there released-there']],
    ['a reader of what the teardown ends', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  constructor(open) { this.socket = open(); this.child = new Child(this.socket); }
  dispose() { this.socket.destroy(); this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: released-there released-there ended-with-peer']],
    ['a listener that does the rest when the teardown emits', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel extends EventEmitter {
  child = new Child(); other = new Child();
  constructor() { super(); this.on('over', () => this.child.dispose()); }
  dispose() { this.other.dispose(); this.emit('over'); }
}
`, ['silent dispose: released-there', 'silent dispose: ended-by-handler released-there']],
    ['a listener to the end of what the teardown closes', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor(socket) { this.socket = socket; socket.on('close', () => this.child.dispose()); }
  dispose() { this.other.dispose(); this.socket.end(); }
}
`, ['silent dispose: released-there', 'silent dispose: ended-by-handler released-there']],
    ['a listener to that end, which the teardown takes away', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor(socket) { this.socket = socket; socket.on('close', this.onClose); } onClose() { this.child.dispose(); }
  dispose() { this.socket.off('close', this.onClose); this.other.dispose(); this.socket.end(); }
}
`, ['silent dispose: released-there', 'silent onClose: released-there other-teardown-ends', 'likely dispose: ends-sibling other-teardown-ends']],
    ['a listener to that end, which the teardown takes away with all', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  constructor(socket) { this.socket = socket; this.socket.on('close', () => this.child.dispose()); }
  dispose() { this.socket.removeAllListeners(); this.other.dispose(); this.socket.end(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a hook of a base class', `
class Base { close() { this.onClosed(); } }
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel extends Base {
  child = new Child(); other = new Child();
  onClosed() { this.child.dispose(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a later step of the teardown', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  drop() { this.child.dispose(); }
  dispose() { this.other.dispose(); setTimeout(() => this.drop(), 0); }
}
`, ['silent dispose: released-there', 'silent dispose: ended-later released-there']],
    ['entries of a Map', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  children = new Map(); open(id) { this.children.set(id, new Child()); } close(id) { this.children.get(id).dispose(); this.children.delete(id); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling ended-elsewhere']],
    ['entries of a Map that the teardown empties', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  children = new Map(); open(id) { this.children.set(id, new Child()); } close(id) { this.children.get(id).dispose(); this.children.delete(id); }
  dispose() { this.other.dispose(); this.children.clear(); }
}
`, ['silent dispose: released-there', 'silent dispose: released-there emptied-there']],
    ['entries of a Map that the teardown goes through', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  children = new Map(); open(id) { this.children.set(id, new Child()); } close(id) { this.children.get(id).dispose(); this.children.delete(id); }
  dispose() { this.other.dispose(); for (const child of this.children.values()) child.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: released-there released-there']],
    ['a bag that is never filled', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  bag = new DisposableStore(); other = new Child();
  open() { this.bag.size; }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: never-filled released-there']],
    ['a bag that is filled', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  bag = new DisposableStore(); other = new Child();
  open(one) { this.bag.add(one); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: nothing-ends']],
    ['a bag that is given to somebody', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  bag = new DisposableStore(); other = new Child();
  open(host) { host.fill(this.bag); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'likely dispose: nothing-ends given-to']],
    ['a bag that is made of what it holds', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  bag = new CompositeDisposable(first, second); other = new Child();
  open() { this.other.tick(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: nothing-ends']],
    ['an observer with a signal', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  watch(signal) { this.observer = open('file', { signal }); } stop() { this.observer.close(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'likely stop: nothing-ends may-start-again', 'certain dispose: ends-sibling']],
    ['a member in a slot that a register method took', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  slot = this._register(new Slot()); open() { this.slot.value = new Child(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent dispose: released-there kept-in-bag']],
    ['a member in a slot of nobody', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  slot = new Slot(); open() { this.slot.value = new Child(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
    ['a teardown that does nothing', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  open() { this.child.tick(); } end() { this.child.dispose(); this.other.dispose(); }
  dispose() {}
}
`, ['silent dispose: released-there', 'silent end: released-there released-there', 'silent dispose: ended-elsewhere other-teardown-ends ended-elsewhere other-teardown-ends']],
    ['a watcher of the platform', `
import { watch } from 'node:fs';
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  watcher = watch("."); 
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: nothing-ends']],
    ['a child that ends by itself', `
import { exec } from 'node:child_process';
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  other = new Child();
  run() { this.proc = exec("make"); } kill() { this.proc.kill(); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'silent kill: other-teardown-ends released-there', 'silent dispose: released-there ended-elsewhere ended-on-change other-teardown-ends ends-by-itself']],
    ['an interval beside', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  begin() { this.beat = setInterval(() => this.child.tick(), 1_000); } pause() { clearInterval(this.beat); }
  dispose() { this.other.dispose(); this.child.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ended-elsewhere']],
    ['a step that another method puts off', `
class Child { timer = setInterval(() => this.tick(), 1_000); tick() { this.at = Date.now(); } dispose() { clearInterval(this.timer); } }
export class Panel {
  child = new Child(); other = new Child();
  drop() { this.child.dispose(); } pause() { setTimeout(() => this.drop(), 0); }
  dispose() { this.other.dispose(); }
}
`, ['silent dispose: released-there', 'certain dispose: ends-sibling']],
  ])('says of %s', (_, code, said) => {
    expect(argumentsOf(code)).toEqual(said);
  });
});
