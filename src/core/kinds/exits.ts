import { hasPath, type Node } from '../syntax/nodes.js';

/** `process.exit()`, or a signal that the program sends, as a rule to itself. */
function isProcessExit(node: Node): boolean {
  return node.type === 'CallExpression' && hasPath(node.callee, /^(?:process\.(?:exit|kill)|exit)$/);
}

/** What ends the process or, in a page or a window, all that its script holds: `location.reload()`, Electron's `app.exit()`. */
export function isProgramExit(node: Node): boolean {
  return isProcessExit(node) || (node.type === 'CallExpression' && hasPath(node.callee, /^(?:(?:\w+\.)?location\.(?:reload|replace)|(?:electron\.|remote\.)?app\.(?:exit|quit)|Deno\.exit)$/));
}
