import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { flowOf } from '../flow/flow.js';
import { callbackTime } from '../kinds/callbacks.js';
import { declaringFunction, onlyValue } from '../scope/bindings.js';
import { bodyNodes, contains, hasPath, isFunctionNode, isMethodCall, memberName, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { clearingSteps } from './clearing-steps.js';
import { nodesIn } from './nodes-in.js';
import { isOnlyCalledHere } from './only-called-here.js';
import { asksAbout } from './releasing-steps.js';
import { executorAround } from './timer-shape.js';

/** What lies on every path to the new timer: the old one is stopped, or asked for. */
export interface Preparation {
  readonly how: 'cleared' | 'asked';
  readonly node: Node;
  /** An `await` between it and the new timer: another call may pass it meanwhile. */
  readonly gap: Node | undefined;
}

/** Calls in a row that are looked at from the function outwards. */
const MAX_CALLERS = 3;

/** Whether a handle is given at most one timer in its life: its function runs once for each owner. */
export function startsAtMostOnce(timer: TimerAcquisition, place: Place, facts: Facts): boolean {
  const { fn } = timer;
  const home = courseOf(fn);
  if (home.isConstructor || home === facts.functions.module || isOfNewObject(timer, facts)) return true;
  const declared = place.root.type === 'variable' ? declaringFunction(place.root.variable) : undefined;
  if (declared && contains(home.node, declared) && contains(declared, fn.node)) return true;
  if (fn.triggers.areAmong('load', 'construct')) return !isRepeatedInOneRun(fn, facts);
  return isOnlyCalledHere(home, facts) && runsOnceIn(home, place, facts);
}

/** Whether one run of a caller runs a helper again: in a loop, for each element of a list, or in two places on one way. */
export function isRepeatedInOneRun(helper: FunctionFact, facts: Facts): boolean {
  const calls = facts.functions.callsOf(courseOf(helper)).map((call) => ({ ...call, home: courseOf(call.from) }));
  return calls.some(({ home, node, over }) => {
    if (over || isIteration(home)) return true;
    const flow = flowOf(home.node, facts.tree);
    return calls.some((other) => other.home === home && flow.leadsTo(other.node, node));
  });
}

/** The function of which another is a part that runs once: an executor, a continuation of a promise. */
function courseOf(fn: FunctionFact): FunctionFact {
  let home = fn;
  while (home.inline && home.parent && !isIteration(home)) home = home.parent;
  return home;
}

/** A callback that runs once for each element. */
function isIteration(fn: FunctionFact): boolean {
  const call = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
  return fn.inline && call?.type === 'CallExpression' && callbackTime(parseMethodCall(call)?.method ?? 'then') !== 'soon';
}

/** Whether all calls of a helper stand in the constructor, or in the one run that the variable belongs to, and none behind another; a listener of `once` is one of them. */
function runsOnceIn(helper: FunctionFact, place: Place, facts: Facts): boolean {
  const declared = place.root.type === 'variable' ? declaringFunction(place.root.variable) : undefined;
  const steps: Node[] = [];
  for (const call of facts.functions.callsOf(helper)) {
    const from = courseOf(call.from);
    const listener = from.registrations.length === 1 ? from.registrations[0]?.node : undefined;
    const isOnce = listener && isMethodCall(listener, /^(?:once|addOnceListener|prependOnceListener)$/);
    const home = isOnce ? from.parent : from;
    if (!home || !(home.isConstructor || home === facts.functions.module || home.node === declared)) return false;
    const flow = flowOf(home.node, facts.tree);
    const step = flow.stepOf(isOnce ? listener : call.node);
    if (!step || flow.leadsTo(step, step) || steps.some((other) => flow.leadsTo(other, step) || flow.leadsTo(step, other))) return false;
    steps.push(step);
  }
  return true;
}

/** `const entry = {}; entry.timer = setTimeout(…)`: the object was made just now, and has no timer yet. */
function isOfNewObject(timer: TimerAcquisition, facts: Facts): boolean {
  const { destination } = timer;
  const target = destination.type === 'place' && destination.node.type === 'AssignmentExpression' ? unwrap(destination.node.left) : undefined;
  const object = target?.type === 'MemberExpression' ? unwrap(target.object) : undefined;
  const variable = object?.type === 'Identifier' ? facts.bindings.variableOf(object) : undefined;
  const made = variable && declaringFunction(variable) === timer.fn.node ? onlyValue(variable)?.type : undefined;
  return made === 'ObjectExpression' || made === 'NewExpression';
}

/** Whether a function is named for starting what is then running: called a second time only by mistake. */
export function isStart({ name }: FunctionFact): boolean {
  return /^[_#]*(?:start(?:ed)?|init|initiali[sz]e|connect|open|setup|begin|launch|run|listen|mount|enable)(?![a-z])/.test(name);
}

/** Whether the handle is one of many in a Set or a list: adding to those overwrites nothing. */
export function isAddedToMany(place: Place, facts: Facts): boolean {
  if (place.path.at(-1) !== ELEMENT) return false;
  const growth = facts.effectsOn({ root: place.root, path: place.path.slice(0, -1) }).filter((effect) => effect.operation.kind === 'grow');
  return growth.length > 0 && growth.every((effect) => /^(?:add|push|unshift|spread)$/.test(effect.operation.how));
}

/** What every path to the new timer passes, in its function or in all that call it. */
export function findPreparation(timer: TimerAcquisition, place: Place, facts: Facts): Preparation | undefined {
  return preparationOf(timer.node, timer.fn, timer, place, facts, 0);
}

function preparationOf(target: Node, home: FunctionFact, timer: TimerAcquisition, place: Place, facts: Facts, depth: number): Preparation | undefined {
  let outermost = home;
  for (let fn: FunctionFact | undefined = home; fn; fn = fn.inline ? fn.parent : undefined) {
    outermost = fn;
    const flow = flowOf(fn.node, facts.tree);
    const step = flow.stepOf(target);
    if (!step) continue;
    const clears = clearingSteps(place, fn, facts);
    const questions = testsBefore(target, fn, facts).filter((test) => asksAbout(place, test, facts));
    const steps = [...clears, ...questions];
    const last = steps.findLast((one) => one.range[0] <= target.range[0]) ?? steps[0];
    if (!last || !flow.isPrecededBy(step, steps)) continue;
    const gap = steps.map((one) => flow.findAwaitBetween(one, step, steps)).find((one) => one !== undefined);
    return { how: clears.includes(last) ? 'cleared' : 'asked', node: last, gap };
  }
  if (depth >= MAX_CALLERS || !isOnlyCalledHere(outermost, facts)) return undefined;
  let found: Preparation | undefined;
  for (const call of facts.functions.callsOf(outermost)) {
    // When it calls itself from the timer's callback, the old timer has fired; a constructor has none yet.
    if (call.from.isConstructor || call.from === facts.functions.module || (timer.kind.id === 'timeout' && timer.callbackNode && contains(timer.callbackNode, call.node))) continue;
    const preparation = preparationOf(call.node, call.from, timer, place, facts, depth + 1);
    if (!preparation) return undefined;
    found = preparation.gap ? preparation : (found ?? preparation);
  }
  return found;
}

/** A clear in the same function that some path to the new timer goes past. */
export function findPartialClear(timer: TimerAcquisition, place: Place, facts: Facts): Node | undefined {
  return clearingSteps(place, timer.fn, facts).find((step) => step.range[0] < timer.node.range[0]);
}

/** A test on the way to the timer of state that the function, or one that calls it, sets (`if (this.running) return; this.running = true`), or on which the old one is cleared. */
export function guardedByState(timer: TimerAcquisition, place: Place, facts: Facts): Node | undefined {
  const clear = findPartialClear(timer, place, facts);
  const guard = clear && testsAround(clear, timer.fn).find((test) => setsWhatItTests(test, timer.fn, facts));
  return guard ?? stateBefore(timer.node, timer.fn, facts, 0);
}

/** A test of state on the way to a node, which the function, or one that calls it, sets. */
export function stateBefore(target: Node, home: FunctionFact, facts: Facts, depth: number): Node | undefined {
  let outermost = home;
  for (let fn: FunctionFact | undefined = home; fn; fn = fn.inline ? fn.parent : undefined) {
    outermost = fn;
    const running = fn;
    const guard = testsBefore(target, fn, facts).find((test) => setsWhatItTests(test, running, facts));
    if (guard) return guard;
  }
  if (depth >= MAX_CALLERS || !isOnlyCalledHere(outermost, facts)) return undefined;
  for (const call of facts.functions.callsOf(outermost)) {
    const guard = stateBefore(call.node, call.from, facts, depth + 1);
    if (guard) return guard;
  }
  return undefined;
}

/** `return () => clearInterval(timer)`: whoever runs the function again is given its end, as effects of components are. */
export function findHandedEnd(timer: TimerAcquisition, place: Place, facts: Facts): Node | undefined {
  const key = facts.places.key(place);
  return facts.functions.all.find((fn) => {
    if (fn.parent !== timer.fn || facts.places.destinationOf(fn.node).type !== 'returned') return false;
    return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'clear' && facts.places.key(effect.place) === key);
  })?.node;
}

/** The callback opens anew what then starts the timer again: `setTimeout(() => this.connect())` in a listener that `connect` registers. */
export function reopens(timer: TimerAcquisition, facts: Facts): boolean {
  if (!timer.callback) return false;
  const reach = facts.summaries.reach(timer.callback);
  for (let fn: FunctionFact | undefined = timer.fn; fn && fn !== facts.functions.module; fn = fn.parent) if (reach.has(fn)) return true;
  return false;
}

/**
 * `if (shown) this.timer = setTimeout(…); else clearTimeout(this.timer)`: it is
 * set in one state and cleared in the other, so that it is overwritten only if
 * the same state comes twice; `onChange` if a comparison around it says no.
 */
export function toggles(timer: TimerAcquisition, place: Place, facts: Facts): { node: Node; onChange: boolean } | undefined {
  const steps = clearingSteps(place, timer.fn, facts);
  for (let current: Node | undefined = timer.node.parent; current && current !== timer.fn.node; current = current.parent) {
    if (current.type !== 'IfStatement' || !current.alternate) continue;
    const other = contains(current.consequent, timer.node) ? current.alternate : current.consequent;
    const { test } = current;
    if (steps.some((step) => contains(other, step))) return { node: test, onChange: testsAround(current, timer.fn).some((one) => facts.tree.some(one, (node) => node.type === 'BinaryExpression' && /^!==?$/.test(node.operator) && node.right.type !== 'Literal')) };
  }
  return undefined;
}

/** Another allocation, or the same one in a loop, from which a path leads to this one while its timer lives. */
export function findEarlierAllocation(timer: TimerAcquisition, place: Place, facts: Facts): { node: Node; awaited: boolean } | undefined {
  // By the time that a promise is settled by its own timer, that has fired; entries of a collection have keys of their own.
  if (place.path.includes(ELEMENT) || (timer.kind.id === 'timeout' && executorAround(timer))) return undefined;
  const flow = flowOf(timer.fn.node, facts.tree);
  const step = flow.stepOf(timer.node);
  if (!step || testsBefore(timer.node, timer.fn, facts).some((test) => asksAbout(place, test, facts))) return undefined;
  const key = facts.places.key(place);
  const isOuter = place.root.type !== 'variable' || !contains(timer.fn.node, place.root.variable.identifiers[0] ?? timer.fn.node);
  if (isIteration(timer.fn) && isOuter && clearingSteps(place, timer.fn, facts).length === 0) return { node: timer.node, awaited: false };
  const declarations = place.root.type === 'variable' ? place.root.variable.defs.map((definition) => definition.node as Node) : [];
  const through = [...clearingSteps(place, timer.fn, facts), ...declarations];
  for (const other of facts.timers) {
    if (other.fn !== timer.fn || other.destination.type !== 'place' || facts.places.key(other.destination.place) !== key) continue;
    const from = flow.stepOf(other.node);
    if (from && flow.leadsTo(from, step, through)) return { node: other.node, awaited: flow.findAwaitBetween(from, step, through) !== undefined };
  }
  return undefined;
}

/** The continuation of another promise that gives the same handle a timer: nobody knows which comes first. */
export function findRival(timer: TimerAcquisition, place: Place, facts: Facts): Node | undefined {
  const own = chainOf(timer.fn.node);
  if (!own || place.path.includes(ELEMENT)) return undefined;
  const key = facts.places.key(place);
  return facts.timers.find((other) => {
    const chain = chainOf(other.fn.node);
    return other.fn.parent === timer.fn.parent && chain && chain !== own && other.destination.type === 'place' && facts.places.key(other.destination.place) === key && !findPreparation(other, place, facts);
  })?.node;
}

/** The promise of which a function is a continuation: `load()` of `load().then(fn)`. */
function chainOf(fn: Node): Node | undefined {
  let start: Node | undefined;
  let call: Node | undefined = isFunctionNode(fn) ? parentOf(wrapped(fn)) : undefined;
  while (call) {
    const method = parseMethodCall(call);
    if (!method || !/^(?:then|catch|finally)$/.test(method.method)) break;
    call = start = unwrap(method.object);
  }
  return start;
}

/** `if (this.listenerCount('tick') === 0)`: what is started for the first of several users is stopped for the last, as a rule. */
export function findCount(timer: TimerAcquisition, facts: Facts): Node | undefined {
  return testsBefore(timer.node, timer.fn, facts).find((test) => facts.tree.some(test, (node) => {
    if (node.type !== 'BinaryExpression' || !/^[!=]==?$/.test(node.operator)) return false;
    const sides = [unwrap(node.left), unwrap(node.right)];
    return sides.some((side) => side.type === 'Literal' && (side.value === 0 || side.value === 1)) && sides.some(countsUsers);
  }));
}

function countsUsers(side: Node): boolean {
  const name = side.type === 'CallExpression' ? parseMethodCall(side)?.method : side.type === 'MemberExpression' ? memberName(side) : undefined;
  return name !== undefined && /^[_#]*(?:size|length|listenerCount|ref(?:erence)?s?Count|count)$|(?:Count|[rR]efs)$/.test(name);
}

/** The conditions under which a node is reached: of the branches around it, and of those that leave before it. */
export function testsBefore(node: Node, fn: FunctionFact, facts: Facts): Node[] {
  const tests = testsAround(node, fn);
  const flow = flowOf(fn.node, facts.tree);
  const step = flow.stepOf(node);
  if (!step) return tests;
  for (const statement of nodesIn(fn, 'IfStatement', facts)) {
    if (leaves(statement.consequent) && flow.isPrecededBy(step, [startOfChain(statement)])) tests.push(statement.test);
  }
  for (const call of nodesIn(fn, 'CallExpression', facts)) {
    const [asserted] = call.arguments;
    if (asserted && hasPath(call.callee, /^(?:assert(?:\.\w+)?|invariant)$/) && flow.isPrecededBy(step, [call])) tests.push(asserted);
  }
  return tests;
}

/** The first `if` of a chain of `else if`: each state that it tells apart goes its own way. */
function startOfChain(statement: Node): Node {
  let first = statement;
  while (first.parent?.type === 'IfStatement' && first.parent.alternate === first) first = first.parent;
  return first;
}

function testsAround(node: Node, fn: FunctionFact): Node[] {
  const tests: Node[] = [];
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) {
    if (current.type === 'IfStatement') tests.push(current.test);
    if (current.type === 'LogicalExpression') tests.push(current.left);
    if (current.type === 'ConditionalExpression') tests.push(current.test);
    if (current.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(current.operator)) tests.push(current.left);
  }
  return tests;
}

function leaves(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || node.type === 'ContinueStatement') return true;
  return node.type === 'BlockStatement' && node.body.some(leaves);
}

