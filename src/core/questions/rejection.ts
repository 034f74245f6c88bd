import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { flowOf } from '../flow/flow.js';
import { isParameter, onlyValue } from '../scope/bindings.js';
import { isFunctionNode, lastName, parseMethodCall, pathText, unwrap, type FunctionNode, type Node } from '../syntax/nodes.js';

/** Whether a promise may be rejected, as far as the file shows: a call of other code may, a variable perhaps. */
export type Rejection = 'no' | 'perhaps' | 'yes';

/** Calls and promises in a row that are followed. Deeper, the answer is `perhaps`. */
const MAX_DEPTH = 6;
/** Callees that only wait: their name says that nothing is done that could fail. */
const WAITS = /^(?:sleep|delay|wait|pause|tick|nextTick|setTimeout|setImmediate|wait(?:For)?(?:Ms|Seconds|Tick|Time|Timeout)|sleep(?:Ms|Seconds)|next(?:Frame|Turn))$/i;

/**
 * Whether awaiting a value can throw. `settles` are functions whose rejection
 * does not count: the callback of a timer that is over once it has run.
 */
export function rejectionOf(awaited: Node, facts: Facts, settles: ReadonlySet<Node> = new Set(), depth = 0): Rejection {
  const node = unwrap(awaited);
  if (depth > MAX_DEPTH) return 'perhaps';
  const inner = (one: Node): Rejection => rejectionOf(one, facts, settles, depth + 1);
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'ObjectExpression':
    case 'ThisExpression':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return 'no';
    case 'Identifier': {
      const variable = facts.bindings.variableOf(node);
      const value = variable && onlyValue(variable);
      // Who hands in a promise, or code to wait for, may hand in one that fails.
      return value ? inner(value) : variable && isParameter(variable) ? 'yes' : 'perhaps';
    }
    case 'ConditionalExpression':
      return worst([inner(node.consequent), inner(node.alternate)]);
    case 'LogicalExpression':
      return worst([inner(node.left), inner(node.right)]);
    case 'NewExpression':
      return pathText(node.callee) === 'Promise' ? ofExecutor(node.arguments[0], facts, settles) : 'perhaps';
    case 'ArrayExpression':
      return worst(node.elements.map((element) => (element ? inner(element.type === 'SpreadElement' ? element.argument : element) : 'no')));
    case 'ImportExpression':
      return 'yes';
    case 'CallExpression':
      return ofCall(node, facts, settles, depth);
    default:
      return 'perhaps';
  }
}

function ofCall(node: Extract<Node, { type: 'CallExpression' }>, facts: Facts, settles: ReadonlySet<Node>, depth: number): Rejection {
  const inner = (one: Node): Rejection => rejectionOf(one, facts, settles, depth + 1);
  const text = pathText(node.callee);
  const [first, second] = node.arguments;
  switch (text) {
    case 'Promise.allSettled':
    case 'Promise.resolve':
      return text === 'Promise.resolve' && first ? inner(first) : 'no';
    case 'Promise.all':
    case 'Promise.race':
    case 'Promise.any':
      return first ? inner(first) : 'no';
  }
  const method = parseMethodCall(node);
  switch (method?.method) {
    case 'catch':
      return callbackRejection(first, facts, settles, depth);
    case 'finally':
      return inner(method.object);
    case 'then':
      return worst([second ? callbackRejection(second, facts, settles, depth) : inner(method.object), callbackRejection(first, facts, settles, depth)]);
    case 'map':
      // What a list of promises is made of: `Promise.all(items.map(async …))`.
      return first && isFunctionNode(unwrap(first)) ? callbackRejection(first, facts, settles, depth) : 'yes';
  }
  // What a collection of the file holds was given to it: a promise, perhaps one whose failure is caught.
  if (method?.method === 'get' && isOwnCollection(method.object, facts)) return 'perhaps';
  if (WAITS.test(lastName(node.callee))) return 'no';
  const callee = facts.functions.around(node).calls.find((call) => call.node === node)?.to;
  return callee ? ofFunction(callee, facts, settles, depth + 1) : 'yes';
}

function isOwnCollection(object: Node, facts: Facts): boolean {
  const place = facts.places.resolve(object);
  return place !== undefined && facts.collections.some((collection) => facts.places.key(collection.place) === facts.places.key(place));
}

/** Whether what a callback returns or throws rejects the promise made of it. One that the file does not show only handles. */
function callbackRejection(callback: Node | undefined, facts: Facts, settles: ReadonlySet<Node>, depth: number): Rejection {
  const fn = callback && facts.functions.valueOf(callback);
  return fn && !settles.has(fn.node) ? ofFunction(fn, facts, settles, depth + 1) : 'no';
}

/** Whether the promise that a function of this file returns may be rejected. What it calls without awaiting is believed to succeed. */
function ofFunction(fn: FunctionFact, facts: Facts, settles: ReadonlySet<Node>, depth: number): Rejection {
  if (depth > MAX_DEPTH || !isFunctionNode(fn.node)) return 'perhaps';
  const flow = flowOf(fn.node, facts.tree);
  const mayThrow = (node: Node): boolean => node.type === 'ThrowStatement' || (node.type === 'AwaitExpression' && rejectionOf(node.argument, facts, settles, depth + 1) !== 'no') || (node.type === 'ForOfStatement' && node.await);
  if (flow.leavesWithout(undefined, [], { byThrow: 'only', mayThrow })) return 'yes';
  return worst(returnedBy(fn.node, facts).filter((value) => flow.stepOf(value) && mayBePromise(value)).map((value) => rejectionOf(value, facts, settles, depth + 1)));
}

function returnedBy(fn: FunctionNode, facts: Facts): Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  return facts.tree.all('ReturnStatement').flatMap((statement) => (statement.argument && facts.functions.around(statement).node === fn ? [statement.argument] : []));
}

function mayBePromise(node: Node): boolean {
  const { type } = unwrap(node);
  return type === 'CallExpression' || type === 'NewExpression' || type === 'ImportExpression' || type === 'ConditionalExpression' || type === 'LogicalExpression';
}

/** `new Promise(executor)`: it can be rejected only by who has `reject`, or by an exception of the executor itself. */
function ofExecutor(executor: Node | undefined, facts: Facts, settles: ReadonlySet<Node>): Rejection {
  if (!executor) return 'no';
  const fn = unwrap(executor);
  if (!isFunctionNode(fn)) return 'perhaps';
  const reject = fn.params[1];
  if (!reject) return 'no';
  const variable = reject.type === 'Identifier' ? facts.bindings.variableOf(reject) : undefined;
  if (!variable) return 'perhaps';
  return variable.references.some((reference) => !isWithin(reference.identifier, settles)) ? 'yes' : 'no';
}

/** Whether a node stands in one of some functions, or is handed to the timer in place of one. */
function isWithin(node: Node, functions: ReadonlySet<Node>): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) if (functions.has(current)) return true;
  return false;
}

function worst(all: readonly Rejection[]): Rejection {
  return all.includes('yes') ? 'yes' : all.includes('perhaps') ? 'perhaps' : 'no';
}
