import { isFunctionNode, isMethodCall, parentOf, type Node } from './nodes.js';

/** Methods that call what they are given once for each element. */
const ITERATES = /^(?:forEach|each|map|flatMap|filter|some|every|reduce)$/;

/** Whether a node runs once for each of many: it stands in a loop within `home`, or in what an iteration there calls. */
export function standsInLoop(node: Node, home: Node): boolean {
  for (let current = node.parent; current && current !== home; current = current.parent) {
    if (/^(?:For|While|DoWhile)/.test(current.type)) return true;
    const call = isFunctionNode(current) ? parentOf(current) : undefined;
    if (call && isMethodCall(call, ITERATES)) return true;
  }
  return false;
}
