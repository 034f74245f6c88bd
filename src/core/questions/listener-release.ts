import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import type { Place } from '../facts/places.js';
import { callbackTime } from '../kinds/callbacks.js';
import { mayNeverCome } from '../kinds/listener-targets.js';
import { declaringFunction, isParameter } from '../scope/bindings.js';
import { isFunctionNode, isNothing, literalText, memberName, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isOwnRemoval, isSameTarget, isSameValue, makesFunction, removalsOf } from './listener-pairs.js';
import type { TargetLife } from './listener-target.js';
import { executorRole } from './settling.js';

export interface ListenerRelease {
  readonly code: 'ends-with-signal' | 'listener-given' | 'end-kept' | 'listener-removed' | 'goes-with-event' | 'listener-handed-on' | 'target-ended';
  readonly node: Node;
}

/** What takes a listener away, or lets somebody else do so; undefined if nothing in the file does. */
export function findListenerRelease(registration: ListenerRegistration, life: TargetLife, facts: Facts): ListenerRelease | undefined {
  const { handler, signal, node } = registration;
  if (signal) return { code: 'ends-with-signal', node: signal };
  if (isGiven(handler, facts)) return { code: 'listener-given', node: handler };
  const kept = keptEnd(registration, life) ?? bagOf(registration);
  if (kept) return { code: 'end-kept', node: kept };
  const removals = removalsOf(registration, facts);
  const removal = removals.find((one) => !isOwnRemoval(one, registration, facts));
  if (removal) return { code: 'listener-removed', node: removal.node };
  if ((registration.once || removals.length > 0) && willCome(registration, life)) return { code: 'goes-with-event', node };
  const handed = handedOn(handler, facts);
  if (handed) return { code: 'listener-handed-on', node: handed };
  const ended = life === 'program' || life === 'kept-alive' ? undefined : endOfTarget(registration, facts);
  return ended && { code: 'target-ended', node: ended };
}

/** Whether an event is sure to come, as far as anybody knows, while what waits for it lives. */
function willCome({ event, eventNode }: ListenerRegistration, life: TargetLife): boolean {
  if (life === 'signal' || life === 'kept-alive') return false;
  if (life === 'program' && eventNode && literalText(unwrap(eventNode)) === undefined && /sig/i.test(event)) return false;
  return !mayNeverCome(event);
}

/** `function on(target, name, fn) { target.on(name, fn); }`: whoever gives the listener owns it. What settles a promise is nobody's. */
function isGiven(handler: Node, facts: Facts): boolean {
  const inner = unwrap(handler);
  const root = inner.type === 'MemberExpression' ? unwrap(inner.object) : inner;
  const variable = root.type === 'Identifier' ? facts.bindings.variableOf(root) : undefined;
  return variable !== undefined && isParameter(variable) && executorRole(variable) === undefined;
}

/** What ends a subscription is kept, or goes to somebody; methods of the platform's own targets give back nothing of the kind. */
function keptEnd({ destination, style }: ListenerRegistration, life: TargetLife): Node | undefined {
  if (style === 'callback' || style === 'listens-to' || (style === 'method' && (life === 'program' || life === 'signal' || life === 'kept-alive'))) return undefined;
  switch (destination.type) {
    case 'dropped':
      return undefined;
    case 'returned':
      return isDiscarded(destination.node) ? undefined : destination.node;
    case 'argument':
      return destination.call;
    case 'place':
      return isUnread(destination.place) ? undefined : destination.node;
    default:
      return destination.node;
  }
}

/** A variable of a function that nobody reads: what is put there is dropped. */
function isUnread({ root, path }: Place): boolean {
  return root.type === 'variable' && path.length === 0 && declaringFunction(root.variable) !== undefined && !root.variable.references.some((reference) => reference.isRead());
}

/** `onDidChange(listener, thisArg, disposables)`: the event puts its Disposable into the bag that comes third; what comes second is `this` for the listener. */
function bagOf({ style, method, node }: ListenerRegistration): Node | undefined {
  const bag = style === 'event' && /^on(?:Did|Will)/.test(method) ? node.arguments[2] : undefined;
  return bag && !isNothing(unwrap(bag)) ? bag : undefined;
}

/** What is returned to `forEach`, to an emitter or to a promise's executor is returned to nobody. */
function isDiscarded(node: Node): boolean {
  let fn: Node | undefined = node;
  while (fn && !isFunctionNode(fn)) fn = fn.parent;
  const call = fn && parentOf(wrapped(fn));
  if (call?.type === 'NewExpression') return true;
  const method = call && parseMethodCall(call)?.method;
  return method !== undefined && /^(?:forEach|on|once|addListener|addEventListener|then|catch|finally)$/.test(method);
}

