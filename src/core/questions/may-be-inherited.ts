import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';

/** A field that the class does not declare, while it extends one of another file: that one may declare and clear it. */
export function mayBeInherited(place: Place, facts: Facts): boolean {
  const { root, path: [name] } = place;
  return root.type === 'owner' && name !== undefined && root.owner.superClass !== undefined && !facts.owners.superOf(root.owner) && !root.owner.members.has(name);
}
