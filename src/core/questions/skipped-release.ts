import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { flowOf } from '../flow/flow.js';
import { declaringFunction, isParameter, type Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, parentOf, parseMethodCall, pathText, unwrap, wrapped, type FunctionNode, type Node } from '../syntax/nodes.js';
import { closeListenersOf, failingChildAround } from './child-process.js';
import { clearingSteps } from './clearing-steps.js';
import { isOnlyCalledHere } from './only-called-here.js';
import { rejectionOf, type Rejection } from './rejection.js';

/** A way past the only code that clears a timer. */
export interface SkippedRelease {
  /**
   * `rejected`: an exception leaves the function, or a catch of it does;
   * `left`: it returns early; `success-only`: the clear is a `then` without its
   * counterpart; `reject-only`: one settles the promise around it without it.
   */
  readonly how: 'rejected' | 'left' | 'success-only' | 'reject-only';
  /** What leads past the clear. */
  readonly by: Node;
  readonly clear: Node;
  /** Whether the file shows that this can happen. */
  readonly isSure: boolean;
  /** Whether the timer's own callback can clear it, too. */
  readonly endsItself: boolean;
}

/** Where a clear stands: in the course of the function that starts the timer, or in a continuation of a promise there. */
interface Site {
  readonly node: Node;
  readonly slot: 'course' | 'success' | 'failure' | 'always';
  /** The `then` of a continuation. */
  readonly chain: Extract<Node, { type: 'CallExpression' }> | undefined;
}

/** How the clear of a timer is skipped, if the function that starts it is the one to clear it and no other code can. */
export function findSkippedRelease(timer: TimerAcquisition, handle: Place, facts: Facts): SkippedRelease | undefined {
  const clears = facts.effectsOn(handle).filter((effect) => effect.operation.kind === 'clear');
  // A helper that is given the handle clears it where it is called.
  const nodes = [...new Set(clears.map((effect) => effect.via[0]?.node ?? effect.operation.node))];
  if (escapes(handle, nodes, facts)) return undefined;
  const own = new Set<Node>(timer.callbackNode ? [timer.callbackNode, ...(timer.callback ? [timer.callback.node] : [])] : []);
  const others = nodes.filter((node) => ![...own].some((callback) => contains(callback, node)));
  const [clear] = others;
  if (!clear) return undefined;
  const endsItself = others.length < nodes.length;
  const settles = timer.kind.id === 'timeout' ? own : new Set<Node>();
  const executor = executorAround(timer, facts);
  if (executor && others.every((node) => contains(executor, node))) {
    const by = rejectionPast(timer, handle, executor, own, facts);
    if (by) return { how: 'reject-only', by, clear, isSure: true, endsItself };
  }
  const home = homeOf(timer, handle);
  // What rejects at the top level of a module ends the process.
  if (home === facts.functions.module) return undefined;
  const sites = sitesOf(others, home, own, facts);
  if (!sites) return undefined;
  const course = sites.filter((site) => site.slot === 'course');
  if (course.length === sites.length) return pastCourse(timer, handle, home, course, settles, endsItself, facts);
  if (sites.some((site) => site.slot !== 'success')) return undefined;
  for (const { chain, node } of sites) {
    const object = chain && parseMethodCall(chain)?.object;
    const rejection: Rejection = object ? rejectionOf(object, facts, settles) : 'no';
    if (chain && rejection !== 'no' && !isClearedOnFailure(chain, handle, facts)) return { how: 'success-only', by: chain, clear: node, isSure: rejection === 'yes', endsItself };
  }
  return undefined;
}

/** The function in whose course the timer is started: callbacks that run in place belong to it, down to where the handle is declared. */
function homeOf(timer: TimerAcquisition, handle: Place): FunctionFact {
  const declared = handle.root.type === 'variable' ? declaringFunction(handle.root.variable) : undefined;
  let home = timer.fn;
  while (home.node !== declared && home.inline && home.parent) home = home.parent;
  return home;
}

/** A handle that is returned, stored or handed on is cleared by whoever has it. */
function escapes(handle: Place, clears: readonly Node[], facts: Facts): boolean {
  if (facts.effectsOn(handle).some((effect) => effect.operation.kind === 'hand-over')) return true;
  if (handle.root.type !== 'variable' || handle.path.length > 0) return false;
  const key = facts.places.key(handle);
  return handle.root.variable.references.some((reference) => {
    if (!reference.isRead()) return false;
    const use = facts.places.destinationOf(reference.identifier);
    return use.type === 'returned' || (use.type === 'argument' && !clears.includes(use.call)) || (use.type === 'place' && facts.places.key(use.place) !== key);
  });
}

