import type { Finding, RuleId } from '../src/core/index.js';

/** One class of violation: its words. What it finds is judged in the core. */
export interface LeakRule {
  readonly id: RuleId;
  /** Imperative clause without a full stop, for tables and `meta.docs`. */
  readonly description: string;
  /** Stable rules are in `recommended` (at `certain`) and `strict` (at `likely`). */
  readonly stable: boolean;
  /** Some of its findings have a safe repair of one edit, which `eslint --fix` makes. */
  readonly fixable?: true;
  /** What it is, why it leaks, what to do; ends in a full stop. */
  message(finding: Finding): string;
}
