import type { Analysis, Finding } from '../../src/core/index.js';
import type { Codemod, Plan } from '../../src/codemod/codemod.js';
import { planForgotten } from './forgotten.js';
import { planListener } from './listener.js';
import { planResource } from './resource.js';

/**
 * Releases what an object has acquired where the object ends: in its teardown,
 * as that releases its other things, or in one that is added. The forms and
 * what is left alone are in README.md beside this file.
 */
export const releaseInTeardown: Codemod = {
  id: 'release-in-teardown',
  title: 'Release in the teardown what its owner has acquired',
  rules: ['no-forgotten-field', 'no-leaked-listener', 'no-orphaned-resource'],
  plan({ subject, reasons }: Finding, { facts }: Analysis): Plan {
    switch (subject.type) {
      case 'listener':
        return planListener(subject, facts);
      case 'teardown':
        return planForgotten(subject, reasons, facts);
      case 'resource':
        return planResource(subject, reasons, facts);
      default:
        return { refused: 'This is not about something that a teardown releases.' };
    }
  },
};
