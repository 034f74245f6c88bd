import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration, ListenerRemoval } from '../facts/listeners.js';
import type { Place } from '../facts/places.js';
import { flowOf } from '../flow/flow.js';
import { declaringFunction, isParameter, onlyValue, type Variable } from '../scope/bindings.js';
import { bodyNodes, contains, isFunctionNode, isNothing, parentOf, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';
import { boundBy, isNamed, isSameTarget, isSameValue, makesFunction, maySameEvent } from './listener-pairs.js';
import { effectAround } from './unmount.js';

/** Why a removal takes away nothing: each is a path on which the listener that it names was never added. */
export interface Mismatch {
  readonly code: 'removes-new-function' | 'removes-bound-anew' | 'registered-bound' | 'registered-wrapped' | 'other-target' | 'other-phase' | 'gone-before-removal' | 'not-yet-added' | 'made-per-render';
  /** What shows it: the function that is written anew, the registration, the assignment. */
  readonly node: Node;
  readonly registration: ListenerRegistration | undefined;
}

/** What keeps a removal from matching any registration; undefined if nothing does, or the file does not show it. */
export function findMismatch(removal: ListenerRemoval, facts: Facts): Mismatch | undefined {
  const { handler } = removal;
  if (!handler) return undefined;
  return newFunction(removal, handler, facts) ?? goneBefore(removal, handler, facts) ?? lostAfterAdding(removal, handler, facts) ?? registeredOtherwise(removal, handler, facts)
    ?? otherTarget(removal, handler, facts) ?? otherPhase(removal, handler, facts) ?? notYetAdded(removal, handler, facts) ?? madePerRender(removal, handler, facts);
}

/** The registrations that a removal is meant for, by target and event. */
function counterparts(removal: ListenerRemoval, facts: Facts): ListenerRegistration[] {
  return facts.listeners.registrations.filter((registration) => maySameEvent(registration, removal) && isSameTarget(registration, removal, facts));
}

/** `off('x', () => …)`, `off('x', fn.bind(this))`: a function that nobody has registered. */
function newFunction(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  if (!makesFunction(handler) || !removesByIdentity(removal, facts)) return undefined;
  const [registration] = counterparts(removal, facts);
  return { code: boundBy(handler) ? 'removes-bound-anew' : 'removes-new-function', node: handler, registration };
}

/** Whether a call removes what it is given, and does not take a callback: by its name, or since the file adds a listener to the same target. */
function removesByIdentity(removal: ListenerRemoval, facts: Facts): boolean {
  if (removal.eventNode && !isNamed(removal.eventNode) && removal.method === 'off') return false;
  return removal.method !== 'off' || counterparts(removal, facts).some((one) => one.eventNode !== undefined);
}

/** `this.socket = undefined; this.socket?.off('data', this.onData)`: what is needed for the removal is gone. */
function goneBefore(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  const flow = flowOf(removal.fn.node, facts.tree);
  const at = flow.stepOf(removal.node);
  if (!at) return undefined;
  for (const place of [removal.targetPlace, facts.places.resolve(handler)]) {
    if (!place || (place.root.type === 'variable' && place.path.length === 0 && !isWrittenOften(place.root.variable))) continue;
    const writes = assignmentsTo(place, facts).filter((write) => facts.functions.around(write) === removal.fn);
    const gone = writes.find((write) => isNothing(unwrap(write.right)));
    const step = gone && flow.stepOf(gone);
    const others = writes.flatMap((write) => (write === gone ? [] : (flow.stepOf(write) ?? [])));
    if (step && readsPlace(place, removal, handler, facts) && flow.isPrecededBy(at, [step]) && !others.some((other) => flow.leadsTo(other, at, [step]))) {
      const [registration] = counterparts(removal, facts);
      return { code: 'gone-before-removal', node: gone, registration };
    }
  }
  return undefined;
}

/** `add(this.heard); this.heard = null;`: whatever way the function goes on that adds it, nothing knows the listener any more, and nothing else fills the field. */
function lostAfterAdding(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  const place = facts.places.resolve(handler);
  if (place?.root.type !== 'owner' || place.path.length !== 1 || !readsPlace(place, removal, handler, facts)) return undefined;
  const meant = counterparts(removal, facts).filter((one) => isSameValue(one.handler, handler, facts));
  const [registration] = meant;
  if (!registration || meant.some(({ fn }) => fn !== registration.fn) || registration.fn === removal.fn) return undefined;
  const writes = assignmentsTo(place, facts);
  const here = writes.filter((write) => facts.functions.around(write) === registration.fn);
  if (writes.some((write) => !here.includes(write) && !isNothing(unwrap(write.right)))) return undefined;
  const flow = flowOf(registration.fn.node, facts.tree);
  const steps = meant.flatMap((one) => flow.stepOf(one.node) ?? []);
  const losing = here.filter((write) => isNothing(unwrap(write.right))).flatMap((write) => flow.stepOf(write) ?? []);
  const [gone] = losing;
  const filling = here.filter((write) => !isNothing(unwrap(write.right))).flatMap((write) => flow.stepOf(write) ?? []);
  const isLost = steps.length === meant.length && steps.every((step) => !flow.leavesWithout(step, losing, { byThrow: false })) && !losing.some((loss) => filling.some((fill) => flow.leadsTo(loss, fill)));
  const isTakenAway = facts.listeners.removals.some((other) => other.fn === registration.fn && other.handler !== undefined && isSameValue(other.handler, handler, facts));
  return gone && isLost && !isTakenAway ? { code: 'gone-before-removal', node: gone, registration } : undefined;
}

/** Whether the removal itself reads the place, and not a copy of it that was taken before. */
function readsPlace(place: Place, removal: ListenerRemoval, handler: Node, facts: Facts): boolean {
  return [removal.target, handler].some((node) => {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') return place.root.type === 'variable' && place.path.length === 0 && facts.bindings.variableOf(inner) === place.root.variable;
    const found = inner.type === 'MemberExpression' && (unwrap(inner.object).type === 'ThisExpression') ? facts.places.resolve(inner) : undefined;
    return found !== undefined && facts.places.key(found) === facts.places.key(place);
  });
}

function isWrittenOften(variable: Variable): boolean {
  return variable.references.filter((reference) => reference.isWrite()).length > 1;
}

/** Registered as an arrow around the function, or bound, and removed bare. */
function registeredOtherwise(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  if (makesFunction(handler) || isGivenAsValue(handler, facts)) return undefined;
  const meant = counterparts(removal, facts).filter(({ style }) => style === 'method');
  if (meant.length === 0) return undefined;
  const wrappers = meant.map((registration) => {
    const bound = boundBy(registration.handler);
    if (bound) return isSameValue(bound, handler, facts) ? { code: 'registered-bound' as const, registration } : undefined;
    return callsOnly(registration.handler, handler, facts) ? { code: 'registered-wrapped' as const, registration } : undefined;
  });
  const [first] = wrappers.filter((one) => one !== undefined);
  // Another registration of the event may be the one that is meant, if its listener is no function that is written there.
  if (!first || meant.some((one, index) => !wrappers[index] && !makesFunction(one.handler))) return undefined;
  return { code: first.code, node: first.registration.handler, registration: first.registration };
}

/** `(event) => handler(event)`: a function that does nothing but call the other. */
function callsOnly(wrapper: Node, handler: Node, facts: Facts): boolean {
  const fn = unwrap(wrapper);
  if (!isFunctionNode(fn)) return false;
  const [only, more] = bodyNodes(fn);
  if (!only || more) return false;
  const statement = only.type === 'ExpressionStatement' ? only.expression : only.type === 'ReturnStatement' ? only.argument : only;
  let call = statement && unwrap(statement);
  while (call?.type === 'AwaitExpression' || (call?.type === 'UnaryExpression' && call.operator === 'void')) call = unwrap(call.argument);
  return call?.type === 'CallExpression' && isSameValue(call.callee, handler, facts);
}

/** Whether the function is anywhere given, stored or returned as it is: then somebody may have registered it. */
function isGivenAsValue(handler: Node, facts: Facts): boolean {
  const place = facts.places.resolve(handler);
  const fn = facts.functions.valueOf(handler);
  if (!place && !fn) return true;
  const key = place && facts.places.key(place);
  const isUse = (node: Node): boolean => {
    const parent = parentOf(wrapped(node));
    if (!parent || parent.type === 'MethodDefinition' || parent.type === 'ClassBody') return false;
    if (parent.type === 'CallExpression') return unwrap(parent.callee) !== node && !facts.listeners.removals.some((removal) => removal.node === parent);
    // Not `this.fn.bind(this)`: what that gives is another function.
    return /^(?:AssignmentExpression|NewExpression|Property|ArrayExpression|ReturnStatement|VariableDeclarator|ArrowFunctionExpression|ConditionalExpression|LogicalExpression|SpreadElement|JSXExpressionContainer|AssignmentPattern|ExportSpecifier|ExportDefaultDeclaration|YieldExpression|PropertyDefinition)$/.test(parent.type);
  };
  const isSame = (node: Node): boolean => {
    const found = facts.places.resolve(node);
    return found !== undefined && facts.places.key(found) === key;
  };
  const inner = unwrap(handler);
  if (inner.type === 'Identifier') {
    const variable = facts.bindings.variableOf(inner);
    // What a function is given nobody else has under that name; one that is given to another of its kind may come from anywhere.
    if (!variable || (isParameter(variable) && !isOnlyWrapped(variable, facts))) return true;
    return variable.references.some((reference) => reference.isRead() && isUse(reference.identifier)) || (variable.references.filter((reference) => reference.isWrite()).length > 1);
  }
  return facts.tree.all('MemberExpression').some((node) => isSame(node) && isUse(node));
}

/** Whether a function only calls what it is given, within listeners that it adds, and names it where it removes one. */
function isOnlyWrapped(variable: Variable, facts: Facts): boolean {
  const uses = variable.references.map((reference) => reference.identifier as Node);
  const isCalled = (node: Node): boolean => {
    const call = parentOf(wrapped(node));
    return call?.type === 'CallExpression' && unwrap(call.callee) === node && facts.listeners.registrations.some(({ handler }) => contains(handler, call));
  };
  const isRemoved = (node: Node): boolean => facts.listeners.removals.some(({ handler }) => handler !== undefined && unwrap(handler) === node);
  return uses.some(isCalled) && uses.every((node) => isCalled(node) || isRemoved(node));
}

/** Added to `window` and removed from something else, to which it was never added. */
function otherTarget(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  if (makesFunction(handler) || !removal.eventNode || !isNamed(removal.eventNode)) return undefined;
  const same = facts.listeners.registrations.filter((one) => one.event === removal.event && isSameValue(one.handler, handler, facts));
  const [registration] = same;
  if (!registration || same.some((one) => !isClearlyOther(one, removal, facts))) return undefined;
  const isRemoved = facts.listeners.removals.some((other) => other !== removal && maySameEvent(registration, other) && (!other.handler || isSameValue(other.handler, handler, facts)) && !isClearlyOther(registration, other, facts));
  return isRemoved ? undefined : { code: 'other-target', node: registration.node, registration };
}

/** Objects that everybody has, and of which there is one. */
const HOSTS: Readonly<Record<string, string>> = { window: 'window', globalThis: 'window', self: 'window', document: 'document', 'document.body': 'body', 'document.documentElement': 'root', process: 'process' };

/** Whether two targets cannot be one: two that everybody has, or one of these and a field that stands beside it in one function. */
function isClearlyOther(registration: ListenerRegistration, removal: ListenerRemoval, facts: Facts): boolean {
  const [left, right] = [hostOf(registration.target, facts), hostOf(removal.target, facts)];
  if (left && right) return left !== right;
  if (!left && !right) return false;
  const [host, other] = left ? [registration, removal] : [removal, registration];
  const place = other.targetPlace;
  if (!place || (place.root.type === 'variable' && (place.path.length === 0 ? isParameter(place.root.variable) : true)) || place.root.type === 'global') return false;
  // Both are listened to in one function: whoever wrote it tells them apart.
  return facts.listeners.registrations.some((one) => isSameTarget(one, other, facts)
    && facts.listeners.registrations.some((two) => two.fn === one.fn && isSameTarget(two, host, facts)));
}

function hostOf(target: Node, facts: Facts): string | undefined {
  const place = facts.places.resolve(target);
  if (place?.root.type !== 'global') return undefined;
  const path = [place.root.name, ...place.path];
  const text = (path.length > 1 && /^(?:window|globalThis|self)$/.test(path[0] ?? '') ? path.slice(1) : path).join('.');
  return HOSTS[text];
}

/** Added for the way down and removed for the way up, or the reverse: to an event target these are two listeners. */
function otherPhase(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  if (removal.method !== 'removeEventListener' || removal.capture === undefined) return undefined;
  const same = counterparts(removal, facts).filter((one) => isSameValue(one.handler, handler, facts));
  const [registration] = same;
  if (!registration || same.some((one) => one.method !== 'addEventListener' || one.capture === undefined || one.capture === removal.capture)) return undefined;
  return { code: 'other-phase', node: registration.node, registration };
}

/** A function of this very call, removed before it could be added. */
function notYetAdded(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  const inner = unwrap(handler);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  if (!variable || !holdsOwnFunction(variable) || declaringFunction(variable) !== removal.fn.node) return undefined;
  const registrations = facts.listeners.registrations.filter((one) => isSameValue(one.handler, handler, facts));
  const [registration] = registrations;
  const flow = flowOf(removal.fn.node, facts.tree);
  const at = flow.stepOf(removal.node);
  if (!at || !registration || registrations.some((one) => one.fn !== removal.fn)) return undefined;
  // Whoever else has it may have registered it.
  const isFree = variable.references.some((reference) => reference.isRead() && !facts.listeners.removals.some((one) => one.handler && unwrap(one.handler) === reference.identifier) && !facts.listeners.registrations.some((one) => unwrap(one.handler) === reference.identifier));
  if (isFree) return undefined;
  const adds = registrations.flatMap((one) => flow.stepOf(one.node) ?? []);
  return adds.length === registrations.length && !adds.some((add) => flow.leadsTo(add, at)) ? { code: 'not-yet-added', node: registration.node, registration } : undefined;
}

/** A variable that only ever holds a function made where it is declared. */
function holdsOwnFunction(variable: Variable): boolean {
  const value = onlyValue(variable);
  if (value) return makesFunction(value);
  return variable.defs.length === 1 && !isParameter(variable) && variable.defs[0]?.node.type === 'FunctionDeclaration' && !variable.references.some((reference) => reference.isWrite());
}

/** A function of a component's body, removed by another run of an effect than the one that added it: each render makes it anew. */
function madePerRender(removal: ListenerRemoval, handler: Node, facts: Facts): Mismatch | undefined {
  const inner = unwrap(handler);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const effect = effectAround(removal.fn, facts);
  if (!variable || effect?.fn !== ownEffect(removal.fn) || !holdsOwnFunction(variable)) return undefined;
  const component = effect.fn.parent;
  if (!component || declaringFunction(variable) !== component.node) return undefined;
  const registrations = facts.listeners.registrations.filter((one) => isSameValue(one.handler, handler, facts));
  const [registration] = registrations;
  const flow = flowOf(removal.fn.node, facts.tree);
  const at = flow.stepOf(removal.node);
  const isRemovedElsewhere = facts.listeners.removals.some((other) => other !== removal && other.handler && isSameValue(other.handler, handler, facts));
  if (!at || !registration || isRemovedElsewhere || registrations.some((one) => { const add = flow.stepOf(one.node); return add !== undefined && flow.leadsTo(add, at); })) return undefined;
  return { code: 'made-per-render', node: registration.node, registration };
}

/** The effect whose own run a function is: not what it returns or registers. */
function ownEffect(fn: FunctionFact): FunctionFact {
  return fn.inline && fn.parent ? ownEffect(fn.parent) : fn;
}
