import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { indentationAt, startOfLine } from '../../src/codemod/writing/indentation.js';
import { indentFurtherLines } from '../../src/codemod/writing/isolated.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import type { Analysis, Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { contains, isFunctionNode, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Suggestion } from './suggestion.js';

/** Puts what stands between the start of a timer and its clear in a `try`, and the clear in its `finally`. */
export const releaseInFinally: Suggestion = {
  rule: 'require-release-in-finally',
  title: 'Clear the timer in a finally block',
  plan({ subject }: Finding, { facts }: Analysis): Plan {
    if (subject.type !== 'timer' || subject.acquisition.destination.type !== 'place') return UNCLEAR;
    const { node, destination } = subject.acquisition;
    const slot = findStatementSlot(node);
    const key = facts.places.key(destination.place);
    const [clear, ...others] = facts.operations.filter((operation) => operation.kind === 'clear' && facts.places.key(operation.place) === key);
    const statement = clear && wrapped(clear.node).parent;
    if (slot?.type !== 'listed' || others.length > 0 || statement?.type !== 'ExpressionStatement' || statement.parent !== slot.node.parent) return UNCLEAR;
    const list = facts.tree.childrenOf(statement.parent);
    const [start, end] = [list.indexOf(slot.node), list.indexOf(statement)];
    const work = list.slice(start + 1, end);
    const rest = list.slice(end + 1);
    const [first] = work;
    const text = facts.model.text;
    if (!first || text.slice(startOfLine(text, first.range[0]), first.range[0]).trim() !== '') return UNCLEAR;
    const isNeeded = work.some((one) => isUsedIn(one, rest, facts));
    const [last] = rest;
    // What the work declares is not seen behind its block; a plain `return` may move into it.
    if (isNeeded && (rest.length !== 1 || last?.type !== 'ReturnStatement' || runsCode(last, facts))) return { refused: 'What is declared before the clear is used behind it.' };

    const writer = new CodeWriter(facts.model, facts.tree);
    const { indent } = writer.style;
    const outer = indentationAt(text, first.range[0]);
    const inner = outer + indent;
    const before = text.slice(first.range[0], statement.range[0]).trimEnd();
    const lines = [indentFurtherLines({ start: first.range[0], end: first.range[0] + before.length }, indent, facts.model, facts.tree).replaceAll('\r\n', '\n')];
    if (isNeeded && last) lines.push(`${inner}${writer.textOf(last)}`);
    writer.replace({ start: first.range[0], end: (isNeeded && last ? last : statement).range[1] }, ['try {', `${inner}${lines.join('\n')}`, `${outer}} finally {`, `${inner}${writer.textOf(statement)}`, `${outer}}`].join('\n'));
    return { edits: writer.edits, safety: 'review', notes: [] };
  },
};

const UNCLEAR: Plan = { refused: 'The timer is not started and cleared by two statements of one list, so which of its work belongs in the try is for its author to say.' };

/** Whether statements use a name that another one declares. */
function isUsedIn(declaring: Node, statements: readonly Node[], facts: Facts): boolean {
  return statements.some((statement) => facts.tree.some(statement, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    return variable?.identifiers.some((name) => contains(declaring, name)) ?? false;
  }));
}

/** Whether a statement calls or waits: then it should not come before the clear. */
function runsCode(statement: Node, facts: Facts): boolean {
  return facts.tree.some(statement, ({ type }) => /^(?:Call|New|Await|Yield|TaggedTemplate|Import)Expression$/u.test(type), isFunctionNode);
}
