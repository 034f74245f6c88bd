import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { constantNumber } from '../syntax/constant.js';
import { type Node } from '../syntax/nodes.js';

/** Sizes to which a comparison asks "is there any?", not "are there too many?". */
const SMALLEST_LIMIT = 2;

/** The comparison of a collection's size with a limit, in a function that also fills it (BENIGN, C9). */
export function findSizeBound(place: Place, growth: readonly Effect[], facts: Facts): Node | undefined {
  const fillers = new Set(growth.flatMap((effect) => [effect.operation.fn, ...effect.via.map((call) => call.from)]));
  for (const effect of facts.effectsOn(place)) {
    const { operation } = effect;
    if (operation.kind !== 'measure' || !/^[<>]=?$/.test(operation.how)) continue;
    const limit = constantNumber(operation.value, facts.bindings);
    if (limit !== undefined && limit < SMALLEST_LIMIT) continue;
    if (isLoopTest(operation.node)) continue;
    const home = operation.fn;
    if (fillers.has(home) || [...fillers].some((filler) => facts.summaries.reach(filler).has(home) || facts.summaries.reach(home).has(filler))) return operation.node;
  }
  return undefined;
}

/** `for (i = 0; i < list.length; i++)` visits, it does not limit. */
function isLoopTest(node: Node): boolean {
  return node.parent?.type === 'ForStatement' && node.parent.test === node;
}
