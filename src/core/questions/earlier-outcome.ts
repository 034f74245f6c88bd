import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { contains, isFunctionNode, pathText, type Node } from '../syntax/nodes.js';
import { onlyCalled, ownGuard } from './asked-first.js';
import { clearSite, clearsOf } from './handle-release.js';
import { nodesIn } from './nodes-in.js';
import { setsWhatItTests } from './overwrite.js';

/** What comes instead of a timer. */
export interface EarlierOutcome {
  readonly event: string;
  readonly node: Node;
  /** The function that whichever comes first runs. */
  readonly name: string;
}

/**
 * Whether a timer is the last resort of something that an event settles as
 * well: both run one function, which does its work once and finds that done the
 * second time. When the event comes first, the timer is pending for nothing.
 */
export function findEarlierOutcome(timer: TimerAcquisition, facts: Facts): EarlierOutcome | undefined {
  for (const fn of [timer.callback, onlyCalled(timer, facts)]) {
    const guard = fn && fn !== timer.fn ? ownGuard(fn, facts) : undefined;
    if (!fn || !guard || !isSetBy(fn, guard, facts) || clearsItself(fn, timer, facts)) continue;
    const found = heardBy(fn, timer, facts);
    if (found) return { ...found, name: fn.name };
  }
  return undefined;
}

/** Whether a function sets what it tests, by a place or, where nothing shows what `this` is, as it is written. */
function isSetBy(fn: FunctionFact, guard: Node, facts: Facts): boolean {
  const written = new Set(nodesIn(fn, 'AssignmentExpression', facts).flatMap(({ left }) => pathText(left) ?? []));
  return setsWhatItTests(guard, fn, facts) || facts.tree.some(guard, (node) => node.type === 'MemberExpression' && written.has(pathText(node) ?? ''));
}

/** The event on which a function runs: as its listener, or from one. */
function heardBy(fn: FunctionFact, timer: TimerAcquisition, facts: Facts): { event: string; node: Node } | undefined {
  const [own] = fn.registrations;
  if (own) return own;
  for (const { from, node } of facts.functions.callsOf(fn)) {
    const [registration] = from.registrations;
    if (registration && from !== timer.callback && !contains(from.node, timer.node) && isAlwaysRun(node, from)) return registration;
  }
  return undefined;
}

/** Whether a call stands in the body of a function itself, under no condition. */
function isAlwaysRun(call: Node, { node }: FunctionFact): boolean {
  for (let current = call.parent; current && current !== node; current = current.parent) {
    if (isFunctionNode(current) || /^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchCase|CatchClause)$/.test(current.type)) return false;
  }
  return true;
}

/** Whether the function that comes first stops the timer. */
function clearsItself(fn: FunctionFact, { destination }: TimerAcquisition, facts: Facts): boolean {
  return destination.type === 'place' && clearsOf(destination.place, facts).some((effect) => contains(fn.node, clearSite(effect)));
}
