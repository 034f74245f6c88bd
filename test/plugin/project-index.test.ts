import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Linter } from 'eslint';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../../src/cli/report.js';
import { scanJson } from '../cli/leakproof.js';
import { temporaryFolder } from '../support/folder.js';
import { ENGINES, PARSERS, plugin, type Engine } from './lint.js';
import { FOUND, PROJECT } from './server-project.js';

const folder = temporaryFolder();
/** Where the store of this test lies, beside the project. */
const cacheFolder = (): string => `${folder.path}-cache`;
beforeEach(() => vi.stubEnv('LEAKPROOF_CACHE_DIR', cacheFolder()));
afterEach(() => {
  vi.unstubAllEnvs();
  for (const name of ['', '-second', '-file']) rmSync(`${cacheFolder()}${name}`, { recursive: true, force: true });
});

const INDEX: Linter.Config = { settings: { leakproof: { index: true } } };

const SOURCES = Object.keys(PROJECT).filter((name) => /^src\/.*\.[jt]s$/.test(name));

/** What is reported, one line a finding. */
type Reported = readonly string[];

function scanned({ findings }: Report): Reported {
  return findings.map(({ file, line, column, endLine, endColumn, rule, message }) => `${file}:${line}:${column}-${endLine}:${endColumn} leakproof/${rule} ${message}`);
}

