import type { Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { contains, isFunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { EndingSubject } from '../../src/core/subject.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { isolate } from '../../src/codemod/writing/isolated.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';

/**
 * Isolates the steps of a shutdown, each in a `try` of its own, so that one that
 * fails does not keep the others from being done. Undefined where the finding is
 * about something else.
 */
export function planAborted({ node }: EndingSubject, { reasons }: Finding, facts: Facts): Plan | undefined {
  const failing = reasons.find(({ code }) => code === 'step-aborts-rest');
  const fn = facts.functions.of(node) ?? facts.functions.around(node);
  if (!failing || !isFunctionNode(fn.node) || fn.node.body.type !== 'BlockStatement') return undefined;
  const { body } = fn.node;
  const steps = facts.tree.all('ExpressionStatement').filter((statement) => statement.expression.type === 'AwaitExpression' && contains(body, statement) && facts.functions.around(statement) === fn && !isGuarded(statement, body));
  if (steps.length < 2) return { refused: `Nothing shows which steps of ${fn.name}() could be isolated.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  // What fails last keeps nothing from being done, and is told to whoever waits.
  for (const step of steps.slice(0, -1)) {
    const span = { start: step.range[0], end: spanWithComments(step, facts.model).end };
    writer.replace(span, isolate(span, [step], fn.name, writer.style, facts.model, facts.tree));
  }
  return { edits: writer.edits, safety: 'review', notes: [`a step of ${fn.name}() that fails is told on the console, and the others go on`] };
}

/** Whether a statement stands in a `try` of the function already. */
function isGuarded(statement: Node, body: Node): boolean {
  for (let current = statement.parent; current && current !== body; current = current.parent) if (current.type === 'TryStatement') return true;
  return false;
}
