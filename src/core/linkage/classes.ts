import type { Facts } from '../facts/facts.js';
import { letsGoOfPlace } from '../facts/operations.js';
import type { Owner } from '../facts/owners.js';
import type { Effect } from '../facts/summaries.js';
import { isTeardown } from '../questions/teardowns.js';
import { unwrap, type Node } from '../syntax/nodes.js';
import type { ClassOutline, Reference, Teardown } from './outline.js';

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
function teardownsOf(owner: Owner, facts: Facts, lineOf: (node: Node) => number): Record<string, Teardown> {
  const found = Object.create(null) as Record<string, Teardown>;
  for (const { name, fn, isStatic } of owner.members.values()) {
    const method = fn && !isStatic && isTeardown(name, facts) ? facts.functions.of(fn) : undefined;
    const releases = method ? fieldsIn(facts.summaries.of(method).filter(({ operation }) => letsGoOfPlace(operation))) : [];
    if (method && releases.length > 0) found[name] = { line: lineOf(method.node), releases, fills: releases.some((field) => isFilledBy(owner, field, facts)) };
  }
  return found;
}

function fieldsIn(effects: readonly Effect[]): string[] {
  return [...new Set(effects.flatMap(({ place: { root, path: [field] } }) => (root.type === 'owner' && !root.isStatic && field !== undefined ? [field] : [])))].sort();
}

/** Whether the class itself gives a field something to release: an entry, or a value that a call or `new` makes. An empty collection holds nothing. */
function isFilledBy(owner: Owner, field: string, facts: Facts): boolean {
  return facts.operations.some(({ kind, place: { root, path }, value }) => root.type === 'owner' && root.owner === owner && path[0] === field
    && (kind === 'grow' || (kind === 'empty' && value !== undefined && isMade(value)))) || isMade(owner.members.get(field)?.init);
}

function isMade(value: Node | undefined): boolean {
  const inner = value && unwrap(value);
  return inner?.type === 'CallExpression' || (inner?.type === 'NewExpression' && inner.callee.type === 'Identifier' && !/^(?:Weak)?(?:Map|Set)$/.test(inner.callee.name));
}
