import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { declaringFunction, importOf, isParameter } from '../scope/bindings.js';
import { constantNumber } from '../syntax/constant.js';
import { bodyNodes, contains, hasPath, isFunctionNode, isMethodCall, lastName, memberName, parentOf, parseMethodCall, pathText, unwrap, type FunctionNode, type Node } from '../syntax/nodes.js';
import { exitsWithin } from './process-exits.js';
import { testsAround } from './endings.js';
import { findRace, type Race } from './races.js';
import { executorRole } from './settling.js';
import { isTeardown } from './teardowns.js';

/** A frame of an animation, or the next turn of the event loop, in milliseconds (BENIGN, T1). */
export const NEXT_TICK_MS = 16;
/** A pending one-shot of this many milliseconds is over before anybody misses it (BENIGN, T3). */
export const SHORT_MS = 5_000;

/** `new Promise((resolve) => setTimeout(resolve, ms))`: the promise owns the timer (BENIGN, T2). */
export function isSleep(timer: TimerAcquisition, facts: Facts): boolean {
  const executor = executorAround(timer);
  if (!executor || findRace(executor.parent, facts, false)) return false;
  const [resolve] = executor.params;
  if (resolve?.type !== 'Identifier' || bodyNodes(executor).length > 2 || !timer.callbackNode) return false;
  const variable = facts.bindings.variableOf(resolve);
  const means = (node: Node): boolean => node.type === 'Identifier' && facts.bindings.variableOf(node) === variable;
  const callback = unwrap(timer.callbackNode);
  if (means(callback)) return true;
  return isFunctionNode(callback) && facts.tree.some(callback.body, (node) => node.type === 'CallExpression' && means(unwrap(node.callee)));
}

/** The executor of `new Promise` in whose body the timer is started. */
export function executorAround(timer: TimerAcquisition): FunctionNode | undefined {
  const { node } = timer.fn;
  if (!isFunctionNode(node)) return undefined;
  const created = parentOf(node);
  return created?.type === 'NewExpression' && pathText(created.callee) === 'Promise' ? node : undefined;
}

/** Started in a promise that takes part in `Promise.race`: the loser stays pending (BENIGN, A1). */
export function isRaced(timer: TimerAcquisition, facts: Facts): boolean {
  return raceOf(timer, facts) !== undefined;
}

/** Where the promise in which a timer is started takes part in a race. */
export function raceOf(timer: TimerAcquisition, facts: Facts): Race | undefined {
  const executor = executorAround(timer);
  // A helper that rejects is for races; one that resolves may be for sleeping.
  return executor && findRace(executor.parent, facts, !isSleep(timer, facts));
}

/**
 * The callback only sets a local of the asynchronous function that starts the
 * timer, a deadline for its loop: once that function is done, nothing reads it.
 */
export function isDeadlineFlag(timer: TimerAcquisition, facts: Facts): boolean {
  const home = timer.fn.node;
  const callback = timer.callback?.node;
  if (!isFunctionNode(home) || !home.async || !isFunctionNode(callback)) return false;
  const body = bodyNodes(callback);
  return body.length > 0 && body.every((node) => {
    const expression = unwrap(node.type === 'ExpressionStatement' ? node.expression : node);
    const variable = expression.type === 'AssignmentExpression' && expression.left.type === 'Identifier' ? facts.bindings.variableOf(expression.left) : undefined;
    return variable !== undefined && declaringFunction(variable) === home && variable.references.every((reference) => contains(home, reference.identifier) && (reference.isWrite() || !isWithinFunction(reference.identifier, home)));
  });
}

function isWithinFunction(node: Node, home: Node): boolean {
  for (let current = node.parent; current && current !== home; current = current.parent) if (isFunctionNode(current)) return true;
  return false;
}

/** The callback ends something else: a limit on how long that may take, which is needless once it has ended by itself. */
export function endsAnother(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callback?.node;
  return isFunctionNode(callback) && facts.tree.some(callback.body, (node) => isMethodCall(node, /^(?:kill|terminate|abort|destroy)$/));
}

/** The whole callback settles a promise: once that is settled, nobody can see the timer fire (BENIGN, A1). */
export function onlySettles(timer: TimerAcquisition, facts: Facts): boolean {
  return doesOnly(timer, (node) => settles(node, facts), facts);
}

/** The whole callback settles a promise or aborts something: it does nothing any more to what is over. */
export function onlyGivesUp(timer: TimerAcquisition, facts: Facts): boolean {
  return doesOnly(timer, (node) => settles(node, facts) || parseMethodCall(node)?.method === 'abort', facts);
}

