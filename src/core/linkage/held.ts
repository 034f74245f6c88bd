import type { Facts } from '../facts/facts.js';
import { memberName, parentOf, unwrap, wrapped, type CallLike } from '../syntax/nodes.js';
import type { Use } from './outline.js';

/**
 * The methods that a class calls on an object which it makes and keeps to itself:
 * in a private field, of which nothing but these calls is made. Whoever else
 * would call a method of the object has to get it first.
 */
export function callsOnHeld(made: CallLike, facts: Facts): Pick<Use, 'calls'> {
  const destination = facts.places.destinationOf(made);
  if (destination.type !== 'place' || destination.place.root.type !== 'owner' || destination.place.path.length !== 1) return {};
  const { root, path: [name = ''] } = destination.place;
  const member = facts.owners.member(root.owner, name);
  const isHidden = name.startsWith('#') || (member?.isPrivate === true && 'accessibility' in member.node && member.node.accessibility === 'private');
  if (!isHidden) return {};
  const key = facts.places.key(destination.place);
  const calls = new Set<string>();
  for (const node of facts.tree.all('MemberExpression')) {
    if (memberName(node) !== name) continue;
    const place = facts.places.resolve(node);
    if (!place || facts.places.key(place) !== key) continue;
    const user = parentOf(wrapped(node));
    if (user?.type === 'AssignmentExpression' && unwrap(user.left) === node) continue;
    const call = user?.type === 'MemberExpression' && unwrap(user.object) === node ? parentOf(wrapped(user)) : undefined;
    const method = call?.type === 'CallExpression' && user?.type === 'MemberExpression' && unwrap(call.callee) === user ? memberName(user) : undefined;
    if (method === undefined) return {};
    calls.add(method);
  }
  return { calls: [...calls].sort() };
}
