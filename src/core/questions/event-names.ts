import type { Facts } from '../facts/facts.js';
import type { Registration } from '../facts/functions.js';
import { onlyValue, type Variable } from '../scope/bindings.js';
import { isFunctionNode, literalText, parentOf, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';

/** The events of a registration by name: several, where a list of names is gone through: `for (const signal of ['SIGINT', 'SIGTERM'])`. */
export function eventNamesOf({ node, event }: Registration, facts: Facts): readonly string[] {
  const first = node.type === 'CallExpression' && node.arguments[0] ? unwrap(node.arguments[0]) : undefined;
  if (first?.type !== 'Identifier') return [event];
  const variable = facts.bindings.variableOf(first);
  const names = variable && (namesOf(listGoneThrough(variable), facts) ?? namesOf(onlyValue(variable), facts));
  return names && names.length > 0 ? names : [event];
}

/** The list whose elements a variable is given one after the other. */
function listGoneThrough(variable: Variable): Node | undefined {
  const [definition] = variable.defs;
  const node = definition?.node as Node | undefined;
  if (node?.type === 'VariableDeclarator') {
    const loop: Node = node.parent.parent;
    return loop.type === 'ForOfStatement' && loop.left === node.parent ? loop.right : undefined;
  }
  if (!node || !isFunctionNode(node) || node.params[0]?.type !== 'Identifier' || node.params[0].name !== variable.name) return undefined;
  const call = parentOf(node);
  const method = call && parseMethodCall(call);
  return method?.method === 'forEach' || method?.method === 'map' ? method.object : undefined;
}

/** The literals that a list, or a constant that holds one, is made of. */
function namesOf(node: Node | undefined, facts: Facts): string[] | undefined {
  const inner = node && unwrap(node);
  if (inner?.type === 'Identifier') {
    const variable = facts.bindings.variableOf(inner);
    const value = variable && onlyValue(variable);
    return value && value.type !== 'Identifier' ? namesOf(value, facts) : undefined;
  }
  if (inner?.type === 'ArrayExpression') return inner.elements.flatMap((element) => literalText(element && unwrap(element)) ?? []);
  const literal = literalText(inner);
  return literal === undefined ? undefined : [literal];
}
