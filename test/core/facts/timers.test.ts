import { describe, expect, it } from 'vitest';
import { factsOf } from '../../support/facts.js';

/** The milliseconds of the only timer of a file, as its own code shows them. */
function delayOf(code: string): number | undefined {
  const { timers } = factsOf(code);
  expect(timers).toHaveLength(1);
  return timers[0]?.delay;
}

/** A class that waits; the samples differ in its field, in how the delay is written, and in what else it does. */
const waiter = (field: string, delay: string, rest = ''): string => `
class Waiter {
  ${field}
  wait() { setTimeout(() => this.go(), ${delay}); }
  ${rest}
}
`;

describe('the delay of a timer', () => {
  it.each([
    ['a readonly field', waiter('private readonly pause = 500;', 'this.pause'), 500],
    ['a sum with one', waiter('readonly pause = 500;', 'this.pause + 10'), 510],
    ['a static field of the class', waiter('static PAUSE = 2 * 1_000;', 'Waiter.PAUSE'), 2_000],
    ['a field that is named as a constant', waiter('PAUSE_MS = 300;', 'this.PAUSE_MS'), 300],
  ])('is that of %s', (_name, code, expected) => {
    expect(delayOf(code)).toBe(expected);
  });

  it.each([
    ['a field that others may set', waiter('pause = 500;', 'this.pause')],
    ['a readonly field that the constructor sets again', waiter('readonly pause = 500;', 'this.pause', 'constructor(options) { this.pause = options.pause; }')],
    ['a readonly field without a value', waiter('readonly pause: number;', 'this.pause')],
    ['a field of another object', waiter('readonly pause = 500;', 'this.options.pause')],
    ['a method', waiter('PAUSE() { return 5; }', 'this.PAUSE')],
  ])('is not told by %s', (_name, code) => {
    expect(delayOf(code)).toBeUndefined();
  });
});
