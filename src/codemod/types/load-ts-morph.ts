import { createRequire } from 'node:module';

/** The module, which takes half a second to load: only who has a repair to check pays for it. */
export function loadTsMorph(): typeof import('ts-morph') {
  return createRequire(import.meta.url)('ts-morph') as typeof import('ts-morph');
}