function doesOnly(timer: TimerAcquisition, test: (call: Node) => boolean, facts: Facts): boolean {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  if (callback?.type === 'Identifier' && isExecutorsOwn(callback, facts)) return true;
  if (!isFunctionNode(callback)) return false;
  const body = bodyNodes(callback);
  return body.length > 0 && body.every((node) => test(unwrap(node.type === 'ExpressionStatement' ? node.expression : node)));
}

function settles(node: Node, facts: Facts): boolean {
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' && isExecutorsOwn(node.callee, facts);
}

/** Whether a name is the `resolve` or `reject` of a promise. */
function isExecutorsOwn(name: Node, facts: Facts): boolean {
  const variable = facts.bindings.variableOf(name);
  return variable !== undefined && executorRole(variable) !== undefined;
}

/** The delay as written, if it is made of imported names and numbers only: how long it is, another file says. */
export function importedDelay(timer: TimerAcquisition, facts: Facts): string | undefined {
  const delay = timer.node.arguments[1];
  if (!delay || timer.delay !== undefined) return undefined;
  const isImported = (node: Node): boolean => {
    const inner = unwrap(node);
    if (inner.type === 'BinaryExpression') return isImported(inner.left) && isImported(inner.right);
    if (inner.type === 'Literal') return true;
    const root = inner.type === 'MemberExpression' ? unwrap(inner.object) : inner;
    const variable = root.type === 'Identifier' ? facts.bindings.variableOf(root) : undefined;
    return variable !== undefined && importOf(variable) !== undefined;
  };
  return isImported(delay) ? facts.model.text.slice(delay.range[0], delay.range[1]) : undefined;
}

/** Whether the caller of a function says how long the timer takes: its delay is made of parameters and numbers. */
export function isDelayGiven(timer: TimerAcquisition, facts: Facts): boolean {
  const isGiven = (node: Node): boolean => {
    const inner = unwrap(node);
    if (inner.type === 'BinaryExpression') return (isGiven(inner.left) && (isGiven(inner.right) || inner.right.type === 'Literal')) || (inner.left.type === 'Literal' && isGiven(inner.right));
    const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
    return variable !== undefined && isParameter(variable);
  };
  const delay = timer.node.arguments[1];
  return delay !== undefined && isGiven(delay);
}

/** The delay that a parameter has by default, in milliseconds: what most callers mean. */
export function defaultDelay(timer: TimerAcquisition, facts: Facts): number | undefined {
  const delay = timer.node.arguments[1];
  const variable = delay?.type === 'Identifier' ? facts.bindings.variableOf(delay) : undefined;
  const holder = variable && isParameter(variable) ? variable.defs[0]?.name.parent : undefined;
  return holder?.type === 'AssignmentPattern' ? constantNumber(holder.right, facts.bindings) : undefined;
}

/** The callback ends its own object: it acts on what others may have ended before. */
export function endsOwner(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  const isEnd = (callee: Node): boolean => {
    const inner = unwrap(callee);
    if (inner.type !== 'MemberExpression' || !isTeardown(lastName(inner), facts)) return false;
    const place = facts.places.resolve(inner.object);
    return place?.root.type === 'owner' && place.path.length === 0;
  };
  if (!callback) return false;
  return isFunctionNode(callback) ? facts.tree.some(callback.body, (node) => node.type === 'CallExpression' && isEnd(node.callee)) : isEnd(callback);
}

/** The function only passes its own parameter to the timer, and its handle on: a timer of another name (BENIGN, T4). */
export function isWrapper(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  if (callback?.type !== 'Identifier' || executorAround(timer)) return false;
  const variable = facts.bindings.variableOf(callback);
  return variable !== undefined && isParameter(variable) && timer.destination.type !== 'dropped' && timer.destination.type !== 'place';
}

/** `if (!slot) slot = setTimeout(() => { slot = undefined; … })`: at most one is pending (BENIGN, T7). */
export function isCoalescingSlot(handle: Place, timer: TimerAcquisition, facts: Facts): boolean {
  if (!timer.callback) return false;
  const key = facts.places.key(handle);
  const nulls = facts.summaries.of(timer.callback).some((effect) => effect.operation.kind === 'empty' && facts.places.key(effect.place) === key);
  return nulls && isGuardedBy(timer.node, timer.fn, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    return place !== undefined && facts.places.key(place) === key;
  }, facts);
}

