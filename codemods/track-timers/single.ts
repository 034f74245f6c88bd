import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { isParameter, type Variable } from '../../src/core/scope/bindings.js';
import { bodyNodes, contains, isFunctionNode, memberName, parseMethodCall, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter, type Lines } from '../../src/codemod/writing/code-writer.js';
import type { DroppedTimer } from './dropped-timer.js';
import type { Ending } from './ending.js';
import { declareAt, nameAt, type Declaration, type Home } from './home.js';
import { runsOncePerHome } from './runs-once.js';

/**
 * Form 2. One field or variable keeps the handle, and the teardown clears it. A
 * timer that may be started again is cleared before it is set.
 */
export function planSingle(timer: DroppedTimer, home: Home, ending: Ending, facts: Facts): Plan {
  const { acquisition, slot, value, noun, release, type } = timer;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, indent, typed } = writer.style;
  const isOnce = runsOncePerHome(timer.call, acquisition.fn, home, facts);
  const { name, access } = nameAt(home, wishedName(timer), facts);
  const blank = ending.fn && blankInTeardown(ending.fn, facts);

  // A plain `const` where the timer is started is seen by the teardown only from the same list of statements.
  const isConstant = home.type === 'scope' && isOnce && blank === undefined && slot.type === 'listed' && slot.node.parent === home.body;
  if (!isConstant) {
    const declaration: Declaration = { name, type, ...(blank === undefined ? {} : { blank }) };
    if (!declareAt(home, declaration, [timer.call, ...(ending.fn ? [ending.fn.node] : [])], writer, facts)) return { refused: `There is no place to declare ${name}.` };
  }
  const clear = `${release}(${access})${semicolon}`;
  const reset = blank === undefined ? [] : [`${access} = ${blank}${semicolon}`];
  // clearInterval(null) is an error to the type checker.
  const unlessNull = (lines: Lines): Lines => (blank === 'null' && typed ? [`if (${access}) {`, ...lines.map((line) => `${indent}${line}`), '}'] : lines);
  writer.around(slot, isOnce ? [] : unlessNull([clear]), []);
  writer.replace({ start: slot.node.range[0], end: value.range[0] }, isConstant ? `const ${name} = ` : `${access} = `);
  ending.write(unlessNull([clear, ...reset]), writer);

  const isSafe = noun === 'interval' && isOnce && ending.fn?.registrations.length === 0 && !mayStartAgain(ending.fn, facts);
  return { edits: writer.edits, safety: isSafe ? 'safe' : 'review', notes: isSafe ? [] : [isOnce ? ending.note : `${ending.note}, and so does starting it again`] };
}

/** Whether what the callback does depends on the arguments of the call that started it: then one field cannot stand for all calls. */
export function belongsToItsCall({ acquisition, call }: DroppedTimer, home: Home, facts: Facts): boolean {
  const [callback] = call.arguments;
  return callback !== undefined && dependsOnArguments(callback, acquisition.fn, home, facts);
}

/** Whether what an expression uses comes from the arguments of a function within the home. */
export function dependsOnArguments(node: Node, start: FunctionFact, home: Home, facts: Facts, seen = new Set<Variable>()): boolean {
  return facts.tree.some(node, (inner) => {
    const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
    const [declared] = variable?.identifiers ?? [];
    if (!variable || !declared || seen.has(variable) || contains(node, declared) || !isBetween(declared, start, home)) return false;
    seen.add(variable);
    if (isParameter(variable)) return true;
    const definition = variable.defs[0]?.node as Node | undefined;
    return definition !== undefined && dependsOnArguments(definition, start, home, facts, seen);
  });
}

/** Whether a declaration stands in a function within the home that the timer is started in. */
function isBetween(declared: Node, start: FunctionFact, home: Home): boolean {
  for (let fn: FunctionFact | undefined = start; fn && fn.node.type !== 'Program'; fn = fn.parent) {
    if (home.type === 'scope' && isFunctionNode(fn.node) && fn.node.body === home.body) return false;
    if (contains(fn.node, declared)) return true;
  }
  return false;
}

/** `() => this.flush()` is the `flushInterval`; a callback that does more is just the `interval`. */
export function wishedName({ call, noun }: DroppedTimer): string {
  const called = nameOfCallee(call.arguments[0])?.replace(/^[#_]+/u, '') ?? '';
  return called === '' ? noun : `${called}${noun === 'interval' ? 'Interval' : 'Timeout'}`;
}

function nameOfCallee(callback: Node | undefined): string | undefined {
  if (!callback) return undefined;
  const node = unwrap(callback);
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberExpression') return memberName(node);
  if (!isFunctionNode(node)) return undefined;
  const [only, ...others] = bodyNodes(node);
  if (!only || others.length > 0) return undefined;
  let expression: Node = unwrap(only.type === 'ExpressionStatement' ? only.expression : only);
  while (expression.type === 'AwaitExpression' || (expression.type === 'UnaryExpression' && expression.operator === 'void')) expression = unwrap(expression.argument);
  // poll().catch(…) is about poll.
  for (let call = parseMethodCall(expression); call && /^(?:catch|then|finally)$/u.test(call.method); call = parseMethodCall(expression)) expression = unwrap(call.object);
  if (expression.type !== 'CallExpression') return undefined;
  const callee = unwrap(expression.callee);
  return isFunctionNode(callee) ? undefined : nameOfCallee(callee);
}

/** What the teardown sets its other timers to once they are cleared. */
function blankInTeardown(teardown: FunctionFact, facts: Facts): 'undefined' | 'null' | undefined {
  const kept = new Set(facts.timers.flatMap(({ destination }) => (destination.type === 'place' ? [facts.places.key(destination.place)] : [])));
  for (const assignment of facts.tree.all('AssignmentExpression')) {
    if (!contains(teardown.node, assignment)) continue;
    const place = facts.places.resolve(assignment.left);
    if (!place || !kept.has(facts.places.key(place))) continue;
    const { right } = assignment;
    if (right.type === 'Identifier' && right.name === 'undefined') return 'undefined';
    if (right.type === 'Literal' && right.value === null) return 'null';
  }
  return undefined;
}

/** Whether the owner may go on after its teardown, which would then miss a timer that is started only once. */
function mayStartAgain(teardown: FunctionFact, facts: Facts): boolean {
  if (!/^[#_]*(?:stop|end|disconnect|pause|abort|release|detach)/u.test(teardown.name)) return false;
  const names = teardown.method ? [...teardown.method.owner.members.keys()] : facts.functions.all.map((fn) => fn.name);
  return names.some((name) => /^[#_]*(?:start|open|connect|resume|run|begin|attach|restart)/u.test(name));
}
