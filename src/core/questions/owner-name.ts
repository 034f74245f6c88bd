import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { declaringFunction } from '../scope/bindings.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Node } from '../syntax/nodes.js';

/** How a message names the owner of a place: `SessionManager`, `register()`, or nothing for the module. */
export function ownerName(place: Place, facts: Facts): string {
  const { root } = place;
  const path = toName(place);
  const store = facts.stores.of(place);
  if (store) return [store.name, ...path.slice(store.state.path.length, -1)].join('.').replaceAll('.*', '[]');
  if (root.type === 'owner') return [root.owner.name, ...path.slice(0, -1)].join('.').replaceAll('.*', '[]');
  if (root.type === 'global') return [root.name, ...path.slice(0, -1)].join('.');
  if (root.type === 'module') return root.file;
  if (path.length > 0) return [root.variable.name, ...path.slice(0, -1)].join('.').replaceAll('.*', '[]');
  const node = declaringFunction(root.variable);
  const fn = node && facts.functions.of(node);
  return fn ? functionName(fn) : '';
}

/** The bare name of a place: of the collection, where it is an element of one. */
export function bareName(place: Place): string {
  const { root } = place;
  return toName(place).at(-1) ?? (root.type === 'variable' ? root.variable.name : root.type === 'global' ? root.name : '');
}

/** The path up to the name by which a place is called: an element has the name of its collection. */
function toName({ path }: Place): readonly string[] {
  const length = path.findLastIndex((name) => name !== ELEMENT) + 1;
  return path.slice(0, length);
}

/** How a message names the function, or the object, in which something happens. */
export function functionOwner(fn: FunctionFact): string {
  return fn.self ? fn.self.owner.name : functionName(fn);
}

/** The function in which a node stands, as a call; empty for the module. */
export function functionAround(node: Node, facts: Facts): string {
  return functionName(facts.functions.around(node));
}

/** The nearest function with a name, as a call: `register()`. */
function functionName(fn: FunctionFact): string {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (current.name !== '') return `${current.name}()`;
  return '';
}
