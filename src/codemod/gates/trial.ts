import type { Analysis, Edit, Finding } from '../../core/index.js';
import type { Codemod, RepairValues } from '../codemod.js';

/** A repair that was made in memory and waits for its judgement. */
export interface Trial {
  readonly finding: Finding;
  readonly edits: readonly Edit[];
  readonly before: Analysis;
  readonly after: Analysis;
  readonly codemods: readonly Codemod[];
  readonly values: RepairValues;
}

/** Why a repair must not be made, as one sentence; nothing if it may. */
export type Objection = string | undefined;
