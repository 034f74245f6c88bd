import { describe, expect, it } from 'vitest';
import { checksFor } from '../support/check.js';

const { expectFindings, expectNothingCertain, expectSilent, verdictsOf } = checksFor('no-leaked-listener');

/** A method that waits for an event of a field; the samples differ in how it listens, and in what else the class does. */
const waits = (listen: string, rest = ''): string => `
export class Exchange {
  constructor(line) { this.line = line; }
  async ask(text) {
    this.line.send(text);
    return new Promise((resolve, reject) => {
      ${listen}
    });
  }
  ${rest}
}
`;
const MARK = ' //! certain no-leaked-listener this.line.on';

describe('no-leaked-listener: a listener that settles the promise of one call', () => {
  it.each([
    ['the listener is what settles it', `this.line.on('answer', resolve);${MARK}`],
    ['the listener calls that', `this.line.on('answer', (answer) => resolve(answer.text));${MARK}`],
    ['it settles it on one of the answers', `this.line.on('answer', (answer) => { if (answer.to === text) resolve(answer); });${MARK}`],
    ['it rejects it', `this.line.on('refused', () => { reject(new Error('refused')); });${MARK}`],
  ])('stays where %s', (_name, listen) => {
    expectFindings(waits(listen));
  });

  it('stays on what a module has', () => {
    expectFindings(`
import { line } from './line.js';
export function ask(text) {
  return new Promise((resolve) => {
    line.on('answer', () => resolve(text)); //! certain no-leaked-listener line.on
  });
}
`);
  });

  it.each([
    ['it comes once', "this.line.once('answer', resolve);"],
    ['it takes itself off', "const heard = (answer) => { this.line.off('answer', heard); resolve(answer); }; this.line.on('answer', heard);"],
    ['another one takes it off', "const heard = (answer) => { clearTimeout(late); resolve(answer); }; const late = setTimeout(() => { this.line.off('answer', heard); reject(new Error('late')); }, 500); this.line.on('answer', heard);"],
    ['a signal does', "this.line.addEventListener('answer', resolve, { signal: AbortSignal.timeout(500) });"],
    ['the target is over with it', "this.line.on('close', resolve);"],
    ['the target ends', "this.line.on('answer', resolve);", 'close() { this.line.close(); }'],
    ['the target is of this call', "const line = open(text); line.on('answer', resolve);"],
    ['the call makes the target anew', "this.line = open(text); this.line.on('answer', resolve);"],
    ['it is an error that a stream may have', "this.line.on('error', reject);"],
  ])('is not said to where %s', (_name, listen, rest = '') => {
    expectSilent(waits(listen, rest));
  });

  it('is not said to where the promise is kept for all callers', () => {
    expectSilent(`
export class Exchange {
  constructor(line) { this.line = line; }
  whenAnswered() {
    this.answered ??= new Promise((resolve) => { this.line.on('answer', () => resolve()); });
    return this.answered;
  }
}
`);
  });

  it('is not said to where the program waits once', () => {
    expectSilent(`
import { line } from './line.js';
function answer() { return new Promise((resolve) => { line.on('answer', () => resolve()); }); }
await answer();
`);
  });

  it('still stays where a local has the promise', () => {
    expectFindings(`
export class Exchange {
  constructor(line) { this.line = line; }
  async ask() {
    let answer;
    answer = new Promise((resolve) => {
      this.line.on('answer', () => resolve()); //! certain no-leaked-listener this.line.on
    });
    await answer;
  }
}
`);
  });

  it.each([
    ['the target is the object itself', `
export class Login extends EventEmitter {
  wait() { return new Promise((resolve) => { this.on('token', resolve); }); }
}
`],
    ['the event opens its target', waits("this.line.on('connected', () => resolve());")],
  ])('is not certain where %s', (_name, code) => {
    expectNothingCertain(code);
    expect(verdictsOf(code).map(({ outcome }) => outcome)).toEqual(['likely']);
  });
});
