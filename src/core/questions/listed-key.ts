import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { onlyValue, type Variable } from '../scope/bindings.js';
import { isFunctionNode, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';

/**
 * The list in which a key must be found before it is put in: `const asset =
 * list.find((one) => one.name === key); if (!asset) return; rates.set(key, …)`.
 * Then there are no more keys than the list has.
 */
export function findList(growth: readonly Effect[], facts: Facts): Node | undefined {
  const lists = growth.map((effect) => listBefore(effect, facts));
  return lists.every((list) => list !== undefined) ? lists[0] : undefined;
}

function listBefore({ operation: { node, fn, key } }: Effect, facts: Facts): Node | undefined {
  const text = key && facts.summaries.keyText(key);
  if (text === undefined) return undefined;
  for (const test of testsAround(node, fn.node)) {
    const found = foundBy(test, facts);
    const call = found && parseMethodCall(found);
    const asks = call && /^find(?:Last)?$/.test(call.method) ? call.args[0] : undefined;
    if (call && isFunctionNode(asks) && facts.tree.some(asks.body, (part) => part.type === 'BinaryExpression' && /^===?$/.test(part.operator) && [part.left, part.right].some((side) => facts.summaries.keyText(side) === text))) return call.object;
  }
  return undefined;
}

/** The value of the variable that a test asks for: `if (!found) return`, `if (found)`. */
function foundBy(test: Node, facts: Facts): Node | undefined {
  const inner = unwrap(test);
  const asked = inner.type === 'UnaryExpression' && inner.operator === '!' ? unwrap(inner.argument) : inner.type === 'BinaryExpression' ? unwrap(inner.left) : inner;
  const variable: Variable | undefined = asked.type === 'Identifier' ? facts.bindings.variableOf(asked) : undefined;
  return variable && onlyValue(variable);
}