/** Whether a test that mentions something stands around a node, or returns before it. */
function isGuardedBy(node: Node, fn: FunctionFact, mentions: (node: Node) => boolean, facts: Facts): boolean {
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) {
    if (current.type === 'IfStatement' && facts.tree.some(current.test, mentions)) return true;
    if (current.type === 'LogicalExpression' && facts.tree.some(current.left, mentions)) return true;
    if (current.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(current.operator)) return true;
  }
  if (!isFunctionNode(fn.node)) return false;
  return bodyNodes(fn.node).some((statement) => statement.range[1] <= node.range[0] && statement.type === 'IfStatement' && endsInReturn(statement.consequent) && facts.tree.some(statement.test, mentions));
}

function endsInReturn(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  return node.type === 'BlockStatement' && node.body.some((statement) => statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement');
}

/**
 * `if (delay) setTimeout(send, delay); else send();`: the same is done, now or
 * a little later, so that the timer only defers what is wanted in any case.
 */
export function isDeferral(timer: TimerAcquisition, facts: Facts): boolean {
  if (timer.kind.id !== 'timeout' || timer.callbackNode?.type !== 'Identifier' || rearms(timer, facts)) return false;
  const variable = facts.bindings.variableOf(timer.callbackNode);
  const branch = branchAround(timer.node);
  return variable !== undefined && branch !== undefined && facts.tree.some(branch, (node) => node.type === 'CallExpression' && node.callee.type === 'Identifier' && facts.bindings.variableOf(node.callee) === variable);
}

/** The other branch of the condition in one branch of which a node is a statement. */
function branchAround(node: Node): Node | undefined {
  let child = node;
  for (let current = node.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (current.type === 'IfStatement' || current.type === 'ConditionalExpression') return (child === current.consequent ? current.alternate : child === current.alternate ? current.consequent : undefined) ?? undefined;
  }
  return undefined;
}

/** The callback only deletes: the timer is itself a clean-up (BENIGN, T9). */
export function onlyDeletes(timer: TimerAcquisition): boolean {
  const fn = timer.callback?.node;
  if (!isFunctionNode(fn)) return false;
  const body = bodyNodes(fn);
  return body.length > 0 && body.every((node) => {
    const expression = unwrap(node.type === 'ExpressionStatement' ? node.expression : node);
    if (expression.type === 'UnaryExpression') return expression.operator === 'delete';
    return isMethodCall(expression, /^(?:delete|remove|removeItem|splice)$/);
  });
}

/** A timer of this many milliseconds that then finds nothing to delete is a matter of taste. */
const BRIEF_MS = 60_000;

/** Whether all that a timer does is to delete, and soon: where the entry has gone before, it holds little for a little while. */
export function deletesSoon(timer: TimerAcquisition): boolean {
  return timer.delay !== undefined && timer.delay <= BRIEF_MS && onlyDeletes(timer);
}

/** The place where the callback starts the function again in which the timer was set: a poll, a retry, a reconnect. */
export function rearms(timer: TimerAcquisition, facts: Facts): Node | undefined {
  const { callback, fn } = timer;
  if (!callback || fn === facts.functions.module || fn.isConstructor) return undefined;
  // setTimeout(poll, ms) inside poll
  if (callback === fn) return timer.node;
  const home = enclosingNamed(fn);
  const call = callback.calls.find((one) => one.to === home) ?? [...facts.summaries.reach(callback)].flatMap((reached) => reached.calls).find((one) => one.to === home);
  return call?.node;
}

/** The named function or method around a callback. */
function enclosingNamed(fn: FunctionFact): FunctionFact {
  let current = fn;
  while (current.inline && current.parent && current.name === '') current = current.parent;
  return current;
}

/** A retry that counts or keeps a deadline: the number of turns is limited (BENIGN, T8). */
export function isCountedRetry(timer: TimerAcquisition, facts: Facts): boolean {
  const home = enclosingNamed(timer.fn).node;
  if (!rearms(timer, facts)) return false;
  const counts = /(?:attempt|retr|tries|count|remaining|left|deadline|max|limit|elapsed|start)/i;
  return facts.tree.some(home, (node) => (node.type === 'IfStatement' || node.type === 'WhileStatement') && facts.tree.some(node.test, (test) => test.type === 'BinaryExpression' && /^[<>]=?$/.test(test.operator) && counts.test(facts.model.text.slice(test.range[0], test.range[1]))));
}

/**
 * Whether the timer is started under a count or a deadline of its own: the test
 * around it reads a variable that the same function counts, or a clock.
 */
export function isCounted(timer: TimerAcquisition, facts: Facts): boolean {
  const home = enclosingNamed(timer.fn).node;
  // One side of `||` limits nothing.
  return testsAround(timer.node, home).some((test) => facts.tree.some(test, (node) => node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator) && countsOrAges(node, home, facts), (node) => node.type === 'LogicalExpression' && node.operator === '||') && !(test.type === 'LogicalExpression' && test.operator === '||'));
}

