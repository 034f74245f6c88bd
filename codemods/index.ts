import type { Codemod } from '../src/codemod/codemod.js';
import { boundCollection } from './bound-collection/codemod.js';
import { releaseInTeardown } from './release-in-teardown/codemod.js';
import { trackTimers } from './track-timers/codemod.js';
import { unifyCleanup } from './unify-cleanup/codemod.js';

export { applyToProject, type ProjectRepair } from '../src/codemod/ts-morph.js';
export { boundCollection, releaseInTeardown, trackTimers, unifyCleanup };

/** Every codemod, in the order in which they are asked. */
export const codemods: readonly Codemod[] = [trackTimers, unifyCleanup, boundCollection, releaseInTeardown];
