import { describe, it } from 'vitest';
import { LINTERS } from '../plugin/all-linters.js';
import { temporaryFolder } from '../support/folder.js';
import { agrees } from './linters.js';

const folder = temporaryFolder();

describe('for every program of a grammar', () => {
  it.each(Object.keys(LINTERS) as (keyof typeof LINTERS)[])('%s and the command find the same', (linter) => { agrees(linter, folder, { seed: Number(process.env['LEAKPROOF_SEED'] ?? 2222), numRuns: 300 }); }, 600_000);
});
