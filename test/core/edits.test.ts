import { describe, expect, it } from 'vitest';
import { applyEdits, findOverlap } from '../../src/core/index.js';

const edit = (start: number, end: number, text = '') => ({ start, end, text });

describe('findOverlap', () => {
  it('finds none in edits that only touch', () => {
    expect(findOverlap([edit(0, 3), edit(3, 5), edit(7, 7, 'x')])).toBeUndefined();
  });

  it('finds none in no edits', () => {
    expect(findOverlap([])).toBeUndefined();
  });

  it('finds edits that share text, whatever their order', () => {
    const [left, right] = [edit(0, 4), edit(3, 5)];
    expect(findOverlap([right, left])).toEqual({ first: left, second: right });
  });

  it('finds an edit within another', () => {
    expect(findOverlap([edit(0, 9), edit(3, 3, 'x')])).toBeDefined();
  });

  it('takes two insertions at one offset for an overlap, since their order would be a guess', () => {
    expect(findOverlap([edit(3, 3, 'a'), edit(3, 3, 'b')])).toBeDefined();
  });

  it('takes an insertion where a replacement starts for an overlap', () => {
    expect(findOverlap([edit(3, 5, 'a'), edit(3, 3, 'b')])).toBeDefined();
  });
});

describe('applyEdits', () => {
  it('replaces, inserts and removes, whatever the order of the edits', () => {
    expect(applyEdits('one two three', [edit(8, 13, '3'), edit(0, 3, '1'), edit(7, 7, ','), edit(4, 7)])).toBe('1 , 3');
  });

  it('counts in UTF-16 units', () => {
    expect(applyEdits('😀ab', [edit(2, 3, 'x')])).toBe('😀xb');
  });

  it('gives the text itself for no edits', () => {
    expect(applyEdits('a\r\nb', [])).toBe('a\r\nb');
  });

  it.each([
    ['overlap', [edit(0, 2), edit(1, 3)]],
    ['end behind the text', [edit(0, 99)]],
    ['start before the text', [edit(-1, 0)]],
    ['end before they start', [edit(3, 2)]],
  ])('throws for edits that %s', (_what, edits) => {
    expect(() => applyEdits('abcdef', edits)).toThrow(RangeError);
  });
});
