import { setFlagsFromString } from 'node:v8';

/** The first V8 with a compiler between the baseline and the optimising one (Node 22): what runs for seconds is served by that. */
const FIRST_WITH_MID_TIER = 12;

/**
 * Tells the V8 of Node 20 to optimise less of a program that runs for seconds.
 * A scan calls many functions often enough to be optimised with all that they
 * call, and ends before most of that has paid: it was a third of its CPU time.
 * So a function has to run longer first, and less is copied into it. A later V8
 * does well by itself, and says on stderr that it does not know the first of
 * these flags. See decision 0034.
 */
export function optimiseLess(version = process.versions.v8, set: (flag: string) => void = setFlagsFromString): void {
  if (Number.parseInt(version, 10) >= FIRST_WITH_MID_TIER) return;
  set('--interrupt-budget=300000');
  set('--max-inlined-bytecode-size-cumulative=100');
}
