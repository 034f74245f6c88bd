import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import { isUnmountMethod } from '../kinds/events.js';
import { decoratorsOf, hasPath, isClassNode } from '../syntax/nodes.js';

/** Whether a function belongs to a component, of which a page makes and takes away one after the other. */
export function isOfComponent(fn: FunctionFact, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) {
    const owner = current.self && !current.self.isStatic ? current.self.owner : undefined;
    if (owner && isComponent(owner)) return true;
  }
  return false;
}

function isComponent({ node, members, superClass }: Owner): boolean {
  if (!isClassNode(node)) return false;
  if (superClass && hasPath(superClass, /^(?:React\.)?(?:Pure)?Component$/)) return true;
  if ([...members.keys()].some(isUnmountMethod)) return true;
  return decoratorsOf(node).some(({ expression }) => hasPath(expression.type === 'CallExpression' ? expression.callee : expression, /^(?:Component|Directive)$/));
}
