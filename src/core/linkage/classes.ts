import type { Facts } from '../facts/facts.js';
import type { Owner } from '../facts/owners.js';
import { isTeardown } from '../questions/teardowns.js';
import type { Node } from '../syntax/nodes.js';
import type { ClassOutline, Reference } from './outline.js';

const RELEASES: ReadonlySet<string> = new Set(['clear', 'end', 'empty', 'shrink', 'invoke']);

/** The classes of a file that have a teardown or a base class, by their own names. */
export function classesOf(facts: Facts, lineOf: (node: Node) => number, referenceTo: (node: Node) => Reference | undefined): Record<string, ClassOutline> {
  const found = Object.create(null) as Record<string, ClassOutline>;
  for (const owner of facts.owners.all) {
    if (owner.kind !== 'class' || owner.name === '') continue;
    const teardowns = teardownsOf(owner, facts, lineOf);
    const base = owner.superClass && (facts.owners.superOf(owner)?.name ?? referenceTo(owner.superClass));
    if (Object.keys(teardowns).length === 0 && base === undefined) continue;
    const shown = (owner.variable && facts.exports.nameOf(owner.variable)) ?? facts.exports.nameOfNode(owner.node);
    found[owner.name] = { ...(shown === undefined ? {} : { shown }), ...(base === undefined ? {} : { base }), teardowns };
  }
  return found;
}

/** The teardowns of a class that let go of something that its objects have. */
function teardownsOf(owner: Owner, facts: Facts, lineOf: (node: Node) => number): Record<string, number> {
  const found = Object.create(null) as Record<string, number>;
  for (const { name, fn, isStatic } of owner.members.values()) {
    const method = fn && !isStatic && isTeardown(name, facts) ? facts.functions.of(fn) : undefined;
    const isRelease = method && facts.summaries.of(method).some(({ operation: { kind, value }, place: { root } }) => RELEASES.has(kind) && value === undefined && root.type === 'owner' && !root.isStatic);
    if (method && isRelease) found[name] = lineOf(method.node);
  }
  return found;
}
