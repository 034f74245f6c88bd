import type { Plan } from '../../src/codemod/codemod.js';
import type { Analysis, Finding, RuleId } from '../../src/core/index.js';

/** A repair at a single site that only an editor offers, one finding at a time. `plan` is pure, as that of a codemod. */
export interface Suggestion {
  readonly rule: RuleId;
  readonly title: string;
  plan(finding: Finding, analysis: Analysis): Plan;
}
