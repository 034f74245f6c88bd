import fc from 'fast-check';
import { describe, it } from 'vitest';
import { PROPERTIES } from './properties.js';

/** The same programs at every run; more of them are in the slow suite. */
const SAMPLE = { seed: 22, numRuns: 20 };

describe('for every program of a grammar', () => {
  it.each(Object.entries(PROPERTIES))('%s', (_name, property) => { fc.assert(property, SAMPLE); });
});
