import type { TSESTree } from '@typescript-eslint/utils';
import { isFunctionNode, isMethodCall, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { AddOperation } from './operations.js';

/** Methods that give a new array and leave the old one as it is. */
const COPIES: ReadonlySet<string> = new Set(['slice', 'filter', 'toSpliced', 'concat']);

/** Where code makes a new array out of an array: `x.slice(-n)`, `x.filter(…)`, `[...x]`, `Array.from(x)`, or a loop that takes elements until it has enough. */
export function collectCopies(tree: Tree, add: AddOperation): void {
  for (const call of tree.all('CallExpression')) {
    const method = parseMethodCall(call);
    const [first] = call.arguments;
    if (!method) continue;
    if (pathText(call.callee) === 'Array.from' && first) add('copy', first, call, 'from');
    else if (COPIES.has(method.method) && (method.method !== 'concat' || !first)) add('copy', method.object, call, method.method);
  }
  for (const array of tree.all('ArrayExpression')) {
    const [only] = array.elements;
    if (array.elements.length === 1 && only?.type === 'SpreadElement') add('copy', only.argument, array, 'spread');
  }
  for (const loop of [...tree.all('ForOfStatement'), ...tree.all('ForStatement')]) {
    const list = stopsEarly(loop, tree) ? visitedBy(loop, tree) : undefined;
    if (list) add('copy', list, loop, 'loop');
  }
}

/** Puts elements into another list and breaks off. */
function stopsEarly(loop: TSESTree.ForOfStatement | TSESTree.ForStatement, tree: Tree): boolean {
  if (tree.within('BreakStatement', loop.body).length === 0) return false;
  const isIn = (test: (node: Node) => boolean): boolean => tree.some(loop.body, test, isFunctionNode);
  return isIn((node) => node.type === 'BreakStatement') && isIn((node) => isMethodCall(node, /^(?:push|unshift)$/));
}

/** The list in `for (const x of list)`, or in `for (let i = list.length - 1; …; i--)`. */
function visitedBy(loop: TSESTree.ForOfStatement | TSESTree.ForStatement, tree: Tree): Node | undefined {
  if (loop.type === 'ForOfStatement') return loop.right;
  for (const part of [loop.init, loop.test]) {
    const size = part && tree.find(part, (node) => node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier' && node.property.name === 'length');
    if (size?.type === 'MemberExpression') return unwrap(size.object);
  }
  return undefined;
}
