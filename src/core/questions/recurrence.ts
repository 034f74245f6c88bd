import type { Facts } from '../facts/facts.js';
import type { Call, FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import type { Trigger } from '../facts/triggers.js';
import { comesOnce } from '../kinds/listener-targets.js';
import { standsInLoop } from '../syntax/loops.js';
import { contains, isFunctionNode, isMethodCall, type Node } from '../syntax/nodes.js';
import { isRunByInterval } from './teardowns.js';

/**
 * How often something is seen to happen. `again`: what sets it going comes
 * again, or stands in a loop; `once`: everything that sets it going is known,
 * and none of it comes again; else `unknown`. Of two places that do it, as a
 * rule one does, or one after the other.
 */
export type Recurrence = 'again' | 'once' | 'unknown';

/** Callers of callers that are asked. */
const MAX_CALLERS = 6;
/** What sets code going again and again. */
const COMES_AGAIN: ReadonlySet<Trigger> = new Set<Trigger>(['event', 'timer', 'request']);
/** What happens once in the life of a program, or of the object that tells of it. */
const COMES_WHEN_READY = /^(?:ready|whenReady|DOMContentLoaded|listening)$/i;

/**
 * Whether only its project calls a function, or the one that it stands in. What
 * is published cannot know how often others call it, nor how long what they give
 * it lives. What a framework or a host makes of the exports of a program it
 * makes once, as a rule.
 */
export function isInternal(fn: FunctionFact, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) {
    const { self } = current;
    const named = self && !self.isStatic && self.owner.kind !== 'object' ? self.owner.variable : undefined;
    const shownClass = named && facts.exports.nameOf(named);
    if (shownClass !== undefined) return !facts.others.ask('isPublished', shownClass);
    const shown = facts.functions.shownAs(current);
    if (shown !== undefined) return !facts.others.ask('isPublished', shown);
  }
  return facts.others.ask('isInProject');
}

/** What is known of each function, by how far from the question it stands: without it, callers of callers would be asked over and over. */
const known = new WeakMap<Facts, Map<string, Recurrence>>();

/** Which ways to a function count, where not all do. */
interface Ways {
  readonly counts: (call: Call) => boolean;
  /** The object on which it runs: that there is more than one of its class says nothing. */
  readonly owner: Owner | undefined;
}

/** How often a function is seen to run on one object, or in one module, by those of its calls in the file that count. */
export function recurrenceOnObject(fn: FunctionFact, facts: Facts, counts: (call: Call) => boolean): Recurrence {
  return ask(fn, facts, 0, { counts, owner: fn.self?.owner });
}

/** How often a function is seen to run. */
export function recurrenceOf(fn: FunctionFact, facts: Facts, depth = 0): Recurrence {
  let answers = known.get(facts);
  if (!answers) known.set(facts, (answers = new Map<string, Recurrence>()));
  const key = `${String(fn.id)} ${String(depth)}`;
  const answer = answers.get(key) ?? ask(fn, facts, depth);
  answers.set(key, answer);
  return answer;
}

function ask(fn: FunctionFact, facts: Facts, depth: number, ways?: Ways): Recurrence {
  if (fn === facts.functions.module) return 'once';
  if (depth > MAX_CALLERS) return 'unknown';
  const around = (node: Node): Recurrence => next(facts.functions.around(node), facts, depth, ways);
  if (fn.triggers.has('request') || fn.registrations.some(isForMore) || isRunByInterval(fn, facts)) return 'again';
  if (fn.registrations.length > 0) return all(fn.registrations.map(({ node }) => around(node)));
  if (fn.inline && fn.parent) return isIterated(fn) ? 'again' : next(fn.parent, facts, depth, ways);
  const timeout = facts.timers.find(({ callback }) => callback === fn);
  if (timeout) return next(timeout.fn, facts, depth, ways);
  const owner = fn.self && !fn.self.isStatic ? fn.self.owner : undefined;
  const ofMaking = (): Recurrence => (!owner ? 'unknown' : owner === ways?.owner ? 'once' : recurrenceOfMaking(owner, facts, depth));
  if (fn.isConstructor) return ofMaking();
  const ofCalls = recurrenceOfCalls(fn, facts, depth, ways);
  return owner && ofCalls !== 'again' ? all([ofCalls, ofMaking()]) : ofCalls;
}

/** How often what leads to a function is seen to run. */
function next(fn: FunctionFact, facts: Facts, depth: number, ways: Ways | undefined): Recurrence {
  return ways ? ask(fn, facts, depth + 1, ways) : recurrenceOf(fn, facts, depth + 1);
}

/** How often objects of a class are seen to be made. */
export function recurrenceOfMaking(owner: Owner, facts: Facts, depth = 0): Recurrence {
  const made = facts.functions.constructionsOf(owner);
  const shown = owner.variable && facts.exports.nameOf(owner.variable);
  if (shown !== undefined && facts.others.ask('isMadeBy', `${[...COMES_AGAIN].join()} ${shown}`)) return 'again';
  const seen = all(made.map((node) => recurrenceOf(facts.functions.around(node), facts, depth + 1)));
  if (seen === 'again') return seen;
  if (shown !== undefined && facts.others.ask('isInUnknownHands', shown)) return 'unknown';
  return made.length > 0 || (shown !== undefined && facts.others.ask('isMade', shown)) ? seen : 'unknown';
}

function recurrenceOfCalls(fn: FunctionFact, facts: Facts, depth: number, ways: Ways | undefined): Recurrence {
  // A retry, or the next link of a chain, follows on what is asked about.
  const calls = facts.functions.callsOf(fn).filter((call) => !contains(fn.node, call.node) && (ways?.counts(call) ?? true));
  const shown = facts.functions.shownAs(fn);
  const elsewhere = shown === undefined ? [] : facts.others.ask('calls', shown);
  // `const request = new Request(); request.run();` is the first run for each of them.
  const isFirst = (call: { readonly onNew?: boolean }): boolean => ways?.owner !== undefined && call.onNew === true;
  if (calls.some(isRepeated) || elsewhere.some((call) => !isFirst(call) && comesAgain(call.triggers))) return 'again';
  const seen = all(calls.map(({ from }) => next(from, facts, depth, ways)));
  if (seen === 'again') return seen;
  const isOpen = shown === undefined ? fn.escapes : facts.others.ask('isInUnknownHands', shown);
  return isOpen || calls.length + elsewhere.length === 0 ? 'unknown' : seen;
}

/** What is known of several ways together. */
function all(ways: readonly Recurrence[]): Recurrence {
  if (ways.includes('again')) return 'again';
  return ways.includes('unknown') ? 'unknown' : 'once';
}

function isForMore({ event, node }: FunctionFact['registrations'][number]): boolean {
  return !comesOnce(event) && !COMES_WHEN_READY.test(event) && !isMethodCall(node, /once/i);
}

/** `rows.forEach((row) => …)`: called for each element, not when something is done. */
function isIterated({ node }: FunctionFact): boolean {
  const call = isFunctionNode(node) ? node.parent : undefined;
  return call?.type === 'CallExpression' && isMethodCall(call, /^(?:forEach|map|flatMap|each|reduce)$/);
}

function isRepeated({ node, from, over }: Call): boolean {
  return over !== undefined || standsInLoop(node, from.node);
}

function comesAgain(triggers: readonly Trigger[]): boolean {
  return triggers.some((trigger) => COMES_AGAIN.has(trigger));
}
