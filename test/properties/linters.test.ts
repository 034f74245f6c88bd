import { describe, it } from 'vitest';
import { temporaryFolder } from '../support/folder.js';
import { agrees } from './linters.js';

const folder = temporaryFolder();

describe('for twenty programs of a grammar', () => {
  it.each(['ESLint', 'oxlint'] as const)('%s and the command find the same', (linter) => { agrees(linter, folder, { seed: 22, numRuns: 20 }); }, 60_000);
});
