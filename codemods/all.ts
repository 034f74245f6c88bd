import type { Codemod } from '../src/codemod/codemod.js';
import { addTtlSweep } from './add-ttl-sweep/codemod.js';
import { boundCollection } from './bound-collection/codemod.js';
import { clearBeforeSet } from './clear-before-set/codemod.js';
import { deleteOnFire } from './delete-on-fire/codemod.js';
import { releaseInTeardown } from './release-in-teardown/codemod.js';
import { trackTimers } from './track-timers/codemod.js';
import { unifyCleanup } from './unify-cleanup/codemod.js';

/** Every codemod, in the order in which they are asked. */
export const codemods: readonly Codemod[] = [trackTimers, clearBeforeSet, deleteOnFire, unifyCleanup, addTtlSweep, boundCollection, releaseInTeardown];
