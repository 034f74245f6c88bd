/**
 * What a test does, without the words of a test runner: things come and go in
 * cycles, and something that can be counted must not grow with them.
 */
export interface Scenario {
  /** Its title: one sentence, in the present tense. */
  readonly title: string;
  /** The names that it takes from the repaired file. */
  readonly imported: readonly Imported[];
  /** Names that it takes from a file that the repaired one imports. */
  readonly besides: readonly { readonly name: Imported; readonly from: string }[];
  /** What fakes it needs: the timers of which kind; undefined for none. */
  readonly clock: 'setTimeout' | 'setInterval' | undefined;
  readonly isAsync: boolean;
  readonly steps: readonly Step[];
}

/** How a file exports something, and by which name the test calls it. */
export interface Imported {
  readonly name: string;
  readonly exported: string;
}

/** What is counted: timers that are started and not cleared, or the value of an expression. */
export type Count = { readonly timers: true } | { readonly expression: string };

export type Step =
  /** A statement without its semicolon. */
  | { readonly type: 'do'; readonly code: string }
  | { readonly type: 'cycles'; readonly count: number; readonly steps: readonly Step[] }
  /** Keeps a count in a constant. */
  | { readonly type: 'remember'; readonly name: string; readonly count: Count }
  | { readonly type: 'expect'; readonly count: Count; readonly is: 'equal' | 'above' | 'below'; readonly value: string }
  /** Lets time pass, what is awaited in between included. */
  | { readonly type: 'wait'; readonly ms: number };

/** The variable that counts cycles, for keys that differ. */
export const CYCLE = 'cycle';
