import type { Facts } from '../../src/core/facts/facts.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import type { HandlerSubject } from '../../src/core/subject.js';
import { bodyStatements, contains, isFunctionNode, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findReleasedKey, type ReleasedKey } from './key.js';
import { findReadPlace } from './readers.js';

/**
 * Lets a handler release what another handler of the same event releases, by the
 * same statements, with its own key: `sizes.delete(id)`, or `dropRecord(id)` of
 * another module.
 */
export function planLikeSibling(subject: HandlerSubject, facts: Facts): Plan {
  const { handler, cleanup: sibling, released, skipped } = subject;
  const common = new Set(released.map(({ place }) => facts.places.key(place)));
  const own = findReleasedKey(handler, handler.node, common, facts);
  const theirs = findReleasedKey(sibling, sibling.node, common, facts);
  if (!own || !theirs || !isFunctionNode(handler.node) || handler.node.body.type !== 'BlockStatement') return { refused: 'Nothing that both release shows that the handler and its sibling end the same entry.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  const last = handler.node.body.body.findLast((statement) => statement.type === 'ExpressionStatement' && facts.operations.some((operation) => operation.kind === 'shrink' && common.has(facts.places.key(operation.place)) && operation.node === unwrap(statement.expression)));
  if (!last) return { refused: 'The handler releases on some paths only, or within a larger expression.' };
  const lines: string[] = [];
  for (const { name, effects } of skipped) {
    const line = lineLike(effects, subject, theirs, writer.textOf(own.node), facts);
    if (typeof line !== 'string') return { refused: `The sibling releases ${name} ${line.refused}` };
    if (!lines.includes(line)) lines.push(line);
  }
  const behind = handler.node.body.body.slice(handler.node.body.body.indexOf(last) + 1);
  if (findReadPlace(behind, new Map(skipped.map(({ place }) => [facts.places.key(place), place])), facts)) return { refused: 'The handler still looks at what it would release.' };
  writer.under(last, lines.map((line) => `${line}${writer.style.semicolon}`));
  return { edits: writer.edits, safety: 'review', notes: [`${handler.name || 'the handler'} now also releases ${skipped.map(({ name }) => name).join(', ')}, as another handler of the event does`] };
}

/** The call by which the sibling releases something, with another key; or the end of a sentence that says why it cannot be made elsewhere. */
function lineLike(effects: readonly Effect[], { handler, cleanup: sibling }: HandlerSubject, theirs: ReleasedKey, key: string, facts: Facts): string | Refusal {
  const [effect] = effects;
  const call = effect && (effect.via[0]?.node ?? effect.operation.node);
  const isStatement = isFunctionNode(sibling.node) && bodyStatements(sibling.node).some((statement) => statement.type === 'ExpressionStatement' && unwrap(statement.expression) === call);
  if (call?.type !== 'CallExpression' || !isStatement) return { refused: 'within other code.' };
  const [argument, ...others] = call.arguments;
  if (!argument || others.length > 0 || facts.summaries.keyText(argument) !== theirs.text) return { refused: 'by more than the key.' };
  const callee = pathText(call.callee);
  if (callee === undefined || !meansTheSame(unwrap(call.callee), handler.node, facts)) return { refused: 'by something that the handler does not see.' };
  return `${callee}(${key})`;
}

/** Whether a path that a function writes means the same in another one. */
function meansTheSame(path: Node, elsewhere: Node, facts: Facts): boolean {
  if (path.type === 'MemberExpression') return meansTheSame(unwrap(path.object), elsewhere, facts);
  if (path.type === 'ThisExpression') return facts.owners.thisAt(path)?.owner !== undefined && facts.owners.thisAt(path)?.owner === facts.owners.thisAt(isFunctionNode(elsewhere) ? elsewhere.body : elsewhere)?.owner;
  const variable = path.type === 'Identifier' ? facts.bindings.variableOf(path) : undefined;
  if (!variable) return false;
  const seen = facts.model.scopes.scopes.filter((scope) => contains(scope.block, elsewhere) && scope.variables.some(({ name }) => name === variable.name));
  return seen.length === 1 && seen[0] === variable.scope;
}
