import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { eventOfHandlerName, isEndingEvent } from '../kinds/events.js';
import { contains, isFunctionNode, isNothing, unwrap, type FunctionNode } from '../syntax/nodes.js';
import type { Obligation } from './obligations.js';
import { releasesOf } from './obligation-coverage.js';

/** Whether two things are of one kind, so that whoever ends one of them would end the other as well. */
export function areAlike(left: Obligation, right: Obligation): boolean {
  if (isTimer(left) || isTimer(right)) return isTimer(left) && isTimer(right);
  if (isEntry(left) !== isEntry(right)) return false;
  return left.kind === right.kind && (left.kind !== 'disposable' || (left.className !== undefined && left.className === right.className));
}

/** Whether it is one of many in a collection. */
export function isEntry({ place }: Obligation): boolean {
  return place.path.includes(ELEMENT);
}

export function isTimer({ kind }: Obligation): boolean {
  return kind === 'timeout' || kind === 'interval';
}

/** The timer behind an obligation. */
export function timerOf({ node }: Obligation, facts: Facts): TimerAcquisition | undefined {
  return facts.timers.find((timer) => timer.node === node);
}

/** Where another function ends a thing that a teardown leaves; `replaces` if it then empties the field, so that it was meant to be over, `renews` if it puts another in its place. */
export function endedElsewhere(obligation: Obligation, end: FunctionFact, facts: Facts): { operation: Operation; replaces: boolean; renews: boolean } | undefined {
  const releases = releasesOf(obligation, facts).filter(({ kind, node }) => kind !== 'hand-over' && !contains(end.node, node));
  const key = facts.places.key(obligation.place);
  const replacements = (fn: FunctionFact): readonly Operation[] => facts.summaries.own(fn).filter(({ kind, place }) => kind === 'empty' && facts.places.key(place) === key);
  const replaced = releases.find(({ fn }) => replacements(fn).length > 0);
  const operation = replaced ?? releases[0];
  return operation && { operation, replaces: replaced !== undefined, renews: replaced !== undefined && replacements(replaced.fn).some(({ value }) => value !== undefined && !isNothing(unwrap(value))) };
}

/** Whether a handler of an ending event ends a thing, by what it listens to or by its name: `onMediaDetached() { clearInterval(this.poll); }`. */
export function isEndedOnEnding(obligation: Obligation, facts: Facts): boolean {
  return releasesOf(obligation, facts).some(({ fn }) => [...fn.registrations.map(({ event }) => event), eventOfHandlerName(fn.name) ?? ''].some((event) => isEndingEvent(event) || /detach(?:ed|ing)$/i.test(event)));
}

/** Whether nothing at all is done in a function. */
export function isEmptyFunction({ node }: FunctionFact): boolean {
  return isFunctionNode(node) && isBlank(node);
}

function isBlank({ body }: FunctionNode): boolean {
  return body.type === 'BlockStatement' && body.body.length === 0;
}
