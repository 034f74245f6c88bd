import { spawn, type ChildProcess } from 'node:child_process';

const CONFIG = {
  shell: '/bin/sh',
  startTimeoutMs: 5000,
  /** How long an entry of shells may go unused. */
  shellTtlMs: 30 * 60 * 1000,
  /** How often unused entries of shells are looked for. */
  shellSweepMs: 60 * 1000,
};

interface Shell {
  readonly process: ChildProcess;
  busy: boolean;
}

const shells = new Map<string, Shell>();
const shellLastActivity = new Map<string, number>();
let nextShell = 1;

const shellSweep = setInterval(sweepShells, CONFIG.shellSweepMs);
shellSweep.unref();

/** Notes that an entry of shells was used just now. */
function touchShell(id: string): void {
  if (shells.has(id)) {
    shellLastActivity.set(id, Date.now());
  }
}

/** Ends the entries of shells that went unused for too long. */
function sweepShells(): void {
  const now = Date.now();
  for (const [id, shell] of shells) {
    const lastActivity = shellLastActivity.get(id);
    if (lastActivity === undefined || shell.busy) {
      // Not stamped yet, or at work: its time starts now.
      shellLastActivity.set(id, now);
    } else if (now - lastActivity >= CONFIG.shellTtlMs) {
      try {
        closeShell(id);
      } catch (error) {
        console.error('sweepShells: closeShell failed', error);
      }
    }
  }
}

export function openShell(): string {
  const id = `shell-${String(nextShell++)}`;
  shells.set(id, { process: spawn(CONFIG.shell, { timeout: CONFIG.startTimeoutMs }), busy: false });
  touchShell(id);
  return id;
}

export async function type(id: string, text: string, write: (shell: Shell, text: string) => Promise<void>): Promise<void> {
  const shell = shells.get(id);
  touchShell(id);
  if (shell === undefined) throw new Error(`No shell ${id}`);
  shell.busy = true;
  try {
    await write(shell, text);
  } finally {
    shell.busy = false;
  }
}

export function closeShell(id: string): void {
  shells.get(id)?.process.kill();
  shellLastActivity.delete(id);
  shells.delete(id);
}

/** The server calls it when it stops. */
export function closeAll(): void {
  clearInterval(shellSweep);
  for (const id of [...shells.keys()]) closeShell(id);
}
