import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { Call, FunctionFact } from '../facts/functions.js';
import { handsToReleaser, type Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { ENDS } from '../kinds/releases.js';
import { isEndingEvent } from '../kinds/events.js';
import { onlyValue, type Variable } from '../scope/bindings.js';
import { bodyNodes, contains, hasPath, isFunctionNode, literalText, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { executorRole, settlesWith } from './settling.js';
import { isFreshKey } from './fresh-key.js';
import { lifetimeOf } from './lifetime.js';
import { timerEntriesOf, type TimerEntry } from './timer-entries.js';

/** What takes an entry out once its timer has fired. */
export interface RemovalAfterFiring {
  readonly code: 'removed-by-callback' | 're-armed-by-callback' | 'removed-on-settling' | 'removed-on-ending' | 'removed-by-sweep' | 'removed-by-given-callback';
  readonly node: Node;
  /** The deletion itself. */
  readonly operation: Operation;
}

/** Where the entry of a timer that has fired is taken out, or undefined if no path of the file leads there. */
export function findRemovalAfterFiring(entry: TimerEntry, facts: Facts): RemovalAfterFiring | undefined {
  for (const callback of callbacksOf(entry.timer, facts)) {
    const effects = facts.summaries.of(callback);
    const own = effects.find((effect) => takesOut(effect, entry, facts));
    const called = own?.operation ?? removalByName(callback, entry, facts);
    if (called) return { code: 'removed-by-callback', node: called.node, operation: called };
    const again = effects.find((effect) => effect.operation.kind === 'grow' && isCollection(effect.place, entry, facts));
    if (again) return { code: 're-armed-by-callback', node: again.operation.node, operation: again.operation };
    const next = facts.timers.find((one) => one.destination.type === 'place' && facts.places.key(one.destination.place) === facts.places.key(entry.handle) && facts.summaries.reach(callback).has(one.fn));
    if (next) return { code: 're-armed-by-callback', node: next.node, operation: entry.growth };
    const ending = removalOnEnding(callback, entry, facts);
    if (ending) return { code: 'removed-on-ending', node: ending.node, operation: ending };
  }
  const settling = removalOnSettling(entry, facts);
  if (settling) return settling;
  const given = removalGiven(entry, facts);
  if (given) return { code: 'removed-by-given-callback', node: given.node, operation: given };
  const sweep = removalBySweep(entry, facts);
  return sweep && { code: 'removed-by-sweep', node: sweep.node, operation: sweep };
}

/** What a timer runs: its callback, or the functions that callers give for it. */
function callbacksOf({ callback, callbackNode, fn }: TimerAcquisition, facts: Facts): readonly FunctionFact[] {
  if (callback) return [callback];
  const given = callbackNode && unwrap(callbackNode);
  const variable = given?.type === 'Identifier' ? facts.bindings.variableOf(given) : undefined;
  const index = isFunctionNode(fn.node) ? fn.node.params.findIndex((parameter) => parameter.type === 'Identifier' && facts.bindings.variableOf(parameter) === variable) : -1;
  return index < 0 ? [] : facts.functions.callsOf(fn).flatMap(({ node }) => (node.arguments[index] ? (facts.functions.valueOf(node.arguments[index]) ?? []) : []));
}

/** The deletions of entries by other code than what their timer runs. */
export function otherDeletions(entry: TimerEntry, facts: Facts): Operation[] {
  return facts.effectsOn(entry.collection.place).flatMap(({ operation }) => (operation.kind === 'shrink' && !isRunByTimer(operation, entry, facts) ? [operation] : []));
}

/** Whether a function is a part of what a timer of the collection runs. */
export function isRunByTimer({ fn }: Operation, { collection }: TimerEntry, facts: Facts): boolean {
  return facts.timers.some((timer) => timer.callback !== undefined && isTrackedIn(timer, collection, facts) && facts.summaries.reach(timer.callback).has(fn));
}

/** Whether a collection holds the handle of a timer. */
function isTrackedIn(timer: TimerAcquisition, collection: Collection, facts: Facts): boolean {
  return timerEntriesOf(collection, facts).some((entry) => entry.timer === timer);
}

function isCollection(place: Place, { collection }: TimerEntry, facts: Facts): boolean {
  return facts.places.key(facts.functions.fieldOf(place)) === facts.places.key(collection.place);
}

/** Whether an effect takes entries out of the collection, or gives it to code that may. */
export function takesOut(effect: Effect, entry: TimerEntry, facts: Facts): boolean {
  const { operation, place } = effect;
  const isIt = isCollection(place, entry, facts);
  switch (operation.kind) {
    case 'shrink':
      // `manager.timers.delete(id)` on an object that the file does not make: the same, as far as names tell.
      return isIt || (place.path.at(-1) === entry.collection.name && place.root.type !== 'owner');
    case 'empty':
    case 'blank':
    case 'end':
      return isIt;
    case 'hand-over':
      return isIt || handsToReleaser(operation) && isElement(place, entry, facts);
    default:
      return false;
  }
}

function isElement(place: Place, { collection }: TimerEntry, facts: Facts): boolean {
  return facts.places.key(place) === facts.places.key({ root: collection.place.root, path: [...collection.place.path, ELEMENT] });
}

/** `store.hide(id)` where the file has a `hide` that takes the entry out: the same function, as far as names tell. */
function removalByName(callback: FunctionFact, entry: TimerEntry, facts: Facts): Operation | undefined {
  const names = new Set(callsIn(callback, facts).flatMap((call) => (facts.functions.valueOf(call.callee) ? [] : (parseMethodCall(call)?.method ?? []))));
  for (const fn of facts.functions.all) {
    const removal = fn.name !== '' && names.has(fn.name) ? facts.summaries.of(fn).find((effect) => takesOut(effect, entry, facts)) : undefined;
    if (removal) return removal.operation;
  }
  return undefined;
}

/** The callback ends something, or emits an event, and a listener to that takes the entry out. */
function removalOnEnding(callback: FunctionFact, entry: TimerEntry, facts: Facts): Operation | undefined {
  const ended = new Set<string>();
  const emitted = new Set<string>();
  for (const call of callsIn(callback, facts)) {
    const method = parseMethodCall(call);
    if (!method) continue;
    if (/^(?:emit|dispatchEvent|fire|trigger|publish)$/.test(method.method)) emitted.add(literalText(method.args[0]) ?? '');
    const target = ENDS.has(method.method) ? facts.places.resolve(method.object) : undefined;
    if (target) ended.add(facts.places.key(target));
  }
  if (ended.size + emitted.size === 0) return undefined;
  for (const fn of facts.functions.all) {
    const hears = fn.registrations.some(({ event, emitter }) => {
      const source = emitter && facts.places.resolve(emitter);
      return emitted.has(event) || (isEndingEvent(event) && ended.size > 0 && (!source || ended.has(facts.places.key(source))));
    });
    const removal = hears ? facts.summaries.of(fn).find((effect) => takesOut(effect, entry, facts)) : undefined;
    if (removal) return removal.operation;
  }
  return undefined;
}

/** Whoever awaits the promise that the timer settles takes the entry out in `finally`, `catch` or `then`. */
function removalOnSettling(entry: TimerEntry, facts: Facts): RemovalAfterFiring | undefined {
  const { timer, growth } = entry;
  const settled = settlesWith(timer, facts);
  const resolves = settled.some((variable) => executorRole(variable) === 'resolve');
  for (const { fn, start } of startsOf(timer.fn, growth, facts)) {
    for (const effect of facts.summaries.of(fn)) {
      if (!takesOut(effect, entry, facts)) continue;
      const anchor = effect.via[0]?.node ?? effect.operation.node;
      if (anchor.range[0] > start.range[0] && isContinuation(anchor, fn.node, resolves, (node) => comesFrom(node, start, settled, facts), facts)) return { code: 'removed-on-settling', node: anchor, operation: effect.operation };
    }
  }
  return undefined;
}

const MAX_CALLERS = 40;

/** The runs that start the timer: its function, those of which that is a part, and those that call them, each with the node that does. */
function startsOf(timerFn: FunctionFact, growth: Operation, facts: Facts): { fn: FunctionFact; start: Node }[] {
  const starts: { fn: FunctionFact; start: Node }[] = [];
  const seen = new Set<FunctionFact>();
  const pending: { fn: FunctionFact; start: Node }[] = [{ fn: growth.fn, start: growth.node }];
  if (timerFn !== growth.fn && !timerFn.isConstructor) pending.push({ fn: timerFn, start: timerFn.node });
  for (const current of pending) {
    if (seen.has(current.fn) || seen.size > MAX_CALLERS) continue;
    seen.add(current.fn);
    starts.push(current);
    if (current.fn.inline && current.fn.parent) pending.push({ fn: current.fn.parent, start: current.fn.node });
    for (const call of facts.functions.callsOf(current.fn)) pending.push({ fn: call.from, start: call.node });
  }
  return starts;
}

/** Whether `node` runs when a promise is settled. */
function isContinuation(node: Node, home: Node, resolves: boolean, isPromise: (node: Node) => boolean, facts: Facts): boolean {
  for (let child: Node = node, current = node.parent; current && child !== home; child = current, current = current.parent) {
    if (current.type === 'TryStatement' && child !== current.block && facts.tree.some(current.block, (part) => part.type === 'AwaitExpression' && facts.tree.some(part.argument, isPromise))) return true;
    const call = current.type === 'CallExpression' ? parseMethodCall(current) : undefined;
    if (call && /^(?:then|catch|finally)$/.test(call.method) && call.object !== child && facts.tree.some(call.object, isPromise)) return true;
  }
  if (!resolves) return false;
  return facts.tree.some(home, (part) => part.type === 'AwaitExpression' && part.range[1] <= node.range[0] && facts.tree.some(part.argument, isPromise));
}

/** Whether an expression is the promise that is made at `start`, what settles it, or a name for it. */
function comesFrom(node: Node, start: Node, settled: readonly Variable[], facts: Facts): boolean {
  if (node === start) return true;
  if (node.type === 'MemberExpression') return hasPath(node, /promise$/i);
  if (node.type !== 'Identifier') return false;
  const variable = facts.bindings.variableOf(node);
  const value = variable && onlyValue(variable);
  return (value !== undefined && contains(value, start)) || (variable !== undefined && settled.includes(variable)) || /promise$/i.test(node.name);
}

/** `new Pending(() => this.pending.delete(id))`, `pending.onTimeout = () => …`: what the entry is given takes it out. */
function removalGiven(entry: TimerEntry, facts: Facts): Operation | undefined {
  const { growth } = entry;
  const local = growth.value && unwrap(growth.value);
  const variable = local?.type === 'Identifier' ? facts.bindings.variableOf(local) : undefined;
  const created = variable ? onlyValue(variable) : local;
  if (created?.type !== 'NewExpression' && entry.form !== 'instance') return undefined;
  for (const fn of facts.functions.all) {
    if (!isFunctionNode(fn.node)) continue;
    const isArgument = created !== undefined && contains(created, fn.node);
    const assigned = fn.node.parent.type === 'AssignmentExpression' && fn.node.parent.left.type === 'MemberExpression' ? unwrap(fn.node.parent.left.object) : undefined;
    const listens = fn.registrations.map(({ emitter }) => emitter && unwrap(emitter));
    const isOnIt = variable !== undefined && [assigned, ...listens].some((object) => object?.type === 'Identifier' && facts.bindings.variableOf(object) === variable);
    const removal = isArgument || isOnIt ? facts.summaries.of(fn).find((effect) => takesOut(effect, entry, facts)) : undefined;
    if (removal) return removal.operation;
  }
  return undefined;
}

/** Another timer goes through the collection. */
function removalBySweep(entry: TimerEntry, facts: Facts): Operation | undefined {
  for (const other of facts.timers) {
    // Another timer of the same collection takes out its own entry.
    if (!other.callback || other.callback === entry.timer.callback || isTrackedIn(other, entry.collection, facts)) continue;
    const removal = facts.summaries.of(other.callback).find((effect) => effect.operation.kind === 'shrink' && isCollection(effect.place, entry, facts));
    if (removal) return removal.operation;
  }
  return undefined;
}

/** All calls that a run of a function makes, in what it runs of this file. */
function callsIn(fn: FunctionFact, facts: Facts): readonly Extract<Node, { type: 'CallExpression' }>[] {
  const calls: Extract<Node, { type: 'CallExpression' }>[] = [];
  for (const { node } of facts.summaries.reach(fn)) {
    if (!isFunctionNode(node)) continue;
    facts.tree.some(node.body, (part) => {
      if (part.type === 'CallExpression') calls.push(part);
      return false;
    }, isFunctionNode);
  }
  return calls;
}

/** Callees that cannot lead back to the collection. */
const HARMLESS = /^(?:console|logger|log|Math|JSON|Date|Object|Array|String|Number|process\.(?:stderr|stdout)|performance|\w*[lL]og(?:ger)?)(?:\.|$)|(?:^|\.)(?:_?log(?:ger)?\.\w+|debug|warn|error|info|trace|get|has|set|add|delete|keys|values|entries|toString|includes|push|slice|join|map|filter|forEach|find|some|every|resolve|reject|now|clearTimeout|clearInterval|setTimeout|stringify|parse|startsWith|endsWith|replace|format|toFixed)$/;

/** A call by which the callback may let other code take the entry out: an event, a function that it was given, a method of something else. */
export function unknownCall(entry: TimerEntry, facts: Facts): Node | undefined {
  const { timer } = entry;
  const settled = settlesWith(timer, facts);
  const isSettling = (callee: Node): boolean => callee.type === 'Identifier' && settled.some((variable) => variable === facts.bindings.variableOf(callee) && executorRole(variable) !== undefined);
  if (!timer.callback) return timer.callbackNode && isSettling(unwrap(timer.callbackNode)) ? undefined : timer.callbackNode;
  return callsIn(timer.callback, facts).find((call) => {
    const callee = unwrap(call.callee);
    if (facts.functions.valueOf(callee) || isSettling(callee)) return false;
    return !HARMLESS.test(pathText(callee) ?? parseMethodCall(call)?.method ?? '');
  });
}

/** What shows that the thing is over for which the entry stands, once the timer has fired. */
export function overWhenFired(entry: TimerEntry, facts: Facts): { code: string; node: Node; names?: Record<string, string> } | undefined {
  const { timer, growth, form } = entry;
  const settled = settlesWith(timer, facts).find((variable) => form === 'request' || executorRole(variable) !== undefined);
  if (settled) return { code: 'settled-but-kept', node: timer.node };
  if (timer.callback) {
    const key = facts.summaries.keyText(growth.key);
    for (const effect of facts.summaries.of(timer.callback)) {
      const isSibling = effect.operation.kind === 'shrink' && effect.key !== undefined && effect.key === key && !isCollection(effect.place, entry, facts);
      const lifetime = isSibling ? lifetimeOf(effect.place, facts) : 'call';
      const sibling = effect.place.path.at(-1) ?? (effect.place.root.type === 'variable' ? effect.place.root.variable.name : '');
      if (lifetime !== 'call' && lifetime !== 'unknown' && sibling !== ELEMENT) return { code: 'sibling-deleted-by-callback', node: effect.operation.node, names: { sibling } };
    }
    if (form === 'instance') {
      const shared = sharedEnding(entry, facts);
      if (shared) return { code: 'ended-by-callback', node: shared.node, names: { function: shared.to.name } };
    }
  }
  if (form === 'handle' && /^(?:add|push|unshift|spread)$/.test(growth.how)) return { code: 'one-entry-per-timer', node: growth.node };
  return growth.key && isFreshKey(growth.key, facts) ? { code: 'one-key-per-timer', node: growth.node } : undefined;
}

/** A method of the entry that both its timer and the code that deletes it run. */
function sharedEnding(entry: TimerEntry, facts: Facts): Call | undefined {
  const { callback } = entry.timer;
  if (!callback) return undefined;
  const owner = entry.handle.root.type === 'owner' ? entry.handle.root.owner : undefined;
  const calls = [callback, ...facts.summaries.reach(callback)].flatMap((fn) => fn.calls);
  const deleting = otherDeletions(entry, facts).map((operation) => facts.summaries.reach(operation.fn));
  return calls.find((call) => call.to.method?.owner === owner && owner !== undefined && deleting.some((reach) => reach.has(call.to)));
}

/** A return before the deletion in what the timer runs, on a test that asks for neither the entry nor the owner's end: then the entry stays. */
export function findSkippedRemoval(entry: TimerEntry, facts: Facts): Node | undefined {
  const { callback } = entry.timer;
  if (!callback) return undefined;
  const removals = facts.summaries.of(callback).filter((effect) => takesOut(effect, entry, facts));
  const skips = removals.map((effect) => skipBefore(effect, entry, facts));
  return skips.every((skip) => skip !== undefined) ? skips[0] : undefined;
}

function skipBefore({ operation }: Effect, entry: TimerEntry, facts: Facts): Node | undefined {
  const { node } = operation.fn;
  if (!isFunctionNode(node) || operation.kind !== 'shrink') return undefined;
  for (const statement of bodyNodes(node)) {
    if (statement.range[1] > operation.node.range[0]) return undefined;
    if (statement.type === 'IfStatement' && returnsAtOnce(statement.consequent) && asksForOtherState(statement.test, node, entry, facts)) return statement;
  }
  return undefined;
}

function returnsAtOnce(node: Node): boolean {
  return node.type === 'ReturnStatement' || (node.type === 'BlockStatement' && node.body.at(-1)?.type === 'ReturnStatement');
}

/** Whether a test looks at the state of what was found by the key, `found.status`, and not at the collection, the handle or a flag of the owner. */
function asksForOtherState(test: Node, home: Node, { collection }: TimerEntry, facts: Facts): boolean {
  const mentionsEntry = facts.tree.some(test, (part) => {
    const place = part.type === 'Identifier' || part.type === 'MemberExpression' ? facts.places.resolve(part) : undefined;
    return place !== undefined && facts.places.key(place).startsWith(facts.places.key(collection.place));
  });
  if (mentionsEntry) return false;
  return facts.tree.some(test, (part) => {
    if (part.type !== 'BinaryExpression' || !/^[!=]==?$/.test(part.operator) || literalText(unwrap(part.right)) === undefined) return false;
    const state = unwrap(part.left);
    const found = state.type === 'MemberExpression' ? unwrap(state.object) : undefined;
    const variable = found?.type === 'Identifier' ? facts.bindings.variableOf(found) : undefined;
    const value = variable && onlyValue(variable);
    return value !== undefined && contains(home, value) && value.type === 'CallExpression';
  });
}
