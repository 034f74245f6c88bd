import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { constantNumber } from '../syntax/constant.js';
import { contains, isFunctionNode, isNamed, isNothing, unwrap, type Node } from '../syntax/nodes.js';

/** Whether all growth stands behind a test that the collection is still empty, or not yet made: `if (x.size === 0) { for (…) x.set(…) }` (BENIGN, C2). */
export function isFilledInOneGo(place: Place, growth: readonly Effect[], facts: Facts): boolean {
  const key = facts.places.key(place);
  const isIt = (node: Node): boolean => {
    const inner = unwrap(node);
    if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return false;
    const found = facts.places.resolve(inner);
    return found !== undefined && facts.places.key(found) === key;
  };
  return growth.length > 0 && growth.every(({ operation }) => operation.how !== '[]=' && isBehindTest(operation.node, (test) => asksWhetherEmpty(test, isIt, facts), facts));
}

function isBehindTest(node: Node, passes: (test: Node) => boolean, facts: Facts): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (isFunctionNode(current) && !facts.functions.of(current)?.inline) return false;
    if (current.type === 'IfStatement' && contains(current.consequent, node) && passes(unwrap(current.test))) return true;
  }
  return false;
}

/** `!x`, `x === undefined`, `!x.size`, `x.size === 0`, `x.length < 1`. */
function asksWhetherEmpty(test: Node, isIt: (node: Node) => boolean, facts: Facts): boolean {
  const isSize = (node: Node): boolean => {
    const inner = unwrap(node);
    return inner.type === 'MemberExpression' && isNamed(inner, /^(?:size|length)$/) && isIt(inner.object);
  };
  if (test.type === 'UnaryExpression') return test.operator === '!' && (isIt(test.argument) || isSize(test.argument));
  if (test.type !== 'BinaryExpression') return false;
  if (/^===?$/.test(test.operator)) return (isIt(test.left) && isNothing(unwrap(test.right))) || (isSize(test.left) && constantNumber(test.right, facts.bindings) === 0);
  return test.operator === '<' && isSize(test.left) && constantNumber(test.right, facts.bindings) === 1;
}
