import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Registration } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isEndingEvent, REGISTERS_LISTENER } from '../kinds/events.js';
import { contains, isFunctionNode, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import type { ClearPaths } from './clear-paths.js';
import { isOnlyCalledHere } from './only-called-here.js';
import { isTeardown } from './teardowns.js';

/** A listener that stands by the start of a timer, and what it listens to. */
export interface Listener {
  readonly fn: FunctionFact;
  readonly registration: Registration;
  /** The same text for the same emitter. */
  readonly emitter: string;
}

/** An ending that leaves a timer running. */
export interface LeftRunning {
  readonly event: string;
  readonly node: Node;
  /** A teardown that clears it, and that may be called then. */
  readonly teardown?: FunctionFact | undefined;
}

/** Events that say that what was begun did not succeed. */
const FAILURE = /^(?:error|abort(?:ed)?|cancel(?:l?ed)?|connect_?error|failed?|failure)$/i;
/** Events that say that what was begun has succeeded; other events may be ends of their own. An event that is computed has no name. */
const SUCCESS = /^(?:|(?:secure_?)?connect(?:ed|ion)?|open(?:ed)?|ready|listening|spawn|response|reply|ack|message|data|load(?:ed)?|online|upgrade|success|authenticated|login|start(?:ed)?|headers|session|play(?:ing)?|first\w*)$/i;
/** Methods that hand back the emitter they are called on. */
const CHAINS = /^(?:set[A-Z]\w*|ref|unref|resume|pause)$/;
/** What lives as long as the program: its end is the timer's end, too. */
const PROGRAM = new Set(['process', 'window', 'document', 'globalThis', 'self']);

/** Listeners of each file by the function that registers them; asked for once per file. */
const listenersOfFile = new WeakMap<Facts, readonly Listener[]>();

/** The listeners that the functions around the start of a timer register: they see what the timer sees. */
function listenersAround(timer: TimerAcquisition, facts: Facts): readonly Listener[] {
  let all = listenersOfFile.get(facts);
  if (!all) listenersOfFile.set(facts, (all = collectListeners(facts)));
  const around = new Set<FunctionFact>();
  for (let fn: FunctionFact | undefined = timer.fn; fn && fn !== facts.functions.module; fn = fn.parent) around.add(fn);
  return all.filter(({ registration }) => around.has(facts.functions.around(registration.node)));
}

function collectListeners(facts: Facts): Listener[] {
  return facts.functions.all.flatMap((fn) => fn.registrations.flatMap((registration) => {
    const emitter = registration.emitter && emitterKey(registration.emitter, facts);
    return emitter === undefined ? [] : [{ fn, registration, emitter }];
  }));
}

/** The emitter behind a chain of calls: `socket.setNoDelay(true).once(…)` listens to `socket`. */
export function emitterKey(node: Node, facts: Facts): string | undefined {
  let current = unwrap(node);
  for (let call = parseMethodCall(current); call && (REGISTERS_LISTENER.has(call.method) || CHAINS.test(call.method)); call = parseMethodCall(current)) current = unwrap(call.object);
  if (current.type !== 'Identifier' && current.type !== 'MemberExpression' && current.type !== 'ThisExpression') return `at ${String(current.range[0])}`;
  const place = facts.places.resolve(current);
  return place && !(place.root.type === 'global' && PROGRAM.has(place.root.name)) ? facts.places.key(place) : undefined;
}

/**
 * An event of an emitter after which the timer goes on, although another event
 * of the same emitter clears it: `connect` clears, `error` does not. Nothing is
 * said where an ending clears, since that follows on all others; a teardown that
 * clears has to be called.
 */
export function findSkippedEvent(handle: Place, timer: TimerAcquisition, paths: ClearPaths, facts: Facts): LeftRunning | undefined {
  if (paths.listeners.length === 0 || paths.local.length > 0 || !paths.others.every((fn) => fn.method !== undefined && isTeardown(fn.name, facts))) return undefined;
  const listeners = listenersAround(timer, facts);
  const clearing = listeners.filter(({ fn }) => paths.listeners.includes(fn));
  // A handle that a listener of another function clears may be cleared whatever happens here.
  if (paths.listeners.some((fn) => !clearing.some((one) => one.fn === fn)) || clearing.some(({ registration }) => !SUCCESS.test(registration.event))) return undefined;
  const emitters = new Set(clearing.map((one) => one.emitter));
  const skipped = listeners.find((one) => emitters.has(one.emitter) && endsOrFails(one.registration.event) && !contains(one.fn.node, timer.node) && !clears(one.fn, handle, facts));
  if (!skipped) return undefined;
  const reach = facts.summaries.reach(skipped.fn);
  return paths.others.some((fn) => reach.has(fn)) ? undefined : { event: skipped.registration.event, node: skipped.registration.node, teardown: paths.others[0] };
}

/** Whether all events are failures: what succeeds brings none of them. */
export function areFailures(registrations: readonly Registration[]): boolean {
  return registrations.length > 0 && registrations.every(({ event }) => FAILURE.test(event));
}

function endsOrFails(event: string): boolean {
  return isEndingEvent(event) || FAILURE.test(event);
}

function clears(fn: FunctionFact, handle: Place, facts: Facts): boolean {
  const key = facts.places.key(handle);
  return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'clear' && facts.places.key(effect.place) === key);
}

