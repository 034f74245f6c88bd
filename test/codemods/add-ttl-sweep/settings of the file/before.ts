import { spawn, type ChildProcess } from 'node:child_process';

const CONFIG = {
  shell: '/bin/sh',
  startTimeoutMs: 5000,
};

interface Shell {
  readonly process: ChildProcess;
  busy: boolean;
}

const shells = new Map<string, Shell>();
let nextShell = 1;

export function openShell(): string {
  const id = `shell-${String(nextShell++)}`;
  shells.set(id, { process: spawn(CONFIG.shell, { timeout: CONFIG.startTimeoutMs }), busy: false });
  return id;
}

export async function type(id: string, text: string, write: (shell: Shell, text: string) => Promise<void>): Promise<void> {
  const shell = shells.get(id);
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
  shells.delete(id);
}

/** The server calls it when it stops. */
export function closeAll(): void {
  for (const id of [...shells.keys()]) closeShell(id);
}
