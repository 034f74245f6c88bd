import { spawn } from 'node:child_process';
import { keepPassing } from '../../codemod/keep-passing.js';
import type { Decision } from '../../codemod/run.js';
import { CannotRun } from '../cannot-run.js';
import type { Console } from '../console.js';
import { count, wrap } from '../wrap.js';
import { succeeds } from './child.js';
import type { PlannedFile } from './planned-file.js';
import type { Writing } from './write.js';

/**
 * Runs the project's own command on the repaired files. If it fails, the repairs
 * are halved until those with which it fails are found; they are taken out, and
 * the others are written.
 *
 * @param command for the shell, in the working directory
 * @throws CannotRun if it fails without any repair, or is interrupted
 */
export async function verify(command: string, files: readonly PlannedFile[], writing: Writing, console: Console): Promise<void> {
  const run = async (what: string): Promise<boolean> => {
    console.note(wrap(`Running \`${command}\` ${what}.`, ''));
    // Its output goes to stderr, whatever it is: stdout is for the result.
    return succeeds(() => spawn(command, { shell: true, stdio: ['ignore', 2, 2] }), command);
  };
  if (!(await run('without any repair'))) {
    throw new CannotRun(`\`${command}\` fails without any repair, so it cannot judge them; nothing was written.`);
  }
  const ids = [...new Set(files.flatMap((file) => file.ids))];
  const kept = await keepPassing(ids, async (part) => {
    await writing.write((file) => file.textWith(part));
    return run(`with ${part.length} of ${count(ids.length, 'repair')}`);
  });
  const guilty = ids.filter((id) => !kept.includes(id));
  for (const file of files) {
    const own = file.ids.filter((id) => guilty.includes(id));
    file.decide(new Map(own.map((id): [string, Decision] => [id, { gate: 'verified', why: `\`${command}\` fails with it.` }])));
  }
  await writing.write((file) => file.after);
}
