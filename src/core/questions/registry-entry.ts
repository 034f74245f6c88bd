import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { domainOfKey } from './key-names.js';
import { lifetimeOf } from './lifetime.js';

/**
 * The long-lived registry whose entries hold a collection: `messages` of a room
 * that stands in `rooms`. Such a collection lives as long as its entry, which
 * is as long as a person or a peer stays, and not for one piece of work.
 */
export function registryAround(collection: Collection, facts: Facts): Collection | undefined {
  for (const holder of holdersOf(collection.place, facts)) {
    const key = facts.places.key(holder);
    const registry = facts.collections.find((one) => facts.places.key(one.place) === key);
    if (registry && registry !== collection && isPerEntity(registry, facts)) return registry;
  }
  return undefined;
}

/** The collections in whose entries the objects stand to which a place belongs. */
function holdersOf({ root, path }: Place, facts: Facts): Place[] {
  const places = root.type === 'owner' && !root.isStatic ? facts.functions.constructionsOf(root.owner).flatMap((created) => {
    const destination = facts.places.destinationOf(created);
    return destination.type === 'place' && destination.place.path.at(-1) === ELEMENT ? [destination.place] : [];
  }) : [];
  const index = path.indexOf(ELEMENT);
  if (index >= 0) places.push({ root, path: path.slice(0, index + 1) });
  return places.map((place) => ({ root: place.root, path: place.path.slice(0, -1) }));
}

/** One entry per session, user or request, as its keys say, and none of them short-lived. */
function isPerEntity(registry: Collection, facts: Facts): boolean {
  const lifetime = lifetimeOf(registry.place, facts);
  if (lifetime === 'call' || lifetime === 'unknown') return false;
  return facts.effectsOn(registry.place).some(({ operation }) => operation.kind === 'grow' && operation.key && operation.value && domainOfKey(operation.key, facts) === 'entity');
}
