import type { Facts } from '../facts/facts.js';
import type { Operation } from '../facts/operations.js';
import type { Owner } from '../facts/owners.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { contains } from '../syntax/nodes.js';

/** An operation of a kind on something of the same name that may be the same thing: `child.timer` for `this.timer`. */
export function findNamesake(handle: Place, isMeant: (operation: Operation) => boolean, facts: Facts): Operation | undefined {
  const key = facts.places.key(handle);
  return facts.operations.find((operation) => isMeant(operation) && facts.places.key(operation.place) !== key && lastNameOf(operation.place) === lastNameOf(handle) && !areToldApart(operation, handle));
}

/** Two places whose roots are both known to this file are told apart by more than their last name. */
function areToldApart({ place }: Operation, handle: Place): boolean {
  const left = place.root;
  const right = handle.root;
  if (left.type === 'owner' && right.type === 'owner') return left.owner !== right.owner && place.path.length === handle.path.length && !isNestedObject(left.owner, right.owner);
  if (left.type === 'variable' && right.type === 'variable') return place.path.length === 0 || handle.path.length === 0;
  if (left.type === 'variable' && right.type === 'owner') return place.path.length === 0;
  return left.type === 'owner' && right.type === 'variable' && handle.path.length === 0;
}

/** `{ mounted() {…}, methods: { stop() {…} } }`: a framework makes one object of both. */
function isNestedObject(left: Owner, right: Owner): boolean {
  return left.kind === 'object' && right.kind === 'object' && (contains(left.node, right.node) || contains(right.node, left.node));
}

function lastNameOf(place: Place): string {
  const names = place.path.filter((name) => name !== ELEMENT);
  return names.at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : '');
}
