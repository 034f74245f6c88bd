import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Registration } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { flowOf } from '../flow/flow.js';
import { declaringFunction } from '../scope/bindings.js';
import { contains, isFunctionNode, parentOf, wrapped, type Node } from '../syntax/nodes.js';
import { clearingSteps } from './clearing-steps.js';
import { clearSite, clearsOf, isOwnClear } from './handle-release.js';
import { executorRole } from './settling.js';

/**
 * The ways on which a handle is cleared: by the timer's own callback, by
 * listeners, in the very run that starts the timer, or by anything else.
 */
export interface ClearPaths {
  /** Clears in the timer's own callback. */
  readonly own: readonly Node[];
  /** Listeners whose run clears the handle. */
  readonly listeners: readonly FunctionFact[];
  /** Clears in the function that starts the timer, outside its callbacks. */
  readonly local: readonly Node[];
  /** Other functions whose run clears the handle: methods, returned functions, continuations. */
  readonly others: readonly FunctionFact[];
}

/** Every way on which a handle is cleared, followed back through the callers. */
export function clearPathsOf(handle: Place, timer: TimerAcquisition, facts: Facts): ClearPaths {
  const own: Node[] = [];
  const local: Node[] = [];
  const listeners = new Set<FunctionFact>();
  const others = new Set<FunctionFact>();
  for (const effect of clearsOf(handle, facts)) {
    const site = clearSite(effect);
    if (isOwnClear(effect, timer, facts)) {
      own.push(site);
      continue;
    }
    const pending = new Set([facts.functions.around(site)]);
    for (const fn of pending) {
      if (fn === timer.fn && facts.functions.around(site) === fn) {
        local.push(site);
        continue;
      }
      if (fn.registrations.length > 0) listeners.add(fn);
      const callers = facts.functions.callersOf(fn).filter((caller) => caller !== fn);
      if (fn.inline || fn.method || fn === timer.fn || (fn.registrations.length === 0 && (fn.escapes || callers.length === 0))) others.add(fn);
      else for (const caller of callers) pending.add(caller);
    }
  }
  return { own, listeners: [...listeners], local, others: [...others] };
}

/**
 * Where a local handle is cleared on one way through the function that starts
 * the timer, and nowhere else: the other ways leave the timer pending, and no
 * code can reach it any more.
 */
export function clearedOnOneWay(handle: Place, timer: TimerAcquisition, paths: ClearPaths, facts: Facts): Node | undefined {
  const { root, path } = handle;
  if (root.type !== 'variable' || path.length > 0 || declaringFunction(root.variable) !== timer.fn.node) return undefined;
  const [answer, ...others] = paths.others;
  if (answer && others.length + paths.own.length + paths.listeners.length + paths.local.length === 0) return clearedBehindFailure(handle, timer, answer, facts);
  if (paths.own.length + paths.listeners.length + paths.others.length > 0) return undefined;
  const [clear, more] = paths.local;
  return clear && !more && clear.range[0] > timer.node.range[1] && isConditional(clear, timer, handle, facts) ? clear : undefined;
}

/** Whether a statement runs on some ways only, other than those on which the timer was started; a test of the handle itself decides nothing. */
function isConditional(node: Node, timer: TimerAcquisition, handle: Place, facts: Facts): boolean {
  const key = facts.places.key(handle);
  const isHandle = (test: Node): boolean => facts.tree.some(test, (one) => {
    const place = one.type === 'Identifier' ? facts.places.resolve(one) : undefined;
    return place !== undefined && facts.places.key(place) === key;
  });
  let child = node;
  for (let current = node.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (contains(child, timer.node)) return false;
    if (current.type === 'IfStatement' && child !== current.test && !isHandle(current.test)) return true;
    if (current.type === 'LogicalExpression' && child === current.right && !isHandle(current.left)) return true;
    if (current.type === 'ConditionalExpression' && child !== current.test && !isHandle(current.test)) return true;
    if (current.type === 'SwitchCase' || current.type === 'CatchClause') return true;
  }
  return false;
}

/** `task((error, value) => { if (error) return reject(error); clearTimeout(timer); resolve(value); })`: a failure goes past the clear. */
function clearedBehindFailure(handle: Place, timer: TimerAcquisition, answer: FunctionFact, facts: Facts): Node | undefined {
  if (!isFunctionNode(answer.node) || !contains(timer.fn.node, answer.node) || answer.node.body.type !== 'BlockStatement') return undefined;
  const sites = clearsOf(handle, facts).map((effect) => clearSite(effect));
  const { body } = answer.node.body;
  const index = body.findIndex((statement) => sites.some((site) => contains(statement, site)));
  return index > 0 && body.slice(0, index).some((statement) => settlesAndLeaves(statement, facts)) ? sites.find((site) => contains(body[index] as Node, site)) : undefined;
}

/** `if (error) return reject(error)`: the promise that the timer limits is settled there, too. */
function settlesAndLeaves(statement: Node, facts: Facts): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate) return false;
  const arm = statement.consequent.type === 'BlockStatement' ? statement.consequent.body : [statement.consequent];
  return arm.at(-1)?.type === 'ReturnStatement' && facts.tree.some(statement.consequent, (node) => {
    const variable = node.type === 'CallExpression' && node.callee.type === 'Identifier' ? facts.bindings.variableOf(node.callee) : undefined;
    return variable !== undefined && executorRole(variable) !== undefined;
  }, isFunctionNode);
}

/** Whether every way out of the function that declares a local handle clears it, those by a rejection included: in a `finally`, or in the `catch` and behind it. */
export function clearedOnEveryWay(handle: Place, timer: TimerAcquisition, facts: Facts): boolean {
  const home = handle.root.type === 'variable' && handle.path.length === 0 ? declaringFunction(handle.root.variable) : undefined;
  const fn = home && facts.functions.of(home);
  if (!fn || !runsWithin(timer.fn, fn)) return false;
  const flow = flowOf(fn.node, facts.tree);
  const from = flow.stepOf(timer.node);
  const steps = clearingSteps(handle, fn, facts);
  return from !== undefined && steps.length > 0 && !flow.leavesWithout(from, steps, { byThrow: true, mayThrow: ({ type }) => /^(?:AwaitExpression|YieldExpression|ThrowStatement|ForOfStatement)$/.test(type) });
}

/** Whether a function is `home`, or runs in place in it. */
function runsWithin(fn: FunctionFact, home: FunctionFact): boolean {
  let current: FunctionFact | undefined = fn;
  while (current && current !== home && current.inline) current = current.parent;
  return current === home;
}

/** The events that clear a local handle, if nothing but listeners and timers can. */
export function eventsThatClear({ root, path }: Place, timer: TimerAcquisition, paths: ClearPaths, facts: Facts): readonly Registration[] {
  if (root.type !== 'variable' || path.length > 0 || paths.local.length > 0 || !paths.others.every((fn) => facts.timers.some(({ callback }) => callback === fn))) return [];
  const home = declaringFunction(root.variable);
  // A function that has a name may be returned, or called, as well.
  const areInPlace = paths.listeners.every(({ node }) => isFunctionNode(node) && parentOf(wrapped(node))?.type === 'CallExpression');
  return home && areInPlace && contains(home, timer.node) ? paths.listeners.flatMap((fn) => fn.registrations) : [];
}
