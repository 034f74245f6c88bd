import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import type { Place } from '../facts/places.js';
import { comesOnce } from '../kinds/listener-targets.js';
import { declaringFunction, isParameter } from '../scope/bindings.js';
import { contains, hasPath, isClassNode, isFunctionNode, isNothing, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';
import { variablesUsedIn } from './closed-over.js';
import { testsAround } from './endings.js';
import { isSameTarget } from './listener-pairs.js';
import { isPattern } from './patterns.js';
import { runsOnce } from './runs-once.js';

/** How often a listener is added: each is another one that stays. */
export interface AddedAgain {
  readonly code: 'added-per-event' | 'added-per-request' | 'added-per-object' | 'added-per-call';
  readonly node: Node;
  /** The event, the class or the function. */
  readonly name: string;
}

/** Names of functions by which an application sets itself up; by their names they are called once. */
const SETS_UP = /^_?(?:activate|init|initiali[sz]e|install|setup|setUp|bootstrap|boot|main|cli|launch|register|configure|attach|bind|wire|listen|start|create|enable|add|hook|handle|load|mount|run|watch)(?:[A-Z_]\w*)?$/;
/** The same by what they are for: they set up a page, or all handlers at once. */
const SERVES_PROGRAM = /(?:Main|Preload|Polyfill|Handlers?|Listeners?|Hooks?|Shutdown|Script|Setup|SetUp|Startup|Init|Load)$/;
/** Names of classes of which a program has one. */
const ONE_PER_PROGRAM = /^(?:\w*App|\w*Application|Main|Program|Game|Root|Bootstrap\w*|\w*Shell|CLI)$/;

/** Callers of callers that are asked. */
const MAX_CALLERS = 3;

/** Whether a class is named like one of which a program has one object. */
export function isOnePerProgram(className: string): boolean {
  return ONE_PER_PROGRAM.test(className);
}

/** Whether the code that adds a listener runs once per program, so that there is one listener and nothing to take away. */
export function isAddedOnce({ fn, node }: ListenerRegistration, facts: Facts): boolean {
  // A callback that is not called again is a part of one run of the function around it.
  for (let home: FunctionFact | undefined = fn; home; home = home.inline ? home.parent : undefined) if (runsOnce(home, facts)) return true;
  return isFlagged(node, fn, facts) || isOnlyInstance(fn, facts);
}

/** `if (!known.has(socket)) { known.add(socket); socket.on(…); }`: one listener for each target, however often the code runs. */
export function isCountedByTarget({ node, fn, target }: ListenerRegistration, facts: Facts): boolean {
  const text = pathText(target);
  return text !== undefined && testsAround(node, fn.node).some((test) => facts.tree.some(test, (part) => {
    const call = parseMethodCall(part);
    return call !== undefined && /^(?:has|includes|get|listenerCount|listeners)$/.test(call.method) && (call.args.some((argument) => pathText(argument) === text) || (call.method.startsWith('listener') && pathText(call.object) === text));
  }));
}

/** `if (!installed) { installed = true; process.on(…); }`: under a flag of the module or of the class, where it stands or wherever its function is called. */
function isFlagged(node: Node, fn: FunctionFact, facts: Facts): boolean {
  const calls = facts.functions.callsOf(fn);
  return asksForFlag(node, fn, facts) || (calls.length > 0 && calls.every((call) => asksForFlag(call.node, call.from, facts)));
}

function asksForFlag(node: Node, fn: FunctionFact, facts: Facts): boolean {
  return testsAround(node, fn.node).some((test) => facts.tree.some(test, (part) => {
    const place = part.type === 'Identifier' || part.type === 'MemberExpression' ? facts.places.resolve(part) : undefined;
    return place !== undefined && outlivesInstances(place) && assignmentsTo(place, facts).some(({ right }) => !isNothing(unwrap(right)));
  }));
}

function outlivesInstances({ root, path }: Place): boolean {
  if (root.type === 'owner') return root.isStatic && path.length > 0;
  if (root.type === 'module') return true;
  return root.type === 'global' ? path.length > 0 : declaringFunction(root.variable) === undefined;
}

/** The only object of its class: made by the module, or by the class itself when it is first asked for. */
function isOnlyInstance(fn: FunctionFact, facts: Facts): boolean {
  const owner = fn.self && !fn.self.isStatic ? fn.self.owner : undefined;
  if (!owner) return false;
  if (owner.kind === 'object') return facts.functions.around(owner.node) === facts.functions.module && !isPattern(owner.node);
  // new class { … }
  if (parentOf(owner.node)?.type === 'NewExpression') return true;
  const made = facts.functions.constructionsOf(owner);
  return made.length > 0 && made.every((construction) => {
    const maker = facts.functions.around(construction);
    return maker === facts.functions.module || (maker.self?.isStatic === true && maker.self.owner === owner) || isMemoised(construction, facts);
  });
}

/** `instance ??= new Store()`, `if (!instance) instance = new Store()`: kept by the module. */
function isMemoised(construction: Node, facts: Facts): boolean {
  const destination = facts.places.destinationOf(construction);
  return destination.type === 'place' && outlivesInstances(destination.place) && destination.node.type === 'AssignmentExpression';
}

/** What makes the same listener come again; undefined if nothing shows that it does. */
export function findAddedAgain(registration: ListenerRegistration, facts: Facts): AddedAgain | undefined {
  const { fn } = registration;
  if (takesItselfOff(fn, facts)) return undefined;
  const event = eventAround(fn, facts);
  if (event) return event;
  const route = routeAround(fn, facts);
  if (route) return { code: 'added-per-request', node: route.node, name: route.name };
  const { self } = fn;
  if (self && !self.isStatic && (isClassNode(self.owner.node) || self.owner.kind === 'prototype')) {
    return isOnePerProgram(self.owner.name) ? undefined : { code: 'added-per-object', node: fn.node, name: self.owner.name };
  }
  const home = namedHome(fn);
  if (!home || !isFunctionNode(home.node) || (/^on[A-Z]/.test(home.name) && takesListener(home)) || !isOpenToCalls(home, facts)) return undefined;
  // What it holds, or another listener beside it, is another thing for each call.
  const beside = facts.listeners.registrations.filter((one) => one.fn === fn && isSameTarget(one, registration, facts)).flatMap((one) => one.handlerFn ?? []);
  const holds = beside.some((handler) => variablesUsedIn(handler.node, facts).some((variable) => isParameter(variable) && isOfCall(declaringFunction(variable), home)));
  return holds ? { code: 'added-per-call', node: home.node, name: home.name } : undefined;
}

/** Whether others call a function as often as they like, or what does is the only one to call it; not what sets up a program by its name. */
function isOpenToCalls(home: FunctionFact, facts: Facts, depth = 0): boolean {
  if (SETS_UP.test(home.name) || SERVES_PROGRAM.test(home.name)) return false;
  if (home.escapes || isExportedFunction(home)) return true;
  const callers = facts.functions.callersOf(home).map(namedHome);
  return depth < MAX_CALLERS && callers.length > 0 && callers.every((caller) => caller !== undefined && caller !== home && caller !== facts.functions.module && isOpenToCalls(caller, facts, depth + 1));
}

/** Whether a parameter is that of a function, or of the executor of a promise that it makes. */
function isOfCall(declaring: Node | undefined, home: FunctionFact): boolean {
  return declaring === home.node || (declaring !== undefined && contains(home.node, declaring) && parentOf(wrapped(declaring))?.type === 'NewExpression');
}

/** The function that runs for each request or connection to a route. */
function routeAround(fn: FunctionFact, facts: Facts): FunctionFact | undefined {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.inline ? current.parent : undefined) if (current.ownTriggers.has('request')) return current;
  return undefined;
}

