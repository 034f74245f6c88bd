import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Operation } from '../../src/core/facts/operations.js';
import { ELEMENT, type Place } from '../../src/core/facts/places.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { expiriesOf } from '../../src/core/questions/expiry.js';
import type { Expiry, TimerSubject } from '../../src/core/subject.js';
import { bodyNodes, contains, isFunctionNode, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter, type Lines } from '../../src/codemod/writing/code-writer.js';
import { namesTakenAt } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { handleName, type DroppedTimer } from './dropped-timer.js';
import { findEntry, type Entry } from './entry.js';
import { isRepeatable } from './key.js';
import { refuseInCase } from './pending.js';
import { parseOwnCallback, writeIntoCallback, type OwnCallback } from './own-callback.js';
import { accessToSibling, collectionNode, declareSibling, siblingName, wishedSiblingName } from './sibling.js';
import { chooseTeardown, writeIntoTeardown } from './teardown.js';

/** A timer that ends an entry of a collection. */
export interface KeyedExpiry extends Expiry {
  readonly collection: Collection;
}

/**
 * Form 1. A Map beside the collection keeps the handle by the entry's key:
 * cleared before it is set, removed by the timer's own callback if it is still
 * the same handle, and cleared wherever the entry is deleted earlier. Undefined
 * if the timer is not about one entry that is known where it is started.
 */
export function planPerKey(timer: DroppedTimer, expiry: KeyedExpiry, subject: TimerSubject, facts: Facts): Plan | undefined {
  const { collection } = expiry;
  const writer = new CodeWriter(facts.model, facts.tree);
  const unbraced = refuseInCase(timer.slot);
  if (unbraced) return unbraced;
  const callback = parseOwnCallback(timer, writer);
  if ('refused' in callback) return callback;
  const entry = findEntry(timer, expiry, collection, callback, facts, writer);
  if (!entry || 'refused' in entry) return entry;

  const known = knownSibling(collection, timer.noun, facts);
  const name = known ?? siblingName(collection, timer.noun, facts);
  const timers = name === undefined ? undefined : entry.accessTo(name);
  if (name === undefined || timers === undefined) return { refused: `A Map of ${timer.noun}s cannot stand beside ${collection.name}.` };

  const repair: PerKey = { timer, collection, name, facts, writer };
  if (known === undefined) {
    const refusal = writeDeclaration(repair) ?? writeReleases(repair, expiry, entry);
    if (refusal) return refusal;
    writeIntoLastTeardown(repair, subject);
  }
  writeCreation(repair, timers, writer.textOf(entry.key), callback);
  const isSafe = known === undefined && timer.noun === 'timeout' && onlyEndsEntry(callback, expiry, entry, facts) && growsOnlyThere(repair) && isDeclaredForGood(collection, facts);
  return { edits: writer.edits, safety: isSafe ? 'safe' : 'review', notes: isSafe ? [] : [`deleting an entry of ${collection.name} now cancels its ${timer.noun}`] };
}

interface PerKey {
  readonly timer: DroppedTimer;
  readonly collection: Collection;
  /** Of the Map of timers. */
  readonly name: string;
  readonly facts: Facts;
  readonly writer: CodeWriter;
}

/** The Map of a repair before this one: named so, and with timers in it that end entries of the same collection. */
function knownSibling(collection: Collection, noun: DroppedTimer['noun'], facts: Facts): string | undefined {
  const wish = wishedSiblingName(collection, noun);
  const { root, path } = collection.place;
  const elements = facts.collections.find((one) => one.name === wish && one.place.root.type === root.type && one.place.path.length === path.length)?.place;
  const key = elements && facts.places.key({ root: elements.root, path: [...elements.path, ELEMENT] });
  const ends = (timer: TimerAcquisition): boolean => expiriesOf(timer, facts).some((expiry) => facts.places.key(expiry.place) === facts.places.key(collection.place));
  return facts.timers.some((timer) => timer.destination.type === 'place' && facts.places.key(timer.destination.place) === key && ends(timer)) ? wish : undefined;
}

function writeDeclaration({ collection, timer, name, writer }: PerKey): Refusal | undefined {
  const types = writer.style.typed ? `<${keyType(collection, writer)}, ${timer.type}>` : '';
  return declareSibling(collection, name, `new Map${types}()`, writer) ? undefined : { refused: `${collection.name} is not declared where a Map of ${timer.noun}s could stand beside it.` };
}

/** The type of the collection's keys as written; `unknown` where it is not. */
function keyType({ kind, typeArguments }: Collection, writer: CodeWriter): string {
  const [type] = typeArguments;
  if (type) return writer.textOf(type);
  return kind === 'dictionary' ? 'string' : 'unknown';
}

/** Clears the timer in front of every other deletion of its entry, and all timers before the collection is emptied. */
function writeReleases(repair: PerKey, expiry: KeyedExpiry, entry: Entry): Refusal | undefined {
  // An interval goes on after it has deleted its entry, unless that deletion clears it, too.
  const own = entry.isDeletedInPlace && repair.timer.noun === 'timeout' ? [] : [expiry.deletion];
  for (const deletion of [...expiry.early, ...own]) {
    if (!deletion.key) continue;
    const refusal = writeInFrontOf(deletion, repair, (timers) => {
      const key = repair.writer.textOf(deletion.key as Node);
      return isRepeatable(deletion.key as Node) ? releaseOne(repair, timers, key) : undefined;
    });
    if (refusal) return refusal;
  }
  for (const emptying of expiry.emptied) {
    if (emptying.node === repair.collection.declaration) continue;
    const refusal = writeInFrontOf(emptying, repair, (timers) => releaseAll(repair, timers, emptying.node));
    if (refusal) return refusal;
  }
  return undefined;
}

