import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { importOf, isParameter, onlyValue } from '../scope/bindings.js';
import { unwrap } from '../syntax/nodes.js';

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
    case 'module':
      return true;
    case 'variable':
      return isParameter(root.variable) || importOf(root.variable) !== undefined;
    case 'owner':
      return holder.path.length === 1 && !facts.owners.member(root.owner, holder.path[0] ?? '')?.init;
  }
}

/**
 * Whether a handle is a property of an object that the function was given, or
 * got from code that the file does not show: `store.stateOf(id).timer = …`.
 * Whoever has the object can clear it.
 */
export function isOfForeignObject({ root, path }: Place, facts: Facts): boolean {
  // What `useRef` gives is the component's own.
  if (root.type !== 'variable' || path.length === 0 || path.at(-1) === ELEMENT || path[0] === 'current') return false;
  if (isParameter(root.variable) || importOf(root.variable)) return true;
  const value = onlyValue(root.variable);
  const made = value && unwrap(value.type === 'AwaitExpression' ? value.argument : value);
  return made?.type === 'CallExpression' && !facts.functions.valueOf(made.callee);
}
