import fc from 'fast-check';
import { describe, it } from 'vitest';
import { installed } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';
import { projectProperties } from './project-properties.js';

const folder = temporaryFolder();

describe('for every project of such programs', () => {
  it.each(Object.entries(projectProperties(folder, installed)))('%s', async (_name, property) => fc.assert(property, { seed: Number(process.env['LEAKPROOF_SEED'] ?? 2222), numRuns: 25 }), 1_200_000);
});
