import type { Subject } from './subject.js';
import type { Span } from './source-model.js';

/** Every rule that exists. The ids are a contract; see DESIGN, section 3. */
export const RULE_IDS = [
  'no-untracked-timer', 'no-timer-overwrite', 'no-stale-timer-entry', 'no-unbounded-collection', 'no-manual-only-release',
  'no-uneven-delete', 'no-copy-only-trim', 'no-partial-exit-handler', 'no-forgotten-field',
  'no-leaked-listener', 'no-mismatched-removal', 'no-orphaned-resource', 'require-release-in-finally',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/**
 * `certain`: a path was followed that ends without the release, and nothing
 * speaks against it. `likely`: the same, but an idiom or an escape leaves a doubt.
 */
export type Confidence = 'certain' | 'likely';

/**
 * What a reason does to the verdict: `evidence` speaks for a leak, `doubt`
 * lowers `certain` to `likely`, `release` and `bound` silence, because a path
 * was found that lets go.
 */
export type Effect = 'evidence' | 'doubt' | 'release' | 'bound';

/** A place in another file of the project. */
export interface OtherPlace {
  /** Path from the root of the project, with `/`. */
  readonly file: string;
  readonly line: number;
}

/** One step of the argument. The words are made in `rules/wording/reasons.ts`. */
export interface Reason {
  readonly code: string;
  readonly effect: Effect;
  readonly span: Span;
  /** The names that the sentence mentions, as written in the source. */
  readonly names: Readonly<Record<string, string>>;
  /** Where it is to be seen, if that is in another file than the finding. */
  readonly at?: OtherPlace;
}

/** Another place that belongs to the finding. */
export interface Related {
  /** `growth`, `release`, `skipped`, `cleanup`, … */
  readonly role: string;
  readonly name: string;
  readonly span: Span;
  /** Where it is, if that is in another file than the finding. */
  readonly at?: OtherPlace;
}

/** The judgement of one candidate, reported or not; `why` prints the silent ones, too. */
export interface Verdict {
  readonly rule: RuleId;
  /** The resource kind: `timeout`, `interval`, `map`, `set`, `array`, `dictionary`, `handler`, `listener`, or that of a resource: `process`, `watcher`, … */
  readonly kind: string;
  /** Where a report stands. */
  readonly span: Span;
  /** Bare name of the thing; for a dropped acquisition the callee as written; for a handler its event. */
  readonly symbol: string;
  /** Who holds it, as in `SessionManager` or `register()`; empty for the module. */
  readonly owner: string;
  readonly outcome: Confidence | 'silent';
  readonly reasons: readonly Reason[];
  readonly related: readonly Related[];
  /** The facts that a codemod plans from. */
  readonly subject: Subject;
  /** A statement by a person that silences it. */
  readonly suppressed?: { readonly by: string; readonly why: string };
}

/** A verdict that is reported. */
export interface Finding extends Verdict {
  readonly outcome: Confidence;
}

/** Whether a verdict is reported at all (it may still be suppressed by a comment). */
export function isFinding(verdict: Verdict): verdict is Finding {
  return verdict.outcome !== 'silent';
}
