import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { isFunctionNode, lastName, type Node } from '../syntax/nodes.js';

/** Names of what runs something and then ends the process: `exitAfter`, `runOrExit`. A name only, so a doubt at most. */
const EXITS = /^exit|(?:And|Or|Then)Exit$/;

/** The call that all runs of a function in this file are arguments of, if it is named for ending the process. */
export function endingCallerOf(fn: FunctionFact, facts: Facts): { readonly node: Node; readonly name: string } | undefined {
  const calls = facts.functions.callsOf(fn).map((call) => enclosingExit(call.node));
  const [first] = calls;
  return calls.every((call) => call !== undefined) ? first : undefined;
}

/** `exitAfter(() => run())`, `exitAfter(run())`. */
function enclosingExit(node: Node): { readonly node: Node; readonly name: string } | undefined {
  for (let child = node, current = node.parent; current; child = current, current = current.parent) {
    if (current.type === 'CallExpression' && current.callee !== child) {
      const name = lastName(current.callee);
      if (EXITS.test(name)) return { node: current, name };
    }
    if (isFunctionNode(current) && current.parent.type !== 'CallExpression') return undefined;
  }
  return undefined;
}
