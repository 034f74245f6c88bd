import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import type { Trigger } from '../facts/triggers.js';
import type { OutsideUse } from '../linkage/outline.js';
import { contains, isFunctionNode, isMethodCall, parentOf, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { eventOfHandlerName, isEndingEvent, isUnheardEnding } from '../kinds/events.js';
import { isClock } from './ageing.js';
import { testsBefore } from './overwrite.js';
import { runsAtEnd } from './teardowns.js';

/**
 * What sets a release going. `automatic`: a timer, an event, a settled promise,
 * a check at insertion. The others are manual: the owner's end (`teardown`), a
 * look-up of the very key that finds its entry out of date (`same-key`), a
 * failure (`error`), a closing event that only our own `close()` causes
 * (`unheard`), somebody who calls a function for it (`call`), or, where all
 * files of the project are known, `nobody`.
 */
export type ReleaseTrigger = 'automatic' | 'teardown' | 'same-key' | 'error' | 'unheard' | 'call' | 'nobody';

/** A way by which entries leave a collection. */
export interface ReleasePath {
  readonly effect: Effect;
  readonly trigger: ReleaseTrigger;
}

/** Callers that are asked whether they run on failure only. */
const MAX_CALLERS = 4;

/** Every way by which entries leave a collection, with what sets it going. */
export function releasePaths(place: Place, removals: readonly Effect[], growth: readonly Effect[], facts: Facts): ReleasePath[] {
  const paths = removals.filter((effect) => !isRefresh(effect, growth)).map((effect) => ({ effect, trigger: isUnheard(effect.operation.fn, facts) ? ('unheard' as const) : triggerOf(effect, place, growth, facts) }));
  if (!paths.some(({ trigger }) => trigger === 'unheard') || endsItself(place, facts)) return paths.map((path) => (path.trigger === 'unheard' ? { ...path, trigger: 'automatic' } : path));
  // What a handler made for one entry takes out is that entry: it is no way out for the others.
  return paths.filter(({ effect: { operation }, trigger }) => trigger !== 'automatic' || !growth.some((one) => operation.fn !== one.operation.fn && isWithin(operation.fn, one.operation.fn)));
}

/** `map.delete(key); map.set(key, value)`: taken out to be put in again as the newest. */
function isRefresh({ operation, key }: Effect, growth: readonly Effect[]): boolean {
  const branch = branchAround(operation.node, operation.fn);
  return operation.kind === 'shrink' && key !== undefined && growth.some((one) => one.key === key && one.operation.fn === operation.fn
    && one.operation.node.range[0] > operation.node.range[0] && (!branch || contains(branch.body, one.operation.node)));
}

/** Whether a function runs on a closing event of something that does not hear of its peer's end. */
function isUnheard(fn: FunctionFact, facts: Facts): boolean {
  return fn.registrations.some(({ event, emitter }) => /^closed?$/.test(event) && emitter !== undefined && classesOf(emitter, facts).some(isUnheardEnding));
}

/** Whether something automatic closes the entries, whose closing events then do come. */
function endsItself(place: Place, facts: Facts): boolean {
  const element = { root: place.root, path: [...place.path, ELEMENT] };
  return facts.effectsOn(element).some(({ operation: { kind, fn } }) => kind === 'end' && fn.triggers.has('event', 'timer'));
}

/** The names of the classes of which a variable may hold an instance, as it is declared and written. */
function classesOf(node: Node, facts: Facts): string[] {
  const inner = unwrap(node);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return variable?.references.flatMap((reference) => {
    const value = reference.writeExpr ? unwrap(reference.writeExpr) : undefined;
    return value?.type === 'NewExpression' && value.callee.type === 'Identifier' ? [value.callee.name] : [];
  }) ?? [];
}

const COME_BY_THEMSELVES: readonly Trigger[] = ['event', 'timer', 'callback'];

function triggerOf(effect: Effect, place: Place, growth: readonly Effect[], facts: Facts): ReleaseTrigger {
  const { operation } = effect;
  const home = effect.via[0]?.from ?? operation.fn;
  if (runsOnFailure(operation.node, operation.fn, facts)) return 'error';
  if (operation.fn.triggers.has('timer') || home.triggers.has('timer')) return 'automatic';
  if (operation.kind === 'empty' && runsAtEnd(home, facts)) return 'teardown';
  if (isSweepAtEnd(operation.node, home, facts)) return 'teardown';
  if (isAfterInsertion(effect, growth) || isOnSettling(effect, growth)) return 'automatic';
  if (isEndingHook(operation.fn)) return 'automatic';
  if (operation.kind === 'shrink' && findsEntryOutOfDate(effect, place, facts)) return 'same-key';
  if (isInsertion(effect, growth, facts)) return 'automatic';
  if (home.triggers.areAmong('exit')) return 'teardown';
  if ([operation.fn, home].some(({ triggers }) => triggers.has(...COME_BY_THEMSELVES)) || isCalledBy(home, COME_BY_THEMSELVES, facts)) return 'automatic';
  // Whoever walks over the entries looks at all of them, not at the one that is asked for.
  if (operation.kind === 'shrink' && (isInLoop(operation.node, operation.fn) || isSweptByCaller(operation.fn, facts))) return 'automatic';
  if (operation.kind === 'hand-over' || operation.kind === 'end') return 'automatic';
  return facts.functions.isUncalled(home) ? 'nobody' : byCallers(home, facts);
}

/** What the files of the project say that call a release: of a package that is offered to others, those are all that is known. */
function byCallers(fn: FunctionFact, facts: Facts): ReleaseTrigger {
  const shown = facts.functions.shownAs(fn);
  if (shown === undefined) return 'call';
  if (facts.others.ask('isCalledOnFailure', shown)) return 'error';
  // What is given the entry that goes is called at the end of that, and not of the owner of all.
  const isOfOne = isFunctionNode(fn.node) && fn.node.params.length > 0;
  return !isOfOne && facts.others.ask('isCalledAtEnd', shown) ? 'teardown' : 'call';
}

/** Where other files call a function that this one shows. */
export function callsElsewhere(fn: FunctionFact, facts: Facts): readonly Pick<OutsideUse, 'file' | 'line' | 'triggers'>[] {
  const shown = facts.functions.shownAs(fn);
  return shown === undefined ? [] : facts.others.ask('calls', shown);
}

/** Whether one of some triggers sets such a call going. */
export function isCalledBy(fn: FunctionFact, triggers: readonly Trigger[], facts: Facts): boolean {
  const shown = facts.functions.shownAs(fn);
  return shown !== undefined && facts.others.ask('isCalledBy', `${triggers.join()} ${shown}`);
}

/** `for (const id of this.sessions.keys()) this.sessions.delete(id)` in a teardown. */
function isSweepAtEnd(node: Node, fn: FunctionFact, facts: Facts): boolean {
  return isInLoop(node, facts.functions.around(node)) && runsAtEnd(fn, facts);
}

/** Whether a statement runs only where something has failed: in a `catch`, in a rejection handler, or in a function that only those call. */
export function runsOnFailure(node: Node, fn: FunctionFact, facts: Facts, depth = 0): boolean {
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) if (current.type === 'CatchClause') return true;
  if (fn.registrations.length > 0) return fn.registrations.every(({ event }) => event === 'error');
  const call = isFunctionNode(fn.node) ? parentOf(fn.node) : undefined;
  const method = call && parseMethodCall(call);
  if (method && isFunctionNode(fn.node) && ((method.method === 'catch' && method.args[0] === fn.node) || (method.method === 'then' && method.args[1] === fn.node))) return true;
  if (fn.inline && fn.parent) return runsOnFailure(fn.node, fn.parent, facts, depth);
  const calls = facts.functions.callsOf(fn);
  return depth < MAX_CALLERS && calls.length > 0 && !fn.method && !fn.triggers.has('event') && calls.every((one) => runsOnFailure(one.node, one.from, facts, depth + 1));
}

