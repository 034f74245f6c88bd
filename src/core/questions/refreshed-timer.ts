import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { testsAround } from './endings.js';
import { isOnlyCalledHere } from './only-called-here.js';

/**
 * Whether an ending may stop a timer by the state that it sets: an event runs
 * the function that clears the timer and starts it again in some state only, and
 * the ending, or each of the callers to whom alone it belongs, changes that state.
 */
export function mayRefreshAtEnd(handle: Place, timer: TimerAcquisition, ending: FunctionFact, facts: Facts): boolean {
  const { fn } = timer;
  const own = facts.places.key(handle);
  if (!fn.triggers.has('event') || !facts.summaries.of(fn).some(({ operation, place }) => operation.kind === 'clear' && facts.places.key(place) === own)) return false;
  const keyAt = (node: Parameters<typeof facts.places.resolve>[0]): string | undefined => {
    const place = node.type === 'MemberExpression' || node.type === 'Identifier' ? facts.places.resolve(node) : undefined;
    return place && facts.places.key(place);
  };
  const read = new Set<string>();
  for (const test of testsAround(timer.node, fn.node)) facts.tree.some(test, (node) => { const key = keyAt(node); if (key !== undefined && key !== own) read.add(key); return false; });
  const written = facts.tree.all('AssignmentExpression').filter(({ left }) => read.has(keyAt(left) ?? ''));
  const sets = (one: FunctionFact): boolean => written.some((assignment) => facts.functions.around(assignment) === one);
  const callers = facts.functions.callersOf(ending);
  return sets(ending) || (isOnlyCalledHere(ending, facts) && callers.length > 0 && callers.every(sets));
}
