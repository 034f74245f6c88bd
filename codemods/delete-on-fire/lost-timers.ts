import type { Facts } from '../../src/core/facts/facts.js';
import type { Operation } from '../../src/core/facts/operations.js';
import { findLostTimers } from '../../src/core/questions/live-timers.js';
import { settlesWith } from '../../src/core/questions/settling.js';
import type { TimerEntry } from '../../src/core/questions/timer-entries.js';
import { unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { freeName, namesTakenAt } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { isDeclaredHere, releaseOf } from '../track-timers/dropped-timer.js';
import { isRepeatable } from '../track-timers/key.js';
import { collectionOf, pathToHandle } from './collection-text.js';
import { handleName } from '../track-timers/dropped-timer.js';

/** The timers of entries are cleared before the entries are dropped. */
export function writeBeforeLosses(entries: readonly TimerEntry[], writer: CodeWriter, facts: Facts): Refusal | undefined {
  const losses = new Map<Node, { readonly operation: Operation; readonly clears: Map<string, TimerEntry> }>();
  for (const entry of entries) {
    if (entry.form === 'request' || settlesWith(entry.timer, facts).length > 0) return { refused: 'Its callback settles what somebody waits for, who would wait for ever if it were cleared.' };
    if (isDeclaredHere(releaseOf(entry.timer), facts)) return { refused: `${releaseOf(entry.timer)} is something else in this file.` };
    for (const operation of findLostTimers(entry, facts)) {
      const loss = losses.get(operation.node) ?? { operation, clears: new Map<string, TimerEntry>() };
      // Handles that stand at one place are cleared once, whoever started them.
      loss.clears.set(pathToHandle(entry).join('.'), entry);
      losses.set(operation.node, loss);
    }
  }
  for (const { operation, clears } of losses.values()) {
    const slot = findStatementSlot(operation.node);
    const lines = [...clears.values()].map((entry) => (operation.kind === 'empty' ? clearAll(operation, entry, facts, writer) : clearOne(operation, entry, writer)));
    if (!slot || lines.some((one) => one === undefined)) return { refused: `${writer.textOf(operation.node)} stands where its timers cannot be cleared first.` };
    writer.around(slot, lines.flatMap((one) => one ?? []), [], { keepsValue: true });
  }
  return undefined;
}

/** Before `timers.clear()`: a loop over all handles. */
function clearAll(operation: Operation, entry: TimerEntry, facts: Facts, writer: CodeWriter): Lines | undefined {
  const { indent, semicolon } = writer.style;
  const { collection, timer } = entry;
  const path = pathToHandle(entry);
  const holder = emptiedCollection(operation);
  if (!holder || !isRepeatable(holder)) return undefined;
  const name = writer.textOf(holder);
  const values = { map: `${name}.values()`, dictionary: `Object.values(${name})`, set: name, array: name, weak: name }[collection.kind];
  const taken = namesTakenAt(operation.node, facts.model);
  const [member, ...deeper] = path;
  const isPlain = member !== undefined && deeper.length === 0 && !taken.has(member);
  const one = member === undefined ? handleName(timer.kind.id, taken) : freeName('entry', (candidate) => taken.has(candidate));
  const variable = isPlain ? `{ ${member} }` : one;
  const handle = isPlain ? member : [one, ...path].join('.');
  return [`for (const ${variable} of ${values}) {`, `${indent}${releaseOf(timer)}(${handle})${semicolon}`, '}'];
}

/** `timers` of `timers.clear()`, `timers = new Map()` and `timers.length = 0`. */
function emptiedCollection(operation: Operation): Node | undefined {
  const { node } = operation;
  const found = collectionOf(operation);
  if (node.type !== 'AssignmentExpression') return found;
  const left = unwrap(node.left);
  return left.type === 'MemberExpression' && left.property.type === 'Identifier' && left.property.name === 'length' ? unwrap(left.object) : left;
}

/** Before `timers.delete(id)` and `delete timers[id]`. */
function clearOne({ node, key }: Operation, entry: TimerEntry, writer: CodeWriter): Lines | undefined {
  const { collection, timer } = entry;
  const target = node.type === 'UnaryExpression' ? unwrap(node.argument) : undefined;
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  const holder = target?.type === 'MemberExpression' ? target.object : callee?.type === 'MemberExpression' ? callee.object : undefined;
  if (!key || !holder || !isRepeatable(key) || !isRepeatable(holder) || collection.kind === 'array') return undefined;
  const name = writer.textOf(holder);
  const found = { map: `${name}.get(${writer.textOf(key)})`, dictionary: target ? writer.textOf(target) : `${name}[${writer.textOf(key)}]`, set: writer.textOf(key), weak: writer.textOf(key) }[collection.kind];
  return [`${releaseOf(timer)}(${[found, ...pathToHandle(entry)].join('?.')})${writer.style.semicolon}`];
}
