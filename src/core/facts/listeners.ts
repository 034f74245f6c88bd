import type { TSESTree } from '@typescript-eslint/utils';
import { REGISTERS_LISTENER, REMOVES_LISTENER } from '../kinds/events.js';
import { hasPath, isFunctionNode, keyName, lastName, literalText, memberName, optionOf, parentOf, parseMethodCall, pathText, unwrap, wrapped, type MethodCall, type Node } from '../syntax/nodes.js';
import { onlyValue, type Bindings } from '../scope/bindings.js';
import { keyOfReference } from '../linkage/outline.js';
import { originOf } from './resource-names.js';
import type { Tree } from '../syntax/tree.js';
import type { FunctionFact, Functions } from './functions.js';
import { collectIterations } from './iterations.js';
import type { Destination, Place, Places } from './places.js';

/**
 * How a listener is added: by a method of the target (`method`), by a helper
 * that is given it (`helper`: `Events.on(document, 'click', fn)`), by a method
 * of an object that listens to another one (`listens-to`: `this.on(player,
 * 'play', fn)`), by a method named for the event (`event`:
 * `workspace.onDidChange(fn)`), by one that subscribes to the target as a whole
 * (`subscribe`), beside something else that is asked for (`callback`:
 * `server.listen(port, fn)`), or by a loop that goes on as long as its source
 * (`iterate`). `event` and `subscribe` give back what ends them.
 */
export type ListenerStyle = 'method' | 'helper' | 'listens-to' | 'event' | 'subscribe' | 'callback' | 'iterate';

/** A call that adds a listener. */
export interface ListenerRegistration {
  readonly node: TSESTree.CallExpression;
  readonly style: ListenerStyle;
  /** The method or helper as written: `process.on`. */
  readonly callee: string;
  /** The name of the method: `on`, `once`, `addEventListener`. */
  readonly method: string;
  /** What is listened to; the head of a chain `target.on(…).once(…)`. */
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
  /** The signal that takes it away, as `{ signal }`; or the options themselves, if the file does not show whether they have one. */
  readonly signal: Node | undefined;
  /** Whether it listens while the event goes down to its target, as `true` or `{ capture: true }` say; undefined if the file does not show it. */
  readonly capture: boolean | undefined;
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
  readonly capture: boolean | undefined;
  readonly fn: FunctionFact;
}

export interface Listeners {
  readonly registrations: readonly ListenerRegistration[];
  readonly removals: readonly ListenerRemoval[];
}

/** Every call of a file that adds or removes listeners, in source order. */
export function collectListeners(tree: Tree, functions: Functions, places: Places, bindings: Bindings, text: string, subscribers: ReadonlySet<string>): Listeners {
  const registrations: ListenerRegistration[] = [];
  const removals: ListenerRemoval[] = [];
  // const options = { signal };
  const shown = (options: Node | undefined): Node | undefined => {
    const inner = options && unwrap(options);
    const variable = inner?.type === 'Identifier' ? bindings.variableOf(inner) : undefined;
    return (variable && onlyValue(variable)) ?? inner;
  };
  const textOf = (node: Node): string => literalText(unwrap(node)) ?? text.slice(node.range[0], node.range[1]).replace(/\s+/g, '');
  const undone = collectUndone(tree, text);
  for (const node of tree.all('CallExpression')) {
    const removal = readRemoval(node, functions) ?? readUndoing(node, functions);
    if (removal) {
      const { method, eventNode, handler } = removal;
      const options = shown(removal.options);
      const target = headOf(removal.target);
      removals.push({ node, method, target, eventNode, handler, capture: captureOf(options), targetPlace: places.resolve(target), event: eventNode && textOf(eventNode), fn: functions.around(node) });
      continue;
    }
    const registration = readVerb(node, functions, undone, text) ?? readRegistration(node, functions) ?? readSubscription(node, functions, bindings, subscribers);
    if (!registration) continue;
    const { eventNode, handler, style, method } = registration;
    const options = shown(registration.options);
    const target = headOf(registration.target);
    registrations.push({
      node, style, method, target, eventNode, handler,
      callee: pathText(node.callee) ?? method,
      targetPlace: places.resolve(target),
      event: style === 'callback' ? 'listening' : eventNode ? textOf(eventNode) : method,
      handlerFn: functions.valueOf(handler),
      once: style === 'callback' || /once/i.test(method) || isTrue(optionOf(options, 'once')),
      signal: style === 'event' ? signalNamedIn(node.arguments.slice(1)) : isShown(options) ? optionOf(options, 'signal') : options,
      capture: captureOf(options),
      fn: functions.around(node),
      destination: places.destinationOf(endOfChain(node)),
    });
  }
  for (const { node, call, loops, start } of collectIterations(tree)) {
    registrations.push({
      node, style: 'iterate', method: call.method, target: call.object, eventNode: undefined, handler: loops,
      callee: pathText(node.callee) ?? call.method, targetPlace: places.resolve(call.object), event: call.method, handlerFn: functions.of(loops),
      once: false, signal: signalAmong(node.arguments, shown), capture: undefined, fn: functions.around(start), destination: { type: 'dropped', node: start },
    });
  }
  return { registrations: registrations.sort((left, right) => left.node.range[0] - right.node.range[0]), removals };
}

