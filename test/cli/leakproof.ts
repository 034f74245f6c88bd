import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import type { Console } from '../../src/cli/console.js';
import { run } from '../../src/cli/program.js';
import type { Report } from '../../src/cli/report.js';

/** The command as it is installed; `npm test` builds it. */
export const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `leakproof` in a folder, within this process: the same code as the command, without a start of Node each time. */
export async function leakproof(folder: { readonly path: string }, ...args: string[]): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const console: Console = {
    result: (text) => void (stdout += text),
    note: (sentence) => void (stderr += `${sentence}\n`),
    progress: () => undefined,
    paint: (_style, text) => text,
  };
  const before = process.cwd();
  enter(folder.path);
  try {
    return { status: await run(args, console), stdout, stderr };
  } finally {
    enter(before);
  }
}

/** A thread, in which Stryker runs the tests, cannot change the folder of its process, only what is said of it. */
function enter(path: string): void {
  if (isMainThread) process.chdir(path);
  else process.cwd = () => path;
}

/** The report of `leakproof scan --format json`. */
export async function scanJson(folder: { readonly path: string }, ...args: string[]): Promise<Report> {
  const { stdout } = await leakproof(folder, 'scan', '--format', 'json', ...args);
  return JSON.parse(stdout) as Report;
}

/** Runs the built command as its users do. */
export function installed(folder: { readonly path: string }, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd: folder.path, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { status, stdout, stderr };
}
