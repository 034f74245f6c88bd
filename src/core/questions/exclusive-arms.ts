import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { contains, isFunctionNode, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';

/** Whether one run can do both: they do not stand in two cases of one `switch`, nor in the two arms of one `if`. */
export function canRunTogether(left: Effect, right: Effect): boolean {
  const arms = new Map(armsOf(left));
  return armsOf(right).every(([statement, arm]) => (arms.get(statement) ?? arm) === arm);
}

/**
 * Whether one piece of code runs only where a field is set and the other only
 * where it is not, and nothing but the constructor sets it: then no object ever
 * runs both.
 */
export function standsApart(left: Node, right: Node, facts: Facts): boolean {
  const asked = new Map(settingsAround(left, facts));
  return asked.size > 0 && settingsAround(right, facts).some(([field, isSet]) => asked.has(field) && asked.get(field) !== isSet);
}

/** The fields that only the constructor sets and that must be set, or must not be, where a node stands. */
function settingsAround(node: Node, facts: Facts): [string, boolean][] {
  const found: [string, boolean][] = [];
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (current.type !== 'IfStatement' || child === current.test) continue;
    const test = unwrap(current.test);
    const isNegated = test.type === 'UnaryExpression' && test.operator === '!';
    const asked = isNegated ? unwrap(test.argument) : test;
    const place = asked.type === 'MemberExpression' ? facts.places.resolve(asked) : undefined;
    if (place?.root.type !== 'owner' || place.path.length !== 1 || !assignmentsTo(place, facts).every((write) => facts.functions.around(write).isConstructor)) continue;
    found.push([facts.places.key(place), (child === current.consequent) !== isNegated]);
  }
  return found;
}

/** The arms in which an effect stands, and the calls that lead to it: by the statement that has them. */
function armsOf({ operation, via }: Effect): [Node, Node][] {
  return [...via.map(({ node }) => node as Node), operation.node].flatMap((node) => {
    const arms: [Node, Node][] = [];
    for (let child = node, current = node.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
      if (current.type === 'SwitchStatement' && child.type === 'SwitchCase') arms.push([current, child]);
      if (current.type === 'IfStatement' && !contains(current.test, child)) arms.push([current, child]);
    }
    return arms;
  });
}
