import type { Others } from '../linkage/others.js';

const TRIGGERS = ['load', 'construct', 'exit', 'event', 'timer', 'request', 'call', 'callback'] as const;

/**
 * When a function runs: at module load, while its object is built, on an event,
 * on a timer, for a request to one of its routes, when code outside the file
 * calls it, or as a callback of a function whose behaviour the file does not show.
 */
export type Trigger = (typeof TRIGGERS)[number];

/** What nothing here calls is called from outside, or by a decorator: never assume it is dead. */
const CALLED: ReadonlySet<Trigger> = new Set(['call']);

/**
 * What sets a function going: itself and its callers. Other files are asked for
 * no more than answers a question, since a judgement stands as long as their
 * answers do; see decision 0034.
 */
export class Triggers implements Iterable<Trigger> {
  readonly #seen: ReadonlySet<Trigger>;

  /**
   * @param own what the file shows
   * @param shown the names of the functions on the way to it that others may call
   */
  constructor(readonly own: ReadonlySet<Trigger>, readonly shown: ReadonlySet<string>, private readonly others: Others) {
    this.#seen = own.size + shown.size > 0 ? own : CALLED;
  }

  /** Whether one of these does. */
  has(...wanted: readonly Trigger[]): boolean {
    if (wanted.some((trigger) => this.#seen.has(trigger))) return true;
    for (const name of this.shown) if (this.others.ask('isSetGoingBy', `${wanted.join()} ${name}`)) return true;
    return false;
  }

  /** Whether nothing but these does. */
  areAmong(...known: readonly Trigger[]): boolean {
    return !this.has(...besides(known));
  }

  *[Symbol.iterator](): Iterator<Trigger> {
    yield* new Set([...this.#seen, ...[...this.shown].flatMap((name) => this.others.ask('triggers', name))]);
  }
}

/** All triggers but these. */
export function besides(known: readonly Trigger[]): Trigger[] {
  return TRIGGERS.filter((trigger) => !known.includes(trigger));
}
