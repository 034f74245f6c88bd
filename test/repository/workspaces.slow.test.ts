import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAIN } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';

const home = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(home, 'docs/adopt.md'), 'utf8');
/** What stands in the page between fences, behind the first words that introduce it. */
const blockAfter = (words: string): string => /```\w+\n([^]*?)```/.exec(page.slice(page.indexOf(words)))?.[1] ?? '';
const { scripts: { leaks } } = JSON.parse(blockAfter('## Turborepo and Nx')) as { scripts: { leaks: string } };

/** An engine, as it is run in a test, and how its log tells that a task was not run again. */
const ENGINES = {
  turbo: { file: 'turbo.json', block: '**Turborepo**', args: ['run', 'leaks', '--ui', 'stream', '--continue'], isKept: (log: string) => /Cached:\s+2 cached, 2 total/.test(log) },
  nx: { file: 'nx.json', block: '**Nx**', args: ['run-many', '-t', 'leaks', '--output-style', 'static'], isKept: (log: string) => /2 out of 2 tasks|2\/2 hit/.test(log) },
} as const;
type Engine = keyof typeof ENGINES;

const manifest = (name: string, dependencies = {}): string => JSON.stringify({ name: `@shop/${name}`, version: '1.0.0', private: true, type: 'module', main: 'src/index.ts', scripts: { leaks: leaks.replace('packages/app', `packages/${name}`) }, dependencies });

const PANEL = (start: string, end: string): string => `
export class Panel {
  timer: unknown;
  constructor(readonly feed: any) { ${start} }
  dispose(): void { ${end} }
}
`;
const WORKSPACE: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\n.turbo\n.nx\n',
  'package.json': JSON.stringify({ name: 'shop', private: true, packageManager: 'npm@10.8.2', workspaces: ['packages/*'], devDependencies: { 'eslint-plugin-leakproof': '0.1.0' } }),
  'package-lock.json': JSON.stringify({
    name: 'shop', lockfileVersion: 3, requires: true,
    packages: {
      '': { name: 'shop', workspaces: ['packages/*'], devDependencies: { 'eslint-plugin-leakproof': '0.1.0' } },
      'node_modules/eslint-plugin-leakproof': { version: '0.1.0', dev: true },
      'node_modules/@shop/app': { resolved: 'packages/app', link: true },
      'node_modules/@shop/parts': { resolved: 'packages/parts', link: true },
      'packages/app': { name: '@shop/app', version: '1.0.0', dependencies: { '@shop/parts': '1.0.0' } },
      'packages/parts': { name: '@shop/parts', version: '1.0.0' },
    },
  }),
  'packages/parts/package.json': manifest('parts'),
  'packages/parts/src/index.ts': "export * from './panel.js';\nexport * from './sockets.js';\n",
  'packages/parts/src/panel.ts': PANEL('', ''),
  'packages/parts/src/sockets.ts': `
const sockets = new Map<string, unknown>();
export function openSocket(socketId: string, socket: unknown): void { sockets.set(socketId, socket); }
export function closeSocket(socketId: string): void { sockets.delete(socketId); }
`,
  'packages/app/package.json': manifest('app', { '@shop/parts': '1.0.0' }),
  'packages/app/src/index.ts': `
import { Meter } from './meter.js';
import { closeSocket, openSocket } from '@shop/parts';
declare const server: any;
server.on('connection', (socket: any) => {
  openSocket(socket.id, socket);
  socket.on('close', () => closeSocket(socket.id));
});
server.on('panel', () => server.show(new Meter(server)));
`,
  'packages/app/src/meter.ts': `
import { Panel } from '@shop/parts';
export class Meter extends Panel {
  values = [1];
  dispose(): void { this.values.length = 0; }
}
`,
};

describe.each(Object.keys(ENGINES) as Engine[])('%s', (engine) => {
  const { file, block, args, isKept } = ENGINES[engine];
  const bin = join(home, 'node_modules/.bin', engine);
  const folder = temporaryFolder();

  /** Runs the tasks of all packages. */
  function run(): { readonly status: number | null; readonly log: string } {
    const quiet = { CI: '1', DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1', NX_DAEMON: 'false', NX_NO_CLOUD: 'true', LEAKPROOF_CACHE_DIR: join(folder.path, '.nx/leakproof') };
    const { status, stdout, stderr } = spawnSync(bin, args, { cwd: folder.path, encoding: 'utf8', env: { ...process.env, ...quiet } });
    return { status, log: stdout + stderr };
  }

  beforeEach(() => {
    folder.write({ ...WORKSPACE, [file]: blockAfter(block) });
    mkdirSync(join(folder.path, 'node_modules/@shop'), { recursive: true });
    for (const name of ['app', 'parts']) symlinkSync(`../../packages/${name}`, join(folder.path, 'node_modules/@shop', name));
    symlinkSync(join(home, 'node_modules', engine), join(folder.path, 'node_modules', engine));
    folder.write({ 'node_modules/.bin/leakproof': `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n` });
    chmodSync(join(folder.path, 'node_modules/.bin/leakproof'), 0o755);
    for (const command of [['init', '--quiet'], ['add', '--all'], ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--message', 'All']]) spawnSync('git', command, { cwd: folder.path });
  });

  it.skipIf(!existsSync(bin))('skips what has not changed, and judges again what another package decides', () => {
    const first = run();
    expect(first.log).toContain('leakproof scan packages/app');
    expect([first.status, isKept(first.log)]).toEqual([0, false]);
    expect(isKept(run().log)).toBe(true);

    // No source, no setting: nothing that a verdict depends on.
    folder.write({ 'packages/app/README.md': '# App\n' });
    expect(isKept(run().log)).toBe(true);

    // A dependency decides about its dependent.
    folder.write({ 'packages/parts/src/panel.ts': PANEL('this.timer = setInterval(() => feed.poll(), 1000);', 'clearInterval(this.timer as never);') });
    const derived = run();
    expect(derived.log).toMatch(/meter\.ts[^]*no-forgotten-field/);
    expect(derived.status).not.toBe(0);
    folder.write({ 'packages/parts/src/panel.ts': PANEL('', '') });
    expect(run().status).toBe(0);

    // A dependent decides about its dependency.
    const app = WORKSPACE['packages/app/src/index.ts'] ?? '';
    folder.write({ 'packages/app/src/index.ts': app.replace("socket.on('close', () => closeSocket(socket.id));", '').replace('closeSocket, ', '') });
    const uncalled = run();
    expect(uncalled.log).toMatch(/sockets\.ts[^]*no-manual-only-release/);
    expect(uncalled.status).not.toBe(0);

    // So do the settings.
    folder.write({ 'leakproof.json': '{ "rules": { "no-manual-only-release": "off" } }' });
    expect(run().status).toBe(0);
  });
});
