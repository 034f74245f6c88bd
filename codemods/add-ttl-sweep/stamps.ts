import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Operation } from '../../src/core/facts/operations.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import { isFreshKey } from '../../src/core/questions/fresh-key.js';
import { contains, isFunctionNode, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import { findStatementSlot, type StatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { accessToSibling, collectionNode, declareSibling } from '../track-timers/sibling.js';
import { mayBeRepeated } from './keys.js';
import type { Sweep } from './sweep.js';
import { collectUses } from './uses.js';

/** What those who write the functions of a sweep have to know of the calls. */
export interface Calls {
  /** Whether a touch may be given no key: it stands where the code around has not asked yet. */
  readonly isKeyOptional: boolean;
}

/**
 * A Map beside the collection notes when each entry was used: it is stamped
 * where an entry is made and wherever work is done with it, and loses the key
 * with the entry.
 */
export function writeStamps(sweep: Sweep, growth: readonly Effect[]): Calls | Refusal {
  const { collection, names, key, writer } = sweep;
  const types = key.type === undefined ? '' : `<${key.type}, number>`;
  if (!declareSibling(collection, names.stamps, `new Map${types}()`, writer)) return { refused: `${collection.name} is not declared where a Map of stamps could stand beside it.` };
  const calls = writeTouches(sweep, growth);
  return 'refused' in calls ? calls : (writeRemovals(sweep) ?? calls);
}

/** An interval that runs only while there are entries is started where one is made. */
export function writeStarts(sweep: Sweep, growth: readonly Effect[]): Calls | Refusal {
  const { names, stop, writer } = sweep;
  for (const { operation } of stop.type === 'empty' ? growth : []) {
    const slot = findSlotAround(operation.node);
    if (!slot) return { refused: `${writer.textOf(operation.node)} stands where the sweep of its entry cannot be started.` };
    writeTouch(slot, `${names.start}()${writer.style.semicolon}`, sweep);
  }
  return { isKeyOptional: false };
}

/** The key of a stamp: an object makes texts of its keys. */
export function stampKey({ collection, writer }: Pick<Sweep, 'collection' | 'writer'>, key: string): string {
  return collection.kind === 'dictionary' && !writer.style.typed ? `String(${key})` : key;
}

/** A place where an entry is stamped. */
interface Touch {
  readonly slot: StatementSlot;
  readonly key: string;
  readonly line: string;
  readonly isGrowth: boolean;
  /** Whether it stands behind the statement of its slot, whatever that is. */
  readonly isBehind?: boolean;
}

function writeTouches(sweep: Sweep, growth: readonly Effect[]): Calls | Refusal {
  const { collection, names, facts, writer, key: { type } } = sweep;
  let isKeyOptional = false;
  const touches: Touch[] = [];
  const add = (node: Node, key: Node, holder: Node, isGrowth: boolean, used = collection): Refusal | undefined => {
    const slot = findSlotAround(node);
    const access = accessToSibling(holder, used, names.touch, facts, writer);
    if (!slot || access === undefined) return { refused: `${writer.textOf(node)} stands where its entry cannot be stamped.` };
    if (!mayBeRepeated(key, facts)) return { refused: `The key ${writer.textOf(key)} cannot be written twice without evaluating it twice.` };
    isKeyOptional ||= type !== undefined && !findStatementSlot(node);
    touches.push({ slot, key: facts.summaries.keyText(key) ?? '', line: `${access}(${writer.textOf(key)})${writer.style.semicolon}`, isGrowth });
    return undefined;
  };
  for (const { operation } of growth) {
    const holder = growthHolder(operation);
    const { key } = operation;
    if (!holder || !key) return { refused: `${collection.name} grows in a form that this repair does not know: ${writer.textOf(operation.node)}.` };
    // An entry under a key that is new each time has no older stamp; the sweep gives it one.
    if (!mayBeRepeated(key, facts) && isFreshKey(key, facts)) {
      const start = writeStarts(sweep, growth.filter((effect) => effect.operation === operation));
      if ('refused' in start) return start;
      continue;
    }
    const refusal = add(operation.node, key, holder, true);
    if (refusal) return refusal;
  }
  // Who uses what goes with an entry uses the entry.
  for (const used of [collection, ...sweep.siblings]) {
    for (const { node, key, holder } of collectUses(used, facts)) {
      const refusal = add(node, key, holder, false, used);
      if (refusal) return refusal;
    }
  }
  const joined = joinTouches(touches, facts);
  const written = joined.filter((touch, index) => !joined.some((other, at) => at !== index && coversUse(other, touch, facts, at < index)));
  for (const { slot, line, isBehind } of written) writeTouch(slot, line, sweep, isBehind);
  return { isKeyOptional };
}

/** The collection of `map.set(key, value)` and of `dictionary[key] = value`. */
function growthHolder(operation: Operation): Node | undefined {
  if (operation.how === 'set' || operation.how === 'add') return collectionNode(operation);
  const target = operation.node.type === 'AssignmentExpression' && operation.how === '[]=' ? unwrap(operation.node.left) : undefined;
  return target?.type === 'MemberExpression' ? target.object : undefined;
}

/** The nearest place for a statement, even where that would run although the node does not: a stamp too many does no harm. */
function findSlotAround(node: Node): StatementSlot | undefined {
  for (let current: Node = node; current.type !== 'Program'; current = current.parent) {
    const slot = findStatementSlot(current);
    if (slot) return slot;
    if (isFunctionNode(current)) return undefined;
  }
  return undefined;
}

/** One touch behind the `if` instead of two where an entry that is not found is made: `let one = all.get(id); if (!one) { one = make(); all.set(id, one); }`. */
function joinTouches(touches: readonly Touch[], facts: Facts): readonly Touch[] {
  for (const use of touches) {
    const list = use.slot.type === 'listed' && !use.isGrowth ? use.slot.node.parent : undefined;
    if (!list) continue;
    for (const growth of touches) {
      const around = growth.isGrowth && growth.key === use.key && growth.slot.node.range[0] >= use.slot.node.range[1] ? facts.tree.childrenOf(list).find((one) => contains(one, growth.slot.node)) : undefined;
      if (around?.type !== 'IfStatement' || facts.functions.around(growth.slot.node) !== facts.functions.around(use.slot.node) || mayLeaveBetween(list, use.slot.node.range[0], around.range[1], facts)) continue;
      const both: Touch = { ...use, slot: { type: 'listed', node: around }, isBehind: true };
      return joinTouches([...touches.filter((touch) => touch !== use && touch !== growth && !isPassed(touch, use, around)), both], facts);
    }
  }
  return touches;
}

/** Whether a touch of the same key lies on the way from a look-up to the end of an `if`. */
function isPassed({ key, slot }: Touch, use: Touch, around: Node): boolean {
  return key === use.key && slot.node.range[0] >= use.slot.node.range[0] && slot.node.range[1] <= around.range[1];
}

/** Whether code between two offsets may leave a list of statements, or wait. */
function mayLeaveBetween(list: Node, start: number, end: number, facts: Facts): boolean {
  return facts.tree.some(list, (node) => /^(?:Return|Throw|Continue|Break)Statement$|^AwaitExpression$/u.test(node.type) && node.range[0] > start && node.range[1] <= end, isFunctionNode);
}

/** Whether one touch makes another needless: the same place, one that was passed on the way to it, or one of growth that surely follows. */
function coversUse(one: Touch, other: Touch, facts: Facts, isEarlier: boolean): boolean {
  if (one.key !== other.key) return false;
  if (one.slot.node === other.slot.node) return isEarlier;
  if (other.isGrowth) return false;
  const list = one.slot.type === 'listed' ? one.slot.node.parent : undefined;
  if (!list || !contains(list, other.slot.node)) return false;
  const isBefore = one.slot.node.range[1] <= other.slot.node.range[0];
  if (isBefore) return !one.isGrowth && facts.functions.around(one.slot.node) === facts.functions.around(other.slot.node);
  if (!one.isGrowth || other.slot.node.parent !== list || other.slot.type !== 'listed') return false;
  return !mayLeaveBetween(list, other.slot.node.range[0], one.slot.node.range[0], facts);
}

function writeTouch(slot: StatementSlot, line: string, { writer }: Sweep, isBehind = false): void {
  const isPlain = isBehind || (slot.type !== 'arrow' && /^(?:ExpressionStatement|VariableDeclaration)$/u.test(slot.node.type));
  writer.around(slot, isPlain ? [] : [line], isPlain ? [line] : [], { keepsValue: true });
}

/** A stamp goes wherever its entry goes. */
function writeRemovals(sweep: Sweep): Refusal | undefined {
  const { collection, names, facts, writer } = sweep;
  const seen = new Set<Node>([collection.declaration]);
  for (const { operation } of facts.effectsOn(collection.place)) {
    const { node, kind, key } = operation;
    if ((kind !== 'shrink' && kind !== 'empty' && kind !== 'blank') || seen.has(node) || isFirstValue(operation, collection)) continue;
    seen.add(node);
    const holder = collectionNode(operation);
    const stamps = holder && accessToSibling(holder, collection, names.stamps, facts, writer);
    const slot = findStatementSlot(node);
    if (!slot || stamps === undefined || kind === 'blank' || (kind === 'shrink' && (!key || !mayBeRepeated(key, facts)))) return { refused: `${writer.textOf(node)} stands where the stamp of its entry cannot be removed with it.` };
    const removal = kind === 'empty' ? `${stamps}.clear()` : `${stamps}.delete(${stampKey(sweep, writer.textOf(key as Node))})`;
    writer.around(slot, [`${removal}${writer.style.semicolon}`], [], { keepsValue: true });
  }
  return undefined;
}

function isFirstValue({ value }: Operation, { init }: Collection): boolean {
  return value !== undefined && value === init;
}