/** Whether a comparison is of a clock, or of something that is counted within a function. */
export function countsOrAges(comparison: Node, home: Node, facts: Facts): boolean {
  return facts.tree.some(comparison, (node) => {
    if (node.type === 'UpdateExpression') return true;
    if (node.type === 'CallExpression') return hasPath(node.callee, /^(?:Date\.now|performance\.now)$/);
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
    const place = facts.places.resolve(node);
    const key = place && place.root.type !== 'global' ? facts.places.key(place) : undefined;
    return key !== undefined && facts.tree.some(home, (one) => {
      const target = one.type === 'UpdateExpression' ? one.argument : one.type === 'AssignmentExpression' && /^[-+]=$/.test(one.operator) ? one.left : undefined;
      const counted = target && facts.places.resolve(target);
      return counted !== undefined && facts.places.key(counted) === key;
    });
  });
}

/** Whether what the timer runs touches the object, or the outer variables, of its owner: it then works on what may be gone. */
export function mentionsOwner(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  if (!callback) return false;
  if (!isFunctionNode(callback)) return timer.callback?.self !== undefined || (callback.type === 'MemberExpression' && unwrap(callback.object).type === 'ThisExpression');
  return facts.tree.some(callback.body, (node) => node.type === 'ThisExpression' || (node.type === 'Identifier' && facts.owners.selfOf(node) !== undefined) || outerCall(node, callback, facts));
}

/** A call of a function that belongs to the same closure. */
function outerCall(node: Node, callback: Node, facts: Facts): boolean {
  if (node.type !== 'CallExpression') return false;
  const fn = facts.functions.valueOf(node.callee);
  return fn !== undefined && !contains(callback, fn.node) && fn.parent !== undefined && fn.parent !== facts.functions.module;
}

/** The callback opens something anew: the flag that was to stop it may be set back (BENIGN, T3 and T8). */
export function reconnects(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  if (!callback) return false;
  const isOpening = (name: string | undefined): boolean => name !== undefined && /^_?(?:connect|reconnect|open|start|listen|spawn|retry|restart|poll|schedule)/i.test(name);
  if (!isFunctionNode(callback)) return isOpening(callback.type === 'MemberExpression' ? memberName(callback) : callback.type === 'Identifier' ? callback.name : undefined);
  return facts.tree.some(callback.body, (node) => node.type === 'CallExpression' && isOpening(parseMethodCall(node)?.method ?? (node.callee.type === 'Identifier' ? node.callee.name : undefined)));
}

/** The callback may end the process itself: a watchdog that is meant to live as long (BENIGN, T10). */
export function isWatchdog(timer: TimerAcquisition, facts: Facts): boolean {
  const callback = timer.callback?.node;
  if (!callback || !isFunctionNode(callback)) return false;
  if (callback.body.type === 'BlockStatement' && callback.body.body.length === 0) return true;
  return exitsWithin(callback.body, facts);
}

/** The timer does not keep the process alive: `setTimeout(…).unref()`, or `unref` of its handle. */
export function isUnrefed(timer: TimerAcquisition, facts: Facts): boolean {
  const call = parentOf(timer.node);
  if (call?.type === 'MemberExpression' && call.property.type === 'Identifier' && call.property.name === 'unref') return true;
  return timer.destination.type === 'place' && facts.effectsOn(timer.destination.place).some((effect) => effect.operation.kind === 'unref');
}

/** Whether all that the callback does is to set a flag of the module or of a class itself, of which a program has one. */
export function onlyNotes({ callback }: TimerAcquisition, facts: Facts): boolean {
  const body = isFunctionNode(callback?.node) ? bodyNodes(callback.node) : [];
  return body.length > 0 && body.every((node) => {
    const assignment = unwrap(node.type === 'ExpressionStatement' ? node.expression : node);
    if (assignment.type !== 'AssignmentExpression' || unwrap(assignment.right).type !== 'Literal') return false;
    const root = facts.places.resolve(assignment.left)?.root;
    return root?.type === 'owner' ? root.isStatic : root?.type === 'variable' && declaringFunction(root.variable) === undefined;
  });
}
