import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const requireReleaseInFinally: LeakRule = {
  id: 'require-release-in-finally',
  description: 'require that what is acquired before an await is released in a finally',
  stable: true,
  message: (finding) => `${named(finding)} is released only if nothing throws.${because(finding)} Release it in a finally.`,
};