/**
 * `const entry = map.get(key); if (isOver(entry)) { map.delete(key); return; } return entry;`:
 * a look-up that lets go of what it finds out of date. Only who asks for that
 * key again gets there. A function that takes the entry out for good is none.
 */
function findsEntryOutOfDate(effect: Effect, place: Place, facts: Facts): boolean {
  const { operation } = effect;
  const { fn } = operation;
  if (operation.key === undefined || isInLoop(operation.node, fn)) return false;
  const asksForAge = (test: Node): boolean => facts.tree.some(test, (node) => isClock(node, facts));
  const branch = branchAround(operation.node, fn);
  if (branch ? asksForAge(branch.test) : testsBefore(operation.node, fn, facts).some(asksForAge)) return true;
  if (!branch) return false;
  const entry = `${facts.places.key(place)}.${ELEMENT}`;
  const isEntry = (node: Node): boolean => {
    const inner = unwrap(node);
    const found = inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression' ? facts.places.resolve(inner) : undefined;
    return found !== undefined && facts.places.key(found).startsWith(entry);
  };
  // The entry survives on the way that gives it back.
  return facts.tree.some(fn.node, (node) => node.type === 'ReturnStatement' && node.argument !== null && isEntry(node.argument)
    && (node.range[1] <= operation.node.range[0] || (leaves(branch.body) && !contains(branch.body, node))), isFunctionNode);
}

