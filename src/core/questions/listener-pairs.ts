import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration, ListenerRemoval } from '../facts/listeners.js';
import { isExchangeName } from '../kinds/listener-targets.js';
import { isParameter } from '../scope/bindings.js';
import { contains, isFunctionNode, literalText, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';

/**
 * The removals that may take a listener away. Generous: what the file does not
 * show to be different is taken for the same, so that nothing is called a leak
 * that is released under other names.
 */
export function removalsOf(registration: ListenerRegistration, facts: Facts): ListenerRemoval[] {
  return facts.listeners.removals.filter((removal) => maySameEvent(registration, removal) && mayRemove(registration, removal, facts));
}

/** Whether only the listener itself leads to a removal: then it goes when its event comes, as with `once`. */
export function isOwnRemoval(removal: ListenerRemoval, registration: ListenerRegistration, facts: Facts): boolean {
  const fn = registration.handlerFn;
  return fn !== undefined && isFunctionNode(fn.node) && contains(fn.node, removal.node) && !runsOtherwise(fn, registration, facts);
}

/** Whether something else than its event runs a listener: a call, a timer, or another event. */
function runsOtherwise(fn: FunctionFact, registration: ListenerRegistration, facts: Facts): boolean {
  if (fn.triggers.has('timer') || facts.functions.callsOf(fn).some(({ node }) => !contains(fn.node, node))) return true;
  return facts.listeners.registrations.some((other) => other !== registration && other.handlerFn === fn && !isSameEventOfExchange(other, registration, facts));
}

/** `res.once('close', fn)` beside `req.socket.once('close', fn)`: whether the former comes for a response that is sent is a matter of Node's version. */
function isSameEventOfExchange(other: ListenerRegistration, { event, targetPlace }: ListenerRegistration, facts: Facts): boolean {
  if (other.event !== event || !other.targetPlace || !targetPlace) return false;
  if (facts.places.key(other.targetPlace) === facts.places.key(targetPlace)) return true;
  const { root, path } = other.targetPlace;
  return isExchangeName(path.at(-1) ?? (root.type === 'variable' ? root.variable.name : ''));
}

function mayRemove(registration: ListenerRegistration, removal: ListenerRemoval, facts: Facts): boolean {
  if (!removal.handler) return mayBeSameTarget(registration, removal, facts);
  return isSameValue(registration.handler, removal.handler, facts);
}

/** Whether a registration and a removal may be about one event. */
export function maySameEvent({ event, eventNode, style }: ListenerRegistration, removal: ListenerRemoval): boolean {
  if (style === 'callback') return removal.event === undefined || removal.event === event;
  if (!eventNode || !removal.eventNode || event === removal.event) return true;
  return !isNamed(eventNode) || !isNamed(removal.eventNode);
}

/** Whether an event is one that the program names, and not whatever a variable holds. */
export function isNamed(event: Node): boolean {
  return literalText(unwrap(event)) !== undefined || unwrap(event).type === 'MemberExpression';
}

function mayBeSameTarget(registration: ListenerRegistration, removal: ListenerRemoval, facts: Facts): boolean {
  const [left, right] = [registration.targetPlace, removal.targetPlace];
  if (!left || !right) return textOf(registration.target, facts) === textOf(removal.target, facts) || (!left && !right);
  if (facts.places.key(left) === facts.places.key(right)) return true;
  // A helper knows the target by another name.
  return [left, right].some(({ root, path }) => root.type === 'variable' && path.length === 0 && isParameter(root.variable)) && left.root.type !== 'global';
}

/** Whether two expressions mean the same target, as far as the file shows. */
export function isSameTarget(left: Pick<ListenerRegistration, 'target' | 'targetPlace'>, right: Pick<ListenerRegistration, 'target' | 'targetPlace'>, facts: Facts): boolean {
  if (!left.targetPlace || !right.targetPlace) return textOf(left.target, facts) === textOf(right.target, facts);
  return facts.places.key(left.targetPlace) === facts.places.key(right.targetPlace);
}

/** Whether two expressions are the same listener: the same place, or the same function by two names. */
export function isSameValue(left: Node, right: Node, facts: Facts): boolean {
  const [one, other] = [unwrap(left), unwrap(right)];
  if (one === other) return true;
  if (makesFunction(one) || makesFunction(other)) return false;
  const [leftPlace, rightPlace] = [facts.places.resolve(one), facts.places.resolve(other)];
  if (leftPlace && rightPlace && facts.places.key(leftPlace) === facts.places.key(rightPlace)) return true;
  const fn = facts.functions.valueOf(one);
  if (fn !== undefined && fn === facts.functions.valueOf(other)) return true;
  return textOf(one, facts) === textOf(other, facts);
}

/** Whether an expression makes a new function each time it is evaluated: one that is written out, or `fn.bind(…)`. */
export function makesFunction(node: Node): boolean {
  const inner = unwrap(node);
  return isFunctionNode(inner) || boundBy(inner) !== undefined;
}

/** What `fn.bind(this)` binds; a helper of that name, as `$.proxy` or `Fn.bind(this, fn)`, may give the same function again. */
export function boundBy(node: Node): Node | undefined {
  const call = parseMethodCall(unwrap(node));
  if (call?.method !== 'bind' || call.args.length === 0) return undefined;
  const object = unwrap(call.object);
  const isFunctionLike = object.type === 'MemberExpression' || isFunctionNode(object) || (object.type === 'Identifier' && /^[a-z]/.test(object.name) && !(call.args[1] && isFunctionNode(unwrap(call.args[1]))));
  return isFunctionLike ? object : undefined;
}

function textOf(node: Node, { model }: Facts): string {
  return model.text.slice(node.range[0], node.range[1]).replace(/\s+|[?!](?=\.)/g, '');
}
