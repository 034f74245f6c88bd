import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isParameter } from '../../src/core/scope/bindings.js';
import { isFunctionNode, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter, type Lines } from '../../src/codemod/writing/code-writer.js';
import { freeName, namesTakenAt } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { declareAt, findHome, nameAt, type Home } from '../track-timers/home.js';
import { runsOncePerHome } from '../track-timers/runs-once.js';
import { dependsOnArguments } from '../track-timers/single.js';
import { writeReleases } from './insertion.js';
import { dependsOnCall, listenerText, wishedListenerName } from './kept-listener.js';
import { callOf, counterpartOf } from './removal.js';
import { refuseInCase } from '../track-timers/pending.js';

/** What the list is called that keeps what takes listeners away. */
const NAME = 'removeListeners';

/**
 * Takes listeners away that one function adds in a loop, each for a target or an
 * event of its own that the teardown cannot name: what takes one away is kept in
 * a list, and the teardown runs the list. Undefined where nothing is in a loop,
 * or each call has listeners of its own.
 */
export function planInLoop(registration: ListenerRegistration, teardown: FunctionFact, facts: Facts): Plan | undefined {
  const host = hostOfLoop(registration.node, registration.fn);
  return host && planIntoList(registration, host, teardown, facts);
}

/**
 * The same for a method that may be called again, and whose listener works with
 * what the method itself has made: no call takes the place of the one before it.
 * Undefined where the listener works for what the method is given, and may have
 * to go with that.
 */
export function planPerCall(registration: ListenerRegistration, teardown: FunctionFact, facts: Facts): Plan | undefined {
  const { node, handler, fn } = registration;
  const home = findHome(fn, node, teardown, facts);
  const isOfEachCall = home?.type === 'member' && !isNamed(handler) && dependsOnCall(handler, fn, facts) && !runsOncePerHome(node, fn, home, facts);
  return isOfEachCall && !dependsOnArguments(handler, fn, home, facts) ? planIntoList(registration, fn, teardown, facts) : undefined;
}

function planIntoList(registration: ListenerRegistration, host: FunctionFact, teardown: FunctionFact, facts: Facts): Plan | undefined {
  const { node, handler, method, eventNode, target, style, capture } = registration;
  const slot = findStatementSlot(node);
  const counterpart = counterpartOf(method, facts);
  if (slot?.type !== 'listed' || style !== 'method' || !eventNode || counterpart === undefined || node.arguments.length > 2 || capture !== false) return undefined;
  if (usesParameters(handler, host, facts) || (!isNamed(handler) && refuseInCase(slot))) return undefined;
  const home = findHome(host, node, teardown, facts);
  if (!home || !isRepeatablePath(target) || slot.node.type !== 'ExpressionStatement') return undefined;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, typed, indent } = writer.style;
  const known = knownList(home, teardown, facts);
  const { name, access } = known ?? nameAt(home, NAME, facts);
  const type = typed ? '(() => void)[]' : '';
  if (!known && !declareAt(home, { name, type, value: '[]', isTypeWritten: true }, [node, teardown.node], writer, facts)) return { refused: `There is no place to declare ${name}.` };

  const taken = namesTakenAt(slot.node, facts.model);
  let listener = isNamed(handler) ? writer.textOf(handler) : undefined;
  const before: string[] = [];
  if (listener === undefined) {
    const text = listenerText(handler, slot.node, writer, facts);
    if ('refused' in text) return text;
    listener = freeName(wishedListenerName(registration), (candidate) => taken.has(candidate));
    const [first = '', ...further] = text;
    before.push(...[`const ${listener} = ${first}`, ...further].map((line, index, lines) => (index === lines.length - 1 ? `${line}${semicolon}` : line)));
    writer.replace({ start: handler.range[0], end: handler.range[1] }, listener);
  }
  const removal = callOf({ target: writer.textOf(target), method: counterpart, before: `${writer.textOf(eventNode)}, `, after: '' }, listener);
  writer.around(slot, before, [`${access}.push(() => ${removal})${semicolon}`]);
  const lines: Lines = [`for (const removeListener of ${access}.splice(0)) {`, `${indent}removeListener()${semicolon}`, '}'];
  if (!known) writeReleases([{ lines }], teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now takes the listeners away`] };
}

/** The list of a repair before this one: named so, and run by the teardown. */
function knownList(home: Home, teardown: FunctionFact, facts: Facts): { readonly name: string; readonly access: string } | undefined {
  if (home.type !== 'member') return undefined;
  return [`#${NAME}`, NAME].map((name) => ({ name, access: `this.${name}` })).find(({ access }) => facts.tree.some(teardown.node, (node) => node.type === 'CallExpression' && pathText(node.callee) === `${access}.splice`));
}

/** The function whose loop, or iteration, adds the listener: `for (const signal of signals) …`, `signals.forEach((signal) => …)`. */
function hostOfLoop(node: Node, fn: FunctionFact): FunctionFact | undefined {
  const call = isFunctionNode(fn.node) ? parentOf(wrapped(fn.node)) : undefined;
  if (fn.inline && fn.parent && call && parseMethodCall(call)?.method === 'forEach') return fn.parent;
  for (let current = node.parent; current && current !== fn.node; current = current.parent) if (current.type === 'ForOfStatement') return fn;
  return undefined;
}

/** Whether a listener uses what its host is given: then each call of the host has listeners of its own. */
function usesParameters(handler: Node, host: FunctionFact, facts: Facts): boolean {
  return facts.tree.some(handler, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    return variable !== undefined && isParameter(variable) && variable.scope.block === host.node && !host.isConstructor;
  });
}

function isNamed(handler: Node): boolean {
  const inner = unwrap(handler);
  return inner.type === 'Identifier' || (inner.type === 'MemberExpression' && pathText(inner) !== undefined);
}

function isRepeatablePath(target: Node): boolean {
  return pathText(unwrap(target)) !== undefined;
}
