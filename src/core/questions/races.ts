import type { Facts } from '../facts/facts.js';
import type { ForeignPlace } from '../linkage/others.js';
import { hasPath, isFunctionNode, type Node } from '../syntax/nodes.js';

/** A race in which a promise takes part: in this file, or where another one calls the function that returns it. */
export type Race = 'here' | ForeignPlace;

/** The race in which a promise takes part: in place, by a variable, or as what a function returns. */
export function findRace(promise: Node, facts: Facts, followReturn: boolean): Race | undefined {
  if (isInRace(promise)) return 'here';
  const destination = facts.places.destinationOf(promise);
  if (destination.type === 'place' && destination.place.root.type === 'variable' && destination.place.path.length === 0) {
    return destination.place.root.variable.references.some((reference) => reference.isRead() && isInRace(reference.identifier)) ? 'here' : undefined;
  }
  if (!followReturn || destination.type !== 'returned') return undefined;
  const fn = facts.functions.around(promise);
  if (facts.functions.callsOf(fn).some((call) => findRace(call.node, facts, false))) return 'here';
  const shown = facts.functions.shownAs(fn);
  return shown === undefined ? undefined : facts.others.ask('race', shown);
}

/** Whether an expression is a part of what `Promise.race` is given. */
export function isInRace(node: Node): boolean {
  for (let current: Node | undefined = node; current && !isFunctionNode(current); current = current.parent) if (isRaceCall(current)) return true;
  return false;
}

function isRaceCall(node: Node): boolean {
  return node.type === 'CallExpression' && hasPath(node.callee, /^Promise\.(?:race|any)$/);
}
