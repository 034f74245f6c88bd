import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Node } from '../syntax/nodes.js';

/** Whether the calls that the file shows are all there are: nobody else has the function, by its name or as a value. */
export function isOnlyCalledHere(fn: FunctionFact, facts: Facts): boolean {
  const calls = facts.functions.callsOf(fn);
  if (calls.length === 0 || fn.registrations.length > 0) return false;
  const member = fn.method?.member;
  if (member ? !(member.isPrivate || isProtected(member.node) || /^[_#]/.test(member.name)) : fn.escapes) return false;
  // What nothing that calls it is started by, it is started by itself.
  const own = [...fn.ownTriggers, ...(fn.inline && !fn.isConstructor ? (fn.parent?.triggers ?? []) : [])];
  return isProtected(member?.node) || own.every((trigger) => calls.some((call) => call.from.triggers.has(trigger)));
}

/** A subclass may call it, but as a rule only the class does. */
function isProtected(node: Node | undefined): boolean {
  return node?.type === 'MethodDefinition' && node.accessibility === 'protected';
}
