import fc from 'fast-check';
import { describe, it } from 'vitest';
import { leakproof } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';
import { projectProperties } from './project-properties.js';

const folder = temporaryFolder();

describe('for every project of such programs', () => {
  it.each(Object.entries(projectProperties(folder, leakproof)))('%s', async (_name, property) => fc.assert(property, { seed: 22, numRuns: 5 }), 60_000);
});
