import type { LeakRule } from './leak-rule.js';
import { because, listed } from './wording/sentences.js';

export const noForgottenField: LeakRule = {
  id: 'no-forgotten-field',
  description: 'disallow teardowns that do not release, on every path, what their object acquired',
  stable: true,
  message: (finding) => {
    const forgotten = finding.related.filter((place) => place.role === 'forgotten').map((place) => `'${place.name}'`);
    const teardown = finding.owner === '' || finding.owner.endsWith(')') ? `'${finding.symbol}'` : `'${finding.owner}.${finding.symbol}'`;
    return `${teardown} does not release ${listed(forgotten, 6)}.${because(finding)} Release it there as well, on every path.`;
  },
};
