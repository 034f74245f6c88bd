import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isEndingEvent } from '../kinds/events.js';
import { declaringFunction } from '../scope/bindings.js';
import type { ClearPaths } from './clear-paths.js';
import { clearsHandle } from './handle-release.js';
import { removesItself } from './patterns.js';
import { isTeardown } from './teardowns.js';
import { runsUnknownMember } from './unmount.js';

/** A teardown that clears another timer of the same owner, and not this one. */
export interface ForgetfulTeardown {
  readonly teardown: FunctionFact;
  readonly sibling: Place;
}

/**
 * A teardown that knows of timers and leaves this one pending: it clears a
 * sibling, while no function that ends the owner leads to a clear of this one.
 */
export function findForgetfulTeardown(handle: Place, timer: TimerAcquisition, paths: ClearPaths, teardowns: readonly FunctionFact[], facts: Facts): ForgetfulTeardown | undefined {
  const isKept = handle.root.type === 'owner' || (handle.root.type === 'variable' && declaringFunction(handle.root.variable) !== timer.fn.node);
  if (!isKept || handle.path.includes(ELEMENT)) return undefined;
  // An ending event, or a teardown of another name, may be what every end leads to.
  if (paths.listeners.some((fn) => fn.registrations.some((one) => isEndingEvent(one.event)))) return undefined;
  const owner = timer.fn.self?.owner;
  if ((owner ? facts.functions.within(owner) : []).concat(paths.others, teardowns).some((fn) => endsByName(fn, facts) && clearsHandle(fn, handle, facts))) return undefined;
  const started = new Map(facts.timers.flatMap((other) => (other.destination.type === 'place' ? [[facts.places.key(other.destination.place), other.destination.place] as const] : [])));
  for (const teardown of teardowns) {
    if (runsUnknownMember(teardown, facts)) continue;
    for (const { operation, place } of facts.summaries.of(teardown)) {
      const sibling = operation.kind === 'clear' ? started.get(facts.places.key(place)) : undefined;
      // One of the same name is the same, by another `this`.
      if (sibling && sibling.path.at(-1) === handle.path.at(-1) && sibling.root.type === 'owner') break;
      if (sibling && sameHolder(sibling, handle)) return { teardown, sibling };
    }
  }
  return undefined;
}

function endsByName(fn: FunctionFact, facts: Facts): boolean {
  return isTeardown(fn.name, facts) || removesItself(fn, facts) || /^_?(?:on|handle)(?:[A-Z]\w*)?(?:Close|Closed|End|Exit|Disconnect|Destroy|Dispose)/.test(fn.name);
}

/** Whether two handles are kept by one owner, or in one closure. */
function sameHolder(left: Place, right: Place): boolean {
  if (left.root.type === 'owner' && right.root.type === 'owner') return left.root.owner === right.root.owner && left.path.length === right.path.length;
  return left.root.type === 'variable' && right.root.type === 'variable' && left.path.length === 0 && right.path.length === 0 && left.root.variable.scope === right.root.variable.scope;
}
