import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Verdict } from '../findings.js';
import { flowOf } from '../flow/flow.js';
import { isShutdownName } from '../kinds/releases.js';
import { assignmentsTo } from '../questions/assignments.js';
import { releasingCalls, type NamedCall } from '../questions/after-await.js';
import { findCloseRejection } from '../questions/close-rejection.js';
import { testsAround } from '../questions/endings.js';
import { declaratorOf, onlyValue } from '../scope/bindings.js';
import { contains, isFunctionNode, isNamed, isNothing, lastName, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { endingVerdict } from './ending-verdict.js';

/** A shutdown of several steps, one of which is rejected when what it ends has ended already: the steps behind it never run. */
export function judgeAbortedShutdowns(facts: Facts): Verdict[] {
  return facts.functions.all.filter((fn) => isFunctionNode(fn.node) && fn.node.async && isShutdownName(fn.name)).flatMap((fn) => judgeShutdown(fn, facts) ?? []);
}

function judgeShutdown(fn: FunctionFact, facts: Facts): Verdict | undefined {
  const waits = facts.tree.all('AwaitExpression').filter((one) => facts.functions.around(one) === fn);
  for (const wait of waits) {
    const rejection = isCaught(wait, fn.node) || asksForState(wait, fn, facts) || endsOnceOnly(wait, fn, facts) || endsWhatRuns(wait, fn, facts) ? undefined : findCloseRejection(wait.argument, facts);
    const skipped = rejection ? stepsBehind(wait, fn, facts) : [];
    if (!rejection || skipped.length === 0) continue;
    const argument = new Argument().evidence('step-aborts-rest', rejection.reject, { step: rejection.name, count: String(skipped.length) });
    if (skipped.length === 1) argument.doubt('one-step-left', wait);
    return endingVerdict('shutdown', fn, fn.node, fn.name, skipped, argument, facts);
  }
  return undefined;
}

/** What says that something still runs. */
const RUNS = /^(?:is)?_?(?:listening|running|started|open(?:ed)?|closed|active|connected|destroyed|stopped)$/i;

/** Whether a step is only taken while there is something to end. */
function asksForState(wait: Node, fn: FunctionFact, facts: Facts): boolean {
  return testsAround(wait, fn.node).some((test) => facts.tree.some(test, (node) => node.type === 'MemberExpression' && isNamed(node, RUNS)));
}

/** `if (this.server) { await close(this.server); this.server = undefined; }`: a handle that is given up once it has ended is not ended twice. */
function endsOnceOnly(wait: Node, fn: FunctionFact, facts: Facts): boolean {
  return testsAround(wait, fn.node).some((test) => facts.tree.some(test, (node) => {
    const place = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    return place !== undefined && assignmentsTo(place, facts).some((write) => isNothing(unwrap(write.right)) && contains(fn.node, write)) && facts.effectsOn(place).every(({ operation }) => operation.kind !== 'end' || contains(fn.node, operation.node));
  }));
}

/**
 * Whether a step ends what the surrounding function has waited for to run, and
 * nobody can replace: `await listen(server); return { close: async () => { await closeServer(server); … } }`.
 * It is rejected only when it comes again, and then the first run has done the rest.
 */
function endsWhatRuns(wait: Node, { node, parent }: FunctionFact, facts: Facts): boolean {
  if (!parent || !isFunctionNode(parent.node)) return false;
  const flow = flowOf(parent.node, facts.tree);
  const starts = facts.tree.all('AwaitExpression').filter((one) => facts.functions.around(one) === parent && flow.isPrecededBy(node, [one]));
  return facts.tree.some(wait, (one) => {
    const variable = one.type === 'Identifier' ? facts.bindings.variableOf(one) : undefined;
    const declarator = variable && onlyValue(variable) ? declaratorOf(variable) : undefined;
    if (!declarator || facts.functions.around(declarator) !== parent) return false;
    return starts.some((start) => facts.tree.some(start, (used) => used.type === 'Identifier' && facts.bindings.variableOf(used) === variable));
  });
}

/** The releasing calls of a function that only come when a step has gone well. */
function stepsBehind(wait: Node, fn: FunctionFact, facts: Facts): NamedCall[] {
  const flow = flowOf(fn.node, facts.tree);
  const calls = facts.tree.all('CallExpression').filter((call) => facts.functions.around(call) === fn && !contains(wait, call) && flow.leadsTo(wait, call) && !isInFinally(call, fn.node));
  return releasingCalls(calls.map((node) => ({ name: lastName(node.callee), node })), facts);
}

/** Whether a `catch` around a node keeps what it throws. */
function isCaught(node: Node, root: Node): boolean {
  for (let child = node, current = node.parent; current && child !== root; child = current, current = current.parent) {
    if (current.type === 'TryStatement' && current.handler && contains(current.block, child)) return true;
  }
  return false;
}

function isInFinally(node: Node, root: Node): boolean {
  for (let child = node, current = node.parent; current && child !== root; child = current, current = current.parent) {
    if (current.type === 'TryStatement' && current.finalizer && contains(current.finalizer, child)) return true;
  }
  return false;
}
