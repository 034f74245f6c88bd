import type { Facts } from '../facts/facts.js';
import { isTeardownName } from '../kinds/releases.js';
import { isFunctionNode, parseMethodCall, pathText, unwrap, type FunctionNode, type Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';

/** A promise that is rejected when the ending of something says that it cannot be ended: as a server that does not run says of `close()`. */
export interface CloseRejection {
  /** The call that ends it, as `server.close`. */
  readonly name: string;
  /** What rejects. */
  readonly reject: Node;
}

/** Calls in a row that are followed. */
const MAX_DEPTH = 3;

/**
 * Whether awaiting a value throws whatever error the callback of an ending is
 * given: `new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))`,
 * in place or in a function of this file. Who looks at the error has thought of it.
 */
export function findCloseRejection(awaited: Node, facts: Facts, depth = 0): CloseRejection | undefined {
  const node = unwrap(awaited);
  if (node.type === 'NewExpression' && pathText(node.callee) === 'Promise') return ofExecutor(node.arguments[0], facts);
  if (node.type !== 'CallExpression' || depth > MAX_DEPTH) return undefined;
  const callee = facts.functions.valueOf(node.callee);
  if (!callee || !isFunctionNode(callee.node)) return undefined;
  for (const value of resultsOf(callee.node, facts)) {
    const found = findCloseRejection(value, facts, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** What a function returns or waits for, where nothing catches it. */
function resultsOf(fn: FunctionNode, facts: Facts): Node[] {
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const within = <T extends Node>(nodes: readonly T[]): T[] => nodes.filter((node) => facts.functions.around(node).node === fn && !isInTry(node, fn));
  return [...within(facts.tree.all('AwaitExpression')).map(({ argument }) => argument), ...within(facts.tree.all('ReturnStatement')).flatMap(({ argument }) => argument ?? [])];
}

function isInTry(node: Node, root: Node): boolean {
  for (let current = node.parent; current && current !== root; current = current.parent) if (current.type === 'TryStatement' && current.handler) return true;
  return false;
}

function ofExecutor(executor: Node | undefined, facts: Facts): CloseRejection | undefined {
  const reject = isFunctionNode(executor) ? executor.params[1] : undefined;
  if (!isFunctionNode(executor) || reject?.type !== 'Identifier') return undefined;
  const variable = facts.bindings.variableOf(reject);
  for (const { identifier } of variable?.references ?? []) {
    const found = rejectionBy(identifier, executor, facts);
    if (found) return found;
  }
  return undefined;
}

/** `server.close(reject)`, or a callback of an ending that hands on its error without a look at it. */
function rejectionBy(reject: Node, executor: FunctionNode, facts: Facts): CloseRejection | undefined {
  const direct = reject.parent && endingName(reject.parent, reject);
  if (direct) return asksFirst(reject, executor) ? undefined : { name: direct, reject };
  const callback = facts.functions.around(reject).node;
  const error = isFunctionNode(callback) ? callback.params[0] : undefined;
  const name = callback !== executor && isFunctionNode(callback) ? endingName(callback.parent, callback) : undefined;
  if (!name || error?.type !== 'Identifier' || asksFirst(callback, executor)) return undefined;
  // Any test but whether there is an error at all is a look at it.
  return testsAround(reject, callback).every((test) => isTruth(unwrap(test), error.name)) ? { name, reject } : undefined;
}

function isTruth(test: Node, error: string): boolean {
  if (test.type === 'UnaryExpression' && test.operator === '!') return isTruth(unwrap(test.argument), error);
  if (test.type === 'BinaryExpression') return isTruth(unwrap(test.left), error) && /^[!=]==?$/.test(test.operator);
  return test.type === 'Identifier' && test.name === error;
}

/** The ending that is given a callback: `server.close`. */
function endingName(call: Node, callback: Node): string | undefined {
  const method = parseMethodCall(call);
  return method && call.type === 'CallExpression' && call.arguments.includes(callback as never) && isTeardownName(method.method) ? (pathText(call.callee) ?? method.method) : undefined;
}

/** Whether an ending is asked for under a condition: `if (server.listening)`. */
function asksFirst(node: Node, executor: FunctionNode): boolean {
  return testsAround(node, executor).length > 0;
}
