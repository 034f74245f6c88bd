import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isExchangeName } from '../kinds/listener-targets.js';
import { isFunctionNode, parentOf, pathText, unwrap } from '../syntax/nodes.js';

/**
 * Whether what listens to a signal may be over while the signal lives on: a
 * promise that other code settles, an async function, or an object that is
 * built with it.
 */
export function settlesOtherwise({ fn }: ListenerRegistration, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) {
    if (current.isConstructor) return true;
    if (!isFunctionNode(current.node)) return false;
    if (current.node.async) return true;
    const made = parentOf(current.node);
    if (made?.type === 'NewExpression' && made.arguments[0] && unwrap(made.arguments[0]) === current.node && /^(?:\w+\.)?(?:Promise|Observable)$/.test(pathText(made.callee) ?? '')) return true;
    // What is handed to others ends when they say so.
    if (current !== fn && !current.inline && current.name === '') return false;
  }
  return false;
}

/** The signal of a request ends with it: `request.signal`. */
export function isOfRequest({ targetPlace }: ListenerRegistration): boolean {
  if (!targetPlace) return false;
  const { root, path } = targetPlace;
  const names = [...(root.type === 'variable' ? [root.variable.name] : []), ...path];
  return names.slice(0, -1).some((name) => isExchangeName(name) || /^(?:ctx|context|event|c|raw|meta)$/.test(name));
}
