import type { Facts } from '../../src/core/facts/facts.js';
import { unwrap, type Node } from '../../src/core/syntax/nodes.js';

/** Whether evaluating an expression twice is the same as once: names, members and texts made of them, without calls. */
export function isRepeatable(key: Node): boolean {
  const node = unwrap(key);
  switch (node.type) {
    case 'Identifier':
    case 'ThisExpression':
      return true;
    case 'Literal':
      return !('regex' in node);
    case 'MemberExpression':
      return isRepeatable(node.object) && (!node.computed || isRepeatable(node.property));
    case 'TemplateLiteral':
      return node.expressions.every(isRepeatable);
    default:
      return false;
  }
}

/** Whether every variable of an expression keeps the value that it has when the timer is started. */
export function isConstant(key: Node, facts: Facts): boolean {
  return !facts.tree.some(key, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    return variable?.references.some((reference) => reference.isWrite() && reference.init !== true) ?? false;
  });
}
