import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The versions of Node that are tried, oldest first. Each is fetched as the npm package `node`. */
export const NODES = ['20.19.0', '22', '24', '26'] as const;

/** Where a version of Node is, fetched if need be; undefined if it cannot be had. */
export function findNode(version: string): string | undefined {
  const { stdout } = spawnSync('npx', ['--yes', '-p', `node@${version}`, 'node', '-p', '[process.version,process.execPath].join()'], { cwd: tmpdir(), encoding: 'utf8', shell: process.platform === 'win32' });
  const [said = '', path] = stdout.trim().split(',');
  return said.startsWith(`v${version}`) ? path : undefined;
}

/** A folder as a user has it: the packed tarball installed in it, and nothing of this repository in reach. */
export class Project {
  constructor(readonly path = mkdtempSync(join(tmpdir(), 'leakproof-packed-'))) {}

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
  }

  /** Installs packages, by name or as tarballs. */
  install(...packages: string[]): void {
    const { status, stderr } = this.run('npm', 'install', '--save-dev', '--no-audit', '--no-fund', '--prefer-offline', ...packages);
    if (status !== 0) throw new Error(stderr);
  }

  /** Runs a command of an installed package, and never one that would have to be fetched. */
  command(name: string, ...args: string[]): Ran {
    return this.run('npx', '--no', name, ...args);
  }

  run(command: string, ...args: string[]): Ran {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.path, encoding: 'utf8', env: { ...process.env, NODE_ENV: '' }, shell: process.platform === 'win32' });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Whether packages can be fetched; says so aloud where they cannot. */
export function canInstall(): boolean {
  const { status } = spawnSync('npm', ['view', 'eslint-visitor-keys', 'version'], { encoding: 'utf8' });
  if (status !== 0) console.warn('Skipped: the npm registry cannot be reached, so the packed package cannot be installed.');
  return status === 0;
}

/** Packs what is built, without building it again; the path of the tarball. */
export function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leakproof-tarball-'));
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(folder, filename);
}
