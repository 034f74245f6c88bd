import { applyEdits, type Analysis } from '../../core/index.js';
import type { ReadText } from '../read-text.js';
import { editsApply } from './edits-apply.js';
import { findingGone } from './finding-gone.js';
import { restUntouched } from './rest-untouched.js';
import { secondRunEmpty } from './second-run-empty.js';
import type { Objection, Trial } from './trial.js';

/**
 * The gates in the order in which they are passed. The last two see more than
 * one file, so whoever has the project asks them: `type-checks` for a type error
 * that was not there before, `verified` for a command that fails.
 */
export type Gate = 'edits-apply' | 'result-parses' | 'finding-gone' | 'second-run-empty' | 'rest-untouched' | 'type-checks' | 'verified';

/** What a repair leads to: the new analysis, or the gate that stopped it. */
export type Passage = { readonly after: Analysis } | { readonly gate: Gate; readonly why: string };

/** Makes the edits in memory, reads the result and asks every gate. */
export function passGates(planned: Omit<Trial, 'after'>, read: ReadText): Passage {
  const { edits } = planned;
  const { text, path } = planned.before.model;
  const unfit = editsApply(text, edits);
  if (unfit !== undefined) return { gate: 'edits-apply', why: unfit };

  const after = read(path, applyEdits(text, edits));
  if ('unreadable' in after) return { gate: 'result-parses', why: `The repaired code does not parse: ${after.unreadable}` };

  const trial: Trial = { ...planned, after };
  for (const [gate, ask] of GATES) {
    const why = ask(trial);
    if (why !== undefined) return { gate, why };
  }
  return { after };
}

const GATES: readonly (readonly [Gate, (trial: Trial) => Objection])[] = [
  ['finding-gone', findingGone],
  ['second-run-empty', secondRunEmpty],
  ['rest-untouched', restUntouched],
];
