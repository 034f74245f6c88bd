import { expect, it } from 'vitest';
import { RULE_IDS } from '../../src/core/index.js';
import { temporaryFolder } from '../support/folder.js';
import { leakproof } from './leakproof.js';

const folder = temporaryFolder();

it.each(RULE_IDS)('explain prints the page of %s', async (rule) => {
  const { status, stdout } = await leakproof(folder, 'explain', rule);
  expect(status).toBe(0);
  expect(stdout).toContain(rule);
});
