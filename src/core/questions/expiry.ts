import type { Facts } from '../facts/facts.js';
import type { Effect } from '../facts/summaries.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Expiry } from '../subject.js';
import { contains, isFunctionNode, isMethodCall, parentOf, type Node } from '../syntax/nodes.js';
import { standsApart } from './exclusive-arms.js';
import { lifetimeOf } from './lifetime.js';

/** The entries that a timer's own callback deletes, and who else deletes from there: an entry that ends early leaves its timer behind. */
export function expiriesOf(timer: TimerAcquisition, facts: Facts): Expiry[] {
  if (!timer.callback) return [];
  const expiries: Expiry[] = [];
  for (const effect of facts.summaries.of(timer.callback)) {
    if (effect.operation.kind !== 'shrink' || effect.key === undefined || isSwept(effect, timer, facts)) continue;
    const lifetime = lifetimeOf(effect.place, facts);
    if (lifetime === 'call' || lifetime === 'unknown') continue;
    const reach = facts.summaries.reach(timer.callback);
    // A method that is called on several objects has its effect once for each of them.
    const others = [...new Set(facts.effectsOn(effect.place).map((other) => other.operation))].filter((operation) => !reach.has(operation.fn));
    const key = facts.places.key(effect.place);
    expiries.push({
      place: effect.place,
      collection: facts.collections.find((collection) => facts.places.key(collection.place) === key),
      deletion: effect.operation,
      early: others.filter((operation) => operation.kind === 'shrink' && !standsApart(operation.node, timer.node, facts)),
      emptied: others.filter((operation) => operation.kind === 'empty'),
    });
  }
  return expiries;
}

/** Whether a timer takes out whatever entry its callback comes across in a loop: the timer belongs to all of them, and to none. */
function isSwept({ operation, via }: Effect, timer: TimerAcquisition, facts: Facts): boolean {
  const keys = [operation.key, ...via.flatMap(({ node }) => node.arguments)];
  return keys.some((key) => key !== undefined && facts.tree.some(key, (part) => {
    const variable = part.type === 'Identifier' ? facts.bindings.variableOf(part) : undefined;
    const declared: Node | undefined = variable?.identifiers[0];
    const loop = declared && loopAround(declared);
    return loop !== undefined && !contains(loop, timer.node);
  }));
}

/** The loop in whose rounds a name means another thing each time. */
function loopAround(name: Node): Node | undefined {
  for (let current = name.parent; current; current = current.parent) {
    if (/^(?:For|While|DoWhile)/.test(current.type)) return current;
    if (!isFunctionNode(current)) continue;
    const call = parentOf(current);
    return call && isMethodCall(call, /^(?:forEach|map|filter|some|every)$/) ? call : undefined;
  }
  return undefined;
}
