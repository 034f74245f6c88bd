import type { Console } from './console.js';

/** Shown at most so often, in milliseconds: a terminal is slower than we are. */
const EVERY_MS = 100;
/** Before that, nobody waits, and a rate would be a guess. */
const PATIENCE_MS = 1_000;

/** Tells how far a piece of work is, how fast it goes, and how long it will still take. */
export class Progress {
  #start: number | undefined;
  #last = -Infinity;

  /**
   * @param doing as in `Reading`
   * @param now a clock in milliseconds
   */
  constructor(
    private readonly console: Console,
    private readonly doing: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Says that so many of all files are done. */
  step(done: number, all: number): void {
    const time = this.now();
    this.#start ??= time;
    if (time - this.#last < EVERY_MS && done < all) return;
    this.#last = time;
    const elapsed = time - this.#start;
    const rate = (done / elapsed) * 1_000;
    const pace = elapsed < PATIENCE_MS || done === 0 ? '' : `, ${Math.round(rate)} a second, ${timeOf((all - done) / rate)} left`;
    this.console.progress(`${this.doing} ${done} of ${all} files${pace}`);
  }
}

/** `8 s`, `2 min 5 s`. */
function timeOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
