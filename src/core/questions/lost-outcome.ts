import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isEndingEvent } from '../kinds/events.js';
import { declaringFunction, onlyValue } from '../scope/bindings.js';
import { contains, parentOf, parseMethodCall, pathText, type Node } from '../syntax/nodes.js';
import { isOwnRemoval, isSameTarget, removalsOf } from './listener-pairs.js';
import { endsProcess } from './process-exits.js';
import { recurrenceOf } from './recurrence.js';

/** The outcome that came instead of the one that a listener waits for. */
export interface LostOutcome {
  readonly event: string;
  readonly node: Node;
  /** Whether what comes then, or what runs again, begins anew and adds the next one. */
  readonly isTriedAgain: boolean;
}

/**
 * Whether a listener waits for one of two outcomes, and stays when the other
 * one comes: what hears of that takes away only itself. `server.listen(port,
 * fn)` is such a listener: it waits for `listening`, and `error` may come.
 */
export function findLostOutcome(registration: ListenerRegistration, facts: Facts): LostOutcome | undefined {
  if (!waitsOnce(registration, facts) || isHeldBySuccessOnly(registration, facts) || removalsOf(registration, facts).some((removal) => !isOwnRemoval(removal, registration, facts))) return undefined;
  const other = facts.listeners.registrations.find((one) => one !== registration && one.event !== registration.event && one.style !== 'callback'
    && isSameTarget(one, registration, facts) && haveCommonCourse(one.fn, registration.fn, facts)
    && (registration.style === 'callback' ? one.event === 'error' && goesItself(one, facts) : isTakenBackBy(one, registration, facts)) && !isEndingEvent(one.event) && !endsTarget(one, registration, facts));
  return other && { event: other.event, node: other.node, isTriedAgain: isTriedAgain(other, registration, facts) };
}

/** Whether the other outcome leads to a second attempt, or the function is seen to run more than once. */
function isTriedAgain(other: ListenerRegistration, { fn, method, target }: ListenerRegistration, facts: Facts): boolean {
  for (let home: FunctionFact | undefined = fn; home && home !== facts.functions.module; home = home.parent) {
    const { node: whole } = home;
    if (recurrenceOf(home, facts) === 'again' || facts.functions.callsOf(home).some(({ node }) => contains(whole, node))) return true;
  }
  const text = pathText(target);
  const beginsAnew = (node: Node): boolean => { const call = parseMethodCall(node); return call?.method === method && pathText(call.object) === text; };
  return other.handlerFn !== undefined && [...facts.summaries.reach(other.handlerFn)].some((one) => one === fn || facts.tree.some(one.node, beginsAnew));
}

/** Whether a target is made beside the listener and given to nobody but by the listener itself: when the other outcome comes, it goes with all that it holds. */
function isHeldBySuccessOnly({ target, handlerFn, fn }: ListenerRegistration, facts: Facts): boolean {
  const variable = target.type === 'Identifier' ? facts.bindings.variableOf(target) : undefined;
  const value = variable && onlyValue(variable);
  const home = variable && declaringFunction(variable);
  if (!handlerFn || !home || !contains(home, fn.node) || (value?.type !== 'CallExpression' && value?.type !== 'NewExpression')) return false;
  return variable.references.every((reference) => {
    const node = reference.identifier as Node;
    const parent = parentOf(node);
    return reference.isWrite() || contains(handlerFn.node, node) || (parent?.type === 'MemberExpression' && parent.object === node);
  });
}

/** Whether a listener goes when its event comes, by itself or by its own hand, or another one of the same kind takes it away. */
function waitsOnce(registration: ListenerRegistration, facts: Facts): boolean {
  return registration.once || removalsOf(registration, facts).length > 0;
}

/** Whether it goes with its own event, and that cannot come again. */
function goesItself(registration: ListenerRegistration, facts: Facts): boolean {
  return registration.once || removalsOf(registration, facts).some((removal) => removal.handler !== undefined && registration.handlerFn !== undefined && contains(registration.handlerFn.node, removal.node));
}

/** Whether the listener of one outcome takes away that of the other, so that whoever wrote it knows that only one of them comes. */
function isTakenBackBy(other: ListenerRegistration, registration: ListenerRegistration, facts: Facts): boolean {
  if (registration.handlerFn === undefined || registration.handlerFn === other.handlerFn) return false;
  const removals = removalsOf(other, facts).filter(({ handler }) => handler !== undefined);
  return goesItself(other, facts) && removals.some((removal) => isOwnRemoval(removal, registration, facts)) && removals.every((removal) => isOwnRemoval(removal, registration, facts) || isOwnRemoval(removal, other, facts));
}

/** Whether two functions are parts of one run: one in the other, or both in one that is not the module. */
function haveCommonCourse(left: FunctionFact, right: FunctionFact, facts: Facts): boolean {
  const around = new Set<FunctionFact>();
  for (let current: FunctionFact | undefined = left; current && current !== facts.functions.module; current = current.parent) around.add(current);
  for (let current: FunctionFact | undefined = right; current && current !== facts.functions.module; current = current.parent) if (around.has(current)) return true;
  return false;
}

/** Whether what hears of the other outcome gives the target up, or ends the process. */
function endsTarget(other: ListenerRegistration, registration: ListenerRegistration, facts: Facts): boolean {
  const key = registration.targetPlace && facts.places.key(registration.targetPlace);
  if (!other.handlerFn) return true;
  return endsProcess(other.handlerFn, facts) || [...facts.summaries.reach(other.handlerFn)].some((fn) => facts.summaries.own(fn).some(({ kind, place }) => kind === 'end' && facts.places.key(place) === key));
}
