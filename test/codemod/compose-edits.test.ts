import { describe, expect, it } from 'vitest';
import { composeEdits } from '../../src/codemod/compose-edits.js';
import { applyEdits, type Edit } from '../../src/core/index.js';

describe('composed edits', () => {
  const text = 'one two three';
  const first: Edit[] = [{ start: 4, end: 7, text: 'TWO' }, { start: 0, end: 0, text: '<' }];

  it.each<[string, Edit[]]>([
    ['elsewhere', [{ start: 9, end: 14, text: '3' }]],
    ['within what was written', [{ start: 6, end: 7, text: '-' }]],
    ['over what was written and what was kept', [{ start: 0, end: 6, text: '' }]],
    ['behind what was written', [{ start: 1, end: 1, text: 'zero ' }]],
    ['of everything', [{ start: 0, end: 14, text: 'none' }]],
  ])('do what two rounds do, the second %s', (_, second) => {
    const composed = composeEdits(first, second, text.length);
    expect(applyEdits(text, composed)).toBe(applyEdits(applyEdits(text, first), second));
  });

  it('leave what neither round touches', () => {
    expect(composeEdits([{ start: 0, end: 1, text: 'O' }], [{ start: 13, end: 13, text: '.' }], text.length)).toEqual([{ start: 0, end: 1, text: 'O' }, { start: 13, end: 13, text: '.' }]);
  });
});
