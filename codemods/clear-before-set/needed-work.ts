import type { Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Place } from '../../src/core/facts/places.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { executorRole, settlesWith } from '../../src/core/questions/settling.js';
import { declaringFunction, type Variable } from '../../src/core/scope/bindings.js';
import { contains, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { HandleWrite } from './handle-write.js';

/** Names of functions by which whoever asked is told of the end. */
const TELLS = /^(?:cb|callback|done|next|resolve\w*|reject\w*|fulfill?)$/u;

/** Why the work of the old timer must not be called off; undefined if it may. */
export function whyNeeded({ reasons }: Finding, timer: TimerAcquisition, place: Place, facts: Facts): string | undefined {
  if (reasons.some(({ code }) => code === 'set-in-loop')) return 'Every round starts a timer with work of its own, and clearing would call off all but the last.';
  const isTwice = reasons.some(({ code }) => code === 'set-twice' || code === 'set-by-two');
  if (isTwice && !isOnlyWork(timer, place, facts)) return 'One run starts two timers with different work, which need two handles.';
  return whyWaitedFor(timer, facts);
}

/** Who would wait for ever if a timer were cleared; undefined if nobody would. */
export function whyWaitedFor(timer: TimerAcquisition, facts: Facts): string | undefined {
  const waiting = settlesWith(timer, facts).find((variable) => isWaitedFor(variable, timer));
  return waiting && `Its callback calls ${waiting.name}, for which somebody would wait for ever if it were cleared.`;
}

/** Whether all timers that a place is given run the same callback. */
export function isOnlyWork(timer: TimerAcquisition, place: Place, facts: Facts): boolean {
  const key = facts.places.key(place);
  const text = (node: Node | undefined): string => (node ? facts.model.text.slice(...node.range).replace(/\s+/gu, ' ') : '');
  return facts.timers.every((other) => other.destination.type !== 'place' || facts.places.key(other.destination.place) !== key || text(other.callbackNode) === text(timer.callbackNode));
}

/**
 * Whether the old timer and the new one do the same: their callback uses nothing
 * that each call of the function that starts them has for itself, but the key
 * of the entry.
 */
export function isSameEachTime({ callbackNode }: TimerAcquisition, { key, target }: HandleWrite, place: Place, facts: Facts): boolean {
  const shared = new Set([key, target].flatMap((part) => (part ? variablesIn(part, facts) : [])));
  const home = place.root.type === 'variable' ? place.root.variable.identifiers[0] : place.root.type === 'owner' ? place.root.owner.node : undefined;
  return callbackNode !== undefined && variablesIn(callbackNode, facts).every((variable) => {
    const [declared] = variable.identifiers;
    const declaring = declaringFunction(variable);
    const isOutside = !declaring || (home !== undefined && contains(declaring, home));
    return isOutside || shared.has(variable) || (declared !== undefined && contains(callbackNode, declared));
  });
}

function variablesIn(part: Node, facts: Facts): Variable[] {
  const found: Variable[] = [];
  facts.tree.some(part, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    if (variable) found.push(variable);
    return false;
  });
  return found;
}

/** `resolve` of a promise, `deferred.reject`, `done`: of the call that started the timer, not of the object that has it. */
function isWaitedFor(variable: Variable, { kind, node, callbackNode }: TimerAcquisition): boolean {
  const declaring = declaringFunction(variable);
  if (!declaring || !contains(declaring, node) || (callbackNode && contains(unwrap(callbackNode), declaring))) return false;
  return executorRole(variable) !== undefined || TELLS.test(variable.name) || (kind.id === 'timeout' && variable.references.some(({ identifier }) => isSettled(identifier)));
}

/** `deferred.resolve(…)`. */
function isSettled(identifier: Node): boolean {
  const member = identifier.parent;
  return member?.type === 'MemberExpression' && member.object === identifier && member.property.type === 'Identifier' && /^(?:resolve|reject)$/u.test(member.property.name);
}
