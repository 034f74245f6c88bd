import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { onlyValue, type Variable } from '../scope/bindings.js';
import { isFunctionNode, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';

/**
 * The list in which a key must be found before it is put in: `const asset =
 * list.find((one) => one.name === key); if (!asset) return; rates.set(key, …)`,
 * `if (NAMES.includes(key)) before.set(key, …)`.
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
    const constant = facts.tree.find(test, (part) => isAskedOf(part, text, facts));
    if (constant) return parseMethodCall(constant)?.object;
    const found = foundBy(test, facts);
    const call = found && parseMethodCall(found);
    const asks = call && /^find(?:Last)?$/.test(call.method) ? call.args[0] : undefined;
    if (call && isFunctionNode(asks) && facts.tree.some(asks.body, (part) => part.type === 'BinaryExpression' && /^===?$/.test(part.operator) && [part.left, part.right].some((side) => facts.summaries.keyText(side) === text))) return call.object;
  }
  return undefined;
}

/** `NAMES.includes(key)`, `NAMES.indexOf(key) !== -1`, where the list is a constant that is written out. */
function isAskedOf(part: Node, text: string, facts: Facts): boolean {
  const call = parseMethodCall(part);
  if (!call || !/^(?:includes|indexOf|has)$/.test(call.method) || !call.args[0] || facts.summaries.keyText(call.args[0]) !== text) return false;
  const variable = call.object.type === 'Identifier' ? facts.bindings.variableOf(call.object) : undefined;
  const value = variable && onlyValue(variable);
  const list = value?.type === 'NewExpression' ? unwrap(value.arguments[0] ?? value) : value;
  return list?.type === 'ArrayExpression' && list.elements.length > 0 && list.elements.every((item) => item?.type === 'Literal' || item?.type === 'SpreadElement');
}

/** The value of the variable that a test asks for: `if (!found) return`, `if (found)`. */
function foundBy(test: Node, facts: Facts): Node | undefined {
  const inner = unwrap(test);
  const asked = inner.type === 'UnaryExpression' && inner.operator === '!' ? unwrap(inner.argument) : inner.type === 'BinaryExpression' ? unwrap(inner.left) : inner;
  const variable: Variable | undefined = asked.type === 'Identifier' ? facts.bindings.variableOf(asked) : undefined;
  return variable && onlyValue(variable);
}
