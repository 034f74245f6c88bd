import type { TSESTree } from '@typescript-eslint/utils';

type Node = TSESTree.Node;

/**
 * Where the code around a node can be given more statements.
 * `listed`: the node's statement stands among others. `alone`: it is the body of
 * an `if`, `else` or loop without braces. `arrow`: the node is in the expression
 * body of an arrow function.
 */
export interface StatementSlot {
  readonly type: 'listed' | 'alone' | 'arrow';
  /** The statement, or the expression body. */
  readonly node: Node;
}

/**
 * The slot of a node, or undefined if a statement in front of the slot would
 * not run exactly when the node does: in `a && b`, in a loop's condition, in a
 * default value.
 */
export function findStatementSlot(node: Node): StatementSlot | undefined {
  let child = node;
  for (let parent = child.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'Program':
      case 'BlockStatement':
      case 'StaticBlock':
      case 'TSModuleBlock':
        return { type: 'listed', node: child };
      case 'SwitchCase':
        return child === parent.test ? undefined : { type: 'listed', node: child };
      case 'ArrowFunctionExpression':
        // A body in parentheses ends before its function does.
        return child === parent.body && child.range[1] === parent.range[1] ? { type: 'arrow', node: child } : undefined;
      case 'IfStatement':
        if (child !== parent.test) return { type: 'alone', node: child };
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        if (child === parent.body) return { type: 'alone', node: child };
        if (child !== parent.right) return undefined;
        break;
      case 'ForStatement':
        if (child === parent.body) return { type: 'alone', node: child };
        if (child !== parent.init) return undefined;
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
        return child === parent.body ? { type: 'alone', node: child } : undefined;
      case 'LogicalExpression':
        if (child === parent.right) return undefined;
        break;
      case 'ConditionalExpression':
        if (child !== parent.test) return undefined;
        break;
      case 'AssignmentExpression':
        if (/^(?:\?\?|\|\||&&)=$/u.test(parent.operator)) return undefined;
        break;
      case 'ChainExpression':
        // In `a?.b(node)` the node may not run; `node?.()` does.
        if (child !== node) return undefined;
        break;
      case 'AssignmentPattern':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'PropertyDefinition':
      case 'LabeledStatement':
      case 'ExportDefaultDeclaration':
      case 'ExportNamedDeclaration':
        return undefined;
      default:
        break;
    }
  }
  return undefined;
}
