import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit } from '../../src/core/index.js';
import { originalOffset, originOf } from '../../src/codemod/origins.js';

describe('originOf', () => {
  const edits: Edit[] = [
    { start: 5, end: 8, text: 'XY' },
    { start: 2, end: 2, text: '+++' },
  ];

  it('finds every character that was there before', () => {
    const before = '0123456789';
    const after = applyEdits(before, edits);
    expect(after).toBe('01+++234XY89');
    for (let offset = 0; offset < after.length; offset++) {
      const origin = originOf(offset, edits);
      if (!origin.written) expect(before[origin.offset]).toBe(after[offset]);
    }
  });

  it('takes written text to the place where it was put', () => {
    expect(originOf(3, edits)).toEqual({ offset: 2, written: true });
    expect(originOf(9, edits)).toEqual({ offset: 5, written: true });
  });

  it('takes what followed an insertion to where it stood', () => {
    expect(originOf(5, edits)).toEqual({ offset: 2, written: false });
  });
});

it('originalOffset goes back through all rounds', () => {
  const rounds: Edit[][] = [[{ start: 0, end: 0, text: 'ab' }], [{ start: 0, end: 1, text: '' }, { start: 3, end: 3, text: '--' }]];
  // 'xyz' → 'abxyz' → 'bx--yz'
  expect(originalOffset(4, rounds)).toBe(1);
});
