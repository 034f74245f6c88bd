import type { Codemod } from '../src/codemod/codemod.js';
import { addTtlSweep } from './add-ttl-sweep/codemod.js';
import { boundCollection } from './bound-collection/codemod.js';
import { releaseInTeardown } from './release-in-teardown/codemod.js';
import { trackTimers } from './track-timers/codemod.js';
import { unifyCleanup } from './unify-cleanup/codemod.js';

export { applyToProject, type ProjectRepair } from '../src/codemod/ts-morph.js';
export { addTtlSweep, boundCollection, releaseInTeardown, trackTimers, unifyCleanup };

/** Every codemod, in the order in which they are asked. */
export const codemods: readonly Codemod[] = [trackTimers, unifyCleanup, addTtlSweep, boundCollection, releaseInTeardown];
