import type { ChildProcess } from 'node:child_process';
import { CannotRun } from '../cannot-run.js';

/**
 * Waits for a command; true if it succeeded.
 *
 * @param spelled how it is named to the user
 * @throws CannotRun if it cannot be started, or the user interrupts it
 */
export async function succeeds(start: () => ChildProcess, spelled: string): Promise<boolean> {
  // The terminal sends Ctrl-C to the command as well; we go on, and put the files back.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const child = start();
      child.on('error', (error) => { reject(new CannotRun(`\`${spelled}\` cannot be run: ${error.message}; nothing was written.`)); });
      child.on('close', (code, signal) => {
        if (signal === 'SIGINT') reject(new CannotRun(`\`${spelled}\` was interrupted; nothing was written.`));
        else resolve(code === 0);
      });
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
