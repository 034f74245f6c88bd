import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { importOf, isParameter } from '../scope/bindings.js';

/**
 * Whether a handle was given to an object that the file does not make:
 * `tracker.add(handle)`. What that does with it, and who clears it, is written elsewhere.
 */
export function isInForeignHands(handle: Place, facts: Facts): boolean {
  if (handle.path.at(-1) !== ELEMENT) return false;
  const holder: Place = { root: handle.root, path: handle.path.slice(0, -1) };
  const key = facts.places.key(holder);
  if (facts.collections.some((collection) => facts.places.key(collection.place) === key)) return false;
  // An element that is assigned is kept; one that is added by a method is whatever that method makes of it.
  if (!facts.effectsOn(holder).some(({ operation }) => operation.kind === 'grow' && operation.how !== '[]=')) return false;
  const { root } = holder;
  switch (root.type) {
    case 'global':
      return true;
    case 'variable':
      return isParameter(root.variable) || importOf(root.variable) !== undefined;
    case 'owner':
      return holder.path.length === 1 && !facts.owners.member(root.owner, holder.path[0] ?? '')?.init;
  }
}
