import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noUnevenDelete: LeakRule = {
  id: 'no-uneven-delete',
  description: 'disallow collections that get the same key together and lose it apart',
  stable: true,
  codemod: 'unify-cleanup',
  message: (finding) => `${named(finding)} keeps keys that its siblings lose.${because(finding)} Delete the key from all of them in one function.`,
};
