import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration, ListenerRemoval } from '../facts/listeners.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { addTo } from '../multimap.js';
import { declaringFunction } from '../scope/bindings.js';
import { hasPath, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { Row } from './rows.js';
import { ownerOfFunction } from './state-owner.js';

/** What lives as long as the program: a listener of it is kept as long, whatever becomes of the listener. */
const PROGRAM = /^(?:process|window|document|globalThis|self)$/;

/**
 * The listeners of each owner by what they listen to: those that some code takes
 * away, and those of the program that an object adds. All others go with what
 * they listen to, or the file does not tell.
 */
export function listenerRows(facts: Facts): Row[] {
  const groups = new Map<string, { registration: ListenerRegistration; removals: ListenerRemoval[] }[]>();
  for (const registration of facts.listeners.registrations) {
    if (registration.style !== 'method' && registration.style !== 'helper') continue;
    const removals = facts.listeners.removals.filter((removal) => takesAway(removal, registration, facts));
    if (removals.length === 0 && !isOfProgram(registration)) continue;
    if (registration.once && removals.length === 0) continue;
    addTo(groups, `${holderKey(registration.fn)} ${targetText(registration.target)}`, { registration, removals });
  }
  return [...groups.values()].flatMap((group) => rowOf(group, facts) ?? []);
}

function rowOf(group: readonly { registration: ListenerRegistration; removals: readonly ListenerRemoval[] }[], facts: Facts): Row | undefined {
  const [first] = group;
  if (!first) return undefined;
  const { registration: { target, targetPlace, node, fn } } = first;
  const parts = group.map(({ removals }) => removals.map((removal) => removal.node));
  const count = new Set(group.map(({ registration }) => registration.event)).size;
  return {
    kind: 'listener', noun: count === 1 ? 'listener' : `${String(count)} listeners`, name: `${targetText(target)}.on(${count === 1 ? first.registration.event : '…'})`,
    per: isOneOfMany(targetPlace) ? 'key' : 'object',
    owner: ownerOfFunction(fn, facts), place: undefined, node, held: [], growth: [], survives: undefined, isOptional: false, isLasting: true, isRelease: () => false, parts,
    findRelease: () => parts.flat()[0],
  };
}

/** An entry, or a parameter or local that stands for one. */
function isOneOfMany(target: Place | undefined): boolean {
  return target !== undefined && (target.path.includes(ELEMENT) || (target.root.type === 'variable' && declaringFunction(target.root.variable) !== undefined));
}

/** A method of an object that listens to the program: the program outlives the object. */
function isOfProgram({ target, fn }: ListenerRegistration): boolean {
  return hasPath(target, PROGRAM) && fn.self !== undefined && fn.self.owner.kind !== 'object' && !fn.self.isStatic;
}

function takesAway(removal: ListenerRemoval, registration: ListenerRegistration, facts: Facts): boolean {
  if (removal.event !== undefined && removal.event !== registration.event) return false;
  if (holderKey(removal.fn) !== holderKey(registration.fn)) return false;
  const isSameTarget = removal.targetPlace && registration.targetPlace && facts.places.key(removal.targetPlace) === facts.places.key(registration.targetPlace);
  if (!isSameTarget && targetText(removal.target) !== targetText(registration.target)) return false;
  if (!removal.handler) return true;
  const [left, right] = [handlerName(removal.handler), handlerName(registration.handler)];
  return left !== undefined && left === right;
}

/** `this.onExit`, `listeners.exit`: the last name tells, whatever the holder is called there. */
function handlerName(handler: Node): string | undefined {
  return pathText(unwrap(handler))?.split('.').at(-1);
}

function targetText(target: Node): string {
  return pathText(target)?.replace(/^this\./, '') ?? 'result of a call';
}

function holderKey(fn: FunctionFact): string {
  if (fn.self) return `o${String(fn.self.owner.id)}`;
  let outermost = fn;
  while (outermost.parent?.parent) outermost = outermost.parent;
  return `f${String(outermost.id)}`;
}
