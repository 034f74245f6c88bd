import { extname } from 'node:path';
import { CannotRun } from '../cannot-run.js';
import type { Answer, Asker } from './interactive.js';

/** Whether a person can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Asks at the terminal, on stderr, since stdout is for the result.
 *
 * @throws CannotRun if there is no terminal, and from each question that Ctrl-C ends
 */
export async function terminalAsker(): Promise<Asker> {
  if (!canAsk()) throw new CannotRun('--interactive asks questions, so it needs a terminal.');
  const { confirm, editor, expand } = await import('@inquirer/prompts');
  const context = { output: process.stderr };
  return {
    choose: (message) => uninterrupted(expand<Answer>({ message, default: 's', choices: CHOICES }, context)),
    edit: (text, file) => uninterrupted(editor({ message: file, default: text, postfix: extname(file), waitForUserInput: false }, context)),
    confirm: (message) => uninterrupted(confirm({ message, default: true }, context)),
  };
}

const CHOICES = [
  { key: 'a', name: 'accept: make it', value: 'accept' },
  { key: 's', name: 'skip: leave the finding for now', value: 'skip' },
  { key: 'e', name: 'edit: change the repaired file first', value: 'edit' },
  { key: 'n', name: 'never: allow it in the settings', value: 'never' },
  { key: 'q', name: 'quit: ask no more, keep what was accepted', value: 'quit' },
] as const;

async function uninterrupted<Given>(answer: Promise<Given>): Promise<Given> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new CannotRun('Stopped; nothing was written.');
    throw error;
  }
}
