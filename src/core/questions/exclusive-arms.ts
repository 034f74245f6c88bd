import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import { declaringFunction } from '../scope/bindings.js';
import { contains, isFunctionNode, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';

/** Whether one run can do both: they do not stand in two cases of one `switch`, nor in the two arms of one `if`. */
export function canRunTogether(left: Effect, right: Effect): boolean {
  const arms = new Map(armsOf(left));
  return armsOf(right).every(([statement, arm]) => (arms.get(statement) ?? arm) === arm);
}

/**
 * Whether one piece of code runs only where something is set and the other only
 * where it is not, and that is the same for all runs: a field that nothing but
 * the constructor sets, or what a factory was given. Then no object ever runs
 * both.
 */
export function standsApart(left: Node, right: Node, facts: Facts): boolean {
  const asked = new Map(settingsAround(left, facts));
  return asked.size > 0 && settingsAround(right, facts).some(([field, isSet]) => asked.has(field) && asked.get(field) !== isSet);
}

/** What is the same for all runs and must be set, or must not be, where a node stands. */
function settingsAround(node: Node, facts: Facts): [string, boolean][] {
  const found: [string, boolean][] = [];
  const add = (condition: Node, holds: boolean): void => {
    const test = unwrap(condition);
    const isNegated = test.type === 'UnaryExpression' && test.operator === '!';
    const setting = settingOf(isNegated ? unwrap(test.argument) : test, facts);
    if (setting !== undefined) found.push([setting, holds !== isNegated]);
  };
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (current.type === 'IfStatement' && child !== current.test) add(current.test, child === current.consequent);
    if (current.type !== 'BlockStatement') continue;
    for (const statement of current.body) {
      if (statement === child) break;
      if (statement.type === 'IfStatement' && !statement.alternate && leaves(statement.consequent)) add(statement.test, false);
    }
  }
  return found;
}

function leaves(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** A field that only the constructor sets, or a variable of a function around that nothing writes. */
function settingOf(asked: Node, facts: Facts): string | undefined {
  const place = asked.type === 'MemberExpression' || asked.type === 'Identifier' ? facts.places.resolve(asked) : undefined;
  if (place?.root.type === 'owner') return place.path.length === 1 && assignmentsTo(place, facts).every((write) => facts.functions.around(write).isConstructor) ? facts.places.key(place) : undefined;
  if (place?.root.type !== 'variable' || place.path.length > 0) return undefined;
  const { variable } = place.root;
  const isOuter = declaringFunction(variable) !== facts.functions.around(asked).node;
  return isOuter && variable.references.every((reference) => !reference.isWrite() || reference.init === true) ? facts.places.key(place) : undefined;
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
