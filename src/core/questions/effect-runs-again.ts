import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { onlyValue } from '../scope/bindings.js';
import { isFunctionNode, memberName, parentOf, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isEffect } from './unmount.js';

/**
 * What makes an effect of React run again, where it adds a listener to what a
 * ref holds: the same element gets another one each time. A dependency that is
 * known never to change makes no second run.
 */
export function findRunAgain({ fn, target }: ListenerRegistration, facts: Facts): Node | undefined {
  const call = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
  const held = heldByRef(target, facts);
  if (call?.type !== 'CallExpression' || !isEffect(call) || !held || isMadeHere(held, fn.node, facts)) return undefined;
  const dependencies = call.arguments[1] && unwrap(call.arguments[1]);
  if (!dependencies) return call;
  if (dependencies.type !== 'ArrayExpression') return undefined;
  return dependencies.elements.find((element): element is Exclude<typeof element, null> => element !== null && !isStable(element, facts)) ?? undefined;
}

/** What may take away what the last run has added, or give the ref something new: a call that is given it, or one that takes away all listeners. */
export function findFreshStart({ fn, node, target }: ListenerRegistration, facts: Facts): Node | undefined {
  const held = pathText(heldByRef(target, facts) ?? target);
  const given = facts.tree.within('CallExpression', fn.node).find((call) => call.range[1] <= node.range[0] && call.arguments.some((argument) => pathText(argument) === held));
  return given ?? facts.listeners.removals.find((removal) => !removal.handler && pathText(removal.target) === held)?.node;
}

/** `ref.current`, or what a local was given of it. */
function heldByRef(target: Node, facts: Facts): Node | undefined {
  const inner = unwrap(target);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const value = variable ? onlyValue(variable) : inner;
  return value?.type === 'MemberExpression' && memberName(value) === 'current' ? value : undefined;
}

/** Whether the effect itself puts something new into the ref. */
function isMadeHere(held: Node, effect: Node, facts: Facts): boolean {
  const text = pathText(held);
  return facts.tree.some(effect, (node) => node.type === 'AssignmentExpression' && pathText(node.left) === text);
}

/** Hooks whose value is the same for each run. */
const STABLE_HOOK = /^(?:React\.)?use(?:Ref|Dispatch|Callback|Store|Id|QueryClient|Navigate|Router)$/;

function isStable(dependency: Node, facts: Facts): boolean {
  const inner = unwrap(dependency);
  if (inner.type === 'Literal' || (inner.type === 'MemberExpression' && memberName(inner) === 'current')) return true;
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const definition = variable?.defs[0]?.node as Node | undefined;
  if (definition?.type !== 'VariableDeclarator' || !definition.init) return false;
  const made = unwrap(definition.init);
  const hook = made.type === 'CallExpression' ? (pathText(made.callee) ?? '') : '';
  // What useState and useReducer give second never changes.
  return STABLE_HOOK.test(hook) || (/^(?:React\.)?use(?:State|Reducer|Transition)$/.test(hook) && definition.id.type === 'ArrayPattern' && definition.id.elements[1] === variable?.identifiers[0]);
}
