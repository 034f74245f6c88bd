import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import { collectKeyedRuns } from '../../src/core/questions/keyed-runs.js';

/**
 * The collections that go with another: declared beside it, and every key that
 * they get comes to the other in the same run. What is also filled on its own,
 * or holds something that has to be ended, is left.
 */
export function collectSiblings(collection: Collection, facts: Facts): Collection[] {
  const beside = facts.collections.filter((other) => other !== collection && /^(?:map|set|dictionary)$/u.test(other.kind) && standBeside(collection, other));
  if (beside.length === 0) return [];
  const runs = collectKeyedRuns([collection, ...beside], facts);
  return beside.filter((other) => {
    const filling = runs.filter(({ filled }) => filled.has(other));
    const isFilledTogether = filling.length > 0 && filling.every(({ grown }) => [...grown.values()].some((group) => group.has(other)) && [...grown.values()].every((group) => !group.has(other) || group.has(collection)));
    return isFilledTogether && !holdsResource(other, facts);
  });
}

function standBeside({ place: one }: Collection, { place: other }: Collection): boolean {
  if (one.root.type === 'owner') return other.root.type === 'owner' && other.root.owner === one.root.owner && other.root.isStatic === one.root.isStatic && other.path.length === 1;
  return one.root.type === 'variable' && other.root.type === 'variable' && other.path.length === 0 && other.root.variable.scope === one.root.variable.scope;
}

function holdsResource(collection: Collection, facts: Facts): boolean {
  const entry = `${facts.places.key(collection.place)}.${ELEMENT}`;
  return facts.operations.some(({ kind, place }) => {
    const key = facts.places.key(place);
    return /^(?:end|clear|invoke)$/u.test(kind) && (key === entry || key.startsWith(`${entry}.`));
  });
}
