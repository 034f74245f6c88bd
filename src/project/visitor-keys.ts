import type * as library from '@typescript-eslint/visitor-keys';
import { WhenNeeded } from './when-needed.js';

const loaded = new WhenNeeded<typeof library>('@typescript-eslint/visitor-keys');

/** Where the children of a node are, by its type. A linter brings its own; these are for files that we read ourselves. */
export function visitorKeys(): typeof library.visitorKeys {
  return loaded.get().visitorKeys;
}
