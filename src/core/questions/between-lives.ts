import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { contains, type Node } from '../syntax/nodes.js';
import { isTeardown, runsAtEnd } from './teardowns.js';
import { rearms } from './timer-shape.js';

/**
 * Where the function that starts a time-out has just called a teardown:
 * `this.stop(); setTimeout(() => this.start(), ms)`. The timer belongs to the
 * next life of the owner; that this teardown does not stop it says nothing.
 */
export function findTeardownBefore(teardown: FunctionFact, timer: TimerAcquisition, facts: Facts): Node | undefined {
  if (timer.kind.id === 'interval' || rearms(timer, facts) !== undefined) return undefined;
  return facts.functions.callsOf(teardown).find(({ node, from }) => from === timer.fn && node.range[1] <= timer.node.range[0])?.node;
}

/** Whether a time-out is the last step of an end: an ending starts it, and its callback calls the teardown. */
export function isLastStep(teardown: FunctionFact, timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.kind.id === 'interval' ? undefined : timer.callback;
  return callback !== undefined && isOfEnding(timer, facts) && facts.functions.callsOf(teardown).some(({ node, from }) => contains(callback.node, node) || facts.summaries.reach(callback).has(from));
}

/** Whether a timer is started by what ends its owner: it sees to the end itself, and no other ending needs to know of it. */
export function isOfEnding({ fn }: TimerAcquisition, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (isTeardown(current.name, facts) || runsAtEnd(current, facts)) return true;
  return false;
}
