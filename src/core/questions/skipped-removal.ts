import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration, ListenerRemoval } from '../facts/listeners.js';
import type { Place } from '../facts/places.js';
import { flowOf, type Exit } from '../flow/flow.js';
import { literalText, type Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';
import { isOwnRemoval, removalsOf } from './listener-pairs.js';
import { isTestExcused } from './skipped-exit.js';
import type { Obligation } from './obligations.js';
import { lifeOfTarget } from './listener-target.js';

/** A listener that a teardown takes away, and a way through it on which the listener stays. */
export interface SkippedRemoval {
  readonly registration: ListenerRegistration;
  readonly target: Place;
  readonly node: Node;
}

/**
 * Listeners on what an object is given, or on what all share, that its teardown
 * takes away on some ways only. A test that asks for the target, for the
 * listener or for whether all is over explains that, and so does one on which
 * the listener was added.
 */
export function findSkippedRemovals(end: FunctionFact, facts: Facts): SkippedRemoval[] {
  const owner = end.method?.owner;
  const found = new Map<string, SkippedRemoval>();
  for (const registration of owner ? facts.listeners.registrations : []) {
    const { fn, style, targetPlace, once } = registration;
    if (fn.self?.owner !== owner || style !== 'method' || once || !targetPlace || !/^(?:given|program|module)$/.test(lifeOfTarget(registration, facts))) continue;
    const key = facts.places.key(targetPlace);
    const node = found.has(key) ? undefined : wayWithout(registration, end, facts);
    if (node) found.set(key, { registration, target: targetPlace, node });
  }
  return [...found.values()];
}

/** A way out of the teardown, or of the one callback of it, that leaves the listener; undefined if something else may take it away. */
function wayWithout(registration: ListenerRegistration, end: FunctionFact, facts: Facts): Node | undefined {
  const removals = removalsOf(registration, facts).filter((removal) => !isOwnRemoval(removal, registration, facts));
  const [first] = removals;
  if (!first?.handler || removals.some(({ fn }) => fn !== first.fn) || !(first.fn === end || isCallbackOf(first.fn, end))) return undefined;
  const flow = flowOf(first.fn.node, facts.tree);
  const steps = [...removals.flatMap(({ node }) => flow.stepOf(node) ?? []), ...endsOfTarget(registration, first.fn, facts).flatMap((node) => flow.stepOf(node) ?? [])];
  const exit = steps.length < removals.length ? undefined : flow.leavesWithout(undefined, steps, { byThrow: false });
  return exit && !isExcused(exit, first, registration, facts) ? (exit.how === 'return' ? exit.node : first.node) : undefined;
}

/** `this.lock.acquire('close', (done) => { … })`: written in the teardown, and run by what that calls. */
function isCallbackOf(fn: FunctionFact, end: FunctionFact): boolean {
  return fn.parent === end && fn.name === '' && fn.registrations.length === 0;
}

function endsOfTarget({ targetPlace }: ListenerRegistration, fn: FunctionFact, facts: Facts): Node[] {
  return targetPlace ? facts.effectsOn(targetPlace).flatMap(({ operation }) => (operation.kind === 'end' && facts.functions.around(operation.node) === fn ? [operation.node] : [])) : [];
}

function isExcused(exit: Exit, removal: ListenerRemoval, registration: ListenerRegistration, facts: Facts): boolean {
  const { fn } = removal;
  const tests = [...(exit.node === fn.node ? [] : testsAround(exit.node, fn.node)), ...testsAround(removal.node, fn.node)];
  const added = new Set(testsAround(registration.node, registration.fn.node).map(textOf));
  // Without a test it is a loop, a `catch` or a `switch`: what it goes through is not known.
  if (tests.length === 0 || tests.some((test) => added.has(textOf(test)))) return true;
  const handler = facts.places.resolve(registration.handler);
  // What a constructor writes is there for all of the object's life, and says nothing of its state.
  const adds = registration.fn.isConstructor ? fn : registration.fn;
  return tests.every((test) => asksForState(test, facts) || [registration.targetPlace, handler].some((place) => place !== undefined && isTestExcused(test, { place, fn: adds }, fn, facts)));

  function textOf(test: Node): string {
    return facts.model.text.slice(test.range[0], test.range[1]).replace(/\s+/g, '');
  }
}

/** `peer.state !== 'closed'` */
function asksForState(test: Node, facts: Facts): boolean {
  return facts.tree.some(test, (node) => /clos|end|dispos|destroy|stop|disconnect|terminat|idle|open|connect/i.test(literalText(node) ?? ''));
}

/** A listener as something that a teardown has to end. */
export function asObligation({ node, fn }: ListenerRegistration, place: Place): Obligation {
  return { place, kind: 'listener', noun: 'listener', node, fn, className: undefined, isRelease: () => false };
}
