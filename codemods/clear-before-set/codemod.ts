import type { Analysis, Finding } from '../../src/core/index.js';
import type { Codemod, Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { clearOldTimer } from './clear-old-timer.js';
import { findHandleWrite } from './handle-write.js';
import { isOnlyWork, isSameEachTime, whyNeeded } from './needed-work.js';

/**
 * Clears the old timer of a place in front of the statement that starts a new
 * one for it. The forms and what is left alone are in README.md beside this file.
 */
export const clearBeforeSet: Codemod = {
  id: 'clear-before-set',
  title: 'Clear the old timer before its handle is lost to a new one',
  rules: ['no-timer-overwrite'],
  plan(finding: Finding, { facts }: Analysis): Plan {
    const { subject } = finding;
    if (subject.type !== 'timer' || subject.acquisition.destination.type !== 'place') return { refused: 'This is not about a timer whose handle is kept.' };
    const { acquisition } = subject;
    const { place } = subject.acquisition.destination;
    const needed = whyNeeded(finding, acquisition, place, facts);
    if (needed !== undefined) return { refused: needed };
    const write = findHandleWrite(acquisition, facts);
    if ('refused' in write) return write;

    const writer = new CodeWriter(facts.model, facts.tree);
    const lines = clearOldTimer(write, place, acquisition, facts, writer);
    if ('refused' in lines) return lines;
    writer.around(write.slot, lines, [], { keepsValue: true });
    const isSafe = acquisition.kind.id === 'interval' && isOnlyWork(acquisition, place, facts) && isSameEachTime(acquisition, write, place, facts);
    return { edits: writer.edits, safety: isSafe ? 'safe' : 'review', notes: isSafe ? [] : ['starting it again now calls off the one that is pending'] };
  },
};
