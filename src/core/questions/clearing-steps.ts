import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { flowOf } from '../flow/flow.js';
import { literalText, memberName, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { nodesIn } from './nodes-in.js';
import { releasingSteps } from './releasing-steps.js';

/** The steps of a function after which the timer of a handle is no longer pending; see `releasingSteps`. */
export function clearingSteps(place: Place, fn: FunctionFact, facts: Facts): Node[] {
  return [...releasingSteps(place, fn, ({ kind }) => kind === 'clear', facts), ...abortingSteps(place, fn, facts)];
}

/** `controller.abort()` where a listener of its signal clears the handle: listeners have run when it returns. */
function abortingSteps(place: Place, fn: FunctionFact, facts: Facts): Node[] {
  const aborts = fn.node.type === 'Program' ? [] : nodesIn(fn, 'CallExpression', facts).filter((call) => parseMethodCall(call)?.method === 'abort');
  if (aborts.length === 0) return [];
  const key = facts.places.key(place);
  const clears = (listener: Node): boolean => {
    const heard = facts.functions.valueOf(listener);
    return heard !== undefined && facts.summaries.of(heard).some(({ operation, place: cleared }) => operation.kind === 'clear' && facts.places.key(cleared) === key);
  };
  const controllers = facts.tree.all('CallExpression').flatMap((call) => {
    const added = parseMethodCall(call);
    const [event, listener] = added?.args ?? [];
    if (added?.method !== 'addEventListener' || literalText(event) !== 'abort' || !listener || !clears(listener)) return [];
    const signal = unwrap(added.object);
    const controller = signal.type === 'MemberExpression' && memberName(signal) === 'signal' ? facts.places.resolve(signal.object) : undefined;
    return controller ? [facts.places.key(controller)] : [];
  });
  const flow = flowOf(fn.node, facts.tree);
  return aborts.flatMap((call) => {
    const object = parseMethodCall(call)?.object;
    const controller = object && facts.places.resolve(object);
    return controller && controllers.includes(facts.places.key(controller)) ? (pastChain(flow.stepOf(call)) ?? []) : [];
  });
}

/** `control?.abort?.()`: where the chain ends early, there is no controller yet, and nothing that its end would clear. */
function pastChain(step: Node | undefined): Node | undefined {
  for (let current = step; current; current = current.parent) {
    if (current.type === 'ChainExpression') return current;
    if (current.type !== 'CallExpression' && current.type !== 'MemberExpression') break;
  }
  return step;
}
