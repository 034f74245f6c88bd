import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isEndingEvent } from '../kinds/events.js';
import { isParameter } from '../scope/bindings.js';
import { contains, isFunctionNode, memberName, type Node } from '../syntax/nodes.js';
import { emitterKey, type LeftRunning } from './endings.js';
import { clearSite, clearsOf, isOwnClear } from './handle-release.js';
import { timerCallee } from '../facts/timer-names.js';

/** Whether a handle is cleared only where the same function then gives it a new timer, or by the timer's own callback: nothing stops it for good. */
export function isOnlyRenewed(handle: Place, timer: TimerAcquisition, facts: Facts): boolean {
  const key = facts.places.key(handle);
  const starts = facts.timers.filter(({ destination }) => destination.type === 'place' && facts.places.key(destination.place) === key);
  return clearsOf(handle, facts).every((effect) => {
    const site = clearSite(effect);
    return isOwnClear(effect, timer, facts) || starts.some(({ fn, node }) => facts.functions.around(site) === fn && site.range[0] < node.range[0]);
  });
}

/**
 * The end of the very emitter on which a handle is kept, `socket.pingTimer`,
 * by a listener that does not clear it: the emitter is gone, and the timer is
 * still pending, with the emitter in it.
 */
export function findEndOfHolder({ root, path }: Place, timer: TimerAcquisition, facts: Facts): LeftRunning | undefined {
  const name = path.at(-1);
  if (name === undefined || path.length !== 1 || root.type !== 'variable') return undefined;
  // Another name for the holder may stand where it is cleared for good.
  if (facts.tree.all('CallExpression').some((call) => clears(call, name, facts) && !contains(timer.fn.node, call))) return undefined;
  const holders = holdersOf({ root, path: [] }, timer.fn, facts);
  const endings = facts.functions.all.flatMap((fn) => fn.registrations.flatMap((registration) => (isEnd(registration.event) && registration.emitter && holders.has(emitterKey(registration.emitter, facts) ?? '') ? [{ fn, registration }] : [])));
  const [ending] = endings;
  return ending && !endings.some(({ fn }) => facts.summaries.reach(fn).has(timer.fn)) ? { event: ending.registration.event, node: ending.registration.node } : undefined;
}

/** What hosts of plug-ins call the end of one. */
function isEnd(event: string): boolean {
  return isEndingEvent(event) || event === 'unload';
}

/** The keys of the place that holds a handle: its own, and those of what callers give for a parameter. */
function holdersOf(holder: Place, fn: FunctionFact, facts: Facts): ReadonlySet<string> {
  const keys = new Set([facts.places.key(holder)]);
  const { root } = holder;
  const index = root.type === 'variable' && isParameter(root.variable) && isFunctionNode(fn.node) ? fn.node.params.findIndex((parameter) => parameter.type === 'Identifier' && facts.bindings.variableOf(parameter) === root.variable) : -1;
  for (const call of index < 0 ? [] : facts.functions.callsOf(fn)) {
    const given = call.node.arguments[index];
    const place = given && facts.places.resolve(given);
    if (place) keys.add(facts.places.key(place));
  }
  return keys;
}

/** Whether a call clears something of that name, whatever holds it. */
function clears(node: Node, name: string, facts: Facts): boolean {
  return node.type === 'CallExpression' && timerCallee(node.callee, facts.timerNames)?.role === 'release' && node.arguments.some((argument) => facts.tree.some(argument, (part) => part.type === 'MemberExpression' && memberName(part) === name));
}
