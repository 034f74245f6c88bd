import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noCopyOnlyTrim: LeakRule = {
  id: 'no-copy-only-trim',
  description: 'disallow bounding a copy while the collection itself keeps growing',
  stable: true,
  message: (finding) => `${named(finding)} keeps growing: only a copy of it is trimmed.${because(finding)} Trim the collection itself after it grows.`,
};
