import type { Facts } from '../facts/facts.js';
import type { Call, FunctionFact, Trigger } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import { comesOnce } from '../kinds/listener-targets.js';
import { contains, isFunctionNode, parseMethodCall, type Node } from '../syntax/nodes.js';
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

/** How often a function is seen to run. */
export function recurrenceOf(fn: FunctionFact, facts: Facts, depth = 0): Recurrence {
  let answers = known.get(facts);
  if (!answers) known.set(facts, (answers = new Map<string, Recurrence>()));
  const key = `${String(fn.id)} ${String(depth)}`;
  const answer = answers.get(key) ?? ask(fn, facts, depth);
  answers.set(key, answer);
  return answer;
}

function ask(fn: FunctionFact, facts: Facts, depth: number): Recurrence {
  if (fn === facts.functions.module) return 'once';
  if (depth > MAX_CALLERS) return 'unknown';
  const around = (node: Node): Recurrence => recurrenceOf(facts.functions.around(node), facts, depth + 1);
  if (fn.triggers.has('request') || fn.registrations.some(isForMore) || isRunByInterval(fn, facts)) return 'again';
  if (fn.registrations.length > 0) return all(fn.registrations.map(({ node }) => around(node)));
  if (fn.inline && fn.parent) return isIterated(fn) ? 'again' : recurrenceOf(fn.parent, facts, depth + 1);
  const timeout = facts.timers.find(({ callback }) => callback === fn);
  if (timeout) return recurrenceOf(timeout.fn, facts, depth + 1);
  if (fn.isConstructor) return fn.self ? recurrenceOfMaking(fn.self.owner, facts, depth) : 'unknown';
  const ofCalls = recurrenceOfCalls(fn, facts, depth);
  return fn.self && !fn.self.isStatic && ofCalls !== 'again' ? all([ofCalls, recurrenceOfMaking(fn.self.owner, facts, depth)]) : ofCalls;
}

/** How often objects of a class are seen to be made. */
export function recurrenceOfMaking(owner: Owner, facts: Facts, depth = 0): Recurrence {
  const made = facts.functions.constructionsOf(owner);
  const shown = owner.variable && facts.exports.nameOf(owner.variable);
  const elsewhere = shown === undefined ? [] : facts.others.ask('madeOn', shown);
  if (elsewhere.some(comesAgain)) return 'again';
  const seen = all(made.map((node) => recurrenceOf(facts.functions.around(node), facts, depth + 1)));
  if (seen === 'again') return seen;
  return made.length + elsewhere.length === 0 || (shown !== undefined && facts.others.ask('isInUnknownHands', shown)) ? 'unknown' : seen;
}

function recurrenceOfCalls(fn: FunctionFact, facts: Facts, depth: number): Recurrence {
  // A retry, or the next link of a chain, follows on what is asked about.
  const calls = facts.functions.callsOf(fn).filter(({ node }) => !contains(fn.node, node));
  const shown = facts.functions.shownAs(fn);
  const elsewhere = shown === undefined ? [] : facts.others.ask('calls', shown);
  if (calls.some(isRepeated) || elsewhere.some(({ triggers }) => comesAgain(triggers))) return 'again';
  const seen = all(calls.map(({ from }) => recurrenceOf(from, facts, depth + 1)));
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
  return !comesOnce(event) && !COMES_WHEN_READY.test(event) && !/once/i.test(parseMethodCall(node)?.method ?? '');
}

/** `rows.forEach((row) => …)`: called for each element, not when something is done. */
function isIterated({ node }: FunctionFact): boolean {
  const call = isFunctionNode(node) ? node.parent : undefined;
  return call?.type === 'CallExpression' && /^(?:forEach|map|flatMap|each|reduce)$/.test(parseMethodCall(call)?.method ?? '');
}

function isRepeated({ node, from, over }: Call): boolean {
  if (over) return true;
  for (let current: Node | undefined = node.parent; current && current !== from.node; current = current.parent) if (/^(?:For|While|DoWhile)/.test(current.type)) return true;
  return false;
}

function comesAgain(triggers: readonly Trigger[]): boolean {
  return triggers.some((trigger) => COMES_AGAIN.has(trigger));
}