/** Where clears are reached from the course of `home`; undefined if one is reached from elsewhere, too. */
function sitesOf(clears: readonly Node[], home: FunctionFact, own: ReadonlySet<Node>, facts: Facts): Site[] | undefined {
  const sites: Site[] = [];
  const seen = new Set<FunctionFact>();
  const pending = [...clears];
  for (const node of pending) {
    const site = siteIn(home, node, facts);
    if (site) { sites.push(site); continue; }
    const fn = facts.functions.around(node);
    if (seen.has(fn)) continue;
    seen.add(fn);
    if (!isOnlyCalledHere(fn, facts)) return undefined;
    for (const call of facts.functions.callsOf(fn)) if (![...own].some((callback) => contains(callback, call.node))) pending.push(call.node);
  }
  return sites;
}

function siteIn(home: FunctionFact, node: Node, facts: Facts): Site | undefined {
  let slot: Site['slot'] = 'course';
  let chain: Site['chain'];
  for (let fn: FunctionFact | undefined = facts.functions.around(node); fn !== home; fn = fn.parent) {
    if (!fn?.inline) return undefined;
    const call = parentOf(wrapped(fn.node));
    const method = call && parseMethodCall(call)?.method;
    if (call?.type !== 'CallExpression' || (method !== 'then' && method !== 'catch' && method !== 'finally')) continue;
    slot = method === 'finally' ? 'always' : method === 'then' && call.arguments[0] && unwrap(call.arguments[0]) === fn.node ? 'success' : 'failure';
    chain = call;
  }
  return { node, slot, chain };
}

/** Whether what handles the rejection clears as well, `then(settle, settle)`: of two calls that clear, the effects on a handle name the first. */
function isClearedOnFailure(chain: Node, handle: Place, facts: Facts): boolean {
  for (let call: Node | undefined = chain; call?.type === 'CallExpression';) {
    const method = parseMethodCall(call)?.method;
    const handler = method === 'then' ? call.arguments[1] : method === 'catch' || method === 'finally' ? call.arguments[0] : undefined;
    const fn = handler && facts.functions.valueOf(handler);
    if (fn && alwaysClears(fn, handle, facts)) return true;
    const member: Node | undefined = parentOf(wrapped(call));
    call = member?.type === 'MemberExpression' ? parentOf(wrapped(member)) : undefined;
  }
  return false;
}

/** Whether every run of a function clears the timer. */
function alwaysClears(fn: FunctionFact, handle: Place, facts: Facts): boolean {
  const steps = clearingSteps(handle, fn, facts);
  return steps.length > 0 && !flowOf(fn.node, facts.tree).leavesWithout(undefined, steps, { byThrow: false });
}

/** The clear stands behind an `await` in the same function. */
function pastCourse(timer: TimerAcquisition, handle: Place, home: FunctionFact, sites: readonly Site[], settles: ReadonlySet<Node>, endsItself: boolean, facts: Facts): SkippedRelease | undefined {
  const flow = flowOf(home.node, facts.tree);
  const from = flow.stepOf(timer.node);
  if (!from) return undefined;
  const through = [...clearingSteps(handle, home, facts), ...endsOfProcess(home, facts)];
  const awaited = sites.find(({ node }) => { const step = flow.stepOf(node); return step && flow.findAwaitBetween(from, step, through); });
  if (!awaited) return undefined;
  const throws = (least: Rejection) => (node: Node): boolean => {
    if (node.type === 'ThrowStatement') return true;
    if (node.type === 'ForOfStatement') return node.await;
    if (node.type === 'YieldExpression') return least === 'perhaps';
    if (node.type !== 'AwaitExpression') return false;
    const rejection = rejectionOf(node.argument, facts, settles);
    return rejection === 'yes' || rejection === least;
  };
  const clear = awaited.node;
  const early = flow.leavesWithout(from, through, { byThrow: false, mayThrow: () => false });
  for (const least of ['yes', 'perhaps'] as const) {
    const mayThrow = throws(least);
    const exit = flow.leavesWithout(from, through, { byThrow: 'only', mayThrow }) ?? (early ? undefined : flow.leavesWithout(from, through, { byThrow: false, mayThrow }));
    if (!exit) continue;
    // What a handler around it catches ends the function in its usual way: the step that throws tells more.
    const end = flow.stepOf(clear);
    const waited = exit.how !== 'throw' && end ? flow.findAwaitBetween(from, end, through) : undefined;
    return { how: 'rejected', by: waited && mayThrow(waited) ? waited : exit.node, clear, isSure: least === 'yes', endsItself };
  }
  const isBehindAwait = early?.how === 'return' && flow.findAwaitBetween(from, early.node, through) !== undefined;
  return isBehindAwait && !(timer.kind.id === 'timeout' && tells(timer, facts)) ? { how: 'left', by: early.node, clear, isSure: false, endsItself } : undefined;
}

