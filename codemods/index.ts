import type { Codemod } from '../src/codemod/codemod.js';
import { clearBeforeSet } from './clear-before-set/codemod.js';
import { trackTimers } from './track-timers/codemod.js';
import { unifyCleanup } from './unify-cleanup/codemod.js';

export { applyToProject, type ProjectRepair } from '../src/codemod/ts-morph.js';
export { clearBeforeSet, trackTimers, unifyCleanup };

/** Every codemod, in the order in which they are asked. */
export const codemods: readonly Codemod[] = [trackTimers, clearBeforeSet, unifyCleanup];
