import type { Owner } from '../../core/facts/owners.js';

/** Whether private members of a class are spelled `#name` rather than `private name`. */
export function prefersHashNames({ members }: Owner): boolean {
  const privates = [...members.values()].filter((member) => member.isPrivate);
  const hashed = privates.filter((member) => member.name.startsWith('#'));
  return hashed.length > 0 && hashed.length * 2 >= privates.length;
}
