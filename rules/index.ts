import type { LeakRule } from './leak-rule.js';
import { noPartialExitHandler } from './no-partial-exit-handler.js';
import { noTimerOverwrite } from './no-timer-overwrite.js';
import { noUnboundedCollection } from './no-unbounded-collection.js';
import { noUntrackedTimer } from './no-untracked-timer.js';

/** Every rule, in the order of the documentation. */
export const rules: readonly LeakRule[] = [noUntrackedTimer, noTimerOverwrite, noUnboundedCollection, noPartialExitHandler];