/** The nearest condition under which a statement runs. */
function branchAround(node: Node, fn: FunctionFact): { test: Node; body: Node } | undefined {
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) {
    if (current.type !== 'IfStatement') continue;
    if (contains(current.consequent, node)) return { test: current.test, body: current.consequent };
    if (current.alternate && contains(current.alternate, node)) return { test: current.test, body: current.alternate };
  }
  return undefined;
}

function leaves(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : node;
  return last?.type === 'ReturnStatement' || last?.type === 'ThrowStatement';
}

/** Whether an entry goes later in the run that put it in: it was there for as long as that took. */
function isAfterInsertion({ operation, key }: Effect, growth: readonly Effect[]): boolean {
  return growth.some((one) => key !== undefined && one.key === key && runOf(one.operation.fn) === runOf(operation.fn) && operation.node.range[0] > one.operation.node.range[0]);
}

/** `work().finally(() => map.delete(key))` in the run that adds the key: what is waited for takes its own entry out. */
function isOnSettling({ operation: { fn } }: Effect, growth: readonly Effect[]): boolean {
  const call = fn.inline ? parentOf(fn.node) : undefined;
  return call !== undefined && isMethodCall(call, /^(?:then|catch|finally)$/) && growth.some((one) => runOf(one.operation.fn) === runOf(fn));
}

/** `onDisconnect({ socketId })`: a hook by whose name somebody else says that something has ended. */
function isEndingHook(fn: FunctionFact): boolean {
  const event = eventOfHandlerName(fn.name);
  return event !== undefined && isEndingEvent(event);
}

/** Whether an entry goes where another comes. */
function isInsertion(effect: Effect, growth: readonly Effect[], facts: Facts): boolean {
  const { operation } = effect;
  return growth.some((one) => {
    const filler = one.operation.fn;
    // The same key again makes room for no other.
    if (one.key !== undefined && one.key === effect.key && runOf(filler) === runOf(operation.fn)) return false;
    // A function that is made for one entry and ends it belongs to whoever has it.
    if (operation.kind === 'shrink' && isWithin(operation.fn, filler)) return true;
    return facts.summaries.reach(filler).has(operation.fn);
  });
}

/** The function of whose run an inline callback is a part. */
function runOf(fn: FunctionFact): FunctionFact {
  return fn.inline && fn.parent ? runOf(fn.parent) : fn;
}

function isWithin(fn: FunctionFact, outer: FunctionFact): boolean {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (current === outer) return true;
  return false;
}

/** Whether a function of the file calls the one that deletes for entry after entry. */
function isSweptByCaller(fn: FunctionFact, facts: Facts): boolean {
  return facts.functions.callsOf(fn).some((call) => isInLoop(call.node, call.from) && !runsAtEnd(call.from, facts));
}

function isInLoop(node: Node, fn: FunctionFact): boolean {
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) if (/^(?:For|While|DoWhile)/.test(current.type)) return true;
  const call = fn.inline && isFunctionNode(fn.node) ? parentOf(fn.node) : undefined;
  return call !== undefined && isMethodCall(call, /^(?:forEach|map|filter|some|every)$/);
}
