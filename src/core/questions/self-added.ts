import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import type { Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { isShutdownName } from '../kinds/releases.js';
import { declaringFunction } from '../scope/bindings.js';
import { unwrap } from '../syntax/nodes.js';
import { isTeardown, methodsOf } from './teardowns.js';

/** Whether a new object puts itself into a collection that outlives it: `Session.all.add(this)`. Objects that only the module makes are the values of a type. */
export function addsItself({ operation: { fn, value, place } }: Effect, facts: Facts): boolean {
  const owner = fn.isConstructor ? fn.self?.owner : undefined;
  if (!owner || (value && unwrap(value).type) !== 'ThisExpression' || !isOfProgram(place)) return false;
  const made = facts.functions.constructionsOf(owner);
  return !made.some((node) => facts.functions.around(node) === facts.functions.module);
}

function isOfProgram({ root }: Place): boolean {
  return root.type === 'owner' ? root.isStatic : root.type === 'module' || (root.type === 'variable' && declaringFunction(root.variable) === undefined);
}

/** What ends an object that has added itself; `isSure`: by a name that says nothing else. */
export interface EndOfAdded {
  readonly fn: FunctionFact;
  readonly owner: Owner;
  readonly isSure: boolean;
}

/** The end of an object that has put itself into a collection, and stays there. */
export function endOfAdded(growth: readonly Effect[], facts: Facts): EndOfAdded | undefined {
  for (const effect of growth) {
    const owner = addsItself(effect, facts) ? effect.operation.fn.self?.owner : undefined;
    const ends = owner ? methodsOf(owner, facts).filter(({ name }) => isTeardown(name, facts) || isShutdownName(name)) : [];
    // `clients[this.index] = null` leaves nothing that holds the object.
    if (ends.some((end) => facts.summaries.of(end).some(({ place }) => facts.places.key(place) === facts.places.key(effect.place)))) continue;
    const fn = ends.find(({ name }) => isTeardown(name, facts)) ?? ends[0];
    if (owner && fn) return { fn, owner, isSure: isTeardown(fn.name, facts) };
  }
  return undefined;
}
