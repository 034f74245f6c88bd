import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import type { Analysis, Finding } from '../../src/core/index.js';
import type { Suggestion } from './suggestion.js';

/** Removes a listener with the options that it was added with: to an event target, those of another phase are another listener. */
export const samePhase: Suggestion = {
  rule: 'no-mismatched-removal',
  title: 'Remove the listener in the phase in which it was added',
  plan({ reasons, subject }: Finding, { facts }: Analysis): Plan {
    if (subject.type !== 'listener' || !subject.registration || !subject.removal || !reasons.some(({ code }) => code === 'other-phase')) return { refused: 'What the removal should name is for its author to say.' };
    const writer = new CodeWriter(facts.model, facts.tree);
    const [event, handler, options] = subject.removal.node.arguments;
    const added = subject.registration.node.arguments[2];
    if (!event || !handler) return { refused: 'The removal does not name its listener.' };
    if (added && added.type !== 'Literal' && added.type !== 'ObjectExpression') return { refused: 'The options of the registration are not written in place.' };
    const text = added ? `, ${captures(added, writer)}` : '';
    writer.replace({ start: handler.range[1], end: (options ?? handler).range[1] }, text);
    return { edits: writer.edits, safety: 'review', notes: [] };
  },
};

/** Of the options of a registration, only the phase counts for its removal. */
function captures(added: { readonly type: string }, writer: CodeWriter): string {
  return added.type === 'Literal' ? writer.textOf(added as never) : '{ capture: true }';
}
