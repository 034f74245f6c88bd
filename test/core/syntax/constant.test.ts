import { describe, expect, it } from 'vitest';
import { constantNumber } from '../../../src/core/syntax/constant.js';
import { factsOf, probed } from '../../support/facts.js';

function valueOf(expression: string): number | undefined {
  const facts = factsOf(`
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TIMES = { fade: 250, slow: 2 * MINUTE, 'quoted': 1 };
const LOOP = LOOP2;
const LOOP2 = LOOP;
let changed = 5;
changed = 6;
probe(${expression});
`);
  const [node] = probed(facts);
  return node && constantNumber(node, facts.bindings);
}

describe('constantNumber', () => {
  it.each([
    ['5_000', 5000],
    ['0', 0],
    ['-1', -1],
    ['+1', 1],
    ['5 * 60 * 1000', 300_000],
    ['(1 + 2) * 3 - 4 / 2', 7],
    ['SECOND', 1000],
    ['MINUTE', 60_000],
    ['TIMES.fade', 250],
    ['TIMES.slow', 120_000],
    ['SECOND as number', 1000],
    ['(SECOND satisfies number)!', 1000],
  ])('folds %s', (expression, value) => {
    expect(valueOf(expression)).toBe(value);
  });

  it.each(['"5"', 'changed', 'unknown', 'this.delay', 'config.delay', 'TIMES.missing', 'LOOP', '1n', 'f()', '~1', '2 ** 3', 'TIMES[key]', 'a ? 1 : 2'])('does not guess %s', (expression) => {
    expect(valueOf(expression)).toBeUndefined();
  });

  it('gives nothing for no expression', () => {
    expect(constantNumber(undefined, factsOf('').bindings)).toBeUndefined();
  });
});
