import type { Facts } from '../../src/core/facts/facts.js';
import type { TimerEntry } from '../../src/core/questions/timer-entries.js';
import type { Variable } from '../../src/core/scope/bindings.js';
import { contains, keyName, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { namesTakenAt } from '../../src/codemod/writing/names.js';
import { findStatementSlot, type StatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { isConstant, isRepeatable } from '../track-timers/key.js';
import { dependsOnCallback, parseOwnCallback, writeIntoCallback } from '../track-timers/own-callback.js';
import { collectionOf, pathToHandle } from './collection-text.js';
import { isCancelling, mentionsOf } from './only-for-cancelling.js';
import { handleName } from '../track-timers/dropped-timer.js';
import { refuseInCase } from '../track-timers/pending.js';

/** The callback takes its own entry out, first of all, if it is still its own. */
export function writeIntoFired(entry: TimerEntry, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const { timer, growth, form, collection } = entry;
  if (form === 'object' || form === 'instance') return { refused: `The timer is part of an object of ${collection.name}, and its callback does not see that collection.` };
  if (timer.node.arguments.length === 0) return { refused: 'The timer has no callback.' };
  const callback = parseOwnCallback({ call: timer.node }, writer);
  if ('refused' in callback) return callback;
  if (callback.type === 'reference' && !isConstant(callback.node, facts)) return { refused: 'Its callback is a variable that may change while the timer runs.' };

  const holder = collectionOf(growth);
  const isKeyed = collection.kind === 'map' || collection.kind === 'dictionary';
  const key = isKeyed ? growth.key : undefined;
  if (!holder || (isKeyed && !key)) return { refused: `How an entry gets into ${collection.name} is not plain enough to take it out again.` };
  for (const part of [holder, ...(key ? [key] : [])]) {
    if (!isRepeatable(part)) return { refused: `${writer.textOf(part)} cannot be written twice without evaluating it twice.` };
    if (!isConstant(part, facts)) return { refused: `${writer.textOf(part)} may change while the timer runs.` };
    if (dependsOnCallback(part, callback, facts) || !isSeenAt(part, timer.node, facts)) return { refused: `The callback does not see ${writer.textOf(part)}.` };
  }
  if (looksAtEntries(entry, facts)) return { refused: `The callback still looks at ${collection.name}, which would have lost its entry.` };

  const own = ownEntry(entry, facts, writer);
  if ('refused' in own) return own;
  writeIntoCallback(callback, removal(entry, holder, key, own, writer), writer, own.shift);
  return undefined;
}

/** What tells the timer's own entry from a later one of the same key. */
interface OwnEntry {
  /** The value that only this timer's entry has. */
  readonly value: string;
  /** The name by which the entry has it; empty if it is the entry. */
  readonly path: readonly string[];
  /** By how much the statement that starts the timer is indented. */
  readonly shift: string;
}

function ownEntry(entry: TimerEntry, facts: Facts, writer: CodeWriter): OwnEntry | Refusal {
  const { growth, timer } = entry;
  const value = growth.value && unwrap(growth.value);
  if (value && contains(value, timer.node)) return value.type === 'ObjectExpression' ? NOT_NAMED : nameHandle(entry, value, facts, writer);
  const [name, ...deeper] = pathToHandle(entry);
  const member = value?.type === 'ObjectExpression' && name !== undefined && deeper.length === 0 ? value.properties.find((property) => property.type === 'Property' && keyName(property) === name) : undefined;
  const held = member?.type === 'Property' ? unwrap(member.value) : value;
  const variable = held?.type === 'Identifier' ? facts.bindings.variableOf(held) : undefined;
  if (!variable || !keepsItsValue(variable) || !contains(variable.scope.block, timer.node)) return NOT_NAMED;
  return { value: variable.name, path: member && name !== undefined ? [name] : [], shift: '' };
}

const NOT_NAMED: Refusal = { refused: 'No variable that the callback sees tells its own entry from a later one of the same key.' };

function keepsItsValue(variable: Variable): boolean {
  return variable.references.filter((reference) => reference.isWrite()).length === 1;
}

/** `timers.set(id, setTimeout(…))` becomes `const timeout = setTimeout(…); timers.set(id, timeout);`. */
function nameHandle({ growth, timer, collection }: TimerEntry, value: Node, facts: Facts, writer: CodeWriter): OwnEntry | Refusal {
  const statement = wrapped(growth.node).parent;
  const slot: StatementSlot | undefined = statement?.type === 'ExpressionStatement' ? findStatementSlot(growth.node) : undefined;
  const unbraced = slot && refuseInCase(slot);
  if (unbraced) return unbraced;
  const holder = collectionOf(growth);
  if (!slot || slot.type === 'arrow' || !holder || !/^(?:set|add|push|\[\]=)$/u.test(growth.how)) return { refused: `The timer is put into ${collection.name} within a larger expression.` };
  const [start, end] = slot.node.range;
  const around = facts.model.comments.filter((comment) => contains(slot.node, comment as unknown as Node) && !(value.range[0] <= comment.range[0] && comment.range[1] <= value.range[1]));
  if (around.length > 0) return { refused: `A comment stands in the statement that puts the timer into ${collection.name}.` };
  const { semicolon } = writer.style;
  const taken = namesTakenAt(slot.node, facts.model);
  const handle = handleName(timer.kind.id, taken);
  const put = growth.node.type === 'AssignmentExpression' ? `${writer.textOf(growth.node.left)} = ${handle}` : `${writer.textOf(holder)}.${growth.how}(${growth.how === 'set' && growth.key ? `${writer.textOf(growth.key)}, ` : ''}${handle})`;
  const shift = writer.around(slot, [], [`${put}${semicolon}`]);
  writer.replace({ start, end: value.range[0] }, `const ${handle} = `);
  writer.replace({ start: value.range[1], end }, semicolon);
  return { value: handle, path: [], shift };
}

function removal({ collection }: TimerEntry, holder: Node, key: Node | undefined, { value, path }: OwnEntry, writer: CodeWriter): Lines {
  const { indent, semicolon } = writer.style;
  const name = writer.textOf(holder);
  const keyText = key ? writer.textOf(key) : '';
  const only = (test: string, deletion: string): Lines => [`if (${test}) {`, `${indent}${deletion}${semicolon}`, '}'];
  switch (collection.kind) {
    case 'map':
      return only(`${[`${name}.get(${keyText})`, ...path].join('?.')} === ${value}`, `${name}.delete(${keyText})`);
    case 'dictionary':
      return only(`${[`${name}[${keyText}]`, ...path].join('?.')} === ${value}`, `delete ${name}[${keyText}]`);
    case 'array':
      return only(`${name}.includes(${value})`, `${name}.splice(${name}.indexOf(${value}), 1)`);
    default:
      return [`${name}.delete(${value})${semicolon}`];
  }
}

/** Whether the names of an expression, and its `this`, mean the same at another node. */
function isSeenAt(part: Node, at: Node, facts: Facts): boolean {
  return !facts.tree.some(part, (node) => {
    if (node.type === 'ThisExpression') return facts.owners.thisAt(node)?.owner !== facts.owners.thisAt(at)?.owner;
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    return variable !== undefined && !contains(variable.scope.block, at);
  });
}

/** Whether what the timer runs asks the collection for more than what cancels or forgets a timer. */
function looksAtEntries({ timer, collection }: TimerEntry, facts: Facts): boolean {
  if (!timer.callback) return false;
  const reach = [...facts.summaries.reach(timer.callback)];
  return mentionsOf(collection, facts).some((mention) => reach.some((fn) => fn.node.type !== 'Program' && contains(fn.node, mention)) && !isCancelling(mention, facts));
}
