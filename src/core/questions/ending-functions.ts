import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Registration } from '../facts/functions.js';
import { ELEMENT, type Destination } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { endsProgram, isEndingEvent, isUnmountMethod, registersUnmount } from '../kinds/events.js';
import { isEntryEndName } from '../kinds/releases.js';
import { importOf } from '../scope/bindings.js';
import { standsInLoop } from '../syntax/loops.js';
import { isFunctionNode, literalText, memberName, parentOf, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { eventNamesOf } from './event-names.js';
import { keyed, releasedBy } from './released.js';
import { isTeardown } from './teardowns.js';
import { effectCleanups } from './unmount.js';

/** A way in which something ends: a function that runs then, or a part of one. */
export interface Ending {
  readonly fn: FunctionFact;
  /**
   * `teardown`: by a call; `event`: its emitter ends; `branch`: a dispatcher is told of it; `signal`: the program ends;
   * `sweep`: a timer ends entries; `unmount`: a framework takes it away; `finally`: what it was made for is done.
   */
  readonly how: 'teardown' | 'event' | 'branch' | 'signal' | 'sweep' | 'unmount' | 'finally';
  /** The event, the method's name, the branch's literal. */
  readonly name: string;
  /** Where it is registered or declared. */
  readonly node: Node;
  /** The part of the function that counts; undefined: all of it. */
  readonly within: Node | undefined;
}

const known = new WeakMap<Facts, readonly Ending[]>();

/** Every ending of a file, in source order. A function with several events has an ending for each. */
export function endingsOf(facts: Facts): readonly Ending[] {
  let endings = known.get(facts);
  if (!endings) known.set(facts, (endings = collectEndings(facts)));
  return endings;
}

function collectEndings(facts: Facts): Ending[] {
  const { heard, within } = comingEndings(facts);
  const taken = new Set(heard.map(({ fn }) => fn));
  return inOrder([...heard, ...facts.functions.all.filter((fn) => !taken.has(fn)).flatMap((fn) => teardownOf(fn, facts)), ...within]);
}

function inOrder(endings: Ending[]): Ending[] {
  return endings.sort((left, right) => left.node.range[0] - right.node.range[0] || left.fn.id - right.fn.id);
}

interface ComingEndings {
  /** Functions that something runs. */
  readonly heard: readonly Ending[];
  /** Parts of functions. */
  readonly within: readonly Ending[];
}

const coming = new WeakMap<Facts, ComingEndings>();

function comingEndings(facts: Facts): ComingEndings {
  let found = coming.get(facts);
  if (!found) coming.set(facts, (found = { heard: [...registeredEndings(facts), ...sweeps(facts), ...effectEndings(facts)], within: [...branches(facts), ...finalBlocks(facts)] }));
  return found;
}

/** The endings that come by themselves, without those that somebody calls: most files have none, and then the others matter to nobody. */
export function endingsThatCome(facts: Facts): readonly Ending[] {
  const { heard, within } = comingEndings(facts);
  return inOrder([...heard, ...within]);
}

/** `on('exit', …)`, `onExit(…)`, `onclose = …`, tables of listeners, signals, unmount hooks, `finally(…)`. */
function registeredEndings(facts: Facts): Ending[] {
  return facts.functions.all.flatMap((fn) => fn.registrations.flatMap((registration) => eventNamesOf(registration, facts).flatMap((name) => {
    // An error is an end for whoever takes it for one.
    const how = howItEnds(registration, name, facts) ?? (name === 'error' && releasedBy(fn, facts).size > 0 ? 'event' : undefined);
    return how ? [{ fn, how, name, node: registration.node, within: undefined }] : [];
  })));
}

function howItEnds({ node, emitter }: Registration, name: string, facts: Facts): Ending['how'] | undefined {
  const callee = node.type === 'CallExpression' ? unwrap(node.callee) : undefined;
  if (callee?.type === 'Identifier' && registersUnmount(callee.name)) return 'unmount';
  if (emitter && isProgram(emitter, facts) && endsProgram(pathText(emitter) ?? '', name)) return 'signal';
  return isEndingEvent(name) ? 'event' : undefined;
}

/** Whether an emitter may be the program itself: no local that happens to be called `process`. */
function isProgram(emitter: Node, facts: Facts): boolean {
  const inner = unwrap(emitter);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return !variable || importOf(variable) !== undefined;
}

/** The function that an effect of a component returns. */
function effectEndings(facts: Facts): Ending[] {
  return effectCleanups(facts).map(({ fn, hook }) => ({ fn, how: 'unmount' as const, name: hook, node: fn.node, within: undefined }));
}

/** Timers whose callback takes out entries: an interval those that it finds, a time-out the one that it was set for; neither that of its own handle. */
function sweeps(facts: Facts): Ending[] {
  return facts.timers.flatMap(({ callback, destination, node, kind, callee: timer }) => {
    if (!callback) return [];
    const callee = onlyCallee(callback, facts);
    // What is given the key of one entry is the end of that, and no sweep.
    const fn = callee && !endsGivenKey(callee, facts) ? callee : callback;
    const own = handleHome(destination, facts);
    const taken = [...releasedBy(fn, facts)].filter(([key, one]) => key !== own && one.effects.some((effect) => effect.operation.kind === 'shrink' && (kind.id !== 'interval' || isInLoop(effect, fn))));
    return taken.length > 0 ? [{ fn, how: 'sweep' as const, name: fn.name || timer, node, within: undefined }] : [];
  });
}

/** Whether a function deletes a key that comes to it as a parameter, or in one. */
function endsGivenKey(fn: FunctionFact, facts: Facts): boolean {
  const given = isFunctionNode(fn.node) ? fn.node.params.flatMap((parameter) => (parameter.type === 'Identifier' ? (facts.summaries.keyText(parameter) ?? []) : [])) : [];
  return keyed(releasedBy(fn, facts)).some(({ effects }) => effects.some(({ key }) => key !== undefined && given.some((text) => key === text || key.startsWith(`${text}.`))));
}

/** The collection or field that a timer's own handle is put into. */
export function handleHome(destination: Destination, facts: Facts): string | undefined {
  if (destination.type !== 'place') return undefined;
  const { root, path } = destination.place;
  return facts.places.key(path.at(-1) === ELEMENT ? { root, path: path.slice(0, -1) } : destination.place);
}

/** Whether an effect comes once for each of many: in a loop, or in a callback of an iteration. */
function isInLoop({ operation, via }: Effect, fn: FunctionFact): boolean {
  return [...via.map(({ node }) => node as Node), operation.node].some((node) => standsInLoop(node, fn.node));
}

/** Whether an ending comes again and again, so that it finds what others have left. */
export function isPeriodic({ how, node }: Ending, facts: Facts): boolean {
  return how === 'sweep' && facts.timers.some((timer) => timer.node === node && timer.kind.id === 'interval');
}

/** `() => this.sweep()`: what it calls is meant. */
function onlyCallee(callback: FunctionFact, facts: Facts): FunctionFact | undefined {
  const [call] = callback.calls;
  return callback.calls.length === 1 && facts.summaries.own(callback).length === 0 && facts.summaries.inlineOf(callback).length === 0 ? call?.to : undefined;
}

/** A function that ends what it belongs to by its name, or an entry by what it releases. */
function teardownOf(fn: FunctionFact, facts: Facts): Ending[] {
  if (fn === facts.functions.module || fn.isConstructor || fn.name === '' || !isFunctionNode(fn.node)) return [];
  const isNamed = isNamedForEnd(fn, facts);
  if (!isNamed && !releasesItself(fn, facts)) return [];
  if (!isNamed && keyed(releasedBy(fn, facts)).length < 2) return [];
  return [{ fn, how: fn.method && isUnmountMethod(fn.name) ? 'unmount' : 'teardown', name: fn.name, node: fn.node, within: undefined }];
}

/** Whether the name of a function says that it ends something, and it does release something where the name alone would be too little. */
export function isNamedForEnd(fn: FunctionFact, facts: Facts): boolean {
  return isTeardown(fn.name, facts) || (isEntryEndName(fn.name) && releasedBy(fn, facts).size > 0);
}

/** Whether it is worth asking what a function without such a name releases: it takes out or clears something itself. */
function releasesItself(fn: FunctionFact, facts: Facts): boolean {
  return [fn, ...facts.summaries.inlineOf(fn)].some((one) => facts.summaries.own(one).some(({ kind }) => kind === 'shrink' || kind === 'clear'));
}

/** What tells the events of a dispatcher apart. */
const DISCRIMINANT = /^(?:type|kind|event|eventType|eventName|eventKind|action|actionType|topic|op)$/;

/** `if (event.type === 'session.deleted') { … }`, `case 'session.deleted':`. */
function branches(facts: Facts): Ending[] {
  const found: Ending[] = [];
  const add = (test: Node, name: string | undefined, within: Node | undefined): void => {
    if (name !== undefined && isEndingEvent(name)) found.push({ fn: facts.functions.around(test), how: 'branch', name, node: test, within });
  };
  for (const test of facts.tree.all('BinaryExpression')) {
    if (!/^[!=]==?$/.test(test.operator)) continue;
    const name = isDiscriminant(test.left) ? literalText(unwrap(test.right)) : isDiscriminant(test.right) ? literalText(unwrap(test.left)) : undefined;
    const branch = name === undefined ? undefined : branchOf(test);
    if (branch) add(test, name, branch.within);
  }
  for (const statement of facts.tree.all('SwitchStatement')) {
    if (!isDiscriminant(statement.discriminant)) continue;
    // Cases without a body of their own share the next one.
    statement.cases.forEach((one, index) => add(one, literalText(one.test && unwrap(one.test)), statement.cases.slice(index).find(({ consequent }) => consequent.length > 0)));
  }
  return found;
}

function isDiscriminant(node: Node): boolean {
  const inner = unwrap(node);
  const name = inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? memberName(inner) : undefined;
  return name !== undefined && DISCRIMINANT.test(name);
}

/** What runs if a comparison holds: the branch, or what is behind an early return. */
function branchOf(test: { readonly operator: string } & Node): { within: Node | undefined } | undefined {
  const isEqual = test.operator.startsWith('=');
  let child: Node = test;
  let parent = parentOf(test);
  // `type === 'end' && id`, but not `type === 'end' || force`.
  while (parent?.type === 'LogicalExpression' && parent.operator === (isEqual ? '&&' : '||')) [child, parent] = [parent, parentOf(parent)];
  if (parent?.type !== 'IfStatement' || unwrap(parent.test) !== child) return undefined;
  if (isEqual) return { within: parent.consequent };
  if (parent.alternate) return { within: parent.alternate };
  return parent.consequent.type === 'ReturnStatement' || (parent.consequent.type === 'BlockStatement' && parent.consequent.body.at(-1)?.type === 'ReturnStatement') ? { within: undefined } : undefined;
}

/** `finally { … }` and `.finally(…)` that release something. */
function finalBlocks(facts: Facts): Ending[] {
  const blocks = facts.tree.all('TryStatement').flatMap(({ finalizer }) => (finalizer ? [{ fn: facts.functions.around(finalizer), node: finalizer, within: finalizer }] : []));
  const callbacks = facts.functions.all.flatMap((fn) => {
    const call = isFunctionNode(fn.node) ? parentOf(fn.node) : undefined;
    return call && fn.inline && parseMethodCall(call)?.method === 'finally' ? [{ fn, node: fn.node, within: undefined }] : [];
  });
  return [...blocks, ...callbacks].filter(({ fn, within }) => releasedBy(fn, facts, within).size > 0).map((one) => ({ ...one, how: 'finally' as const, name: 'finally' }));
}
