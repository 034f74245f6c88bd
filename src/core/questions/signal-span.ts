import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isExchangeName } from '../kinds/listener-targets.js';
import { declaringFunction, isParameter, onlyValue, type Variable } from '../scope/bindings.js';
import type { Place } from '../facts/places.js';
import { bodyNodes, contains, hasPath, isFunctionNode, memberName, optionOf, parentOf, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { testsAround } from './endings.js';
import { isOnlyCalledHere } from './only-called-here.js';

/**
 * What ends without its signal: a promise that other code than the listener
 * settles, or an async function (`ends`); `perhaps`, if its listener works on an
 * object, which may go on until the signal ends it. A promise that nothing but
 * the signal settles lives as long as that (`waits`); of other code it is `unknown`.
 */
export function endWithoutSignal({ fn, handlerFn, targetPlace }: ListenerRegistration, facts: Facts): 'ends' | 'perhaps' | 'waits' | 'unknown' {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) {
    if (current.isConstructor) return 'perhaps';
    if (!isFunctionNode(current.node)) return 'unknown';
    const made = parentOf(current.node);
    if (made?.type === 'NewExpression' && made.arguments[0] && unwrap(made.arguments[0]) === current.node && hasPath(made.callee, /^(?:\w+\.)?(?:Promise|Observable)$/)) {
      return isSettledOutside(current.node, handlerFn?.node, facts) ? 'ends' : 'waits';
    }
    // What is handed to others ends when they say so.
    if (current.node.async && loopsUntilAborted(current.node, targetPlace, facts)) return 'waits';
    if (current.node.async && current.method?.owner.kind !== 'object') return handlerFn && facts.tree.some(handlerFn.node, ({ type }) => type === 'ThisExpression') ? 'perhaps' : 'ends';
    if (!current.inline && current.name === '') return 'unknown';
  }
  return 'unknown';
}

/** Whether a function ends with a loop that only the signal ends: `while (!signal.aborted) { … }`. */
function loopsUntilAborted(fn: Node, signal: Place | undefined, facts: Facts): boolean {
  const last = isFunctionNode(fn) ? bodyNodes(fn).at(-1) : undefined;
  if (!signal || last?.type !== 'WhileStatement' || !asksForAbort(last.test, signal, facts)) return false;
  const leaves = (node: Node): boolean => (node.type === 'ReturnStatement' || node.type === 'BreakStatement') && !testsAround(node, last).some((test) => test !== last.test && asksForAbort(test, signal, facts));
  return !facts.tree.some(last.body, leaves, isFunctionNode);
}

/** `signal.aborted`, of this very signal. */
function asksForAbort(test: Node, signal: Place, facts: Facts): boolean {
  return facts.tree.some(test, (node) => {
    const place = node.type === 'MemberExpression' && memberName(node) === 'aborted' ? facts.places.resolve(node.object) : undefined;
    return place !== undefined && facts.places.key(place) === facts.places.key(signal);
  });
}

/** Whether the functions that an executor is given are used elsewhere than in the listener, once the signal has been asked. */
function isSettledOutside(executor: Node, listener: Node | undefined, facts: Facts): boolean {
  if (!isFunctionNode(executor)) return false;
  return executor.params.some((parameter) => {
    const variable = parameter.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined;
    return variable?.references.some((reference) => {
      const use = reference.identifier as Node;
      return !(listener && contains(listener, use)) && !asksSignal(use, executor, facts);
    });
  });
}

/** `if (signal.aborted) return reject(…)` */
function asksSignal(use: Node, executor: Node, facts: Facts): boolean {
  for (let current = use.parent; current && current !== executor; current = current.parent) {
    if (current.type === 'IfStatement' && contains(current.consequent, use) && facts.tree.some(current.test, (node) => node.type === 'Identifier' && node.name === 'aborted')) return true;
  }
  return false;
}

/** The signal of a request ends with it: `request.signal`. */
export function isOfRequest({ targetPlace }: ListenerRegistration): boolean {
  if (!targetPlace) return false;
  const { root, path } = targetPlace;
  const names = [...(root.type === 'variable' ? [root.variable.name] : []), ...path];
  return names.slice(0, -1).some((name) => isExchangeName(name) || /^(?:ctx|context|event|c|raw|meta)$/.test(name));
}

/**
 * Whether a signal ends with what it is given for: a function that only this
 * file calls, each time with the signal of a controller that the caller makes
 * for it, or of a time limit.
 */
export function isOfOperation({ targetPlace }: ListenerRegistration, facts: Facts): boolean {
  const variable = targetPlace?.root.type === 'variable' && isParameter(targetPlace.root.variable) ? targetPlace.root.variable : undefined;
  const home = variable && declaringFunction(variable);
  const fn = home && facts.functions.of(home);
  if (!variable || !fn || !isFunctionNode(home) || !isOnlyCalledHere(fn, facts)) return false;
  const index = home.params.findIndex((parameter) => parameter.range[0] <= rangeOf(variable)[0] && rangeOf(variable)[1] <= parameter.range[1]);
  const names = home.params[index]?.type === 'ObjectPattern' ? [variable.name] : targetPlace?.path ?? [];
  return facts.functions.callsOf(fn).every(({ node }) => {
    const given = names.reduce<Node | undefined>((object, name) => optionOf(object, name), node.arguments[index]);
    return given !== undefined && isMadeForCall(given, facts);
  });
}

function rangeOf(variable: Variable): readonly [number, number] {
  return (variable.defs[0]?.name as Node | undefined)?.range ?? [-1, -1];
}

/** `controller.signal` of a controller that the function makes, `AbortSignal.timeout(…)`. */
function isMadeForCall(signal: Node, facts: Facts): boolean {
  const inner = unwrap(signal);
  if (inner.type === 'CallExpression') return pathText(inner.callee) === 'AbortSignal.timeout';
  if (inner.type !== 'MemberExpression' || memberName(inner) !== 'signal') return false;
  const controller = unwrap(inner.object);
  const variable = controller.type === 'Identifier' ? facts.bindings.variableOf(controller) : undefined;
  const made = variable && declaringFunction(variable) ? onlyValue(variable) : undefined;
  return made?.type === 'NewExpression' && pathText(made.callee) === 'AbortController';
}