/** Whether the function writes a place that the test reads: then the test can keep it from running twice. */
export function setsWhatItTests(test: Node, fn: FunctionFact, facts: Facts, depth = 0): boolean {
  const written = new Set(nodesIn(fn, 'AssignmentExpression', facts).flatMap((assignment) => {
    const place = facts.places.resolve(assignment.left);
    return place ? [facts.places.key(place)] : [];
  }));
  return facts.tree.some(test, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    if (place && written.has(facts.places.key(place))) return true;
    const variable = depth < 2 && node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    const value = variable ? onlyValue(variable) : depth < 2 && node.type === 'MemberExpression' ? givenByGetter(node, facts) : undefined;
    return value !== undefined && !isFunctionNode(value) && setsWhatItTests(value, fn, facts, depth + 1);
  });
}

/** `get isBusy() { return this.busy || this.waiting; }`: what a property gives that is worked out anew each time. */
function givenByGetter(node: Extract<Node, { type: 'MemberExpression' }>, facts: Facts): Node | undefined {
  const object = facts.places.resolve(node.object);
  const name = memberName(node);
  const member = object?.root.type === 'owner' && object.path.length === 0 && name !== undefined ? facts.owners.member(object.root.owner, name) : undefined;
  if (member?.node.type !== 'MethodDefinition' || member.node.kind !== 'get' || !isFunctionNode(member.fn)) return undefined;
  const [only, ...others] = bodyNodes(member.fn);
  return only?.type === 'ReturnStatement' && others.length === 0 ? (only.argument ?? undefined) : undefined;
}
