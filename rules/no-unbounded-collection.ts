import type { Finding } from '../src/core/index.js';
import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noUnboundedCollection: LeakRule = {
  id: 'no-unbounded-collection',
  description: 'disallow long-lived collections that grow at run time and that nothing shrinks or bounds',
  stable: true,
  message: (finding) => `${KIND[finding.kind] ?? 'Collection'} ${named(finding)} grows and nothing takes entries out.${because(finding)} ${advice(finding)}`,
};

const KIND: Readonly<Record<string, string>> = { map: 'Map', set: 'Set', array: 'Array', dictionary: 'Dictionary' };

function advice(finding: Finding): string {
  if (finding.kind === 'array') return 'Trim it after it grows, or empty it when its owner ends.';
  return 'Delete the key where its owner ends, or bound the collection by size or age.';
}
