import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isParameter } from '../scope/bindings.js';
import { bodyNodes, contains, isFunctionNode, memberName, parentOf, parseMethodCall, pathText, unwrap, type FunctionNode, type Node } from '../syntax/nodes.js';

/** A frame of an animation, or the next turn of the event loop, in milliseconds (BENIGN, T1). */
export const NEXT_TICK_MS = 16;
/** A pending one-shot of this many milliseconds is over before anybody misses it (BENIGN, T3). */
export const SHORT_MS = 5_000;

/** `new Promise((resolve) => setTimeout(resolve, ms))`: the promise owns the timer (BENIGN, T2). */
export function isSleep(timer: TimerAcquisition, facts: Facts): boolean {
  const executor = executorAround(timer);
  if (!executor || isRaced(timer, facts)) return false;
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
  const executor = executorAround(timer);
  if (!executor) return false;
  const destination = facts.places.destinationOf(executor.parent);
  if (destination.type === 'place' && destination.place.root.type === 'variable' && destination.place.path.length === 0) {
    return destination.place.root.variable.references.some((reference) => reference.isRead() && isInRace(reference.identifier));
  }
  return isInRace(executor.parent);
}

function isInRace(node: Node): boolean {
  for (let current: Node | undefined = node; current && !isFunctionNode(current); current = current.parent) if (isRaceCall(current)) return true;
  return false;
}

function isRaceCall(node: Node): boolean {
  return node.type === 'CallExpression' && /^Promise\.(?:race|any)$/.test(pathText(node.callee) ?? '');
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

/** The guard with which the callback begins: `if (closed) return;`, or a body that is one `if` (BENIGN, T8). */
export function startsWithGuard(timer: TimerAcquisition): Node | undefined {
  const body = timer.callback && isFunctionNode(timer.callback.node) ? bodyNodes(timer.callback.node) : [];
  const [first] = body;
  if (first?.type !== 'IfStatement') return undefined;
  return endsInReturn(first.consequent) || body.length === 1 ? first.test : undefined;
}

/** The callback only deletes: the timer is itself a clean-up (BENIGN, T9). */
export function onlyDeletes(timer: TimerAcquisition): boolean {
  const fn = timer.callback?.node;
  if (!isFunctionNode(fn)) return false;
  const body = bodyNodes(fn);
  return body.length > 0 && body.every((node) => {
    const expression = unwrap(node.type === 'ExpressionStatement' ? node.expression : node);
    if (expression.type === 'UnaryExpression') return expression.operator === 'delete';
    return /^(?:delete|remove|removeItem|splice)$/.test(parseMethodCall(expression)?.method ?? '');
  });
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
  return facts.tree.some(callback.body, (node) => node.type === 'CallExpression' && /^(?:process\.(?:exit|kill)|exit)$/.test(pathText(node.callee) ?? ''));
}

/** The timer does not keep the process alive: `setTimeout(…).unref()`, or `unref` of its handle. */
export function isUnrefed(timer: TimerAcquisition, facts: Facts): boolean {
  const call = parentOf(timer.node);
  if (call?.type === 'MemberExpression' && call.property.type === 'Identifier' && call.property.name === 'unref') return true;
  return timer.destination.type === 'place' && facts.effectsOn(timer.destination.place).some((effect) => effect.operation.kind === 'unref');
}
