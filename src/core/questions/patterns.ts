import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { hasPath, isFunctionNode, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';

/** `registerComponent('cursor', { init() {…} })`, `View.extend({ … })`: a framework makes objects after its pattern. */
export function isPattern(object: Node): boolean {
  const call = parentOf(wrapped(object));
  return call?.type === 'CallExpression' && hasPath(call.callee, /(?:^|\.)(?:register|define|extend|component|createClass|mixin)(?:[A-Z]\w*)?$/);
}

/**
 * Whether a function is the `remove()` with which a framework takes an object
 * away: of such a pattern, or one that passes the word on to its base. Others of
 * that name take something out of what they belong to.
 */
export function removesItself({ name, node, method }: FunctionFact, facts: Facts): boolean {
  if (name !== 'remove' || !method || !isFunctionNode(node) || node.params.length > 0) return false;
  if (method.owner.kind === 'object') return isPattern(method.owner.node);
  return facts.tree.some(node, (part) => {
    const call = parseMethodCall(part);
    return call?.method === 'remove' && unwrap(call.object).type === 'Super';
  });
}
