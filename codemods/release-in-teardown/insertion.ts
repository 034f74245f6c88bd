import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import { isFunctionNode, isNothing, memberName, parseMethodCall, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { freeName, namesTakenAt } from '../../src/codemod/writing/names.js';

/** Statements that release something, and what may go wrong with them. */
export interface Release {
  readonly lines: Lines;
  /** One expression that may throw or reject; without it, the lines do neither. */
  readonly mayFail?: string;
  /** What is done all the same if that fails: the handle is forgotten. */
  readonly then?: Lines;
}

/** Names of flags that say that an object has ended. */
const ENDED = /dispos|destroy|clos|ended|stopp|torn|dead|disconnect|terminat|releas/iu;

/**
 * Writes releases into a teardown. One that cannot fail goes to the front,
 * behind others of its kind, where no early return or error skips it. One that
 * may fail goes to the end, where it stops no other; if the teardown may not
 * get there, to the front in a `try` of its own.
 */
export function writeReleases(releases: readonly Release[], teardown: FunctionFact, writer: CodeWriter, facts: Facts): void {
  const { node } = teardown;
  if (!isFunctionNode(node)) return;
  const { body } = node;
  if (body.type !== 'BlockStatement') {
    writer.around({ type: 'arrow', node: body }, releases.flatMap((release) => isolated(release, teardown, body, writer, facts)), [], { keepsValue: true });
    return;
  }
  const isReached = reachesItsEnd(body, facts);
  const last = body.body.at(-1);
  const early = releases.flatMap((release) => (release.mayFail === undefined ? plain(release) : isReached ? [] : isolated(release, teardown, last ?? body, writer, facts)));
  const late = isReached ? releases.filter(({ mayFail }) => mayFail !== undefined) : [];
  const lead = leadOf(body, facts);
  if (lead) writer.under(lead, early);
  else if (early.length > 0) writer.atStartOf(body, !last && late.length > 0 ? [...early, ...late.flatMap(plain)] : early);
  if (last) writer.under(last, late.flatMap(plain));
  else if (early.length === 0 && late.length > 0) writer.atStartOf(body, late.flatMap(plain));
}

/**
 * The lines of a release, in a `try` of its own if it may fail.
 *
 * @param beside what it will stand beside
 */
export function isolated({ lines, mayFail, then = [] }: Release, teardown: FunctionFact, beside: Node, writer: CodeWriter, facts: Facts): Lines {
  if (mayFail === undefined) return [...lines, ...then];
  const taken = namesTakenAt(beside, facts.model);
  const error = taken.has('error') ? freeName('releaseError', (name) => taken.has(name)) : 'error';
  const { indent, semicolon, quote } = writer.style;
  const message = `${teardown.name}: ${mayFail} failed`.replaceAll(quote, `\\${quote}`);
  return ['try {', ...lines.map((line) => `${indent}${line}`), `} catch (${error}) {`, `${indent}console.error(${quote}${message}${quote}, ${error})${semicolon}`, '}', ...then];
}

/** The lines of a release among others that may fail, too. */
function plain({ lines, then = [] }: Release): Lines {
  return [...lines, ...then];
}

/** Whether every run of a body gets to its end, as far as its statements show: no return but that of an ended object, no `throw`, no `await`. */
function reachesItsEnd(body: TSESTree.BlockStatement, facts: Facts): boolean {
  return !body.body.some((statement) => !isGuard(statement) && facts.tree.some(statement, (node) => /^(?:Return|Throw)Statement$|^(?:Await|Yield)Expression$/u.test(node.type), isFunctionNode));
}

/** The last of the statements at the front that cannot fail: the question whether it has ended already, and releases. */
function leadOf(body: TSESTree.BlockStatement, facts: Facts): Node | undefined {
  const firstOther = body.body.findIndex((statement) => !isGuard(statement) && !isFlag(statement) && !isHarmless(statement, facts));
  return (firstOther === -1 ? body.body : body.body.slice(0, firstOther)).at(-1);
}

/** `if (this.disposed) return;` */
function isGuard(statement: Node): boolean {
  if (statement.type !== 'IfStatement' || statement.alternate || !namesEnd(statement.test)) return false;
  const { consequent } = statement;
  const [only, ...others] = consequent.type === 'BlockStatement' ? consequent.body : [consequent];
  return only?.type === 'ReturnStatement' && others.length === 0;
}

/** `this.disposed = true;` */
function isFlag(statement: Node): boolean {
  return statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression' && statement.expression.right.type === 'Literal' && namesEnd(statement.expression.left);
}

function namesEnd(node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === 'LogicalExpression') return namesEnd(inner.left) && namesEnd(inner.right);
  return ENDED.test(inner.type === 'Identifier' ? inner.name : inner.type === 'MemberExpression' ? (memberName(inner) ?? '') : '');
}

/** Taking a listener away, stopping a timer, and forgetting the handle. */
function isHarmless(statement: Node, facts: Facts): boolean {
  switch (statement.type) {
    case 'ExpressionStatement': {
      const { expression } = statement;
      if (expression.type === 'AssignmentExpression') return isNothing(unwrap(expression.right));
      const call = unwrap(expression);
      if (call.type !== 'CallExpression') return false;
      return facts.listeners.removals.some(({ node }) => node === call) || facts.operations.some(({ kind, node }) => kind === 'clear' && node === call) || forgetsTimer(call, facts);
    }
    case 'IfStatement':
      return !statement.alternate && isHarmless(statement.consequent, facts);
    case 'ForOfStatement':
      return isHarmless(statement.body, facts);
    case 'BlockStatement':
      return statement.body.every((inner) => isHarmless(inner, facts));
    default:
      return false;
  }
}

/** `timers.clear()`, `timers.delete(id)` where the file stops timers of that collection. */
function forgetsTimer(call: TSESTree.CallExpression, facts: Facts): boolean {
  const method = parseMethodCall(call);
  if (!method || !/^(?:clear|delete)$/u.test(method.method)) return false;
  const place = facts.places.resolve(method.object);
  if (!place) return false;
  const entries = facts.places.key({ root: place.root, path: [...place.path, ELEMENT] });
  return facts.operations.some((operation) => operation.kind === 'clear' && facts.places.key(operation.place).startsWith(entries));
}
