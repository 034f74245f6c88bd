import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isProgramExit } from '../kinds/exits.js';
import { isFunctionNode, parentOf, parseMethodCall, pathText, wrapped, type Node } from '../syntax/nodes.js';
import { endsWithProgram } from './exit-paths.js';
import { exitsProcess } from './process-exits.js';

/** Events of a process after which it has no more to do, or may have none. */
const LAST_EVENT = /^(?:SIG[A-Z\d]+|exit|beforeExit|disconnect|uncaughtException\w*|unhandledRejection)$/;

/** Events of an Electron program after which it has no more to do. */
const LAST_OF_APP = /^(?:window-all-closed|before-quit|will-quit|quit)$/;

/**
 * Where the process ends with a listener: the listener hears of the end of the
 * process and exits on its main way, or it is added by one that hears of that
 * and exits. Such a listener is the program's, whoever adds it.
 */
export function findEndOfProcess({ target, event, handlerFn, fn }: ListenerRegistration, facts: Facts): Node | undefined {
  const emitter = pathText(target);
  const isOfProcess = (emitter === 'process' && (LAST_EVENT.test(event) || /sig/i.test(event))) || (/^(?:electron\.)?app$/.test(emitter ?? '') && LAST_OF_APP.test(event));
  const exit = isOfProcess && handlerFn ? exitOf(handlerFn, facts) : undefined;
  return exit ?? lastHandlerAround(fn, facts)?.node;
}

function lastHandlerAround(fn: FunctionFact, facts: Facts): FunctionFact | undefined {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) {
    if (endsWithProgram(current) && exitsProcess(current, facts)) return current;
  }
  return undefined;
}

/** The exit on a function's main way: its own, or that of a function of the file which it calls there. */
function exitOf(fn: FunctionFact, facts: Facts, depth = 0): Node | undefined {
  return facts.tree.find(fn.node, (node) => {
    if (node.type !== 'CallExpression' || !isOnMainWay(node, fn.node)) return false;
    const helper = depth === 0 && !isProgramExit(node) ? facts.functions.valueOf(node.callee) : undefined;
    return isProgramExit(node) || (helper !== undefined && exitOf(helper, facts, depth + 1) !== undefined);
  });
}

/** Whether nothing but time lies between the start of a function and a node in it: `server.close(() => process.exit())`, and no branch. */
function isOnMainWay(node: Node, home: Node): boolean {
  for (let child = node, current = node.parent; current && child !== home; child = current, current = current.parent) {
    if (BRANCHES.has(current.type) && !(current.type === 'IfStatement' && current.test === child)) return false;
    if (child !== home && isFunctionNode(child) && !isContinuation(child)) return false;
  }
  return true;
}

const BRANCHES: ReadonlySet<string> = new Set(['IfStatement', 'ConditionalExpression', 'LogicalExpression', 'SwitchCase', 'CatchClause', 'WhileStatement', 'ForStatement', 'ForOfStatement', 'ForInStatement']);

/** What a call is given to go on with; not if that goes wrong. */
function isContinuation(fn: Node): boolean {
  const call = parentOf(wrapped(fn));
  return call?.type === 'CallExpression' && parseMethodCall(call)?.method !== 'catch';
}
