import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { contains, isFunctionNode, parentOf, pathText, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { namesTakenAround } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { handleName, parseDroppedTimer } from './dropped-timer.js';

/**
 * Form 5. The timer settles a promise that takes part in a race, and the race
 * clears it when it is decided, whoever wins.
 */
export function planRaced(acquisition: TimerAcquisition, facts: Facts): Plan {
  const timer = parseDroppedTimer(acquisition, facts);
  if ('refused' in timer) return timer;
  const promise = promiseAround(acquisition.fn.node);
  const race = promise && raceOf(promise, facts);
  if (!promise || !race) return { refused: 'The promise that the timer settles takes part in more than one race, or is used otherwise.' };
  const outer = findStatementSlot(promise);
  if (outer?.type !== 'listed' || !outer.node.parent || !contains(outer.node.parent, race)) return { refused: 'There is no place for a variable that both the timer and the race see.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, typed } = writer.style;
  const taken = namesTakenAround(outer.node, facts.model);
  const name = handleName(timer.noun, taken);
  writer.above(outer.node, [`let ${name}${typed ? `: ${timer.type} | undefined` : ''}${semicolon}`]);
  writer.around(timer.slot, [], []);
  writer.replace({ start: timer.slot.node.range[0], end: timer.value.range[0] }, `${name} = `);
  writer.insert(race.range[1], `.finally(() => ${timer.release}(${name}))`);
  return { edits: writer.edits, safety: 'review', notes: ['the timer is cleared when the race is decided'] };
}

/** The promise in whose executor the timer is started. */
function promiseAround(executor: Node): TSESTree.NewExpression | undefined {
  const made = isFunctionNode(executor) ? parentOf(wrapped(executor)) : undefined;
  return made?.type === 'NewExpression' && pathText(made.callee) === 'Promise' ? made : undefined;
}

/** The race in which a promise takes part, in place or by its only use as a constant. */
function raceOf(promise: Node, facts: Facts): TSESTree.CallExpression | undefined {
  const holder = parentOf(wrapped(promise));
  if (holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier') {
    const reads = facts.bindings.variableOf(holder.id)?.references.filter((reference) => !reference.isWrite()) ?? [];
    const [only] = reads;
    return reads.length === 1 && only ? raceWith(only.identifier, facts) : undefined;
  }
  return raceWith(promise, facts);
}

function raceWith(operand: Node, facts: Facts): TSESTree.CallExpression | undefined {
  const list = parentOf(wrapped(operand));
  const call = list?.type === 'ArrayExpression' ? parentOf(wrapped(list)) : undefined;
  const isRace = call?.type === 'CallExpression' && unwrap(call.arguments[0] ?? call) === list && /^Promise\.(?:race|any)$/u.test(pathText(call.callee) ?? '');
  return isRace && facts.functions.around(call) === facts.functions.around(operand) ? call : undefined;
}