/** Where the statements of a function stand: names are looked up from there. */
function bodyOf(node: Node): Node {
  return isFunctionNode(node) ? node.body : node;
}

function writeInFrontOf(operation: Operation, repair: PerKey, linesFor: (timers: string) => Lines | undefined): Refusal | undefined {
  const { collection, name, facts, writer } = repair;
  const holder = collectionNode(operation);
  const timers = holder && accessToSibling(holder, collection, name, facts, writer);
  const slot = findStatementSlot(operation.node);
  const lines = timers === undefined ? undefined : linesFor(timers);
  if (!slot || !lines) return { refused: `${writer.textOf(operation.node)} stands where its timer cannot be cleared first.` };
  writer.around(slot, lines, [], { keepsValue: true });
  return undefined;
}

/** A teardown that leaves the collection as it is must still not leave its timers running. */
function writeIntoLastTeardown(repair: PerKey, { teardowns }: TimerSubject): void {
  const { collection, facts, writer } = repair;
  const { root } = collection.place;
  const ends = (kind: string): boolean => kind === 'shrink' || kind === 'empty';
  const key = facts.places.key(collection.place);
  const covers = teardowns.some((teardown) => facts.summaries.of(teardown).some((effect) => ends(effect.operation.kind) && facts.places.key(effect.place) === key));
  const teardown = chooseTeardown(teardowns, facts);
  if (covers || !teardown) return;
  const timers = root.type === 'variable' ? repair.name : root.type === 'owner' && teardown.self?.owner === root.owner && teardown.self.isStatic === root.isStatic ? `this.${repair.name}` : undefined;
  if (timers !== undefined) writeIntoTeardown(teardown, releaseAll(repair, timers, bodyOf(teardown.node)), writer);
}

function writeCreation(repair: PerKey, timers: string, key: string, callback: OwnCallback): void {
  const { timer, facts, writer } = repair;
  const { indent, semicolon } = writer.style;
  const { slot, value, noun, release } = timer;
  const taken = namesTakenAt(slot.node, facts.model);
  const handle = handleName(noun, taken);
  const shift = writer.around(slot, [`${release}(${timers}.get(${key}))${semicolon}`], [`${timers}.set(${key}, ${handle})${semicolon}`]);
  writer.replace({ start: slot.node.range[0], end: value.range[0] }, `const ${handle} = `);
  if (noun === 'timeout' && !leavesAlready(callback, repair)) writeIntoCallback(callback, [`if (${timers}.get(${key}) === ${handle}) {`, `${indent}${timers}.delete(${key})${semicolon}`, '}'], writer, shift);
}

/** Whether the callback removes the handle already: a repair before this one took its deletion for an early one. */
function leavesAlready(callback: OwnCallback, { name, facts }: PerKey): boolean {
  return callback.type === 'written' && facts.operations.some(({ kind, place, node }) => kind === 'shrink' && contains(callback.fn, node) && nameOf(place) === name);
}

function nameOf({ root, path }: Place): string | undefined {
  return path.at(-1) ?? (root.type === 'variable' ? root.variable.name : undefined);
}

function releaseOne({ timer, writer }: PerKey, timers: string, key: string): Lines {
  const { semicolon } = writer.style;
  return [`${timer.release}(${timers}.get(${key}))${semicolon}`, `${timers}.delete(${key})${semicolon}`];
}

function releaseAll({ timer, facts, writer }: PerKey, timers: string, place: Node): Lines {
  const { indent, semicolon } = writer.style;
  const taken = namesTakenAt(place, facts.model);
  const handle = handleName(timer.noun, taken);
  return [`for (const ${handle} of ${timers}.values()) {`, `${indent}${timer.release}(${handle})${semicolon}`, '}', `${timers}.clear()${semicolon}`];
}

/** Whether deleting the entry is all that the callback does: then cancelling it after an early deletion takes nothing away. */
function onlyEndsEntry(callback: OwnCallback, expiry: KeyedExpiry, { key }: Entry, facts: Facts): boolean {
  if (callback.type !== 'written') return false;
  const place = facts.places.key(expiry.place);
  const text = facts.summaries.keyText(key);
  return bodyNodes(callback.fn).every((node) => {
    const expression = unwrap(node.type === 'ExpressionStatement' ? node.expression : node);
    return facts.operations.some((operation) => operation.node === expression && operation.kind === 'shrink' && facts.places.key(operation.place) === place && facts.summaries.keyText(operation.key) === text);
  });
}

/**
 * Whether every entry comes with a timer: the collection grows only where the
 * timer is started. An entry that another function puts back after a deletion
 * would otherwise lose the timer that ended it by chance.
 */
function growsOnlyThere({ timer, collection, facts }: PerKey): boolean {
  return facts.effectsOn(collection.place).every(({ operation }) => operation.kind !== 'grow' || operation.fn === timer.acquisition.fn);
}

/** Whether the collection is there from the start: one that is made when it is first needed may come without its timers. */
function isDeclaredForGood({ declaration }: Collection, facts: Facts): boolean {
  return declaration.type !== 'AssignmentExpression' || facts.functions.around(declaration).isConstructor;
}
