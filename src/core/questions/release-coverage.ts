import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { flowOf, type Exit } from '../flow/flow.js';
import { releasingSteps, type IsRelease } from './releasing-steps.js';

/**
 * How surely one run of a function releases what stands at a place: on every
 * way out, on some, or on none. `skipped` is a way out that leaves it held.
 */
export type Coverage =
  | { readonly released: 'always' | 'never' }
  | { readonly released: 'sometimes'; readonly skipped: Exit };

/**
 * Ways out by an exception count where the code shows that there may be one: a
 * `throw`, or an `await`, whose promise may be rejected.
 */
export function coverageOf(place: Place, fn: FunctionFact, isRelease: IsRelease, facts: Facts): Coverage {
  const steps = releasingSteps(place, fn, isRelease, facts);
  if (steps.length === 0) return { released: 'never' };
  const skipped = flowOf(fn.node, facts.tree).leavesWithout(undefined, steps, { byThrow: true, mayThrow: ({ type }) => /^(?:AwaitExpression|ThrowStatement)$/.test(type) });
  return skipped ? { released: 'sometimes', skipped } : { released: 'always' };
}
