import type { Facts } from '../../src/core/facts/facts.js';
import { isParameter } from '../../src/core/scope/bindings.js';
import { isFunctionNode, parentOf, type Node } from '../../src/core/syntax/nodes.js';
import type { DroppedTimer } from './dropped-timer.js';

/** Whether the callback resolves or rejects a promise: by a parameter of its executor, or one that is called so. */
export function settlesPromise({ call }: DroppedTimer, facts: Facts): boolean {
  const [callback] = call.arguments;
  return callback !== undefined && facts.tree.some(callback, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    if (!variable || !isParameter(variable)) return false;
    return /^(?:resolve|reject)/u.test(variable.name) || isExecutor(variable.defs[0]?.node as Node);
  });
}

function isExecutor(node: Node): boolean {
  const parent = isFunctionNode(node) ? parentOf(node) : undefined;
  return parent?.type === 'NewExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'Promise';
}