/** `store.changes(signal)`, `store.changes({ signal })`: options that are not written out may have one. */
function signalAmong(given: readonly Node[], shown: (options: Node | undefined) => Node | undefined): Node | undefined {
  return given.find((argument) => {
    const options = shown(argument);
    return hasPath(argument, /(?:signal|options?|opts|token)$/i) || (options?.type === 'ObjectExpression' && (!isShown(options) || optionOf(options, 'signal') !== undefined));
  });
}

/** `position.onUpdate(fn, { clearSignal: signal })`: whatever an event's own options call it. */
function signalNamedIn(options: readonly Node[]): Node | undefined {
  return options.find((one) => one.type === 'ObjectExpression' && one.properties.some((property) => property.type === 'Property' && /signal$/i.test(keyName(property) ?? '')));
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
    const given = readGiven(node.arguments, call, functions);
    if (given) return { ...given, method: name };
    if (!call) return undefined;
    // mediaQuery.addListener(fn), onMessage.addListener(fn)
    if (!second) return name.startsWith('add') && isFunctionValue(first, functions) ? { style: 'method', method: name, target: call.object, eventNode: undefined, handler: first, options: undefined } : undefined;
    return { style: 'method', method: name, target: call.object, eventNode: first, handler: second, options: third };
  }
  if (!call) return undefined;
  const style = NAMED_FOR_EVENT.test(name) || (name === 'event' && isEmitter(call.object)) ? 'event' : SUBSCRIBES.test(name) ? 'subscribe' : undefined;
  if (!style) return undefined;
  const last = node.arguments.at(-1);
  if (name === 'listen' && node.arguments.length > 1 && last && isFunctionValue(last, functions)) return { style: 'callback', method: name, target: call.object, eventNode: undefined, handler: last, options: undefined };
  if (node.arguments.length > 3 || !isFunctionValue(first, functions)) return undefined;
  return { style, method: name, target: call.object, eventNode: undefined, handler: first, options: undefined };
}

/** Verbs that undo others, where a file uses both on the same thing. */
const UNDOES: Readonly<Record<string, string>> = { unlisten: 'listen', unbind: 'bind', unsubscribe: 'subscribe', unobserve: 'observe', unwatch: 'watch' };
/** `addChangeListener(fn)`, `removeChangeListener(fn)`: verbs that name the event. */
const ADDS_NAMED = /^add(?!Event|Once)[A-Z]\w*Listener$/;
const REMOVES_NAMED = /^remove(?!Event|All)[A-Z]\w*Listener$/;

/** What the file undoes, and on what: `listen OrderStore`. Without that, `app.listen(PORT, fn)` is no listener. */
function collectUndone(tree: Tree, text: string): ReadonlySet<string> {
  return new Set(tree.all('CallExpression').flatMap((node) => {
    const call = parseMethodCall(node);
    const verb = call && Object.hasOwn(UNDOES, call.method) ? UNDOES[call.method] : undefined;
    return call && verb !== undefined && call.args.length > 0 ? [`${verb} ${writtenAs(call.object, text)}`] : [];
  }));
}

function writtenAs(node: Node, text: string): string {
  return text.slice(node.range[0], node.range[1]).replace(/\s+/g, '');
}

/** `store.listen('open', this.onOpen)`, which the file undoes elsewhere; `store.addChangeListener(this.onChange)`. */
function readVerb(node: TSESTree.CallExpression, functions: Functions, undone: ReadonlySet<string>, text: string): RegistrationParts | undefined {
  const call = parseMethodCall(node);
  const [first, second] = node.arguments;
  if (!call || !first) return undefined;
  const shape = { style: 'method', method: call.method, target: call.object, options: undefined } as const;
  if (ADDS_NAMED.test(call.method)) return !second && isListenerLike(first, functions) ? { ...shape, eventNode: undefined, handler: first } : undefined;
  return second && isEventName(first) && isListenerLike(second, functions) && undone.has(`${call.method} ${writtenAs(call.object, text)}`) ? { ...shape, eventNode: first, handler: second } : undefined;
}

/** `store.unlisten('open', this.onOpen)`, `store.removeChangeListener(this.onChange)`. */
function readUndoing(node: TSESTree.CallExpression, functions: Functions): RemovalParts | undefined {
  const call = parseMethodCall(node);
  const [first, second] = node.arguments;
  if (!call || !first) return undefined;
  const shape = { method: call.method, target: call.object, options: undefined };
  if (REMOVES_NAMED.test(call.method)) return !second && isListenerLike(first, functions) ? { ...shape, eventNode: undefined, handler: first } : undefined;
  return Object.hasOwn(UNDOES, call.method) && isEventName(first) ? { ...shape, eventNode: first, handler: second } : undefined;
}

