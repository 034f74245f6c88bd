import type { Effect } from '../facts/summaries.js';
import { contains, isFunctionNode, type Node } from '../syntax/nodes.js';

/** Whether one run can do both: they do not stand in two cases of one `switch`, nor in the two arms of one `if`. */
export function canRunTogether(left: Effect, right: Effect): boolean {
  const arms = new Map(armsOf(left));
  return armsOf(right).every(([statement, arm]) => (arms.get(statement) ?? arm) === arm);
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
