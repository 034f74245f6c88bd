import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { timerCallee } from '../facts/timer-names.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { contains, isMethodCall, memberName, parentOf, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { findNamesake } from './namesake.js';

export interface HandleRelease {
  readonly code: 'cleared' | 'ended' | 'clears-itself' | 'cleared-by-name' | 'handle-handed-on' | 'handle-returned';
  readonly node: Node;
}

/** Who can stop a timer whose handle is kept at a place, or undefined if no code of the file can. */
export function findRelease(handle: Place, timer: TimerAcquisition, facts: Facts): HandleRelease | undefined {
  const effects = facts.effectsOn(handle);
  // Whoever has the handle can clear it on the ways that the file's own clears leave out.
  const given = effects.find((effect) => effect.operation.kind === 'hand-over');
  if (given) return { code: 'handle-handed-on', node: given.operation.node };
  const ended = effects.find((effect) => effect.operation.kind === 'end' && effect.operation.how !== 'end');
  if (ended) return { code: 'ended', node: ended.operation.node };
  // this.timers.get(id) handed on, or the whole collection of handles.
  const holder = handle.path.at(-1) === ELEMENT ? { root: handle.root, path: handle.path.slice(0, -1) } : undefined;
  const handed = holder && facts.effectsOn(holder).find((effect) => effect.operation.kind === 'hand-over' || effect.operation.kind === 'end');
  if (handed) return { code: 'handle-handed-on', node: handed.operation.node };
  const escape = handle.root.type === 'variable' && handle.path.length === 0 ? escapeOf(handle, timer, facts) : undefined;
  if (escape) return escape;
  const cleared = clearsOf(handle, facts).find((effect) => !isOwnClear(effect, timer, facts));
  if (cleared) return { code: 'cleared', node: cleared.operation.node };
  const sameName = findNamesake(handle, ({ kind }) => kind === 'clear', facts);
  if (sameName) return { code: 'cleared-by-name', node: sameName.node };
  const unknown = clearOfUnknown(handle, facts);
  if (unknown) return { code: 'cleared-by-name', node: unknown };
  // A time-out has fired when its own callback runs; an interval can stop itself.
  const own = timer.kind.id === 'timeout' ? undefined : clearsOf(handle, facts)[0];
  return own && { code: 'clears-itself', node: own.operation.node };
}

/** `clearTimeout(this.timer)` in a function that is called with an object which the file does not show: the same field, as far as names tell. */
function clearOfUnknown({ root, path }: Place, facts: Facts): Node | undefined {
  const name = root.type === 'owner' ? path.at(-1) : undefined;
  return name === undefined ? undefined : facts.tree.all('CallExpression').find((call) => {
    const cleared = call.arguments[0] && unwrap(call.arguments[0]);
    return cleared?.type === 'MemberExpression' && cleared.object.type === 'ThisExpression' && memberName(cleared) === name
      && timerCallee(call.callee, facts.timerNames)?.role === 'release' && facts.places.resolve(cleared) === undefined;
  });
}

/** The calls that clear a handle, by itself or with all that its holder has: `for (const name in this.timers) clearTimeout(this.timers[name])`. */
export function clearsOf(handle: Place, facts: Facts): readonly Effect[] {
  const places = [handle, ...sweptWith(handle)];
  return places.flatMap((place) => facts.effectsOn(place).filter((effect) => effect.operation.kind === 'clear'));
}

/** Whether a run of a function clears a handle, by itself or with all that its holder has. */
export function clearsHandle(fn: FunctionFact, handle: Place, facts: Facts): boolean {
  const keys = new Set([handle, ...sweptWith(handle)].map((place) => facts.places.key(place)));
  return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'clear' && keys.has(facts.places.key(effect.place)));
}

/** The place that stands for every member of what holds a handle. */
function sweptWith({ root, path }: Place): Place[] {
  const named = path.at(-1);
  return named === undefined || named === ELEMENT || path.length < 2 ? [] : [{ root, path: [...path.slice(0, -1), ELEMENT] }];
}

/** Where the file clears a handle: the call of a helper that is given it, or the clear itself. */
export function clearSite(effect: Effect): Node {
  return effect.via[0]?.node ?? effect.operation.node;
}

/** Whether only the timer's own callback leads to a clear: it stands in there, or in a helper that nothing else calls. */
export function isOwnClear(effect: Effect, timer: TimerAcquisition, facts: Facts): boolean {
  const { callback } = timer;
  if (!callback || callback === facts.functions.module || !onlyRunsAsCallback(callback, timer, facts)) return false;
  const site = clearSite(effect);
  if (contains(callback.node, site)) return true;
  const helper = facts.functions.around(site);
  const calls = facts.functions.callsOf(helper);
  return !helper.escapes && calls.length > 0 && calls.every((call) => contains(callback.node, call.node));
}

/** A named callback that others call or are given, too, can be the way in which they clear the handle. */
function onlyRunsAsCallback(callback: FunctionFact, timer: TimerAcquisition, facts: Facts): boolean {
  if (callback.registrations.length > 0 || !facts.functions.callsOf(callback).every((call) => contains(callback.node, call.node) || call.from === timer.fn)) return false;
  if (callback.method) return !callback.triggers.has('call');
  const name = timer.callbackNode && unwrap(timer.callbackNode);
  const variable = name?.type === 'Identifier' ? facts.bindings.variableOf(name) : undefined;
  return variable?.references.every((reference) => {
    const use = parentOf(wrapped(reference.identifier));
    return reference.isWrite() || use === timer.node || (use?.type === 'CallExpression' && unwrap(use.callee) === reference.identifier);
  }) ?? true;
}

/** A local handle that goes on: returned, put into an object, captured and given away. */
function escapeOf(handle: Place, timer: TimerAcquisition, facts: Facts): HandleRelease | undefined {
  if (handle.root.type !== 'variable') return undefined;
  for (const reference of handle.root.variable.references) {
    if (!reference.isRead()) continue;
    const identifier = reference.identifier as Node;
    const use = facts.places.destinationOf(identifier);
    if (use.type === 'returned') return { code: 'handle-returned', node: use.node };
    if (use.type === 'argument' && !isLookUp(use.call) && !isClearCall(use.call, handle, facts)) {
      const parent = parentOf(wrapped(identifier));
      if (parent) return { code: 'handle-handed-on', node: use.call };
    }
    if (use.type === 'place' && facts.places.key(use.place) !== facts.places.key(handle)) {
      const onward = use.place.root.type === 'variable' && use.place.path.length === 0 ? undefined : findReleaseOnce(use.place, timer, facts);
      if (onward) return onward;
      if (use.place.root.type === 'variable') return { code: 'handle-handed-on', node: use.node };
    }
  }
  return undefined;
}

/** `clearInterval(timer)`: what is cleared there is weighed by its path, and given to nobody. */
function isClearCall(call: Node, handle: Place, facts: Facts): boolean {
  return clearsOf(handle, facts).some((effect) => clearSite(effect) === call);
}

/** `pending.delete(timer)`, `timers.has(timer)`: a collection is asked about the handle, and stops nothing. */
function isLookUp(call: Node): boolean {
  return isMethodCall(call, /^(?:delete|has|get|includes|indexOf|lastIndexOf)$/);
}

function findReleaseOnce(place: Place, timer: TimerAcquisition, facts: Facts): HandleRelease | undefined {
  return findRelease(place, timer, facts);
}
