import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import { isTeardownName } from '../kinds/releases.js';
import { isFunctionNode } from '../syntax/nodes.js';

/**
 * The functions that end the object in which a function runs: methods of its
 * class, or of the object that the factory around it returns, and effects'
 * returned clean-ups. By name, since an empty teardown is one, too.
 */
export function teardownsAround(fn: FunctionFact, facts: Facts): FunctionFact[] {
  const found = new Set<FunctionFact>();
  const take = (owner: Owner): void => {
    const seen = new Set<Owner>();
    for (let current: Owner | undefined = owner; current && !seen.has(current); current = facts.owners.superOf(current)) {
      seen.add(current);
      for (const member of current.members.values()) {
        const method = member.fn && facts.functions.of(member.fn);
        if (method && isTeardown(member.name, facts)) found.add(method);
      }
    }
  };
  if (fn.self) take(fn.self.owner);
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) {
    for (const owner of objectsOf(current, facts)) take(owner);
  }
  return [...found];
}

export function isTeardown(name: string, facts: Facts): boolean {
  return isTeardownName(name) || facts.settings.cleanupFunctions.includes(name);
}

/** The objects with methods that a factory returns. */
function objectsOf(fn: FunctionFact, facts: Facts): Owner[] {
  if (!isFunctionNode(fn.node)) return [];
  return facts.owners.all.filter((owner) => owner.kind === 'object' && facts.functions.around(owner.node) === fn && isReturned(owner, facts));
}

function isReturned(owner: Owner, facts: Facts): boolean {
  const destination = facts.places.destinationOf(owner.node);
  if (destination.type === 'returned') return true;
  const { variable } = owner;
  return variable?.references.some((reference) => !reference.isWrite() && facts.places.destinationOf(reference.identifier).type === 'returned') ?? false;
}