/** Where the process ends, and all its timers with it. */
function endsOfProcess(home: FunctionFact, facts: Facts): Node[] {
  return facts.tree.all('CallExpression').filter((call) => pathText(call.callee) === 'process.exit' && facts.functions.around(call) === home);
}

/** Whether a timer says that it has fired, by a variable or by settling a promise: who returns early may know that it is over. */
function tells(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  if (!callback || !isFunctionNode(callback)) return true;
  return facts.tree.some(callback.body, (node) => node.type === 'AssignmentExpression' || (node.type === 'CallExpression' && node.callee.type === 'Identifier' && isParameterOfOther(node.callee, callback, facts)));
}

function isParameterOfOther(node: Node, callback: Node, facts: Facts): boolean {
  const variable = facts.bindings.variableOf(node);
  return variable !== undefined && isParameter(variable) && !contains(callback, variable.identifiers[0] ?? callback);
}

function executorAround(timer: TimerAcquisition, facts: Facts): FunctionNode | undefined {
  for (let fn: FunctionFact | undefined = timer.fn; fn; fn = fn.parent) {
    const created = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
    if (isFunctionNode(fn.node) && created?.type === 'NewExpression' && pathText(created.callee) === 'Promise' && facts.bindings.isGlobal(unwrap(created.callee))) return fn.node;
  }
  return undefined;
}

/** Where the promise is rejected without the clear that stands beside its `resolve`. */
function rejectionPast(timer: TimerAcquisition, handle: Place, executor: FunctionNode, own: ReadonlySet<Node>, facts: Facts): Node | undefined {
  const [resolve, reject] = executor.params.map((parameter) => (parameter.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined));
  if (!resolve || !reject) return undefined;
  const isOwn = (node: Node): boolean => [...own].some((callback) => contains(callback, node));
  if (!usesOf(resolve).some((use) => !isOwn(use) && calledBy(use) && isCleared(use, timer, handle, facts))) return undefined;
  return usesOf(reject).find((use) => !isOwn(use) && (calledBy(use) ? !isCleared(use, timer, handle, facts) : isListener(use)) && !isClearedOnClose(use, handle, facts));
}

/** Whether the promise is rejected by the error of a child process, whose `close` comes next and clears. */
function isClearedOnClose(use: Node, handle: Place, facts: Facts): boolean {
  const child = failingChildAround(use, facts);
  return child !== undefined && closeListenersOf(child, facts).some((listener) => {
    const fn = facts.functions.valueOf(listener);
    return fn !== undefined && alwaysClears(fn, handle, facts);
  });
}

function usesOf(variable: Variable): Node[] {
  return variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
}

function calledBy(use: Node): Node | undefined {
  const call = parentOf(use);
  return call?.type === 'CallExpression' && unwrap(call.callee) === use ? call : undefined;
}

/** `socket.on('error', reject)`, `work.then(done, reject)`, `work.catch(reject)`. */
function isListener(use: Node): boolean {
  const call = parentOf(use);
  const method = call && parseMethodCall(call)?.method;
  return call?.type === 'CallExpression' && method !== undefined && /^(?:on|once|addListener|addEventListener|prependListener|then|catch)$/.test(method) && call.arguments.at(-1) === use;
}

/** Whether the run that makes a call clears the timer as well, before or after it, or starts it only later. */
function isCleared(use: Node, timer: TimerAcquisition, handle: Place, facts: Facts, depth = 0): boolean {
  for (let fn: FunctionFact | undefined = facts.functions.around(use); fn; fn = fn.inline ? fn.parent : undefined) {
    const flow = flowOf(fn.node, facts.tree);
    const node = flow.stepOf(use);
    if (!node) return true;
    const steps = clearingSteps(handle, fn, facts);
    if (steps.length > 0 && (flow.isPrecededBy(node, steps) || !flow.leavesWithout(node, steps, { byThrow: false }))) return true;
    const start = contains(fn.node, timer.node) ? flow.stepOf(timer.node) : undefined;
    if (start) return !flow.leadsTo(start, node);
    // A function that rejects for others: they may clear before they call it.
    const calls = facts.functions.callsOf(fn);
    if (calls.length > 0 && depth < 3 && !fn.escapes) return calls.every((call) => isCleared(call.node, timer, handle, facts, depth + 1));
  }
  return false;
}
