import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { bodyNodes, contains, isFunctionNode, isMethodCall, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { asksFor } from './endings.js';
import { setsWhatItTests } from './overwrite.js';
import { isTeardown } from './teardowns.js';
import { reconnects } from './timer-shape.js';

/** What the callback of a timer asks before it does anything: `if (closed) return;`, or a body that is one `if` (BENIGN, T8). */
export function findGuard({ callback }: TimerAcquisition, facts: Facts): Node | undefined {
  return callback && ownGuard(callback, facts);
}

/**
 * What the only function that the callback calls asks first: whether there is
 * still work in the queue, whether it has run already. What opens something
 * anew may be kept from that by a state that is set back, unless one of the
 * teardowns sets it.
 */
export function findGuardBehind(timer: TimerAcquisition, teardowns: readonly FunctionFact[], facts: Facts): Node | undefined {
  const called = onlyCalled(timer, facts)?.node;
  const guards = isFunctionNode(called) ? guardsOf(bodyNodes(called), facts) : [];
  const guard = reconnects(timer, facts) ? guards.find((test) => asksFor(test, teardowns, facts)) : guards[0];
  // Under which it starts the timer again is no reason to stop.
  return guard?.parent && (!contains(guard.parent, timer.node) || asksFor(guard, teardowns, facts)) ? guard : undefined;
}

/**
 * Whether the callback only ends its owner, which asks somewhere for a state
 * that it sets: the second end finds the first. `destroy()` may pass it on to
 * one that is hidden.
 */
export function endsOnce(timer: TimerAcquisition, facts: Facts): boolean {
  const called = onlyCalled(timer, facts);
  if (!called || !isTeardown(called.name, facts)) return false;
  const behind = onlyCalledBy(called, facts);
  return [called, ...(behind ? [behind] : [])].some((end) => facts.tree.all('IfStatement').some((statement) => facts.functions.around(statement) === end && setsWhatItTests(statement.test, end, facts)));
}

/** The test with which a function begins, and under which alone it does anything. */
export function ownGuard({ node }: FunctionFact, facts: Facts): Node | undefined {
  return isFunctionNode(node) ? guardOf(bodyNodes(node), facts) : undefined;
}

/** The function of the file that is all that the callback calls. */
export function onlyCalled({ callback }: TimerAcquisition, facts: Facts): FunctionFact | undefined {
  return callback && onlyCalledBy(callback, facts);
}

function onlyCalledBy(fn: FunctionFact, facts: Facts): FunctionFact | undefined {
  const [only, more] = isFunctionNode(fn.node) ? bodyNodes(fn.node) : [];
  const call = only && !more ? calledBy(only) : undefined;
  return call && facts.functions.valueOf(call.callee);
}

/** The call that a statement or an expression is: `void this.flush()`, `await flush()`, `flush().catch(report)`. */
function calledBy(node: Node): Extract<Node, { type: 'CallExpression' }> | undefined {
  const inner = unwrap(node.type === 'ExpressionStatement' ? node.expression : node.type === 'ReturnStatement' ? (node.argument ?? node) : node);
  if (inner.type === 'UnaryExpression' || inner.type === 'AwaitExpression') return calledBy(inner.argument);
  if (inner.type !== 'CallExpression') return undefined;
  const chained = parseMethodCall(inner);
  return chained && /^(?:then|catch|finally)$/.test(chained.method) ? calledBy(chained.object) : inner;
}

/** The tests with which a body begins, each of which leaves it. */
function guardsOf(whole: readonly Node[], facts: Facts): Node[] {
  const first = guardOf(whole, facts);
  const body = pastDeclarations(whole);
  const more = body.slice(1, body.findIndex((node) => node.type !== 'IfStatement' || !endsInReturn(node.consequent)));
  return first ? [first, ...more.flatMap((node) => (node.type === 'IfStatement' ? [node.test] : []))] : [];
}

/** The test with which a body begins. */
function guardOf(whole: readonly Node[], facts: Facts): Node | undefined {
  const body = pastDeclarations(whole);
  const [first] = body;
  // `while (true) { if (stopped) return; … }`
  if (first?.type === 'WhileStatement' && first.test.type === 'Literal' && first.body.type === 'BlockStatement') {
    const [inner] = pastDeclarations(first.body.body);
    return inner?.type === 'IfStatement' && endsInReturn(inner.consequent) ? inner.test : undefined;
  }
  if (first?.type === 'IfStatement') return endsInReturn(first.consequent) || body.length === 1 ? first.test : undefined;
  return guardBehindLookUp(body, facts);
}

/** `const job = jobs.get(id); if (job?.state === 'done') …`: it asks what has become of what it finds; that it is there says nothing. */
function guardBehindLookUp(body: readonly Node[], facts: Facts): Node | undefined {
  const rest = body.slice(body.findIndex((node) => !isLookUp(node)));
  const [first] = rest;
  if (first?.type !== 'IfStatement' || !(endsInReturn(first.consequent) || rest.length === 1)) return undefined;
  return facts.tree.some(first.test, (node) => node.type === 'MemberExpression') ? first.test : undefined;
}

function isLookUp(node: Node): boolean {
  return node.type === 'VariableDeclaration' && node.declarations.every(({ init }) => {
    const inner = init && unwrap(init);
    return inner?.type === 'MemberExpression' || (inner?.type === 'CallExpression' && isMethodCall(inner, /^(?:get|find|at)$/));
  });
}

function endsInReturn(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  return node.type === 'BlockStatement' && node.body.some((statement) => statement.type === 'ReturnStatement' || statement.type === 'ThrowStatement');
}

/** What follows the declarations of plain values, and the emptying of variables and fields, at the start of a body: `this.timer = null` only notes that the timer has fired. */
function pastDeclarations(body: readonly Node[]): readonly Node[] {
  const isPlain = (node: Node): boolean => node.type === 'VariableDeclaration' && node.declarations.every(({ init }) => !init || init.type === 'Literal');
  return body.slice(body.findIndex((node) => !isPlain(node) && !isEmptying(node)));
}

function isEmptying(node: Node): boolean {
  const assignment = node.type === 'ExpressionStatement' ? node.expression : undefined;
  if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return false;
  const { right } = assignment;
  return (right.type === 'Literal' && right.value === null && right.raw === 'null') || (right.type === 'Identifier' && right.name === 'undefined');
}
