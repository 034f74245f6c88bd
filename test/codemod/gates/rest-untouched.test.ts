import { expect, it } from 'vitest';
import type { Analysis, Edit } from '../../../src/core/index.js';
import { restUntouched } from '../../../src/codemod/gates/rest-untouched.js';
import type { Trial } from '../../../src/codemod/gates/trial.js';

const edits: Edit[] = [
  { start: 6, end: 8, text: 'XYZ' },
  { start: 2, end: 2, text: '++' },
];

it.each([
  ['only the edits changed', '01++2345XYZ89', undefined],
  ['a character before them changed', '91++2345XYZ89', 'Text outside the edits would change, before 2.'],
  ['a character between them changed', '01++23-5XYZ89', 'Text outside the edits would change, before 6.'],
  ['a character behind them changed', '01++2345XYZ8-', 'Text outside the edits would change, after 8.'],
  ['something was appended', '01++2345XYZ89\n', 'Text outside the edits would change, after 8.'],
])('%s', (_, after, objection) => {
  expect(restUntouched(trial('0123456789', after))).toBe(objection);
});

function trial(before: string, after: string): Trial {
  return { edits, before: textOnly(before), after: textOnly(after) } as unknown as Trial;
}

function textOnly(text: string): Analysis {
  return { model: { text } } as unknown as Analysis;
}
