import { createRequire } from 'node:module';
import type * as TsMorph from 'ts-morph';

const require = createRequire(import.meta.url);

/** The module, which takes half a second to load: only who has a repair to check pays for it. */
export function loadTsMorph(): typeof TsMorph {
  return require('ts-morph') as typeof TsMorph;
}

/** Whether it is installed: an optional peer, for it weighs fifteen megabytes that who only lints does not need. */
export function hasTsMorph(): boolean {
  try {
    require.resolve('ts-morph');
    return true;
  } catch {
    return false;
  }
}
