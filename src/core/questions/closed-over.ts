import type { Facts } from '../facts/facts.js';
import type { Variable } from '../scope/bindings.js';
import { contains, type Node } from '../syntax/nodes.js';

/** The variables that a function uses and does not declare. */
export function variablesUsedIn(fn: Node, facts: Facts): Variable[] {
  const found = new Set<Variable>();
  facts.tree.some(fn, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    const definition = variable?.defs[0]?.name as Node | undefined;
    if (variable && definition && !contains(fn, definition)) found.add(variable);
    return false;
  });
  return [...found];
}
