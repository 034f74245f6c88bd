import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { contains, pathText } from '../syntax/nodes.js';
import { isSameTarget, isSameValue } from './listener-pairs.js';
import { isTeardown } from './teardowns.js';

/**
 * The same listener that was added before, added once more by a teardown that
 * takes others away: `on` stands there where `off` is meant.
 */
export function findAddedBefore(registration: ListenerRegistration, facts: Facts): ListenerRegistration | undefined {
  const { fn, event, style, handler } = registration;
  if (!isTeardown(fn.name, facts) || !takesOthersAway(registration, facts)) return undefined;
  if (facts.listeners.removals.some((removal) => contains(fn.node, removal.node) && removal.event === event && removal.handler && isSameValue(removal.handler, handler, facts))) return undefined;
  return facts.listeners.registrations.find((one) => one.fn !== fn && one.style === style && one.event === event && isSameTarget(one, registration, facts) && isSameValue(one.handler, handler, facts));
}

/** Whether the function takes away other listeners by the counterpart of the same method. */
function takesOthersAway({ fn, node }: ListenerRegistration, facts: Facts): boolean {
  const receiver = (callee: Parameters<typeof pathText>[0]): string | undefined => pathText(callee)?.split('.').slice(0, -1).join('.');
  const own = receiver(node.callee);
  return facts.listeners.removals.some((removal) => removal.fn === fn && receiver(removal.node.callee) === own);
}
