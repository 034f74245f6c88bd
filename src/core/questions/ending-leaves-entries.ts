import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Registration } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { isEndingEvent } from '../kinds/events.js';
import { declaringFunction } from '../scope/bindings.js';
import { contains, isFunctionNode, unwrap, type Node } from '../syntax/nodes.js';
import { emitterKey } from './endings.js';
import { resourceInValue } from './growth-shape.js';
import { visits } from './key-loss.js';
import { isTeardown } from './teardowns.js';

/** The end of an emitter that leaves entries which only its other events take out. */
export interface EndingLeavesEntries {
  readonly event: string;
  readonly node: Node;
  /** The event that takes them out. */
  readonly other: string;
  /** Whether what holds the entries is seen to live longer than the emitter. */
  readonly isSure: boolean;
}

/** Callers that are followed from a removal to the listener that runs it. */
const MAX_CALLERS = 4;

/**
 * Where every removal of a collection is run by events of one emitter, none of
 * which is its end, while a listener to its end leaves the entries: after that
 * nothing takes them out. The entries have to belong to the emitter: it is made
 * or given where one is added, or they wait for what it will say.
 */
export function findEndingLeavesEntries(collection: Collection, growth: readonly Effect[], removals: readonly Effect[], facts: Facts): EndingLeavesEntries | undefined {
  const { place } = collection;
  const heard = removals.map(({ operation }) => listenersOf(operation.fn, facts));
  const [first] = heard.flat();
  const emitter = first?.emitter && emitterKey(first.emitter, facts);
  if (!first || emitter === undefined || heard.some((one) => one.length === 0)) return undefined;
  if (heard.flat().some((one) => isEndingEvent(one.event) || !one.emitter || emitterKey(one.emitter, facts) !== emitter)) return undefined;
  const endings = facts.functions.all.flatMap((fn) => fn.registrations.flatMap((registration) => (isEndOfAll(registration.event) && registration.emitter && emitterKey(registration.emitter, facts) === emitter ? [{ fn, registration }] : [])));
  const [ending] = endings;
  // Who goes through all entries may end them, or ask anew for each.
  if (!ending || visits(facts.functions.module, collection, facts) || endings.some(({ fn }) => touches(fn, place, facts)) || facts.functions.all.some((fn) => isTeardown(fn.name, facts) && touches(fn, place, facts))) return undefined;
  const home = registrationHome(ending.registration.node, facts);
  const isOwn = growth.some(({ operation }) => contains(home.node, operation.node)) && isOfRun(first.emitter, home, facts);
  const waits = growth.every((effect) => resourceInValue([effect], facts) === 'promise' && mentionsEmitter(effect.operation.fn, emitter, facts));
  if (!isOwn && !waits) return undefined;
  return { event: ending.registration.event, node: ending.registration.node, other: first.event, isSure: isOwn || isMadeAnew(first.emitter, facts) };
}

/** `files:deleted` is the end of one of the things that an emitter tells of. */
function isEndOfAll(event: string): boolean {
  return isEndingEvent(event) && !/[:./]/.test(event);
}

/** The listeners in whose run a function runs; empty if anything else may run it. */
function listenersOf(fn: FunctionFact, facts: Facts, depth = 0): readonly Registration[] {
  if (fn.registrations.length > 0) return fn.registrations;
  if (fn.inline && fn.parent) return listenersOf(fn.parent, facts, depth);
  if (depth >= MAX_CALLERS || fn === facts.functions.module || (fn.escapes && !fn.method)) return [];
  const found = facts.functions.callersOf(fn).map((caller) => listenersOf(caller, facts, depth + 1));
  return found.every((one) => one.length > 0) ? found.flat() : [];
}

/** Whether a run of a function does anything to the collection or its entries, or looks at them. */
function touches(fn: FunctionFact, place: Place, facts: Facts): boolean {
  const key = facts.places.key(place);
  const entry = `${key}.${ELEMENT}`;
  return facts.summaries.of(fn).some((effect) => { const one = facts.places.key(effect.place); return one === key || one.startsWith(entry); })
    || [...facts.summaries.reach(fn)].some(({ node }) => facts.tree.some(node, (part) => {
      const found = part.type === 'MemberExpression' || part.type === 'Identifier' ? facts.places.resolve(part) : undefined;
      return found !== undefined && facts.places.key(found) === key;
    }));
}

/** The function in whose run a listener is added: callbacks that run in place belong to it. */
function registrationHome(node: Node, facts: Facts): FunctionFact {
  let fn = facts.functions.around(node);
  while (fn.inline && fn.parent) fn = fn.parent;
  return fn;
}

/** Whether an emitter is a local or a parameter of the function: each run has its own. */
function isOfRun(emitter: Node | undefined, { node: home }: FunctionFact, facts: Facts): boolean {
  const inner = emitter && unwrap(emitter);
  const variable = inner?.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return variable !== undefined && isFunctionNode(home) && declaringFunction(variable) === home;
}

function mentionsEmitter({ node }: FunctionFact, emitter: string, facts: Facts): boolean {
  return facts.tree.some(node, (part) => {
    const place = part.type === 'MemberExpression' || part.type === 'Identifier' ? facts.places.resolve(part) : undefined;
    return place !== undefined && facts.places.key(place) === emitter;
  });
}

/** Whether a field is given a new emitter by another function than the constructor: the object outlives each of them. */
function isMadeAnew(emitter: Node | undefined, facts: Facts): boolean {
  const place = emitter && facts.places.resolve(emitter);
  if (place?.root.type !== 'owner') return false;
  return facts.effectsOn(place).some(({ operation: { kind, fn } }) => kind === 'empty' && !fn.isConstructor);
}
