import { afterEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../support/folder.js';
import { leakproof } from '../leakproof.js';
import { CLEAN, leakyClass } from '../samples.js';
import { ODD } from './odd-names.js';

const folder = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

const github = (...args: string[]) => leakproof(folder, 'scan', '--format', 'github', ...args);
const likely = (name: string) => leakyClass(name).replace('setInterval', 'setTimeout').replace('60_000', '5_000');

it('annotates the lines', async () => {
  folder.write({ 'src/a.ts': leakyClass(), 'src/b.ts': likely('B') });
  const { status, stdout } = await github('--confidence', 'likely');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=src\/a\.ts,line=3,endLine=3,col=5,title=leakproof\/no-untracked-timer::The handle of .+\.\n::warning file=src\/b\.ts,line=3,.+\.\n$/);
});

it('says nothing where nothing leaks', async () => {
  folder.write({ 'a.ts': CLEAN });
  expect(await github()).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('lets no name end a value, or begin another command', async () => {
  folder.write({ [ODD.file]: leakyClass(), 'src/x\n::error::y.ts': leakyClass('X') });
  const lines = (await github('src')).stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^::error file=src\/a b%2Cc%3Ad%2520\\u001b\[31m<script>@team`x`\[y\]\(z\)\|\.ts,line=3,/);
  expect(lines[1]).toMatch(/^::error file=src\/x\\u000a%3A%3Aerror%3A%3Ay\.ts,line=3,/);
});

it('shows as many as GitHub takes, and says how many more there are', async () => {
  folder.write({ 'a.ts': Array.from({ length: 12 }, (_, index) => leakyClass(`A${index}`)).join(''), 'b.ts': Array.from({ length: 11 }, (_, index) => likely(`B${index}`)).join('') });
  const lines = (await github('--confidence', 'likely')).stdout.trimEnd().split('\n');
  const of = (kind: string) => lines.filter((line) => line.startsWith(`::${kind} `)).length;
  expect([of('error'), of('warning'), of('notice')]).toEqual([10, 10, 1]);
  expect(lines.at(-1)).toContain('3 more findings are not shown here');
});

it('names files from the top of the checked-out repository', async () => {
  folder.write({ 'packages/web/src/a.ts': leakyClass() });
  vi.stubEnv('GITHUB_WORKSPACE', folder.path);
  const { stdout } = await leakproof({ path: `${folder.path}/packages/web` }, 'scan', '--format', 'github');
  expect(stdout).toContain('::error file=packages/web/src/a.ts,');
  vi.stubEnv('GITHUB_WORKSPACE', `${folder.path}/elsewhere`);
  expect((await leakproof({ path: `${folder.path}/packages/web` }, 'scan', '--format', 'github')).stdout).toContain('::error file=src/a.ts,');
});
