import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Operation } from '../../src/core/facts/operations.js';
import type { HandlerSubject } from '../../src/core/subject.js';
import { contains, isFunctionNode, unwrap, type FunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { widenToLines } from '../../src/codemod/writing/whole-lines.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';
import type { Cleanup } from './cleanup.js';
import { findReleasedKey } from './key.js';
import { nameOfPlace } from './place-name.js';
import { PureReleases } from './pure-release.js';
import { findReadPlace } from './readers.js';

/**
 * Lets the handler call the function of releases in place of those that it has
 * written out: where the first of them stands, or at its end. A release that
 * has a comment of its own stays; it does no harm to release twice.
 */
export function callFromHandler(name: string, cleanup: Cleanup, subject: HandlerSubject, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const { node: handler } = subject.handler;
  if (!isFunctionNode(handler)) return { refused: 'The handler is no function of its own.' };
  const key = findReleasedKey(subject.handler, handler, new Set(cleanup.places.keys()), facts);
  if (!key) return { refused: 'The handler has no expression for the key.' };
  const deletions = facts.operations.filter(({ kind, fn, place }) => kind === 'shrink' && fn === subject.handler && cleanup.places.has(facts.places.key(place)));
  const access = accessFrom(handler, deletions[0], cleanup, writer, facts);
  if (access === undefined) return { refused: `The handler cannot call a function beside ${cleanup.name}().` };
  const call = `${access}${name}(${writer.textOf(key.node)})`;

  if (handler.body.type !== 'BlockStatement') {
    if (unwrap(handler.body) !== deletions[0]?.node) return { refused: 'The handler releases within a larger expression.' };
    writer.replace({ start: handler.body.range[0], end: handler.body.range[1] }, call);
    return undefined;
  }
  const others = new Set(facts.operations.filter((operation) => contains(handler, operation.node)).map((operation) => facts.places.key(operation.place)).filter((place) => !cleanup.places.has(place)));
  const own = new PureReleases(facts, key.text, others).among(handler.body.body);
  const partial = deletions.find((operation) => !own.some((statement) => contains(statement, operation.node)));
  if (partial) return { refused: `The handler releases ${nameOfPlace(partial.place)} on some paths only.` };
  writeCall(`${call}${writer.style.semicolon}`, handler.body, own, cleanup, writer, facts);
  return undefined;
}

function writeCall(call: string, body: TSESTree.BlockStatement, own: readonly TSESTree.Statement[], cleanup: Cleanup, writer: CodeWriter, facts: Facts): void {
  const { text } = facts.model;
  const withoutComment = own.filter((statement) => {
    const span = spanWithComments(statement, facts.model);
    return span.start === statement.range[0] && span.end === statement.range[1];
  });
  const [first, ...rest] = withoutComment;
  const within = { start: body.range[0], end: body.range[1] };
  const behind = body.body.slice(first ? body.body.indexOf(first) : 0).filter((statement) => !own.includes(statement));
  const canBeFirst = first !== undefined && findReadPlace(behind, cleanup.places, facts) === undefined;
  if (canBeFirst) writer.replace(spanOf(first), call);
  for (const span of widenToLines(text, (canBeFirst ? rest : withoutComment).map(spanOf), within)) writer.replace(span, '');
  if (canBeFirst) return;
  const last = body.body.filter((statement) => !withoutComment.includes(statement)).at(-1);
  if (!last) writer.atStartOf(body, [call]);
  else if (last.type === 'ReturnStatement') writer.above(last, [call]);
  else writer.under(last, [call]);
}

/** What stands before the function's name in the handler: `this.`, `self.`, or nothing. */
function accessFrom(handler: FunctionNode, deletion: Operation | undefined, cleanup: Cleanup, writer: CodeWriter, facts: Facts): string | undefined {
  if (cleanup.style === 'function') return cleanup.statement.parent && contains(cleanup.statement.parent, handler) ? '' : undefined;
  const owner = facts.functions.of(cleanup.fn)?.method?.owner;
  const callee = deletion?.node.type === 'CallExpression' ? unwrap(deletion.node.callee) : undefined;
  const collection = callee?.type === 'MemberExpression' ? unwrap(callee.object) : undefined;
  const base = collection?.type === 'MemberExpression' ? facts.places.resolve(collection.object) : undefined;
  if (collection?.type === 'MemberExpression' && base?.root.type === 'owner' && base.root.owner === owner && base.path.length === 0) return `${writer.textOf(collection.object)}.`;
  return facts.owners.thisAt(handler.body)?.owner === owner ? 'this.' : undefined;
}

function spanOf(node: Node) {
  return { start: node.range[0], end: node.range[1] };
}
