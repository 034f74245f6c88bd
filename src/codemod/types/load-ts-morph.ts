import { createRequire } from 'node:module';
import type * as TsMorph from 'ts-morph';

/** The module, which takes half a second to load: only who has a repair to check pays for it. */
export function loadTsMorph(): typeof TsMorph {
  return createRequire(import.meta.url)('ts-morph') as typeof TsMorph;
}
