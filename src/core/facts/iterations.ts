import type { TSESTree } from '@typescript-eslint/utils';
import { isFunctionNode, isMethodCall, parentOf, parseMethodCall, unwrap, wrapped, type FunctionNode, type MethodCall, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';

/**
 * A loop that hears of whatever comes, as a listener does, and ends with its
 * source alone: `(async () => { for await (const change of store.changes()) … })()`.
 * Nobody waits for it, nothing has the iterator, and the loop has no way out.
 */
export interface Iteration {
  /** The call that gives the iterator. */
  readonly node: TSESTree.CallExpression;
  readonly call: MethodCall;
  /** The function that loops, and the call that starts it. */
  readonly loops: FunctionNode;
  readonly start: Node;
}

/** The loops of a file that only their source can end. */
export function collectIterations(tree: Tree): Iteration[] {
  return tree.all('ForOfStatement').flatMap((loop): Iteration[] => {
    const node = loop.await ? unwrap(loop.right) : undefined;
    const call = node?.type === 'CallExpression' ? parseMethodCall(node) : undefined;
    if (!call || node?.type !== 'CallExpression' || hasWayOut(loop, tree)) return [];
    const loops = functionAround(loop);
    const start = loops && callOf(loops);
    return loops && start && isDropped(start) ? [{ node, call, loops, start }] : [];
  });
}

/** Whether a loop may be left before its source ends: by `return`, `throw`, or a `break` of its own. */
function hasWayOut(loop: TSESTree.ForOfStatement, tree: Tree): boolean {
  return tree.some(loop.body, (node) => {
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
    return node.type === 'BreakStatement' && (node.label !== null || left(node) === loop);
  }, isFunctionNode);
}

/** What a `break` without a label leaves. */
function left(node: Node): Node | undefined {
  for (let current = node.parent; current; current = current.parent) if (/^(?:For|While|DoWhile|SwitchStatement)/.test(current.type)) return current;
  return undefined;
}

function functionAround(node: Node): FunctionNode | undefined {
  for (let current = node.parent; current; current = current.parent) if (isFunctionNode(current)) return current;
  return undefined;
}

/** `(async () => { … })()` */
function callOf(loops: FunctionNode): Node | undefined {
  const call = loops.async ? parentOf(wrapped(loops)) : undefined;
  return call?.type === 'CallExpression' && unwrap(call.callee) === loops ? call : undefined;
}

/** Whether nobody waits for a promise: `void run();`, `run().catch(report);`. */
function isDropped(promise: Node): boolean {
  const parent = parentOf(wrapped(promise));
  if (parent?.type === 'UnaryExpression') return parent.operator === 'void';
  if (parent?.type !== 'MemberExpression') return parent?.type === 'ExpressionStatement';
  const next = parentOf(wrapped(parent));
  return next?.type === 'CallExpression' && isMethodCall(next, /^(?:then|catch|finally)$/) && isDropped(next);
}
