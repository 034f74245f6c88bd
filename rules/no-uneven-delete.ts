import type { LeakRule } from './leak-rule.js';
import { because, named } from './wording/sentences.js';

export const noUnevenDelete: LeakRule = {
  id: 'no-uneven-delete',
  description: 'disallow collections that get the same key together and lose it apart',
  stable: true,
  message: (finding) => `${named(finding)} keeps keys whose entries are gone.${because(finding)} Delete its key there, too, best in one function for all of them.`,
};
