import type { Facts } from '../../src/core/facts/facts.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { contains, isFunctionNode } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { indentationAt } from '../../src/codemod/writing/indentation.js';
import { indentFurtherLines } from '../../src/codemod/writing/isolated.js';
import { namesTakenAround } from '../../src/codemod/writing/names.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';
import { handleName, parseDroppedTimer } from './dropped-timer.js';

/**
 * Form 6. The timer sets a flag of the one run of an asynchronous function, which
 * nobody asks for any more when that run is over: what follows gets a `finally`
 * that clears it.
 */
export function planDeadline(acquisition: TimerAcquisition, facts: Facts): Plan {
  const timer = parseDroppedTimer(acquisition, facts);
  if ('refused' in timer) return timer;
  const { node } = acquisition.fn;
  if (!isFunctionNode(node) || node.body.type !== 'BlockStatement') return { refused: 'There is no place for a `finally` in the function that starts it.' };
  const { body } = node.body;
  const index = body.findIndex((statement) => contains(statement, timer.call));
  const [own, first, last] = [body[index], body[index + 1], body.at(-1)];
  if (!own || !first || !last) return { refused: 'The function that starts it does nothing more.' };
  if (body.slice(index + 1).some(({ type }) => type === 'FunctionDeclaration')) return { refused: 'A function that is declared behind the start of the timer would be hidden within the `try`.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, typed, indent } = writer.style;
  const taken = namesTakenAround(own, facts.model);
  const name = handleName(timer.noun, taken);
  writer.above(own, [`let ${name}${typed ? `: ${timer.type} | undefined` : ''}${semicolon}`]);
  writer.around(timer.slot, [], []);
  writer.replace({ start: timer.slot.node.range[0], end: timer.value.range[0] }, `${name} = `);
  const span = { start: spanWithComments(first, facts.model).start, end: last.range[1] };
  const outer = indentationAt(facts.model.text, first.range[0]);
  const text = indentFurtherLines(span, indent, facts.model, facts.tree);
  writer.replace(span, `try {\n${outer}${indent}${text}\n${outer}} finally {\n${outer}${indent}${timer.release}(${name})${semicolon}\n${outer}}`);
  return { edits: writer.edits, safety: 'review', notes: [`${acquisition.fn.name || 'the function'} clears it when its run is over`] };
}