/** `module.exports = function attach(rpc) { … }` */
function isExportedFunction({ node }: FunctionFact): boolean {
  const parent = isFunctionNode(node) ? parentOf(node) : undefined;
  return parent?.type === 'AssignmentExpression' && hasPath(parent.left, /^(?:module\.)?exports(?:\.|$)/);
}

/** The event of which a listener adds another one. */
function eventAround(fn: FunctionFact, facts: Facts): AddedAgain | undefined {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.inline ? current.parent : undefined) {
    const registration = takesListener(current) ? undefined : current.registrations.find(({ event, node }) => event !== '' && !comesOnce(event) && !isOnce(node));
    if (registration) return { code: 'added-per-event', node: registration.node, name: registration.event };
  }
  return undefined;
}

/** `api.onPresence = (callback) => { … }` takes a listener, and hears of nothing itself. */
export function takesListener({ node }: FunctionFact): boolean {
  return isFunctionNode(node) && parentOf(node)?.type === 'AssignmentExpression' && node.params.some((parameter) => parameter.type === 'Identifier' && /^(?:cb|fn|callback|listener|handler|observer|subscriber)$/.test(parameter.name));
}

/** `function onData() { socket.off('data', onData); … }`: a listener that hears one event. */
export function takesItselfOff(fn: FunctionFact, facts: Facts): boolean {
  return facts.listeners.removals.some((removal) => removal.fn === fn && removal.handler && facts.functions.valueOf(removal.handler) === fn);
}

function isOnce(node: Node): boolean {
  const call = parseMethodCall(node);
  return call !== undefined && (/once/i.test(call.method) || call.args.some((argument) => argument.type === 'ObjectExpression'));
}

function namedHome(fn: FunctionFact): FunctionFact | undefined {
  for (let current: FunctionFact | undefined = fn; current; current = current.inline ? current.parent : undefined) if (current.name !== '') return current;
  return undefined;
}

/** A function that a framework runs when a component is put in place: `onMounted(() => …)`. */
export function mountCallback(fn: FunctionFact): Node | undefined {
  const call = isFunctionNode(fn.node) ? parentOf(fn.node) : undefined;
  return call?.type === 'CallExpression' && hasPath(call.callee, /^(?:onMounted|onBeforeMount|onActivated|onMount)$/) ? call : undefined;
}
