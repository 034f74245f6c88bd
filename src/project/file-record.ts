import { stillHolds, type Outline, type Outside, type Testimony } from '../core/index.js';
import type { Obstacle } from './inspect.js';

/** All that is to be known of one file: plain data, kept in the cache, sent between threads. */
export type FileRecord<Found> =
  | JudgedRecord<Found>
  | { readonly kind: 'generated' }
  /** `isPassing`: another run may fare better, so nobody keeps it. */
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle; readonly isPassing?: true };

export interface JudgedRecord<Found> {
  readonly kind: 'judged';
  readonly lines: number;
  readonly outline: Outline;
  /** The latest first; which of them holds depends on the other files. None from a host that judges by itself. */
  readonly judgements: readonly Judgement<Found>[];
}

/** What was found, and what the other files had to say for that. */
export interface Judgement<Found> {
  /** Whether there was nothing to judge: then the testimony is only of what would give it something. */
  readonly isIdle: boolean;
  readonly testimony: Testimony;
  /** Of any confidence, in source order. */
  readonly findings: readonly Found[];
}

/** As many states of the other files as are gone back and forth between: now, before a change, and alone. */
const KEPT = 3;

/** The judgement that holds with these other files; undefined if none is known that does. */
export function findJudgement<Found>({ judgements }: JudgedRecord<Found>, outside: Outside | undefined): Judgement<Found> | undefined {
  return judgements.find(({ testimony }) => stillHolds(testimony, outside));
}

/** The record of a file with one more judgement, and without those that have not held for long. */
export function withJudgement<Found>(record: JudgedRecord<Found>, judgement: Judgement<Found>): JudgedRecord<Found> {
  return { ...record, judgements: [judgement, ...record.judgements].slice(0, KEPT) };
}
