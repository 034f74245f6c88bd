import type { LeakRule } from './leak-rule.js';
import { noCopyOnlyTrim } from './no-copy-only-trim.js';
import { noForgottenField } from './no-forgotten-field.js';
import { noLeakedListener } from './no-leaked-listener.js';
import { noManualOnlyRelease } from './no-manual-only-release.js';
import { noMismatchedRemoval } from './no-mismatched-removal.js';
import { noOrphanedResource } from './no-orphaned-resource.js';
import { noPartialExitHandler } from './no-partial-exit-handler.js';
import { noStaleTimerEntry } from './no-stale-timer-entry.js';
import { noTimerOverwrite } from './no-timer-overwrite.js';
import { noUnboundedCollection } from './no-unbounded-collection.js';
import { noUnevenDelete } from './no-uneven-delete.js';
import { noUntrackedTimer } from './no-untracked-timer.js';
import { requireReleaseInFinally } from './require-release-in-finally.js';

/** Every rule, in the order of the documentation. */
export const rules: readonly LeakRule[] = [
  noUntrackedTimer, noTimerOverwrite, noStaleTimerEntry, noUnboundedCollection, noManualOnlyRelease,
  noUnevenDelete, noCopyOnlyTrim, noPartialExitHandler, noForgottenField, noLeakedListener, noMismatchedRemoval, noOrphanedResource,
  requireReleaseInFinally,
];
