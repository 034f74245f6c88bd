import type { Facts } from '../../core/facts/facts.js';
import type { Owner } from '../../core/facts/owners.js';
import { memberName, unwrap } from '../../core/syntax/nodes.js';

/** Whether private members of a class are spelled `#name` rather than `private name`. */
export function prefersHashNames({ members }: Owner): boolean {
  const privates = [...members.values()].filter((member) => member.isPrivate);
  const hashed = privates.filter((member) => member.name.startsWith('#'));
  return hashed.length > 0 && hashed.length * 2 >= privates.length;
}

/** The names that a new member must not have: of those that are declared, and of those that only code such as `this.name = …` mentions. */
export function memberNamesTaken(owner: Owner, facts: Facts): ReadonlySet<string> {
  const mentioned = facts.tree.all('MemberExpression').filter((node) => unwrap(node.object).type === 'ThisExpression' && facts.owners.thisAt(node)?.owner === owner);
  return new Set([...owner.members.keys(), ...mentioned.flatMap((node) => memberName(node) ?? [])]);
}
