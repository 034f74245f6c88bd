import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { Node } from '../syntax/nodes.js';
import { releasingSteps } from './releasing-steps.js';

/** The steps of a function after which the timer of a handle is no longer pending; see `releasingSteps`. */
export function clearingSteps(place: Place, fn: FunctionFact, facts: Facts): Node[] {
  return releasingSteps(place, fn, ({ kind }) => kind === 'clear', facts);
}
