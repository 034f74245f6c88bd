import fc from 'fast-check';
import { describe, it } from 'vitest';
import { PROPERTIES } from './properties.js';

/** Other programs than those of the fast suite; `LEAKPROOF_SEED` takes yet others. */
const SAMPLE = { seed: Number(process.env['LEAKPROOF_SEED'] ?? 2222), numRuns: 300 };

describe('for every program of a grammar', () => {
  it.each(Object.entries(PROPERTIES))('%s', (_name, property) => { fc.assert(property, SAMPLE); }, 1_200_000);
});
