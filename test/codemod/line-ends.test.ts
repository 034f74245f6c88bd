import { expect, it } from 'vitest';
import { dominantLineEnd, withLineEnds } from '../../src/codemod/line-ends.js';

it.each([
  ['', '\n'],
  ['no line end', '\n'],
  ['a\r\nb', '\r\n'],
  ['a\r\nb\nc', '\n'],
  ['a\r\nb\r\nc\n', '\r\n'],
  ['\nstarts with one', '\n'],
])('the dominant line end of %j is %j', (text, lineEnd) => {
  expect(dominantLineEnd(text)).toBe(lineEnd);
});

it('withLineEnds leaves a lone carriage return', () => {
  expect(withLineEnds('a\nb\r\nc\rd', '\r\n')).toBe('a\r\nb\r\nc\rd');
});
