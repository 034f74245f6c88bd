import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { isFunctionNode, type FunctionNode, type Node } from '../syntax/nodes.js';

/** Names of functions that begin something which goes on until it is ended. */
const SUBSCRIBES = /^(?:subscribe|observe|listen|watch)(?:[A-Z]\w*)?$|^(?:on|add)[A-Z]\w*(?:Change|Changed|Listener|Update|Updated|State)$/;

/** The functions of a file that others may call, which take a listener and give back the function that takes it away. */
export function subscribersOf(facts: Facts): string[] {
  return facts.functions.all.flatMap((fn) => {
    const shown = SUBSCRIBES.test(fn.name) && isFunctionNode(fn.node) && !fn.method ? facts.functions.shownAs(fn) : undefined;
    return shown !== undefined && isFunctionNode(fn.node) && takesListener(fn.node) && givesUnsubscriber(fn, facts) ? [shown] : [];
  });
}

function takesListener({ params }: FunctionNode): boolean {
  return params.some((parameter) => parameter.type === 'Identifier' && (parameter.typeAnnotation ? parameter.typeAnnotation.typeAnnotation.type === 'TSFunctionType' : /^(?:cb|fn|callback|listener|handler|observer|subscriber)$/.test(parameter.name)));
}

/** `(): () => void`, or `return () => listeners.delete(listener)`. */
function givesUnsubscriber({ node }: FunctionFact, facts: Facts): boolean {
  if (!isFunctionNode(node)) return false;
  const declared = node.returnType?.typeAnnotation;
  if (declared) return declared.type === 'TSFunctionType' && declared.params.length === 0;
  return facts.tree.some(node.body, (part: Node) => part.type === 'ReturnStatement' && isFunctionNode(part.argument) && takesOut(part.argument, facts), isFunctionNode);
}

function takesOut(fn: FunctionNode, facts: Facts): boolean {
  const fact = facts.functions.of(fn);
  return fact !== undefined && facts.summaries.of(fact).some(({ operation: { kind } }) => kind === 'shrink' || kind === 'empty');
}
