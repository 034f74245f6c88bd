import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isExchangeName } from '../kinds/listener-targets.js';
import { contains, isFunctionNode, parentOf, pathText, unwrap, type Node } from '../syntax/nodes.js';

/**
 * What ends without its signal: a promise that other code than the listener
 * settles, or an async function (`ends`); `perhaps`, if its listener works on an
 * object, which may go on until the signal ends it. A promise that nothing but
 * the signal settles lives as long as that (`waits`); of other code it is `unknown`.
 */
export function endWithoutSignal({ fn, handlerFn }: ListenerRegistration, facts: Facts): 'ends' | 'perhaps' | 'waits' | 'unknown' {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) {
    if (current.isConstructor) return 'perhaps';
    if (!isFunctionNode(current.node)) return 'unknown';
    const made = parentOf(current.node);
    if (made?.type === 'NewExpression' && made.arguments[0] && unwrap(made.arguments[0]) === current.node && /^(?:\w+\.)?(?:Promise|Observable)$/.test(pathText(made.callee) ?? '')) {
      return isSettledOutside(current.node, handlerFn?.node, facts) ? 'ends' : 'waits';
    }
    // What is handed to others ends when they say so.
    if (current.node.async && current.method?.owner.kind !== 'object') return handlerFn && facts.tree.some(handlerFn.node, ({ type }) => type === 'ThisExpression') ? 'perhaps' : 'ends';
    if (!current.inline && current.name === '') return 'unknown';
  }
  return 'unknown';
}

/** Whether the functions that an executor is given are used elsewhere than in the listener, once the signal has been asked. */
function isSettledOutside(executor: Node, listener: Node | undefined, facts: Facts): boolean {
  if (!isFunctionNode(executor)) return false;
  return executor.params.some((parameter) => {
    const variable = parameter.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined;
    return variable?.references.some((reference) => {
      const use = reference.identifier as Node;
      return !(listener && contains(listener, use)) && !asksSignal(use, executor, facts);
    });
  });
}

/** `if (signal.aborted) return reject(…)` */
function asksSignal(use: Node, executor: Node, facts: Facts): boolean {
  for (let current = use.parent; current && current !== executor; current = current.parent) {
    if (current.type === 'IfStatement' && contains(current.consequent, use) && facts.tree.some(current.test, (node) => node.type === 'Identifier' && node.name === 'aborted')) return true;
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
