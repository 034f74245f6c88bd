import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import type { Effect } from '../facts/summaries.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { timerCallee } from '../facts/timer-names.js';
import { flowOf } from '../flow/flow.js';
import { declaratorOf, declaringFunction, type Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, parentOf, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { findRemovalAfterFiring, isRunByTimer, takesOut } from './after-firing.js';
import { happensAtRunTime } from './lifetime.js';
import type { TimerEntry } from './timer-entries.js';
import { effectAround } from './unmount.js';

/** Where some code clears the timers of a collection: only then is a path that does not clear them an oversight of its own. */
export function findClear(entry: TimerEntry, facts: Facts): Operation | undefined {
  return facts.effectsOn(entry.handle).find(({ operation }) => operation.kind === 'clear')?.operation;
}

/** Where the timer of one entry is cleared, while nothing on the way takes the entry out: a timer that is cleared never runs the deletion in its callback. */
export function collectClearedButKept(entry: TimerEntry, facts: Facts): Operation[] {
  if (entry.form === 'object' || entry.form === 'instance' || isClearedBehindCollection(entry, facts)) return [];
  return facts.effectsOn(entry.handle).filter(({ operation, via }) => operation.kind === 'clear' && via.length === 0 && isLookedUp(operation.node, facts)
    && !isRunByTimer(operation, entry, facts) && !runsAround(operation.fn, facts).some((fn) => facts.summaries.of(fn).some((effect) => changesEntries(effect, entry, facts)))).map(({ operation }) => operation);
}

/** Whether an effect takes entries out, or puts a new timer in the place of the old. */
function changesEntries(effect: Effect, entry: TimerEntry, facts: Facts): boolean {
  return takesOut(effect, entry, facts) || (effect.operation.kind === 'grow' && facts.places.key(facts.functions.fieldOf(effect.place)) === facts.places.key(entry.collection.place));
}

/** Where entries are dropped while nothing on the way clears their timers. */
export function findLostTimers(entry: TimerEntry, facts: Facts): Operation[] {
  if (entry.form === 'object' || entry.form === 'instance' || isClearedBehindCollection(entry, facts)) return [];
  // What follows from the firing of a timer loses none.
  const afterFiring = findRemovalAfterFiring(entry, facts)?.operation;
  return facts.effectsOn(entry.collection.place).flatMap(({ operation, via }) => {
    if (via.length > 0 || operation === afterFiring || isRunByTimer(operation, entry, facts) || !dropsEntries(operation, entry, facts)) return [];
    return mayStopTimers(operation, entry, facts) ? [] : [operation];
  });
}

function dropsEntries(operation: Operation, { collection }: TimerEntry, facts: Facts): boolean {
  const { kind, key, value, fn } = operation;
  if (kind === 'shrink') return key !== undefined;
  return kind === 'empty' && value !== collection.init && happensAtRunTime(fn, collection.place, facts) && !isClearedByEffect(operation, collection, facts);
}

/**
 * `ref.current = ids; return () => ids.forEach(clearTimeout);` in an effect: the
 * timers of the last run were cleared before this one, by the clean-up that each run returns.
 */
function isClearedByEffect({ fn, node, value }: Operation, { place }: Collection, facts: Facts): boolean {
  const local = value?.type === 'Identifier' ? facts.bindings.variableOf(value) : undefined;
  if (!local || declaringFunction(local) !== fn.node || effectAround(fn, facts)?.fn !== fn) return false;
  const flow = flowOf(fn.node, facts.tree);
  const step = flow.stepOf(node);
  const returns = facts.tree.all('ReturnStatement').filter(({ argument }) => {
    const cleanup = argument ? facts.functions.valueOf(argument) : undefined;
    return cleanup !== undefined && facts.tree.some(cleanup.node, (part) => part.type === 'Identifier' && facts.bindings.variableOf(part) === local) && clearsEntries(cleanup, place, local, facts);
  });
  return step !== undefined && !flow.leavesWithout(step, returns, { byThrow: false });
}

/** Whether a function clears the timers of a collection, by the local name of it or by its own. */
function clearsEntries(fn: FunctionFact, place: Place, local: Variable, facts: Facts): boolean {
  const names = [place, facts.places.canonical({ root: { type: 'variable', variable: local }, path: [] })].map((one) => `${facts.places.key(one)}.${ELEMENT}`);
  return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'clear' && names.includes(facts.places.key(effect.place)));
}

/** A closure beside the timer clears the handle itself, `.finally(() => clearTimeout(timer))`: whoever settles the entry stops the timer. */
function isClearedBehindCollection({ local, growth, timer }: TimerEntry, facts: Facts): boolean {
  const clearsLocal = (node: Node): boolean => {
    const handle = node.type === 'CallExpression' && timerCallee(node.callee, facts.timerNames)?.role === 'release' ? node.arguments[0] : undefined;
    const inner = handle && unwrap(handle);
    return local !== undefined && inner?.type === 'Identifier' && facts.bindings.variableOf(inner) === local;
  };
  const home = growth.fn.node;
  return facts.tree.some(home, clearsLocal) || (timer.fn !== growth.fn && facts.tree.some(timer.fn.node, clearsLocal));
}

