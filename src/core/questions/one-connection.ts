import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Registration } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isEndingEvent } from '../kinds/events.js';
import { declaringFunction, onlyValue, type Variable } from '../scope/bindings.js';
import { contains, unwrap, type Node } from '../syntax/nodes.js';

const OPENS = /^(?:open(?:ed)?|connect(?:ed)?|ready)$/i;

/**
 * Where the end of a connection clears the timer that its opening starts, both
 * heard of an object that one function makes: `socket.onopen` comes once, and
 * the next socket as a rule comes after the end of this one.
 */
export function findEndOfConnection(timer: TimerAcquisition, place: Place, facts: Facts): Node | undefined {
  const opening = timer.fn.registrations.find(({ event }) => OPENS.test(event));
  const connection = opening && madeHere(opening, timer.fn, facts);
  if (!connection) return undefined;
  for (const fn of facts.functions.all) {
    const end = fn.registrations.find((one) => isEndingEvent(one.event) && variableOf(one.emitter, facts) === connection);
    if (end && clears(fn, place, facts)) return end.node;
  }
  return undefined;
}

/** The variable of an emitter that a function around the listener makes. */
function madeHere({ emitter }: Registration, fn: FunctionFact, facts: Facts): Variable | undefined {
  const variable = variableOf(emitter, facts);
  const home = variable && declaringFunction(variable);
  const value = variable && onlyValue(variable);
  return home && contains(home, fn.node) && (value?.type === 'NewExpression' || value?.type === 'CallExpression') ? variable : undefined;
}

function variableOf(node: Node | undefined, facts: Facts): Variable | undefined {
  const inner = node && unwrap(node);
  return inner?.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
}

function clears(fn: FunctionFact, place: Place, facts: Facts): boolean {
  const key = facts.places.key(place);
  return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'clear' && facts.places.key(effect.place) === key);
}
