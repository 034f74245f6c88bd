import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { ELEMENT } from '../facts/places.js';
import { isParameter } from '../scope/bindings.js';
import { isFunctionNode, unwrap, type Node } from '../syntax/nodes.js';
import { removalsOf } from './listener-pairs.js';

/**
 * Where the only function that takes a listener away is put into a place for
 * one of them, although a listener is added for each event that is asked for:
 * the second release takes the place of the first.
 */
export function findOverwrittenRelease(registration: ListenerRegistration, facts: Facts): Extract<Node, { type: 'AssignmentExpression' }> | undefined {
  const event = registration.eventNode && unwrap(registration.eventNode);
  const variable = event?.type === 'Identifier' ? facts.bindings.variableOf(event) : undefined;
  const removals = removalsOf(registration, facts);
  const [removal] = removals;
  if (!variable || !isParameter(variable) || !removal || removals.length > 1 || removal.fn === registration.fn || !isFunctionNode(removal.fn.node)) return undefined;
  return facts.tree.all('AssignmentExpression').find((assignment) => {
    if (assignment.operator !== '=' || facts.functions.valueOf(assignment.right) !== removal.fn || facts.functions.around(assignment) !== registration.fn) return false;
    const place = unwrap(assignment.left).type === 'MemberExpression' ? facts.places.resolve(assignment.left) : undefined;
    return place !== undefined && place.path.at(-1) !== ELEMENT && !isRead(assignment, facts);
  });
}

/** Whether the function asks for what stands at the place before it writes to it. */
function isRead(assignment: Extract<Node, { type: 'AssignmentExpression' }>, facts: Facts): boolean {
  const place = facts.places.resolve(assignment.left);
  const key = place && facts.places.key(place);
  return facts.tree.some(facts.functions.around(assignment).node, (node) => {
    if (node.type !== 'MemberExpression' || node === unwrap(assignment.left)) return false;
    const found = facts.places.resolve(node);
    return found !== undefined && facts.places.key(found) === key;
  });
}
