import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { importOf } from '../../src/core/scope/bindings.js';
import { parentOf, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import { findStatementSlot, type StatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { firstFreeName } from '../../src/codemod/writing/names.js';

/** A timer that is started by a statement of its own: `setTimeout(…);`, with or without `void` and `.unref()`. */
export interface DroppedTimer {
  readonly acquisition: TimerAcquisition;
  readonly call: TSESTree.CallExpression;
  /** What gives the handle: the call, or the call with `.unref()`. */
  readonly value: Node;
  readonly slot: StatementSlot;
  readonly noun: 'timeout' | 'interval';
  /** How it is stopped here: `window.clearTimeout`. */
  readonly release: string;
  /** The type of its handle. */
  readonly type: string;
}

/** What the handle of one timer is called beside others: its kind, or `timer` where that is taken. */
export function handleName(noun: TimerAcquisition['kind']['id'], taken: ReadonlySet<string>): string {
  return firstFreeName([noun, 'timer'], (name) => taken.has(name));
}

/** Takes the statement apart that starts a timer and drops its handle. */
export function parseDroppedTimer(acquisition: TimerAcquisition, facts: Facts): DroppedTimer | Refusal {
  const { node: call, callee, kind } = acquisition;
  const value = withUnref(call);
  const outer = parentOf(value);
  const holder = outer?.type === 'UnaryExpression' && outer.operator === 'void' ? outer.parent : outer;
  if (holder?.type !== 'ExpressionStatement' && holder?.type !== 'ArrowFunctionExpression') return { refused: 'The timer is started within a larger expression.' };
  const slot = findStatementSlot(value);
  if (!slot) return { refused: 'There is no place for more statements where the timer is started.' };
  const release = releaseOf(acquisition);
  if (isDeclaredHere(release, facts)) return { refused: `${release} is something else in this file.` };
  return { acquisition, call, value, slot, noun: kind.id, release, type: typeOfHandle(callee) };
}

/** Where a project has the types of Node as well, `ReturnType` would give its type for the timers of `window`, too, which are numbers. */
function typeOfHandle(callee: string): string {
  return /^(?:window|self)\./u.test(callee) ? 'number' : `ReturnType<typeof ${callee}>`;
}

/** What stops a timer: `window.clearTimeout` for `window.setTimeout`; for a project's own wrapper what the settings say. */
export function releaseOf({ callee, kind }: TimerAcquisition): string {
  const clear = kind.id === 'interval' ? 'clearInterval' : 'clearTimeout';
  if (!kind.release.includes(clear)) return kind.release[kind.acquire.indexOf(callee)] ?? kind.release[0] ?? clear;
  return /(?:^|\.)set(?:Timeout|Interval)$/u.test(callee) ? callee.replace(/set(?:Timeout|Interval)$/u, clear) : clear;
}

function withUnref(call: Node): Node {
  const value = wrapped(call);
  const member = value.parent;
  if (member?.type !== 'MemberExpression' || member.object !== value || member.optional) return value;
  const unref = member.parent;
  const isUnref = unref.type === 'CallExpression' && unref.callee === member && member.property.type === 'Identifier' && member.property.name === 'unref';
  return isUnref && !unref.optional ? unref : value;
}

/** Whether the file declares the name itself, other than by an import of the platform's. */
export function isDeclaredHere(name: string, facts: Facts): boolean {
  const variables = facts.model.scopes.scopes.flatMap((scope) => scope.variables).filter((variable) => variable.name === name && variable.defs.length > 0);
  return variables.some((variable) => !/^(?:node:)?timers$/u.test(importOf(variable)?.module ?? ''));
}
