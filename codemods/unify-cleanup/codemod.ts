import type { Analysis, Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { HandlerSubject } from '../../src/core/subject.js';
import type { Codemod, Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { planAborted } from './aborted.js';
import { parseCleanup, type Cleanup } from './cleanup.js';
import { extractReleases } from './extract.js';
import { callFromHandler } from './handler.js';
import { planLikeSibling } from './like-sibling.js';
import { planForSibling } from './sibling.js';
import { planWithOtherFile } from './spanning.js';

/**
 * Makes an exit handler release what the fullest clean-up of its owner
 * releases, without doing the other work of that clean-up, and a collection lose
 * a key where its sibling does. The forms and what
 * is left alone are in README.md beside this file.
 */
export const unifyCleanup: Codemod = {
  id: 'unify-cleanup',
  title: 'Let exit handlers release all that the clean-up releases',
  rules: ['no-uneven-delete', 'no-partial-exit-handler'],
  planSpanning: planWithOtherFile,
  plan(finding: Finding, { facts }: Analysis): Plan {
    const { subject } = finding;
    if (finding.reasons.some(({ code }) => code === 'elsewhere-releases-more')) return { refused: 'The clean-up that releases more is in another file; only leakproof fix, which knows the project, may let the handler call it.' };
    if (subject.type === 'collection') return planForSibling(subject, finding, facts);
    const aborted = subject.type === 'ending' ? planAborted(subject, finding, facts) : undefined;
    if (aborted) return aborted;
    if (finding.reasons.some(({ code }) => code === 'only-signals-kill')) return { refused: 'What a signal ends is left by other ends of the program, and none of them has a handler that could be made to end it.' };
    if (subject.type !== 'handler') return { refused: 'This is not about an exit handler.' };
    if (subject.within) return { refused: 'The handler is a part of a function that does other work.' };
    return finding.reasons.some(({ code }) => code === 'sibling-releases-more') ? planLikeSibling(subject, facts) : planFor(subject, facts);
  },
};

function planFor(subject: HandlerSubject, facts: Facts): Plan {
  const cleanup = parseCleanup(subject, facts);
  if ('refused' in cleanup) return cleanup;
  const writer = new CodeWriter(facts.model, facts.tree);
  const release = releaseFunctionOf(cleanup) ?? extractReleases(cleanup, writer, facts);
  if ('refused' in release) return release;
  const refusal = callFromHandler(release.name, cleanup, subject, writer, facts);
  if (refusal) return refusal;
  const survivors = subject.survivors.map((survivor) => survivor.name);
  return {
    edits: writer.edits,
    safety: 'review',
    notes: [
      `${subject.handler.name || 'the handler'} now also releases ${subject.skipped.map((skipped) => skipped.name).join(', ')}`,
      ...(survivors.length > 0 ? [`${survivors.join(', ')} survives, as stated`] : []),
    ],
  };
}

/** The clean-up itself if all it does is release, or the function that it leaves all releases to. */
function releaseFunctionOf(cleanup: Cleanup): { readonly name: string } | undefined {
  if (cleanup.isPure && takesOnlyTheKey(cleanup)) return { name: cleanup.name };
  const [only, ...others] = cleanup.moved;
  const called = only && others.length === 0 ? cleanup.releases.calledWithKey(only) : undefined;
  return called && called.name !== '' ? { name: called.name } : undefined;
}

function takesOnlyTheKey({ fn, key }: Cleanup): boolean {
  const [parameter, ...others] = fn.params;
  return !fn.async && others.length === 0 && parameter?.type === 'Identifier' && key.type === 'Identifier' && parameter.name === key.name;
}
