import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';

/** `no-manual-only-release`: does anything take entries out without being asked? */
export function judgeManualRelease(_collection: Collection, _facts: Facts): Verdict | undefined {
  return undefined;
}
