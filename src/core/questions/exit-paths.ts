import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { isEntryEndName } from '../kinds/releases.js';
import { contains, isFunctionNode, lastName, parentOf, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isTeardown, runsAtEnd } from './teardowns.js';

/** Events with which a program, an application or a page ends. */
const PROGRAM_END = /^(?:SIG[A-Z0-9]+|exit|beforeExit|disconnect|uncaughtException|before-quit|will-quit|quit|window-all-closed|beforeunload|unload|pagehide)$/;
const PROGRAM = /^(?:process|app|electron\.app|window|globalThis|self)$/;
/** Functions that are given what is to run at the end, by name: `onExit(fn)`, `addShutdownHook(fn)`. */
const TAKES_END = /exit|shut_?down|signal|quit|graceful|teardown|clean_?up|dispos|onClose|defer|unmount|finali[sz]e|destroy/i;
/** `killAllChildren`, `stopEverything`. */
const ENDS_ALL = /^[_#]*(?:kill|stop|close|end|terminate|destroy|dispose|shut_?down|clean(?:_?up)?|release)(?:All|Every)\w*/i;

/** Whether code runs when its owner or the program ends: in a teardown, a handler of the program's end, or a `finally`. */
export function isOnExitPath(node: Node, facts: Facts): boolean {
  const fn = facts.functions.around(node);
  return isInFinally(node) || exitFunctions(facts).some((exit) => contains(exit.node, node) || [...facts.summaries.reach(exit)].some((reached) => reached === fn || (reached !== facts.functions.module && contains(reached.node, node))));
}

const exitsOfFile = new WeakMap<Facts, readonly FunctionFact[]>();

function exitFunctions(facts: Facts): readonly FunctionFact[] {
  let found = exitsOfFile.get(facts);
  if (!found) exitsOfFile.set(facts, (found = facts.functions.all.filter((fn) => fn !== facts.functions.module && isExitFunction(fn, facts))));
  return found;
}

function isExitFunction(fn: FunctionFact, facts: Facts): boolean {
  if (endsWithProgram(fn) || isGivenToEnd(fn)) return true;
  return (isTeardown(fn.name, facts) && runsAtEnd(fn, facts)) || (ENDS_ALL.test(fn.name) && isEntryEndName(fn.name));
}

/** Whether a function handles the end of the program: `process.on('SIGTERM', …)`, `app.on('before-quit', …)`. */
export function endsWithProgram(fn: FunctionFact): boolean {
  return fn.registrations.some(({ event, emitter }) => {
    const name = emitter && pathText(emitter);
    // `for (const signal of signals) process.on(signal, …)`
    return name !== undefined && PROGRAM.test(name) && (PROGRAM_END.test(event) || (name === 'process' && /sig/i.test(event)));
  });
}

/** Whether a function is given to one that is named for an end. */
function isGivenToEnd({ node }: FunctionFact): boolean {
  const call = isFunctionNode(node) ? parentOf(wrapped(node)) : undefined;
  if (call?.type !== 'CallExpression' || unwrap(call.callee) === node) return false;
  return TAKES_END.test(lastName(call.callee));
}

function isInFinally(node: Node): boolean {
  for (let child = node, current = node.parent; current && !isFunctionNode(current); child = current, current = current.parent) {
    if (current.type === 'TryStatement' && current.finalizer === child) return true;
  }
  return false;
}