/** Where the listener is given to other code, or put where other code finds it, which can take it away. */
function handedOn(handler: Node, facts: Facts): Node | undefined {
  if (makesFunction(handler)) return undefined;
  const inner = unwrap(handler);
  const isHandedOn = (node: Node): boolean => {
    const outer = wrapped(node);
    const parent = parentOf(outer);
    switch (parent?.type) {
      case 'CallExpression':
        return unwrap(parent.callee) !== node && !isListenerCall(parent, facts) && takesForGood(parent);
      case 'Property':
        return parent.value === outer;
      case 'AssignmentExpression':
        return parent.right === outer && isReleasedAs(parent.left, facts);
      case 'ArrayExpression':
      case 'ReturnStatement':
        return true;
      default:
        return false;
    }
  };
  if (inner.type === 'Identifier') {
    const variable = facts.bindings.variableOf(inner);
    return variable?.references.map(({ identifier }): Node => identifier).find((node) => isHandedOn(node));
  }
  const place = facts.places.resolve(inner);
  if (inner.type !== 'MemberExpression' || !place) return undefined;
  const key = facts.places.key(place);
  const name = memberName(inner);
  return facts.tree.all('MemberExpression').find((node) => {
    if (memberName(node) !== name || !isHandedOn(node)) return false;
    const found = facts.places.resolve(node);
    return found !== undefined && facts.places.key(found) === key;
  });
}

function isListenerCall(call: Node, { listeners }: Facts): boolean {
  return listeners.registrations.some(({ node }) => node === call) || listeners.removals.some(({ node }) => node === call);
}

/** A timer, an iteration or a promise runs a function and forgets it. */
function takesForGood(call: Extract<Node, { type: 'CallExpression' }>): boolean {
  const callee = unwrap(call.callee);
  const name = parseMethodCall(call)?.method ?? (callee.type === 'Identifier' ? callee.name : '');
  return callbackTime(name) === 'unknown' && !/^(?:bind|call|apply|debounce|throttle|clear\w+|cancelAnimationFrame|use\w+)$/.test(name);
}

/** Whether a place to which a listener is assigned is the handler of some removal, or lies in another object. */
function isReleasedAs(left: Node, facts: Facts): boolean {
  const target = unwrap(left);
  if (target.type !== 'MemberExpression') {
    const variable = target.type === 'Identifier' ? facts.bindings.variableOf(target) : undefined;
    return variable !== undefined && facts.listeners.removals.some(({ handler }) => handler && isSameValue(handler, target, facts));
  }
  if (unwrap(target.object).type !== 'ThisExpression') return true;
  const name = memberName(target);
  return facts.listeners.removals.some(({ handler }) => {
    const removed = handler && unwrap(handler);
    return removed?.type === 'MemberExpression' && memberName(removed) === name;
  });
}

/** Where the file ends the target itself, and with it what listens to it. */
function endOfTarget(registration: ListenerRegistration, facts: Facts): Node | undefined {
  const { targetPlace } = registration;
  if (!targetPlace) return undefined;
  // The end of `this.client` ends `this.client.socket`, too.
  const shortest = targetPlace.root.type === 'variable' && declaringFunction(targetPlace.root.variable) ? 0 : 1;
  for (let length = targetPlace.path.length; length >= shortest; length--) {
    const end = facts.effectsOn({ root: targetPlace.root, path: targetPlace.path.slice(0, length) }).find(({ operation }) => operation.kind === 'end' && operation.how !== 'unsubscribe' && operation.how !== 'removeAllListeners' && !takesLeaveOf(operation.node));
    if (end) return end.operation.node;
  }
  return undefined;
}

/** `hub.detach(this)`, `pool.release(client)`: what is given leaves, and not what it is given to. */
function takesLeaveOf(node: Node): boolean {
  const call = parseMethodCall(node);
  return call !== undefined && /^(?:detach|release)$/.test(call.method) && call.args.length > 0;
}

/** Whether another listener of the same target is taken away, and by which call. */
export function removedSiblings(registration: ListenerRegistration, facts: Facts): { sibling: ListenerRegistration; removal: Node }[] {
  return facts.listeners.registrations.flatMap((sibling) => {
    if (sibling === registration || sibling.event === registration.event || sibling.fn !== registration.fn || sibling.style !== registration.style || !isSameTarget(sibling, registration, facts)) return [];
    const removal = removalsOf(sibling, facts).find((one) => one.handler && isSameTarget(one, sibling, facts) && !isOwnRemoval(one, sibling, facts));
    return removal ? [{ sibling, removal: removal.node }] : [];
  });
}