/** What the rules report of one file, and nothing else. */
async function linted(engine: Engine, name: string, config: readonly Linter.Config[] = [INDEX], text = folder.read(name)): Promise<Reported> {
  const eslint = new ENGINES[engine]({
    cwd: folder.path,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.js', '**/*.ts'], languageOptions: PARSERS['typescript-eslint'] }, plugin.configs.strict, ...config],
  });
  const results = await eslint.lintText(text, { filePath: join(folder.path, name) });
  return results.flatMap(({ messages }) => messages.map(({ line, column, endLine, endColumn, ruleId, message }) => `${name}:${line}:${column}-${endLine ?? 0}:${endColumn ?? 0} ${ruleId ?? ''} ${message}`));
}

async function lintedOneByOne(engine: Engine): Promise<Reported> {
  const reported: string[] = [];
  for (const name of [...SOURCES].sort()) reported.push(...(await linted(engine, name)));
  return reported;
}

const rulesIn = (reported: Reported): string[] => reported.map((line) => `${line.slice(0, line.indexOf(':'))} ${/leakproof\/(\S+)/.exec(line)?.[1] ?? ''}`);

describe.each(Object.keys(ENGINES) as Engine[])('with the index, in %s', (engine) => {
  it('each file alone has the findings of the whole scan', async () => {
    folder.write(PROJECT);
    const reported = await lintedOneByOne(engine);
    expect(rulesIn(reported)).toEqual(FOUND);
    expect(reported).toEqual(scanned(await scanJson(folder, '--confidence', 'likely', '--no-cache')));
  });

  it('a file alone has none of them without it', async () => {
    folder.write(PROJECT);
    for (const config of [[], [{ settings: { leakproof: { index: false } } }]]) {
      expect(await linted(engine, 'src/registry.ts', config)).toEqual([]);
    }
    expect(existsSync(cacheFolder())).toBe(false);
  });
});

describe('what the editor holds', () => {
  const here = (name: string, text?: string): Promise<Reported> => linted('ESLint 10', name, [INDEX], text);
  const registry = PROJECT['src/registry.ts'] ?? '';
  const calls = PROJECT['src/calls.ts'] ?? '';

  it.each<[string, string, string, number]>([
    ['a release of its own', 'src/registry.ts', `${registry}setInterval(() => sockets.clear(), 60_000);\n`, 0],
    ['a release that another file sets going', 'src/registry.ts', `import { later } from './later.js';\n${registry}later(() => sockets.clear());\n`, 0],
    ['a release that is gone', 'src/calls.ts', calls.replace('calls.delete(callId)', 'void callId'), 1],
    ['an import that is gone', 'src/meter.js', (PROJECT['src/meter.js'] ?? '').replace("import Widget from './widget.js';", 'class Widget {}'), 0],
  ])('counts for the file that is judged: %s', async (_, name, text, count) => {
    folder.write({ ...PROJECT, 'src/later.ts': 'export const later = (run: () => void): unknown => setInterval(run, 60_000);\n' });
    const before = await here(name);
    const reported = await here(name, text);
    expect(reported).toHaveLength(count);
    expect(reported).not.toEqual(before);
    expect(await here(name)).toEqual(before);
    folder.write({ [name]: text });
    expect(reported).toEqual(scanned(await scanJson(folder, '--confidence', 'likely', name)));
  });

  it('is judged alone if the project has no such file', async () => {
    folder.write(PROJECT);
    expect(await here('src/new.ts', registry)).toEqual([]);
    expect(await here('test/registry.test.ts')).toEqual([]);
  });
});

describe('a change on the disk while the linter lives on', () => {
  const here = (name = 'src/registry.ts'): Promise<Reported> => linted('ESLint 10', name);
  const HANGS_UP = `${PROJECT['src/accept.ts'] ?? ''}\nimport { closeSocket } from './registry.js';\nexport const end = (socket: any): void => socket.on('close', () => closeSocket(socket.id));\n`;

  /** The index spends a small share of the time on looking, so what is new is seen a little later. */
  const soon = (what: Reported | string[], name?: string): Promise<void> => vi.waitFor(async () => { expect(rulesIn(await here(name))).toEqual(what); }, { timeout: 20_000, interval: 100 });

  it('of a file, a new file, a file that is gone, and of what the package offers', async () => {
    folder.write(PROJECT);
    await soon(['src/registry.ts no-manual-only-release']);
    folder.write({ 'src/accept.ts': HANGS_UP });
    await soon([]);
    folder.write({ 'src/accept.ts': PROJECT['src/accept.ts'] ?? '' });
    await soon(['src/registry.ts no-manual-only-release']);
    folder.write({ 'src/late.ts': "import { closeSocket } from './registry.js';\nglobalThis.addEventListener('offline', () => closeSocket('1'));\n" });
    await soon([]);
    folder.write({ 'src/late.ts': 'export {};\n' });
    await soon(['src/registry.ts no-manual-only-release']);
    folder.write({ 'package.json': '{ "name": "registry", "type": "module", "main": "src/registry.ts" }' });
    await soon([]);
  });
});

describe('the cache', () => {
  const storeFile = (): string => join(cacheFolder(), readdirSync(cacheFolder())[0] ?? '');
  const all = (): Promise<Reported> => lintedOneByOne('ESLint 10');

  it('is shared with the command, both ways', async () => {
    folder.write(PROJECT);
    const found = scanned(await scanJson(folder, '--confidence', 'likely'));
    const written = readFileSync(storeFile(), 'utf8');
    expect(await all()).toEqual(found);
    expect(readFileSync(storeFile(), 'utf8')).toBe(written);

    folder.write({ 'src/more.ts': 'export const more = 1;\n', 'leakproof.json': '{}' });
    vi.stubEnv('LEAKPROOF_CACHE_DIR', `${cacheFolder()}-second`);
    await linted('ESLint 10', 'src/more.ts', [INDEX]);
    expect(scanned(await scanJson(folder, '--confidence', 'likely'))).toEqual(found);
    expect(scanned(await scanJson(folder, '--confidence', 'likely'))).toEqual(found);
  });

  it.each<[string, () => void]>([
    ['is missing', () => undefined],
    ['holds garbage', () => { writeFileSync(storeFile(), '{ not a store'); }],
    ['was cut off', () => { writeFileSync(storeFile(), readFileSync(storeFile(), 'utf8').slice(0, -40)); }],
    ['cannot be written', () => { writeFileSync(`${cacheFolder()}-file`, ''); vi.stubEnv('LEAKPROOF_CACHE_DIR', `${cacheFolder()}-file`); }],
  ])('%s, and the findings are the same', async (_, spoil) => {
    folder.write(PROJECT);
    const found = scanned(await scanJson(folder, '--confidence', 'likely'));
    spoil();
    expect(await all()).toEqual(found);
  });
});

it('says once what it does not understand', async () => {
  folder.write(PROJECT);
  const said = await linted('ESLint 10', 'src/registry.ts', [{ settings: { leakproof: { indx: true } } }]);
  expect(said).toEqual([expect.stringContaining('settings.leakproof: "indx" is no setting; known are index.')]);
  expect(await linted('ESLint 10', 'src/registry.ts', [{ settings: { leakproof: { index: 'yes' } } }])).toEqual([expect.stringContaining('settings.leakproof: "index" must be true or false.')]);
});
