import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { declaringFunction, importOf, onlyValue } from '../scope/bindings.js';
import { isFunctionNode, unwrap, type Node } from '../syntax/nodes.js';

/**
 * Whether a target of the page is given the same function each time: an import,
 * or what the module declares. Adding it again does nothing, and it holds
 * nothing but the module. Other emitters call it once for each time it is added.
 */
export function isSameEachTime({ method, handler }: ListenerRegistration, facts: Facts): boolean {
  const inner = unwrap(handler);
  const variable = method === 'addEventListener' && inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  if (!variable || declaringFunction(variable)) return false;
  const declared = variable.defs[0]?.node as Node | undefined;
  return importOf(variable) !== undefined || isFunctionNode(declared) || isFunctionNode(onlyValue(variable));
}
