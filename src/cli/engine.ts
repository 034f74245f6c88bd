import { setFlagsFromString } from 'node:v8';

/**
 * Tells V8 to optimise less of a program that runs for seconds. A scan calls
 * many functions often enough to be optimised with all that they call, and
 * ends before most of that has paid: it was a third of its CPU time. So a
 * function has to run longer first, and less is copied into it. Flags that
 * another version of V8 does not know are passed over. See decision 0034.
 */
export function optimiseLess(): void {
  setFlagsFromString('--interrupt-budget=300000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=100');
}
