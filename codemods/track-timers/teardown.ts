import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { contains, isFunctionNode, memberName, parentOf, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';

/** Names that end an object for good come before those after which it may start again. */
const BY_FINALITY = [/dispose/iu, /destroy/iu, /shut_?down|teardown|unmount/iu, /close/iu, /stop|end|disconnect/iu];

/** Names of functions that end something under a condition: what they end may go on. */
const ENDS_PERHAPS = /[a-z\d](?:If|When|Unless|Once)(?:[A-Z]|$)|^[#_]*(?:try|maybe|should|can|may|check)[A-Z]/u;
/** Parameters that say what has happened. */
const HOW_IT_WENT = /^_|^(?:e|err|error|reason|code|signal|data|message)$/u;
/** Parameters that say how to end, not what. */
const HOW_TO_END = /^_|^(?:e|err|error|reason|code|signal|force|forced|graceful|silent|options?|opts|callback|cb|done|next|data|message|timeout\w*)$|^(?:kill|is|should|with)[A-Z]/u;

/**
 * The teardown that timers are cleared in: of several, the one that the others
 * call, else the most final by its name. One that is told what to end, as in
 * `kill(id)`, ends one of many and not the owner; nor does a listener, which
 * hears that something else has ended.
 */
export function chooseTeardown(teardowns: readonly FunctionFact[], facts: Facts): FunctionFact | undefined {
  const calledBy = (teardown: FunctionFact): number => teardowns.filter((other) => facts.summaries.reach(other).has(teardown)).length;
  return teardowns.filter((teardown) => endsOwner(teardown) && !isHeard(teardown, facts) && !mayBeToldToGoOn(teardown, facts)).sort((left, right) => calledBy(right) - calledBy(left) || finality(left) - finality(right))[0];
}

/** Puts lines at the start of a teardown, where no early return or error skips them. */
export function writeIntoTeardown(teardown: FunctionFact, lines: Lines, writer: CodeWriter): void {
  const { node } = teardown;
  if (!isFunctionNode(node)) return;
  if (node.body.type === 'BlockStatement') writer.atStartOf(node.body, lines);
  else writer.around({ type: 'arrow', node: node.body }, lines, [], { keepsValue: true });
}

/**
 * Whether a function listens: `socket.onclose = this.onClose.bind(this)`. Its
 * owner may then connect again, by the very timers that would be cleared. A
 * hook that the host calls by its name is not mentioned by its own file.
 */
export function isHeard({ name, method }: FunctionFact, facts: Facts): boolean {
  if (!method || !/^[#_]*on[A-Z]/u.test(name)) return false;
  return facts.tree.all('MemberExpression').some((node) => {
    if (memberName(node) !== name || facts.owners.thisAt(node)?.owner !== method.owner) return false;
    const user = parentOf(wrapped(node));
    return !(user?.type === 'CallExpression' && unwrap(user.callee) === node) && !(user?.type === 'AssignmentExpression' && user.left === node);
  });
}

/**
 * Whether what it is given decides that the owner goes on for a while, as in
 * `close({ flush: true })`: a branch that asks for an argument returns, and what
 * is under way still needs the timers. One that only calls itself anew, with a
 * callback instead of a promise, ends its owner all the same.
 */
export function mayBeToldToGoOn(teardown: FunctionFact, facts: Facts): boolean {
  const { node } = teardown;
  if (!isFunctionNode(node) || node.body.type !== 'BlockStatement') return false;
  const given = new Set(node.params.flatMap((parameter) => (parameter.type === 'Identifier' && !HOW_IT_WENT.test(parameter.name) ? [parameter.name] : [])));
  return node.body.body.some((statement) => {
    if (statement.type !== 'IfStatement' || !leaves(statement.consequent, teardown, facts)) return false;
    const test = unwrap(statement.test);
    const asked = test.type === 'ChainExpression' ? test.expression : test;
    const head = asked.type === 'MemberExpression' ? unwrap(asked.object) : asked;
    return head.type === 'Identifier' && given.has(head.name);
  });
}

/** Whether a branch returns, but for a call of the function itself. */
function leaves(branch: Node, teardown: FunctionFact, facts: Facts): boolean {
  const last = branch.type === 'BlockStatement' ? branch.body.at(-1) : branch;
  return last?.type === 'ReturnStatement' && !facts.functions.callsOf(teardown).some((call) => contains(branch, call.node));
}

function endsOwner({ node, name }: FunctionFact): boolean {
  // onClose(callback) adds a listener, and ends nothing.
  if (!isFunctionNode(node) || ENDS_PERHAPS.test(name) || (/^[#_]*on[A-Z]/u.test(name) && node.params.length > 0)) return false;
  return node.params.every((parameter) => parameter.type !== 'Identifier' || parameter.optional || HOW_TO_END.test(parameter.name));
}

function finality({ name }: FunctionFact): number {
  const rank = BY_FINALITY.findIndex((pattern) => pattern.test(name));
  return rank === -1 ? BY_FINALITY.length : rank;
}
