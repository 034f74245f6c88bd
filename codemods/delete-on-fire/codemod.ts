import type { Analysis, Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { staleCasesOf, type StaleCase } from '../../src/core/judge/stale-timer-entry.js';
import type { Codemod, Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { writeAfterClears } from './cleared-timer.js';
import { writeIntoFired } from './fired-timer.js';
import { writeBeforeLosses } from './lost-timers.js';
import { isOnlyForCancelling } from './only-for-cancelling.js';

/**
 * Lets the entries of a collection and the timers that they track end together.
 * The forms and what is left alone are in README.md beside this file.
 */
export const deleteOnFire: Codemod = {
  id: 'delete-on-fire',
  title: 'Let a timer and the entry that tracks it end together',
  rules: ['no-stale-timer-entry'],
  plan({ subject }: Finding, { facts }: Analysis): Plan {
    if (subject.type !== 'collection') return { refused: 'This is not about a collection of timers.' };
    const { collection } = subject;
    const writer = new CodeWriter(facts.model, facts.tree);
    const cases = staleCasesOf(collection, facts).filter(({ argument }) => argument.outcome !== 'silent');
    const fired = cases.filter(({ how }) => how === 'fired');
    // One finding stands for all timers of the collection, so that all are repaired or none.
    const refusal = writeAll(fired, cases, writer, facts);
    if (refusal) return refusal;
    const loses = cases.some(({ how }) => how === 'lost');
    const isSafe = !loses && fired.every(({ entry }) => entry.timer.callback !== undefined) && isOnlyForCancelling(collection, facts);
    const note = loses ? `dropping entries of ${collection.name} now clears their timers` : `other code may look for an entry of ${collection.name} whose timer has ended`;
    return { edits: writer.edits, safety: isSafe ? 'safe' : 'review', notes: isSafe ? [] : [note] };
  },
};

function writeAll(fired: readonly StaleCase[], cases: readonly StaleCase[], writer: CodeWriter, facts: Facts): Refusal | undefined {
  for (const { entry } of fired) {
    const refusal = writeIntoFired(entry, writer, facts);
    if (refusal) return refusal;
  }
  const entriesOf = (how: StaleCase['how']) => cases.filter((one) => one.how === how).map(({ entry }) => entry);
  return writeBeforeLosses(entriesOf('lost'), writer, facts) ?? writeAfterClears(entriesOf('cleared'), writer, facts);
}
