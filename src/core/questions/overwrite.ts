import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { declaringFunction } from '../scope/bindings.js';
import { bodyNodes, contains, isFunctionNode, type Node } from '../syntax/nodes.js';

/** Whether a handle is given at most one timer in its life: its function runs once for each owner. */
export function startsAtMostOnce(timer: TimerAcquisition, place: Place, facts: Facts): boolean {
  const { fn } = timer;
  if (fn.isConstructor || fn === facts.functions.module) return true;
  if (place.root.type === 'variable' && declaringFunction(place.root.variable) === fn.node) return true;
  for (const trigger of fn.triggers) if (trigger !== 'load' && trigger !== 'construct') return false;
  return true;
}

/** Whether the handle is one of many in a Set or a list: adding to those overwrites nothing. */
export function isAddedToMany(place: Place, facts: Facts): boolean {
  if (place.path.at(-1) !== ELEMENT) return false;
  const growth = facts.effectsOn({ root: place.root, path: place.path.slice(0, -1) }).filter((effect) => effect.operation.kind === 'grow');
  return growth.length > 0 && growth.every((effect) => /^(?:add|push|unshift|spread)$/.test(effect.operation.how));
}

/** Where the old timer is stopped on the way to the new one: before it in the same function, by itself or by a call. */
export function clearedBefore(timer: TimerAcquisition, place: Place, facts: Facts): Node | undefined {
  const key = facts.places.key(place);
  for (let fn: FunctionFact | undefined = timer.fn; fn; fn = fn.inline ? fn.parent : undefined) {
    for (const effect of facts.summaries.of(fn)) {
      if (effect.operation.kind !== 'clear' || facts.places.key(effect.place) !== key) continue;
      const node = effect.via[0]?.node ?? effect.operation.node;
      if (node.range[1] <= timer.node.range[0] && contains(fn.node, node)) return node;
    }
  }
  return undefined;
}

/** A test on the way to the timer: of the handle itself, or of state that the function sets (`if (this.running) return; this.running = true`). */
export function guardedByState(timer: TimerAcquisition, place: Place, facts: Facts): { node: Node; own: boolean } | undefined {
  const key = facts.places.key(place);
  const holder = place.path.at(-1) === ELEMENT ? facts.places.key({ root: place.root, path: place.path.slice(0, -1) }) : key;
  const mentionsHandle = (test: Node): boolean => facts.tree.some(test, (node) => {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
    const found = facts.places.resolve(node);
    const name = found && facts.places.key(found);
    return name === key || name === holder;
  });
  let other: Node | undefined;
  for (const test of testsBefore(timer.node, timer.fn)) {
    if (mentionsHandle(test)) return { node: test, own: true };
    if (setsWhatItTests(test, timer.fn, facts)) other ??= test;
  }
  return other && { node: other, own: false };
}

/** The conditions under which a statement runs: of the branches around it, and of early returns before it. */
export function testsBefore(node: Node, fn: FunctionFact): Node[] {
  const tests: Node[] = [];
  for (let current: Node | undefined = node; current && current !== fn.node; current = current.parent) {
    if (current.type === 'IfStatement') tests.push(current.test);
    if (current.type === 'LogicalExpression') tests.push(current.left);
    if (current.type === 'ConditionalExpression') tests.push(current.test);
    if (current.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(current.operator)) tests.push(current.left);
  }
  if (!isFunctionNode(fn.node)) return tests;
  for (const statement of bodyNodes(fn.node)) {
    if (statement.range[1] > node.range[0]) break;
    if (statement.type === 'IfStatement' && leaves(statement.consequent)) tests.push(statement.test);
  }
  return tests;
}

function leaves(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  return node.type === 'BlockStatement' && node.body.some(leaves);
}

/** Whether the function writes a place that the test reads: then the test can keep it from running twice. */
function setsWhatItTests(test: Node, fn: FunctionFact, facts: Facts): boolean {
  const written = new Set(facts.summaries.own(fn).filter((operation) => operation.kind === 'empty' && operation.how === '=').map((operation) => facts.places.key(operation.place)));
  return facts.tree.some(test, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    return place !== undefined && written.has(facts.places.key(place));
  });
}
