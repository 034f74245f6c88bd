import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { contains, decoratorsOf, isFunctionNode, pathText, type Node } from '../../src/core/syntax/nodes.js';
import type { Home } from './home.js';

/**
 * Whether a node runs at most once in the life of a home: in the constructor or
 * the factory itself, or in a function that only they call, once, and not in a
 * loop. Answers no if unsure.
 */
export function runsOncePerHome(node: Node, fn: FunctionFact, home: Home, facts: Facts, seen = new Set<FunctionFact>()): boolean {
  if (seen.has(fn) || isInLoop(node, fn)) return false;
  seen.add(fn);
  if (isHomeItself(fn, home) || isPostConstruct(fn, home)) return true;
  if (fn.escapes || fn.inline || fn.registrations.length > 0 || (fn.method && !fn.method.member.isPrivate)) return false;
  const calls = facts.functions.callsOf(fn);
  const [call] = calls;
  // `list.forEach(arm)` is one call in the text, and as many as the list is long when it runs.
  return calls.length === 1 && call !== undefined && !call.over && runsOncePerHome(call.node, call.from, home, facts, seen);
}

/** A method that a container calls once, when it has made the object and given it what it needs. */
function isPostConstruct({ method, self }: FunctionFact, home: Home): boolean {
  const node = method?.member.node;
  if (home.type !== 'member' || self?.owner !== home.owner || self.isStatic || node?.type !== 'MethodDefinition') return false;
  return decoratorsOf(node).some(({ expression }) => /^postConstruct$/iu.test(pathText(expression.type === 'CallExpression' ? expression.callee : expression) ?? ''));
}

function isHomeItself(fn: FunctionFact, home: Home): boolean {
  if (home.type === 'member') return fn.isConstructor && fn.self?.owner === home.owner;
  return fn.node === home.body || (isFunctionNode(fn.node) && fn.node.body === home.body);
}

export function isInLoop(node: Node, fn: FunctionFact): boolean {
  for (let current = node.parent; current && contains(fn.node, current) && current !== fn.node; current = current.parent) {
    if (/^(?:For|ForIn|ForOf|While|DoWhile)Statement$/u.test(current.type)) return true;
  }
  return false;
}
