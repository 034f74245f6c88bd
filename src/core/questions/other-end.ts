import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration, ListenerRemoval } from '../facts/listeners.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { isNothing, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';
import { endingsOf } from './ending-functions.js';
import { isOwnRemoval, removalsOf } from './listener-pairs.js';
import { isTeardown } from './teardowns.js';

/** The end that comes from the other side. */
export interface OtherEnd {
  readonly event: string;
  /** The handler that hears of it. */
  readonly node: Node;
  readonly teardown: FunctionFact;
}

/**
 * The other end of a connection, which leaves a listener that the teardown takes
 * away: `close()` ends `this.socket`, and takes the listener off the hub; when
 * the peer closes the socket, its handler does not. Undefined for what may be
 * opened again, and for listeners on the socket itself.
 */
export function findOtherEnd(registration: ListenerRegistration, facts: Facts): OtherEnd | undefined {
  const { fn, targetPlace } = registration;
  const owner = fn.self && !fn.self.isStatic ? fn.self.owner : undefined;
  const removals = removalsOf(registration, facts).filter((removal) => !isOwnRemoval(removal, registration, facts));
  const [teardown] = removals.map((removal) => homeOf(removal));
  if (!owner || !targetPlace || !teardown || !isTeardown(teardown.name, facts) || removals.some((removal) => homeOf(removal) !== teardown)) return undefined;
  for (const { how, fn: handler, name, node } of endingsOf(facts)) {
    if (how !== 'event' || name === 'error' || handler.self?.owner !== owner || facts.summaries.reach(handler).has(teardown) || removals.some((removal) => facts.summaries.reach(handler).has(removal.fn))) continue;
    const emitter = emitterOf(handler, node, facts);
    if (!emitter || leadsTo(emitter, targetPlace, facts) || leadsTo(targetPlace, emitter, facts) || !isEndedBy(teardown, emitter, facts) || !isOnlyOne(emitter, facts)) continue;
    return { event: name, node: handler.node, teardown };
  }
  return undefined;
}

function homeOf({ fn }: ListenerRemoval): FunctionFact {
  let home = fn;
  while (home.inline && home.parent) home = home.parent;
  return home;
}

function emitterOf(handler: FunctionFact, node: Node, facts: Facts): Place | undefined {
  const emitter = handler.registrations.find((one) => one.node === node)?.emitter;
  return emitter && facts.places.resolve(emitter);
}

/** Whether a place is another, or a part of it. */
function leadsTo(place: Place, other: Place, facts: Facts): boolean {
  const keys = other.path.map((_, index) => facts.places.key({ root: other.root, path: other.path.slice(0, index + 1) }));
  return keys.includes(facts.places.key(place)) || (other.path.length === 0 && facts.places.key(place) === facts.places.key(other));
}

function isEndedBy(teardown: FunctionFact, emitter: Place, facts: Facts): boolean {
  const key = facts.places.key(emitter);
  return facts.summaries.of(teardown).some(({ operation, place }) => operation.kind === 'end' && facts.places.key(place) === key);
}

/** Whether an object has one thing of the kind in its life: a field that the constructor alone fills. */
function isOnlyOne(place: Place, facts: Facts): boolean {
  if (place.root.type !== 'owner' || place.path.length !== 1 || place.path.includes(ELEMENT)) return false;
  const writes = assignmentsTo(place, facts).filter(({ right }) => !isNothing(unwrap(right)));
  return writes.every((write) => facts.functions.around(write).isConstructor);
}
