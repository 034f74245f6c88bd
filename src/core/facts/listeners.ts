import type { TSESTree } from '@typescript-eslint/utils';
import { REGISTERS_LISTENER, REMOVES_LISTENER } from '../kinds/events.js';
import { isFunctionNode, literalText, optionOf, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { FunctionFact, Functions } from './functions.js';
import type { Destination, Place, Places } from './places.js';

/**
 * How a listener is added: by a method of the target (`method`), by a helper
 * that is given it (`helper`: `Events.on(document, 'click', fn)`), by a method
 * named for the event (`event`: `workspace.onDidChange(fn)`), or by one that
 * subscribes to the target as a whole (`subscribe`). The last two give back
 * what ends it.
 */
export type ListenerStyle = 'method' | 'helper' | 'event' | 'subscribe';

/** A call that adds a listener. */
export interface ListenerRegistration {
  readonly node: TSESTree.CallExpression;
  readonly style: ListenerStyle;
  /** The method or helper as written: `process.on`. */
  readonly callee: string;
  /** The name of the method: `on`, `once`, `addEventListener`. */
  readonly method: string;
  /** What is listened to. */
  readonly target: Node;
  /** Its place; undefined for the result of a call and the like. */
  readonly targetPlace: Place | undefined;
  /** The event, where one is named. */
  readonly eventNode: Node | undefined;
  /** Its text: a literal, or the expression as written. */
  readonly event: string;
  readonly handler: Node;
  readonly handlerFn: FunctionFact | undefined;
  /** `once`, `{ once: true }`: it goes when the event comes; if it never comes, it stays. */
  readonly once: boolean;
  /** The signal that takes it away: `{ signal }`. */
  readonly signal: Node | undefined;
  /** The function in which it is added. */
  readonly fn: FunctionFact;
  /** What becomes of the call's value: for `event` and `subscribe` that is what ends it. */
  readonly destination: Destination;
}

/** A call that takes listeners away. */
export interface ListenerRemoval {
  readonly node: TSESTree.CallExpression;
  readonly method: string;
  readonly target: Node;
  readonly targetPlace: Place | undefined;
  /** Undefined takes away those of all events. */
  readonly eventNode: Node | undefined;
  readonly event: string | undefined;
  /** Undefined takes away all listeners of the event. */
  readonly handler: Node | undefined;
  readonly fn: FunctionFact;
}

export interface Listeners {
  readonly registrations: readonly ListenerRegistration[];
  readonly removals: readonly ListenerRemoval[];
}

/** Every call of a file that adds or removes listeners, in source order. */
export function collectListeners(tree: Tree, functions: Functions, places: Places, text: string): Listeners {
  const registrations: ListenerRegistration[] = [];
  const removals: ListenerRemoval[] = [];
  const textOf = (node: Node): string => literalText(unwrap(node)) ?? text.slice(node.range[0], node.range[1]).replace(/\s+/g, '');
  for (const node of tree.all('CallExpression')) {
    const removal = readRemoval(node);
    if (removal) {
      const { target, eventNode } = removal;
      removals.push({ node, ...removal, targetPlace: places.resolve(target), event: eventNode && textOf(eventNode), fn: functions.around(node) });
      continue;
    }
    const registration = readRegistration(node, functions);
    if (!registration) continue;
    const { target, eventNode, handler, options, style, method } = registration;
    registrations.push({
      node, style, method, target, eventNode, handler,
      callee: pathText(node.callee) ?? method,
      targetPlace: places.resolve(target),
      event: eventNode ? textOf(eventNode) : method,
      handlerFn: functions.valueOf(handler),
      once: /once/i.test(method) || isTrue(optionOf(options, 'once')),
      signal: optionOf(options, 'signal'),
      fn: functions.around(node),
      destination: places.destinationOf(node),
    });
  }
  return { registrations, removals };
}

interface RegistrationParts {
  readonly style: ListenerStyle;
  readonly method: string;
  readonly target: Node;
  readonly eventNode: Node | undefined;
  readonly handler: Node;
  readonly options: Node | undefined;
}

const SUBSCRIBES = /^(?:subscribe|listen|observe|watch)$/;
/** `onDidChange(fn)`, `onExit(fn)`: methods named for an event. */
const NAMED_FOR_EVENT = /^on(?:Did|Will)?[A-Z]\w*$/;

function readRegistration(node: TSESTree.CallExpression, functions: Functions): RegistrationParts | undefined {
  const call = parseMethodCall(node);
  const [first, second, third] = node.arguments;
  if (!first) return undefined;
  const name = call?.method ?? (node.callee.type === 'Identifier' ? node.callee.name : '');
  if (REGISTERS_LISTENER.has(name)) {
    // Events.on(document, 'click', fn); addListener(signal, fn)
    if (second && !isEventName(first) && (isEventName(second) ? third : isFunctionValue(second, functions)) && (!call || isNamespace(call.object))) {
      return isEventName(second) && third ? { style: 'helper', method: name, target: first, eventNode: second, handler: third, options: node.arguments[3] } : { style: 'helper', method: name, target: first, eventNode: undefined, handler: second, options: third };
    }
    return call && second ? { style: 'method', method: name, target: call.object, eventNode: first, handler: second, options: third } : undefined;
  }
  if (!call || node.arguments.length > 3 || !isFunctionValue(first, functions)) return undefined;
  if (NAMED_FOR_EVENT.test(name)) return { style: 'event', method: name, target: call.object, eventNode: undefined, handler: first, options: undefined };
  return SUBSCRIBES.test(name) ? { style: 'subscribe', method: name, target: call.object, eventNode: undefined, handler: first, options: undefined } : undefined;
}

function readRemoval(node: TSESTree.CallExpression): Pick<ListenerRemoval, 'method' | 'target' | 'eventNode' | 'handler'> | undefined {
  const call = parseMethodCall(node);
  const [first, second, third] = node.arguments;
  const name = call?.method ?? (node.callee.type === 'Identifier' ? node.callee.name : '');
  if (!REMOVES_LISTENER.has(name)) return undefined;
  if (first && second && !isEventName(first) && (!call || isNamespace(call.object))) {
    return isEventName(second) ? { method: name, target: first, eventNode: second, handler: third } : { method: name, target: first, eventNode: undefined, handler: second };
  }
  return call ? { method: name, target: call.object, eventNode: first, handler: second } : undefined;
}

/** A literal, or a constant by its spelling: `'close'`, `` `x` ``, `EVENTS.CLOSE`, `kReady`. */
function isEventName(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'Literal' || inner.type === 'TemplateLiteral') return true;
  if (inner.type === 'MemberExpression' && !inner.computed) return inner.property.type === 'Identifier' && /^[A-Z]/.test(inner.property.name);
  return inner.type === 'Identifier' && /^(?:[A-Z][A-Z\d_]+|k[A-Z]\w*|event|eventName|eventType|type)$/.test(inner.name);
}

/** `Events.on(…)`, `util.addListener(…)`: a module of helpers, not an emitter. */
function isNamespace(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'Identifier' && (/^[A-Z]/.test(inner.name) || /^(?:utils?|helpers?|events|dom)$/i.test(inner.name));
}

function isFunctionValue(node: Node, functions: Functions): boolean {
  const inner = unwrap(node);
  return isFunctionNode(inner) || functions.valueOf(inner) !== undefined || parseMethodCall(inner)?.method === 'bind';
}

function isTrue(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === true;
}
