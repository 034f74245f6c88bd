import type { Analysis, Edit, Finding, RuleId } from '../core/index.js';
import type { ProjectView, SpanningRepair } from './spanning.js';

/** Every codemod that exists. The ids are a contract; see DESIGN, section 3. */
export const CODEMOD_IDS = [
  'track-timers',
  'clear-before-set',
  'delete-on-fire',
  'unify-cleanup',
  'add-ttl-sweep',
  'bound-collection',
  'release-in-teardown',
] as const;
export type CodemodId = (typeof CODEMOD_IDS)[number];

/** `safe`: cannot change what the program does besides the leak. `review`: wants a look. */
export type Safety = 'safe' | 'review';

/** Edits that belong together. */
export interface Repair {
  readonly edits: readonly Edit[];
  readonly safety: Safety;
  readonly notes: readonly string[];
}

/** Why there is no repair: one sentence. */
export interface Refusal {
  readonly refused: string;
}

/** What a codemod would do about one finding. */
export type Plan = Repair | Refusal;

/** What a person may choose of a repair: numbers that it writes into the code, as named constants, of which the codemod has defaults that it notes; and a package that it uses. */
export interface RepairValues {
  /** How long an entry may go unused, in milliseconds. */
  readonly ttlMs?: number | undefined;
  /** How often unused entries are looked for, in milliseconds. */
  readonly sweepEveryMs?: number | undefined;
  /** How many entries a collection may hold. */
  readonly limit?: number | undefined;
  /** That a Map which is a cache shall be bounded by the package `lru-cache`, and what stands against importing it there, as a sentence. */
  readonly lruCache?: { readonly objection?: string | undefined } | undefined;
}

/** A repair for the findings of some rules. `plan` is pure: the same analysis and values give the same edits. */
export interface Codemod {
  readonly id: CodemodId;
  readonly title: string;
  readonly rules: readonly RuleId[];
  /** Whether a person has asked for what only this codemod does about a finding; then it is asked before the others. */
  isAskedFor?(finding: Finding, values: RepairValues): boolean;
  plan(finding: Finding, analysis: Analysis, values: RepairValues): Plan;
  /**
   * A repair that other files have to share; asked where `plan` has none, and as
   * pure. Undefined for a finding that is no affair of other files: then the
   * refusal of `plan` is the answer.
   *
   * @param file the name of the file with the finding
   */
  planSpanning?(finding: Finding, file: string, project: ProjectView, values: RepairValues): SpanningRepair | Refusal | undefined;
}
