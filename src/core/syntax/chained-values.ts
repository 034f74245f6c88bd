import type { TSESTree } from '@typescript-eslint/utils';
import { parentOf, unwrap, wrapped, type Node } from './nodes.js';

/** The value that a chain of assignments hands on: the function of `var C = module.exports = function () {}`. */
export function chainedValue(node: Node): Node {
  let value = unwrap(node);
  while (value.type === 'AssignmentExpression' && value.operator === '=') value = unwrap(value.right);
  return value;
}

/** The outermost assignment of the chain that hands a value on, or the value itself. */
function chainAround(node: Node): Node {
  let outer = node;
  for (let parent = parentOf(wrapped(outer)); parent?.type === 'AssignmentExpression' && parent.operator === '=' && unwrap(parent.right) === outer; parent = parentOf(wrapped(outer))) outer = parent;
  return outer;
}

/** The variable to which a value is given, perhaps after others: `C` of `var C = module.exports = function () {}`. */
export function nameGivenTo(node: Node): TSESTree.Identifier | undefined {
  const outer = chainAround(node);
  const declarator = parentOf(wrapped(outer));
  if (declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier') return declarator.id;
  for (let link = outer; link.type === 'AssignmentExpression'; link = unwrap(link.right)) if (link.left.type === 'Identifier') return link.left;
  return undefined;
}
