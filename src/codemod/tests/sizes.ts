import type { Collection } from '../../core/facts/collections.js';
import type { Facts } from '../../core/facts/facts.js';
import type { Place } from '../../core/facts/places.js';
import type { Door, Instance } from './door.js';
import type { Imported } from './scenario.js';

/** How a test sees how much a collection holds. */
export interface Size {
  readonly expression: string;
  /** What it has to import for that. */
  readonly imported: Imported | undefined;
}

/** The size of a collection, seen from outside its file; undefined where that cannot be. */
export function sizeOf(place: Place, door: Door, facts: Facts): Size | undefined {
  const collection = facts.collections.find((one) => facts.places.key(one.place) === facts.places.key(place));
  const seen = collection && accessTo(place, door.instance, facts);
  return seen && { ...seen, expression: measured(collection, seen.expression) };
}

function accessTo({ root, path }: Place, instance: Instance | undefined, facts: Facts): Size | undefined {
  const [name] = path;
  if (root.type === 'variable' && path.length === 0) {
    const exported = facts.exports.nameOf(root.variable);
    return exported === undefined || exported === 'default' ? undefined : { expression: exported, imported: { name: exported, exported } };
  }
  if (root.type !== 'owner' || name === undefined || path.length !== 1 || name.startsWith('#')) return undefined;
  if (root.isStatic || root.owner.kind === 'object') {
    const exported = root.owner.variable && facts.exports.nameOf(root.owner.variable);
    return exported === undefined || exported === 'default' ? undefined : { expression: member(exported, name, root.owner.members.get(name)?.isPrivate), imported: { name: exported, exported } };
  }
  if (!instance) return undefined;
  return { expression: member(instance.name, name, facts.owners.member(root.owner, name)?.isPrivate), imported: undefined };
}

/** TypeScript lets brackets reach a private member: that is what they are for. */
function member(object: string, name: string, isPrivate: boolean | undefined): string {
  return isPrivate || !/^[A-Za-z_$][\w$]*$/u.test(name) ? `${object}['${name}']` : `${object}.${name}`;
}

function measured({ kind }: Collection, access: string): string {
  if (kind === 'array') return `${access}.length`;
  return kind === 'dictionary' ? `Object.keys(${access}).length` : `${access}.size`;
}
