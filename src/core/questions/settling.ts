import type { Facts } from '../facts/facts.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { isParameter, type Variable } from '../scope/bindings.js';
import { isFunctionNode, parseMethodCall, parentOf, pathText, unwrap, type Node } from '../syntax/nodes.js';

/** The functions of others that a timer calls when it fires: `reject` of a promise, `callback` of a request, `deferred` by its methods. */
export function settlesWith(timer: TimerAcquisition, facts: Facts): Variable[] {
  const callback = timer.callbackNode && unwrap(timer.callbackNode);
  if (!callback) return [];
  const own = callback.type === 'Identifier' ? facts.bindings.variableOf(callback) : undefined;
  if (own && isParameter(own)) return [own];
  const found = new Set<Variable>();
  const runs = timer.callback ? [...facts.summaries.reach(timer.callback)].map((fn) => fn.node) : [];
  for (const node of runs) {
    if (!isFunctionNode(node)) continue;
    facts.tree.some(node.body, (part) => {
      if (part.type !== 'CallExpression') return false;
      const settled = settledVariable(part, facts);
      if (settled) found.add(settled);
      return false;
    }, isFunctionNode);
  }
  return [...found];
}

/** `reject(error)` of a parameter, `deferred.reject(error)` of any local. */
function settledVariable(call: Extract<Node, { type: 'CallExpression' }>, facts: Facts): Variable | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') {
    const variable = facts.bindings.variableOf(callee);
    return variable && (isParameter(variable) || isCapability(variable)) ? variable : undefined;
  }
  const method = parseMethodCall(call);
  const object = method && /^(?:resolve|reject)$/.test(method.method) ? unwrap(method.object) : undefined;
  return object?.type === 'Identifier' ? facts.bindings.variableOf(object) : undefined;
}

/** `const { promise, resolve, reject } = Promise.withResolvers()`. */
function isCapability(variable: Variable): boolean {
  const node = variable.defs[0]?.node as Node | undefined;
  if (node?.type !== 'VariableDeclarator' || !node.init) return false;
  const init = unwrap(node.init);
  return init.type === 'CallExpression' && pathText(init.callee) === 'Promise.withResolvers';
}

/** How a variable settles the promise in whose executor it stands. */
export function executorRole(variable: Variable): 'resolve' | 'reject' | undefined {
  const definition = variable.defs[0];
  const fn = definition?.node as Node | undefined;
  if (!isFunctionNode(fn)) return undefined;
  const created = parentOf(fn);
  if (created?.type !== 'NewExpression' || pathText(created.callee) !== 'Promise') return undefined;
  return fn.params[0] === definition?.name ? 'resolve' : 'reject';
}