/** `subscribeState(fn)`, of a function in another file that keeps `fn` and gives back what takes it away: the module is what is listened to. */
function readSubscription(node: TSESTree.CallExpression, functions: Functions, bindings: Bindings, subscribers: ReadonlySet<string>): RegistrationParts | undefined {
  const origin = subscribers.size > 0 ? originOf(node.callee, bindings) : undefined;
  if (origin?.module === undefined || !subscribers.has(keyOfReference({ from: origin.module, path: origin.path }))) return undefined;
  const handler = node.arguments.find((argument) => isFunctionValue(argument, functions));
  return handler && { style: 'subscribe', method: lastName(node.callee), target: node.callee, eventNode: undefined, handler, options: undefined };
}

/** `Filter.changes.event(fn)`, of an emitter after the pattern of Visual Studio Code: in a field of a class, where no method of that name is. */
function isEmitter(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' && /(?:emitter|changes?|changed|event)$/i.test(memberName(inner) ?? '');
}

/** A target that is given as the first argument: `Events.on(document, 'click', fn)`, `addListener(signal, fn)`, `this.on(player, 'play', fn)`. */
function readGiven([first, second, third, fourth]: readonly Node[], call: MethodCall | undefined, functions: Functions): Omit<RegistrationParts, 'method'> | undefined {
  if (!first || !second || isEventName(first)) return undefined;
  if (isEventName(second) || isNameList(second)) {
    if (!third) return undefined;
    if (!call || isNamespace(call.object)) return { style: 'helper', target: first, eventNode: second, handler: third, options: fourth };
    return isListenerLike(third, functions) ? { style: 'listens-to', target: first, eventNode: second, handler: third, options: fourth } : undefined;
  }
  return isFunctionValue(second, functions) && (!call || isNamespace(call.object)) ? { style: 'helper', target: first, eventNode: undefined, handler: second, options: third } : undefined;
}

type RemovalParts = Pick<ListenerRemoval, 'method' | 'target' | 'eventNode' | 'handler'> & { options: Node | undefined };

function readRemoval(node: TSESTree.CallExpression, functions: Functions): RemovalParts | undefined {
  const call = parseMethodCall(node);
  const [first, second, third, fourth] = node.arguments;
  const name = call?.method ?? (node.callee.type === 'Identifier' ? node.callee.name : '');
  if (!REMOVES_LISTENER.has(name)) return undefined;
  if (first && second && !isEventName(first)) {
    const isNamed = isEventName(second) || isNameList(second);
    if (!call || isNamespace(call.object) || (isNamed && third)) return isNamed ? { method: name, target: first, eventNode: second, handler: third, options: fourth } : { method: name, target: first, eventNode: undefined, handler: second, options: third };
  }
  if (!call) return undefined;
  // mediaQuery.removeListener(fn); a name alone takes away all listeners of the event.
  const isHandlerAlone = first && !second && !isEventName(first) && (name === 'removeListener' || isFunctionValue(first, functions));
  return isHandlerAlone ? { method: name, target: call.object, eventNode: undefined, handler: first, options: undefined } : { method: name, target: call.object, eventNode: first, handler: second, options: third };
}

/** `['ended', 'pause']` */
function isNameList(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'ArrayExpression' && inner.elements.length > 0 && inner.elements.every((element) => element !== null && isEventName(element));
}

/** A function, or a path that may lead to one. */
function isListenerLike(node: Node, functions: Functions): boolean {
  return isFunctionValue(node, functions) || unwrap(node).type === 'MemberExpression' || unwrap(node).type === 'Identifier';
}

/** The emitter at the head of a chain: `target.on('a', fn).once('b', fn)`. */
function headOf(node: Node): Node {
  let current = node;
  for (;;) {
    const call: MethodCall | undefined = parseMethodCall(unwrap(current));
    if (!call || !isChained(call)) return current;
    current = call.object;
  }
}

/** The last call of the chain in which a listener is added: what becomes of its value decides. */
function endOfChain(node: TSESTree.CallExpression): Node {
  let current: Node = node;
  for (;;) {
    const member = parentOf(wrapped(current));
    const call: Node | undefined = member?.type === 'MemberExpression' && unwrap(member.object) === current ? parentOf(wrapped(member)) : undefined;
    const parts: MethodCall | undefined = call && parseMethodCall(call);
    if (!call || !parts || !isChained(parts)) return current;
    current = call;
  }
}

function isChained({ method, args }: MethodCall): boolean {
  return args.length > 1 && (REGISTERS_LISTENER.has(method) || REMOVES_LISTENER.has(method));
}

/** Whether the file shows all options: a flag, or an object that is written out. */
function isShown(options: Node | undefined): boolean {
  return !options || options.type === 'Literal' || options.type === 'UnaryExpression' || (options.type === 'ObjectExpression' && options.properties.every(({ type }) => type === 'Property')) || isFunctionNode(options);
}

function captureOf(options: Node | undefined): boolean | undefined {
  const inner = options && unwrap(options);
  if (!inner) return false;
  if (inner.type === 'Literal') return inner.value === true;
  if (inner.type !== 'ObjectExpression' || inner.properties.some(({ type }) => type === 'SpreadElement')) return undefined;
  const capture = optionOf(inner, 'capture');
  return !capture ? false : capture.type === 'Literal' ? capture.value === true : undefined;
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
