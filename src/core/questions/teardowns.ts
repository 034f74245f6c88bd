import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Owner } from '../facts/owners.js';
import { keyDomain } from '../kinds/keys.js';
import { isTeardownName } from '../kinds/releases.js';
import { addTo } from '../multimap.js';
import { bodyNodes, hasPath, isFunctionNode, keyName, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { removesItself } from './patterns.js';

/**
 * The functions that end the object in which a function runs: methods of its
 * class, and functions that the factory around it returns. By name, since an
 * empty teardown is one, too; but not those that end one entry of many, or only
 * pass the word on to something else, nor the function's own callers, which
 * would end what they have just started.
 */
export function teardownsAround(fn: FunctionFact, facts: Facts): FunctionFact[] {
  const found = new Set<FunctionFact>();
  if (fn.self) for (const method of methodsOf(fn.self.owner, facts)) found.add(method);
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) {
    for (const method of returnedBy(current, facts)) found.add(method);
  }
  return [...found].filter((method) => (isTeardown(method.name, facts) || removesItself(method, facts)) && !endsOneOfMany(method) && !isTransportControl(method) && !onlyForwards(method, facts) && !onlyAsserts(method) && !isRunByInterval(method, facts) && !facts.summaries.reach(method).has(fn));
}

/** `setInterval(this.cleanup.bind(this), ms)`: what is done again and again ends no owner. */
export function isRunByInterval(fn: FunctionFact, facts: Facts): boolean {
  return facts.timers.some(({ callback, kind }) => callback === fn && kind.id === 'interval');
}

/** Whether a name is that of a function that ends what it belongs to. */
export function isTeardown(name: string, facts: Facts): boolean {
  return isTeardownName(name) || facts.settings.cleanupFunctions.includes(name);
}

/** Callers that are asked whether they run at the end only. */
const MAX_CALLERS = 4;

/** Whether a function runs only when its owner ends: a hidden one when all its callers do, another by its name. */
export function runsAtEnd(fn: FunctionFact, facts: Facts, depth = 0): boolean {
  if (fn.inline && fn.parent) return runsAtEnd(fn.parent, facts, depth);
  const callers = facts.functions.callersOf(fn);
  const isHidden = fn.method ? fn.method.member.isPrivate || fn.method.member.name.startsWith('_') : !fn.escapes;
  if (isHidden && callers.length > 0) return depth < MAX_CALLERS && callers.every((caller) => runsAtEnd(caller, facts, depth + 1));
  // [kClose]() is a close(), too.
  const name = fn.name.replace(/^\[k?(\w)(\w*)\]$/, (_, first: string, rest: string) => first.toLowerCase() + rest);
  return name !== '' && isTeardown(name, facts) && !endsOneOfMany(fn);
}