/** Whether a run of the function, or of one that calls it, stops the timers, hands them on, or may do so by a handle that the file does not show. */
function mayStopTimers(dropped: Operation, entry: TimerEntry, facts: Facts): boolean {
  if (isReadiedForEnd(dropped, entry, facts)) return true;
  return runsAround(dropped.fn, facts).some((current) => {
    const effects = facts.summaries.of(current);
    return effects.some((effect) => clearsDeleted(effect, dropped, facts) || (stops(effect, entry, facts) && (dropped.kind !== 'empty' || stopsAll(effect, effects, entry, facts)))) || clearsUnknown(current, facts) || givesBack(current, entry, facts);
  });
}

/** Whether the function that hands on the code which drops an entry has cleared the timers before: then what is dropped later has none. */
function isReadiedForEnd({ fn }: Operation, entry: TimerEntry, facts: Facts): boolean {
  for (let home = fn.parent; home && home !== facts.functions.module; home = home.parent) {
    if (facts.summaries.own(home).some(({ kind, place, node }) => kind === 'clear' && node.range[0] < fn.node.range[0] && stops({ operation: { kind }, place } as Effect, entry, facts))) return true;
  }
  return false;
}

/** A function, those of which it is a part, and those that call them. */
function runsAround(fn: FunctionFact, facts: Facts): FunctionFact[] {
  const runs = new Set([fn]);
  for (const current of runs) {
    if (current.inline && current.parent) runs.add(current.parent);
    for (const caller of facts.functions.callersOf(current)) runs.add(caller);
  }
  return [...runs];
}

function stops({ operation: { kind }, place }: Effect, entry: TimerEntry, facts: Facts): boolean {
  const key = facts.places.key(facts.functions.fieldOf(place));
  const holder = facts.places.key(entry.collection.place);
  const isEntry = key === `${holder}.${ELEMENT}` || key.startsWith(`${holder}.${ELEMENT}.`);
  switch (kind) {
    case 'clear':
    case 'end':
    case 'invoke':
      return isEntry;
    case 'hand-over':
      return isEntry || key === holder;
    case 'grow':
      // A handle that goes on under another key, or a new timer in the place of the old.
      return key === holder;
    default:
      return false;
  }
}

/** `clearTimeout(handle); pending.delete(handle);`, wherever the handle was found. */
function clearsDeleted({ operation, place }: Effect, dropped: Operation, facts: Facts): boolean {
  return operation.kind === 'clear' && dropped.kind === 'shrink' && facts.summaries.keyText(dropped.key) === facts.places.key(place);
}

/**
 * Whether an effect on one entry reaches every entry: it visits them, or stands in a loop that gives it
 * its key. `stopRun(id)` for every run, which clears `timers.get(run.owner)`, leaves the timers of others.
 */
function stopsAll({ operation, via }: Effect, effects: readonly Effect[], entry: TimerEntry, facts: Facts): boolean {
  if (operation.kind === 'grow') return false;
  if (operation.kind === 'hand-over' || !isLookedUp(operation.node, facts)) return true;
  const [call] = via;
  if (!isInLoop(call?.node ?? operation.node)) return false;
  const deletion = effects.find((effect) => effect.operation.kind === 'shrink' && effect.operation.fn === operation.fn && effect.via[0] === call && facts.places.key(effect.place) === facts.places.key(entry.collection.place));
  return !call || !deletion || deletion.isKeyGiven;
}

/** Whether what is cleared was found by a key: `clearTimeout(timers.get(id))`, `const timer = timers.get(id)`. */
function isLookedUp(clear: Node, facts: Facts): boolean {
  const isLookUp = (node: Node): boolean => parseMethodCall(node)?.method === 'get' || (node.type === 'MemberExpression' && node.computed);
  if (clear.type !== 'CallExpression') return false;
  return facts.tree.some(clear, (part) => {
    const variable = part.type === 'Identifier' ? facts.bindings.variableOf(part) : undefined;
    const value = variable && declaratorOf(variable)?.init;
    return isLookUp(part) || (value ? facts.tree.some(value, isLookUp, isFunctionNode) : false);
  }, isFunctionNode);
}

function isInLoop(node: Node): boolean {
  for (let current = node.parent; current; current = current.parent) {
    if (/^(?:For|While|DoWhile)/.test(current.type)) return true;
    if (!isFunctionNode(current)) continue;
    const call = parentOf(current);
    const method = call && parseMethodCall(call)?.method;
    if (method === undefined || !/^(?:forEach|map|filter|flatMap|some|every|reduce)$/.test(method)) return false;
    return true;
  }
  return false;
}

/** A clear of something that has no place the file could follow. */
function clearsUnknown(fn: FunctionFact, facts: Facts): boolean {
  return [...facts.summaries.reach(fn)].some(({ node }) => isFunctionNode(node) && facts.tree.some(node.body, (part) => {
    if (part.type !== 'CallExpression' || timerCallee(part.callee, facts.timerNames)?.role !== 'release' || !part.arguments[0]) return false;
    const place = facts.places.resolve(part.arguments[0]);
    return !place || (place.root.type === 'variable' && place.path.length === 0 && contains(node, place.root.variable.identifiers[0] ?? part));
  }, isFunctionNode));
}

/** `const timer = timers.get(id); timers.delete(id); return timer;`: the caller has the handle. */
function givesBack(fn: FunctionFact, { collection }: TimerEntry, facts: Facts): boolean {
  const holder = facts.places.key(collection.place);
  return facts.tree.some(fn.node, (part) => {
    const place = part.type === 'ReturnStatement' && part.argument ? facts.places.resolve(part.argument) : undefined;
    return place !== undefined && facts.places.key(place).startsWith(`${holder}.`);
  }, (part) => isFunctionNode(part) && part !== fn.node);
}
