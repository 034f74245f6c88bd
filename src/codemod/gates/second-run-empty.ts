import { isFinding } from '../../core/index.js';
import { originOf } from '../origins.js';
import { planRepair } from '../plan.js';
import type { Objection, Trial } from './trial.js';

/** Nothing is left to repair at the place of the finding, nor in the text that the repair wrote. */
export function secondRunEmpty({ finding, edits, after, codemods, values }: Trial): Objection {
  for (const candidate of after.verdicts) {
    if (!isFinding(candidate) || candidate.rule !== finding.rule || candidate.symbol !== finding.symbol) continue;
    const origin = originOf(candidate.span.start, edits);
    if (!origin.written && origin.offset !== finding.span.start) continue;
    if (!('refused' in planRepair(candidate, after, codemods, values))) return 'A second run would change the repaired code again.';
  }
  return undefined;
}