/** `kill(sessionId)` ends a session, not the object that has the method. */
export function endsOneOfMany(fn: FunctionFact): boolean {
  const [first] = isFunctionNode(fn.node) ? fn.node.params : [];
  if (first?.type !== 'Identifier' || first.optional) return false;
  // `unregister(property)`: what is registered is what it is given.
  if (/^[_#]*unregister$/.test(fn.name)) return true;
  const domain = keyDomain([first.name]);
  return domain === 'entity' || domain === 'identifier';
}

/** `stop()` beside `pause()` and `seek()` stops what is played, which may be played again. */
function isTransportControl({ name, method }: FunctionFact): boolean {
  return name === 'stop' && method !== undefined && ['pause', 'resume', 'seek', 'play'].filter((control) => method.owner.members.has(control)).length >= 2;
}

/** The methods of an owner, those of its super classes in this file included. */
export function methodsOf(owner: Owner, facts: Facts): FunctionFact[] {
  const methods: FunctionFact[] = [];
  const seen = new Set<Owner>();
  for (let current: Owner | undefined = owner; current && !seen.has(current); current = facts.owners.superOf(current)) {
    seen.add(current);
    for (const member of current.members.values()) {
      const method = member.fn && !isAccessor(member.node) ? facts.functions.of(member.fn) : undefined;
      if (method) methods.push(method);
    }
  }
  return methods;
}

/** `get destroyed()` says whether the owner has ended, and ends nothing. */
function isAccessor(node: Node): boolean {
  return (node.type === 'MethodDefinition' || node.type === 'Property') && (node.kind === 'get' || node.kind === 'set');
}

/** Names that are also given to what an object does to something else: `end()` may end a call for all who take part. */
const ALSO_AN_ACTION = /^[_#]*(?:end|stop|stopAll|quit|kill|killAll|abort|release|discard|detach|disconnect|terminate|finalize)$/;

/**
 * Whether an ending only passes the word on: `stop() { this.engine.stop(); }`
 * sends a message, or calls what has the same name, and neither releases nor
 * changes anything of its own. What it ends is something else.
 */
function onlyForwards(fn: FunctionFact, facts: Facts): boolean {
  if (!ALSO_AN_ACTION.test(fn.name) || !isFunctionNode(fn.node) || bodyNodes(fn.node).length === 0) return false;
  if (facts.tree.some(fn.node, (node) => isInheritedCall(node, facts)) || !facts.tree.some(fn.node, (node) => passesOn(node, bare(fn.name)))) return false;
  return facts.summaries.of(fn).every(({ operation: { kind, how } }) => !CHANGES.has(kind) || (kind === 'end' && how === bare(fn.name)));
}

/** Whether a function does nothing but check that all has ended: `shutdown() { assert(this.timer === null); }`. */
export function onlyAsserts({ node }: FunctionFact): boolean {
  const body = isFunctionNode(node) ? bodyNodes(node) : [];
  return body.length > 0 && body.every(isCheck);
}

/** A call of `assert`, a `throw`, or one under a condition. */
function isCheck(node: Node): boolean {
  switch (node.type) {
    case 'BlockStatement':
      return node.body.length > 0 && node.body.every(isCheck);
    case 'IfStatement':
      return isCheck(node.consequent) && (!node.alternate || isCheck(node.alternate));
    case 'ExpressionStatement':
      return isCheck(unwrap(node.expression));
    case 'CallExpression':
      return hasPath(node.callee, /^(?:console\.)?(?:assert|invariant)(?:\.\w+)?$/);
    default:
      return node.type === 'ThrowStatement';
  }
}

/** Methods that send a message. */
const SENDS = /^(?:send|emit|post|write|publish|dispatch|notify|request|invoke|signal|trigger|broadcast|call)(?:[A-Z]\w*)?$/;

/** A call of the same name on something else, or one that sends a message. */
function passesOn(node: Node, name: string): boolean {
  const method = parseMethodCall(node)?.method;
  return method !== undefined && (method === name || SENDS.test(method));
}

/** `super.stop()`, or a method of the object that another file has: what that lets go, this file does not show. */
function isInheritedCall(node: Node, facts: Facts): boolean {
  const method = parseMethodCall(node);
  const object = method && unwrap(method.object);
  return object?.type === 'Super' || (object?.type === 'ThisExpression' && node.type === 'CallExpression' && !facts.functions.valueOf(node.callee));
}

/** What a function does that lets something go, or notes that it has ended. */
const CHANGES: ReadonlySet<string> = new Set(['shrink', 'empty', 'blank', 'clear', 'end', 'invoke']);

function bare(name: string): string {
  return name.replace(/^[_#]+/, '');
}

/** What each factory of a file hands out; asked for once per file. */
const handedOut = new WeakMap<Facts, ReadonlyMap<FunctionFact, FunctionFact[]>>();

/** The functions in an object that a factory returns: `return { quotes, close() {} }`. */
function returnedBy(fn: FunctionFact, facts: Facts): readonly FunctionFact[] {
  let byFactory = handedOut.get(facts);
  if (!byFactory) handedOut.set(facts, (byFactory = collectHandedOut(facts)));
  return byFactory.get(fn) ?? [];
}

function collectHandedOut(facts: Facts): Map<FunctionFact, FunctionFact[]> {
  const byFactory = new Map<FunctionFact, FunctionFact[]>();
  for (const object of facts.tree.all('ObjectExpression')) {
    const named = object.properties.some((property) => property.type === 'Property' && !isAccessor(property) && isTeardown(keyName(property) ?? '', facts));
    if (!named || !isReturned(object, facts)) continue;
    const factory = facts.functions.around(object);
    const functions = object.properties.flatMap((property) => (property.type === 'Property' && !isAccessor(property) ? (facts.functions.valueOf(property.value) ?? []) : []));
    addTo(byFactory, factory, ...functions);
  }
  return byFactory;
}

function isReturned(object: Node, facts: Facts): boolean {
  const destination = facts.places.destinationOf(object);
  if (destination.type === 'returned') return true;
  const variable = facts.owners.ofNode(object)?.variable;
  return variable?.references.some((reference) => !reference.isWrite() && facts.places.destinationOf(reference.identifier).type === 'returned') ?? false;
}
