import type { Finding } from '../../src/core/index.js';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Operation } from '../../src/core/facts/operations.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import { entryEndOf } from '../../src/core/questions/entry-end.js';
import { namedAround } from '../../src/core/questions/growth-shape.js';
import { isTeardown } from '../../src/core/questions/teardowns.js';
import type { CollectionSubject } from '../../src/core/subject.js';
import { pathText, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { accessToSibling, collectionNode } from '../track-timers/sibling.js';
import { findReadPlace } from './readers.js';

/** Doubts that only the program's behaviour can settle. */
const MAY_BE_NEEDED: Readonly<Record<string, string>> = {
  'may-come-again': 'the end may be followed by a new start of the same key',
  'released-apart': 'another function takes its keys out by itself',
};

/** Deletes a key from a collection where its sibling loses it. */
export function planForSibling({ collection, growth }: CollectionSubject, { reasons, related }: Finding, facts: Facts): Plan {
  const { name } = collection;
  const doubt = reasons.find(({ code }) => code in MAY_BE_NEEDED);
  if (doubt) return { refused: `${name} may keep the key on purpose: ${MAY_BE_NEEDED[doubt.code] ?? ''}.` };
  if (hasEndOfItsOwn(collection, facts)) return { refused: `An entry of ${name} has to be ended before it goes, and not only deleted.` };
  const span = related.find(({ role }) => role === 'release')?.span;
  const lost = facts.operations.find(({ node, kind: what }) => (what === 'shrink' || what === 'empty') && node.range[0] === span?.start && node.range[1] === span.end);
  if (!lost) return { refused: `Nothing shows where ${name} should lose the key.` };
  const { fn } = lost;
  if (!entryEndOf(fn, facts) && !isTeardown(fn.name, facts) && facts.functions.callersOf(fn).length > 1) return { refused: `${namedAround(fn).name}() is a step of several functions, not all of which may end the entry.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  for (const one of [lost, ...emptiedWith(lost, collection, facts)]) {
    const refusal = writeDeletion(one, collection, writer, facts);
    if (refusal) return refusal;
  }
  const grown = growth[0]?.operation.how ?? 'set';
  return { edits: writer.edits, safety: 'review', notes: [`${name}, which ${grown} fills, now loses the key there, too`] };
}

/** Teardowns that empty the sibling as well: after a deletion, they would be the next to keep a key. */
function emptiedWith(lost: Operation, { place }: Collection, facts: Facts): Operation[] {
  const sibling = facts.places.key(lost.place);
  const own = facts.places.key(place);
  const isRelieved = (fn: FunctionFact): boolean => facts.summaries.of(fn).some(({ operation, place: other }) => (operation.kind === 'shrink' || operation.kind === 'empty') && facts.places.key(other) === own);
  return facts.operations.filter((other) => other !== lost && other.kind === 'empty' && other.node.type === 'CallExpression' && facts.places.key(other.place) === sibling && isTeardown(other.fn.name, facts) && !isRelieved(other.fn));
}

/** Writes the deletion under the one of the sibling; above it where that gives back its value. */
function writeDeletion(lost: Operation, collection: Collection, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const { name, kind, place } = collection;
  const access = accessBeside(lost, collection, facts, writer);
  if (access === undefined) return { refused: `${name} cannot be named where the key is lost.` };
  if (lost.kind === 'shrink' && (!lost.key || pathText(lost.key) === undefined)) return { refused: 'The key is computed where it is lost.' };
  if (kind === 'dictionary' && lost.kind === 'empty') return { refused: `${name} is an object, and nothing shows how it is emptied.` };
  const key = lost.key ? writer.textOf(lost.key) : '';
  const release = lost.kind === 'empty' ? `${access}.clear()` : kind === 'dictionary' ? `delete ${access}[${key}]` : `${access}.delete(${key})`;
  const slot = findStatementSlot(lost.node);
  if (!slot) return { refused: 'There is no place for a statement beside the one by which the key is lost.' };
  const follows = slot.node.type === 'ExpressionStatement';
  if (!follows && slot.node.type !== 'ReturnStatement' && slot.type !== 'arrow') return { refused: 'The key is lost within a larger expression.' };
  if (findReadPlace(statementsBehind(slot.node), new Map([[facts.places.key(place), place]]), facts)) return { refused: `${name} is still used after the key is lost.` };
  const lines = [`${release}${writer.style.semicolon}`];
  writer.around(slot, follows ? [] : lines, follows ? lines : [], { keepsValue: slot.type === 'arrow' });
  return undefined;
}

/** `this.timers` beside `this.members`; for what is deleted through a local, `this.timers` where `this` is the owner. */
function accessBeside(lost: Operation, { place, name }: Collection, facts: Facts, writer: CodeWriter): string | undefined {
  const sibling = facts.collections.find((one) => facts.places.key(one.place) === facts.places.key(lost.place));
  const node = collectionNode(lost);
  const beside = sibling && node ? accessToSibling(node, sibling, name, facts, writer) : undefined;
  if (beside !== undefined) return name.startsWith('[') ? undefined : beside;
  const { root, path } = place;
  const self = facts.owners.thisAt(lost.node);
  return root.type === 'owner' && path.length === 1 && self?.isStatic === root.isStatic && facts.owners.declaring(self.owner, name) === root.owner ? `this.${name}` : undefined;
}

/** Whether code of the file ends what the entries hold: closes it, calls it, stops its timer. */
function hasEndOfItsOwn({ place }: Collection, facts: Facts): boolean {
  const element = facts.places.key({ root: place.root, path: [...place.path, ELEMENT] });
  return facts.operations.some(({ kind, place: ended }) => (kind === 'clear' || kind === 'end' || kind === 'invoke') && facts.places.key(ended).startsWith(element));
}

/** What may run after a statement in its function, as far as the lists around it show. */
function statementsBehind(statement: Node): Node[] {
  const found: Node[] = [];
  for (let current: Node = statement; current.parent && !current.type.includes('Function'); current = current.parent) {
    const { parent } = current;
    if (parent.type === 'BlockStatement') found.push(...parent.body.slice(parent.body.indexOf(current as (typeof parent.body)[number]) + 1));
  }
  return found;
}
