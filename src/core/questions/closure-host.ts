import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { declaringFunction, isParameter, type Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, lastName, literalText, parentOf, unwrap, wrapped, type CallLike, type Node } from '../syntax/nodes.js';
import { ROUTE_METHODS } from '../kinds/events.js';
import { lifetimeOf } from './lifetime.js';

/** Factories that make factories; deeper, the answer is that nobody knows. */
const MAX_DEPTH = 4;
/** Methods by which an application takes what it will run for as long as it lives: tools, commands, routes, hooks. */
const TAKES_FOR_GOOD = /^_?(?:register|define|use|route|tool|command|hook|decorate|plugin|resource|prompt)(?=[A-Z]|$)/;
/** Events of something that has many of what they announce: a server, not one of its connections. */
const ANNOUNCES = new Set(['connection', 'connect', 'request', 'upgrade', 'session', 'secureConnection', 'stream', 'message', 'command', 'interaction']);
/** Names of what lives as long as a connection or a request. */
const SHORT_LIVED = /(?:socket|conn|connection|req|request|res|response|reply|stream|ws|client|child|proc|process|session|peer|signal|controller|el|element|node)$/i;

/**
 * Whether a variable that functions close over lives as long as an object from
 * outside the function that declares it: a handler of the application, a tool
 * of a server, a listener of something imported, or a module's own object.
 * Otherwise whoever called the function decides.
 */
export function livesWithHost(place: Place, facts: Facts): boolean {
  return place.root.type === 'variable' && isHosted(place.root.variable, facts, 0);
}

function isHosted(variable: Variable, facts: Facts, depth: number): boolean {
  const home = facts.functions.of(declaringFunction(variable) as Node);
  if (!home || depth > MAX_DEPTH) return false;
  const users = new Set<FunctionFact>();
  for (const reference of variable.references) {
    for (let fn: FunctionFact | undefined = facts.functions.around(reference.identifier); fn && fn !== home; fn = fn.parent) users.add(fn);
  }
  // A local function that uses it is used in turn by those that call it.
  for (const fn of users) for (const call of facts.functions.callsOf(fn)) {
    for (let caller: FunctionFact | undefined = call.from; caller && caller !== home && contains(home.node, caller.node); caller = caller.parent) users.add(caller);
  }
  return [...users].some((fn) => isTakenByHost(fn, home, facts) || isReturnedToHost(fn, home, facts, depth));
}

/** `server.registerTool(…, fn)`, `app.get('/x', fn)`, `io.on('connection', fn)`, where the object is not the function's own. */
function isTakenByHost(fn: FunctionFact, home: FunctionFact, facts: Facts): boolean {
  if (!isFunctionNode(fn.node)) return false;
  const call = callThatTakes(fn.node);
  const callee = call && unwrap(call.callee);
  if (!call || callee?.type !== 'MemberExpression') return false;
  const method = lastName(callee);
  const place = facts.places.resolve(callee.object);
  const root = place?.root;
  if (!place || !root) return false;
  if (root.type === 'variable' && declaringFunction(root.variable) === home.node && !isParameter(root.variable)) return false;
  const name = place.path.at(-1) ?? (root.type === 'variable' ? root.variable.name : root.type === 'global' ? root.name : '');
  if (root.type !== 'global' && SHORT_LIVED.test(name)) return false;
  const first = literalText(call.arguments[0]) ?? '';
  if (TAKES_FOR_GOOD.test(method) || (ROUTE_METHODS.has(method) && /^[/*]/.test(first))) return true;
  const isFromOutside = root.type === 'global' || (root.type === 'variable' && declaringFunction(root.variable) === undefined);
  return /^(?:on|addListener|addEventListener)$/.test(method) && (isFromOutside || ANNOUNCES.has(first));
}

/** The call that is given a function, itself or in an object literal. */
function callThatTakes(fn: Node): CallLike | undefined {
  let node = wrapped(fn);
  for (let parent = parentOf(node); parent; parent = parentOf(node)) {
    if (parent.type === 'CallExpression') return unwrap(parent.callee) === unwrap(node) ? undefined : parent;
    if (parent.type !== 'Property' && parent.type !== 'ObjectExpression') return undefined;
    node = wrapped(parent);
  }
  return undefined;
}

/** A factory gives the function back, and each of its callers in this file keeps that for good. */
function isReturnedToHost(fn: FunctionFact, home: FunctionFact, facts: Facts, depth: number): boolean {
  if (!isFunctionNode(fn.node) || !isReturned(fn, facts)) return false;
  const calls = facts.functions.callsOf(home);
  return calls.length > 0 && calls.every((call) => {
    const destination = facts.places.destinationOf(call.node);
    if (destination.type === 'argument') return callThatTakes(call.node) !== undefined && call.from === facts.functions.module;
    if (destination.type !== 'place') return false;
    const lifetime = lifetimeOf(destination.place, facts);
    if (lifetime === 'process') return true;
    return lifetime === 'closure' && destination.place.root.type === 'variable' && isHosted(destination.place.root.variable, facts, depth + 1);
  });
}

function isReturned(fn: FunctionFact, facts: Facts): boolean {
  if (facts.places.destinationOf(fn.node).type === 'returned') return true;
  const { node } = fn;
  const id = node.type === 'FunctionDeclaration' ? node.id : undefined;
  const variable = id ? facts.bindings.variableOf(id) : undefined;
  return variable?.references.some((reference) => reference.isRead() && facts.places.destinationOf(reference.identifier).type === 'returned') ?? false;
}
