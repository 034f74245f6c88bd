import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { flowOf } from '../flow/flow.js';
import type { Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';
import { asksAbout, releasingSteps } from './releasing-steps.js';
import type { ResourceEnd } from './resource-ends.js';

/**
 * A return past the end that a function gives to what it has acquired itself:
 * the way out on which a local resource stays open. Exceptions are left to
 * whoever asks for a `finally`; returns that hand it over are none.
 */
export function findReturnWithoutEnd(resource: ResourceAcquisition, place: Place, ends: readonly ResourceEnd[], facts: Facts, handsOver: readonly Node[] = []): Node | undefined {
  const { fn, node } = resource;
  if (fn === facts.functions.module || !ends.every((end) => runsWithin(facts.functions.around(end.node), fn))) return undefined;
  const steps = releasingSteps(place, fn, ({ kind }) => kind === 'end', facts);
  const flow = flowOf(fn.node, facts.tree);
  const from = flow.stepOf(node);
  if (!from || steps.length === 0) return undefined;
  const exit = flow.leavesWithout(from, [...steps, ...handsOver], { byThrow: false, mayThrow: ({ type }) => type === 'ThrowStatement' });
  if (exit?.how !== 'return') return undefined;
  return testsAround(exit.node, fn.node).some((test) => asksAbout(place, test, facts)) ? undefined : exit.node;
}

function runsWithin(fn: FunctionFact, home: FunctionFact): boolean {
  for (let current: FunctionFact | undefined = fn; current; current = current.inline ? current.parent : undefined) if (current === home) return true;
  return false;
}
