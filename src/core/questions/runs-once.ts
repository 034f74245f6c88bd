import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { decoratorsOf, isClassNode, type Node } from '../syntax/nodes.js';

/** Decorators of classes of which a container makes one. */
const SINGLETON = /^(?:injectable|singleton|service|provide\w*|component)$/i;

/** Whether a function runs once per process: at module load, or while a container's only instance is built. */
export function runsOnce(fn: FunctionFact, facts: Facts): boolean {
  if (fn === facts.functions.module) return true;
  for (const trigger of fn.triggers) if (trigger !== 'load' && trigger !== 'construct') return false;
  if (!fn.triggers.has('construct')) return true;
  return fn.self !== undefined && isSingleton(fn.self.owner.node);
}

function isSingleton(node: Node): boolean {
  return isClassNode(node) && decoratorsOf(node).some((decorator) => {
    const { expression } = decorator;
    const callee = expression.type === 'CallExpression' ? expression.callee : expression;
    return callee.type === 'Identifier' && SINGLETON.test(callee.name);
  });
}
