import type { Place } from '../../src/core/facts/places.js';

/** The bare name of a collection, for sentences. */
export function nameOfPlace({ root, path }: Place): string {
  return path.at(-1) ?? (root.type === 'variable' ? root.variable.name : '');
}