/**
 * The end of an emitter on which the timer's callback works, where nothing
 * clears the timer, or only its own callback does, on a condition that the
 * ending does not bring about.
 */
export function findDeafEnding(timer: TimerAcquisition, ownClears: readonly Node[], facts: Facts): LeftRunning | undefined {
  const { callback } = timer;
  if (!callback || !isFunctionNode(callback.node)) return undefined;
  const ending = listenersAround(timer, facts).find(({ fn, registration, emitter }) => isEndingEvent(registration.event) && !mayRefuse(fn, facts) && !contains(callback.node, registration.node) && !contains(fn.node, timer.node)
    && mentions(callback.node, emitter, facts)
    && !ownClears.some((clear) => asksForEnd(clear, callback, fn, emitter, facts)));
  return ending && { event: ending.registration.event, node: ending.registration.node };
}

/** Whether a listener may keep what is asked from happening: `window.on('close', (event) => { event.preventDefault(); window.hide(); })`. */
function mayRefuse({ node }: FunctionFact, facts: Facts): boolean {
  return facts.tree.some(node, (one) => parseMethodCall(one)?.method === 'preventDefault', isFunctionNode);
}

/** Whether something within a node names a place, or a part of it. */
function mentions(node: Node, key: string, facts: Facts): boolean {
  return facts.tree.some(node, (one) => {
    const place = one.type === 'Identifier' || one.type === 'MemberExpression' ? facts.places.resolve(one) : undefined;
    return place !== undefined && facts.places.key(place) === key;
  });
}

/** Whether a callback clears its interval on a condition that an ending brings about: a state of the emitter, or what the listener writes or deletes. */
function asksForEnd(clear: Node, callback: FunctionFact, ending: FunctionFact, emitter: string, facts: Facts): boolean {
  const tests = testsAround(clear, callback.node);
  return tests.some((test) => mentions(test, emitter, facts) || asksFor(test, [ending], facts)
    // What a function answers is unknown.
    || facts.tree.some(test, (node) => node.type === 'CallExpression'));
}

/** Whether a test reads what one of some functions writes, adds or takes out: then it can tell that they have run. */
export function asksFor(test: Node, fns: readonly FunctionFact[], facts: Facts): boolean {
  const changed = new Set(fns.flatMap((fn) => facts.summaries.of(fn)).filter(({ operation }) => /^(?:grow|shrink|empty|blank)$/.test(operation.kind)).map(({ place }) => facts.places.key(place)));
  return [...changed].some((key) => mentions(test, key, facts));
}

/**
 * Whether a teardown comes only when a timer has fired: its callback calls it,
 * and all other calls ask for a flag that is set beside the timer and reset by
 * the callback.
 */
export function waitsForTimer(teardown: FunctionFact, timer: TimerAcquisition, facts: Facts): boolean {
  const { callback, fn } = timer;
  if (!callback || timer.kind.id === 'interval' || !isOnlyCalledHere(teardown, facts)) return false;
  const written = (by: FunctionFact): ReadonlySet<string> => new Set(facts.summaries.own(by).filter(({ kind }) => kind === 'empty').map(({ place }) => facts.places.key(place)));
  const reset = written(callback);
  const flags = [...written(fn)].filter((key) => reset.has(key));
  const calls = facts.functions.callsOf(teardown);
  return calls.some((call) => call.from === callback) && calls.every((call) => call.from === callback || testsAround(call.node, call.from.node).some((test) => flags.some((key) => mentions(test, key, facts))));
}

/** The tests under which a node runs: of the branches around it, and of returns before it. */
export function testsAround(node: Node, fn: Node): Node[] {
  const tests: Node[] = [];
  let child = node;
  for (let current = node.parent; current && child !== fn; child = current, current = current.parent) {
    if (current.type === 'IfStatement' || current.type === 'ConditionalExpression') tests.push(current.test);
    if (current.type === 'LogicalExpression') tests.push(current.left);
    if (current.type !== 'BlockStatement') continue;
    for (const statement of current.body) {
      if (statement === child) break;
      if (statement.type === 'IfStatement' && leaves(statement.consequent)) tests.push(statement.test);
    }
  }
  return tests;
}

function leaves(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  return node.type === 'BlockStatement' && node.body.some(leaves);
}
