import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { isFunctionNode, contains, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Expiry } from '../../src/core/subject.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import type { DroppedTimer } from './dropped-timer.js';
import { isConstant, isRepeatable } from './key.js';
import { dependsOnCallback, type OwnCallback } from './own-callback.js';
import { accessToSibling, collectionNode } from './sibling.js';

/** The entry that a timer ends, in words that hold where the timer is started. */
export interface Entry {
  readonly key: Node;
  /** How code there names the sibling of the entry's collection. */
  readonly accessTo: (sibling: string) => string | undefined;
  /** Whether the callback deletes it itself, not through a function that it calls. */
  readonly isDeletedInPlace: boolean;
}

/** Finds the entry's key where the timer is started: in the callback's own deletion, or in its call of a function that deletes what it is given. */
export function findEntry(timer: DroppedTimer, { deletion }: Expiry, collection: Collection, callback: OwnCallback, facts: Facts, writer: CodeWriter): Entry | Refusal | undefined {
  const entry =
    callback.type === 'written' && contains(callback.fn, deletion.node)
      ? { key: deletion.key, holder: collectionNode(deletion), isDeletedInPlace: true }
      : { ...givenEntry(timer, deletion.node, deletion.key, facts), isDeletedInPlace: false };
  const { key, holder, isDeletedInPlace } = entry;
  if (!key || !holder || dependsOnCallback(key, callback, facts) || dependsOnCallback(holder, callback, facts)) return undefined;
  if (!isRepeatable(key)) return { refused: `The key ${writer.textOf(key)} cannot be written twice without evaluating it twice.` };
  if (!isConstant(key, facts)) return { refused: `The key ${writer.textOf(key)} may change while the timer runs.` };
  return { key, accessTo: (sibling) => (isDeletedInPlace ? accessToSibling(holder, collection, sibling, facts, writer) : accessThrough(holder, collection, sibling, facts, writer)), isDeletedInPlace };
}

/** In `() => this.end(id)`, where `end(key)` deletes `key`: the argument, and the callee that leads to the collection. */
function givenEntry(timer: DroppedTimer, deletion: Node, key: Node | undefined, facts: Facts): { key?: Node | undefined; holder?: Node | undefined } {
  const started = timer.acquisition.callback;
  const effect = started && facts.summaries.of(started).find((one) => one.operation.node === deletion);
  const [call] = effect?.via ?? [];
  if (!call || effect?.via.length !== 1 || !isFunctionNode(call.to.node) || key?.type !== 'Identifier') return {};
  const variable = facts.bindings.variableOf(key);
  const index = call.to.node.params.findIndex((parameter) => variable?.identifiers.includes(parameter as never));
  return index === -1 ? {} : { key: call.node.arguments[index], holder: call.node.callee };
}

/** The callee `this.end` leads to `this.sessionTimeouts`. */
function accessThrough(callee: Node, collection: Collection, sibling: string, facts: Facts, writer: CodeWriter): string | undefined {
  const { root } = collection.place;
  if (root.type === 'variable') return sibling;
  const inner = unwrap(callee);
  const self = inner.type === 'MemberExpression' ? facts.places.resolve(inner.object) : undefined;
  if (inner.type !== 'MemberExpression' || root.type !== 'owner' || self?.root.type !== 'owner' || self.path.length > 0) return undefined;
  return facts.owners.declaring(self.root.owner, collection.name) === root.owner ? `${writer.textOf(inner.object)}.${sibling}` : undefined;
}
