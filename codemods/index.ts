export { applyToProject, type ProjectRepair } from '../src/codemod/ts-morph.js';
export { addTtlSweep } from './add-ttl-sweep/codemod.js';
export { codemods } from './all.js';
export { boundCollection } from './bound-collection/codemod.js';
export { clearBeforeSet } from './clear-before-set/codemod.js';
export { deleteOnFire } from './delete-on-fire/codemod.js';
export { releaseInTeardown } from './release-in-teardown/codemod.js';
export { trackTimers } from './track-timers/codemod.js';
export { unifyCleanup } from './unify-cleanup/codemod.js';
