import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leakyClass } from '../cli/samples.js';
import { temporaryFolder } from '../support/folder.js';

const PLUGIN = fileURLToPath(new URL('../../dist/src/index.js', import.meta.url));
const ESLINT = fileURLToPath(new URL('../../node_modules/eslint', import.meta.url));

/** What is printed after each of some texts was linted with the built plugin: which parts of it are loaded, and what was found. */
interface Step {
  readonly loaded: readonly string[];
  readonly messages: readonly { readonly ruleId: string; readonly fix?: unknown; readonly suggestions?: readonly { readonly desc: string }[] }[];
}

const LINT = `
const { basename, dirname } = require('node:path');
const [load, cwd, ...texts] = process.argv.slice(1);
const loading = load === 'import' ? import(process.env.PLUGIN).then((loaded) => loaded.default) : Promise.resolve(require(process.env.PLUGIN));
loading.then((leakproof) => {
  const loaded = () => Object.keys(require.cache).filter((path) => path.startsWith(dirname(process.env.PLUGIN)) && path.endsWith('.cjs')).map((path) => basename(path)).filter((name) => !name.startsWith('shared-')).sort();
  const linter = new (require(process.env.ESLINT).Linter)({ cwd });
  const steps = [{ loaded: loaded(), messages: [] }];
  for (const text of texts) {
    const [code, settings] = JSON.parse(text);
    const messages = linter.verify(code, [leakproof.configs.strict, { settings }], 'src/a.js');
    steps.push({ loaded: loaded(), messages });
  }
  console.log(JSON.stringify(steps));
});
`;

describe.each(['import', 'require'])('the built plugin, got by %s', (load) => {
  const folder = temporaryFolder();

  function linted(...texts: readonly (readonly [code: string, settings: object])[]): Step[] {
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT, load, folder.path, ...texts.map((text) => JSON.stringify(text))], { encoding: 'utf8', env: { ...process.env, PLUGIN, ESLINT } });
    expect(stderr.replace(/^.*ExperimentalWarning.*\n.*--trace-warnings.*\n/mu, '')).toBe('');
    return JSON.parse(stdout) as Step[];
  }

  it('has repairs and the index only from when they are asked for', () => {
    const leak = leakyClass().replaceAll(': void', '');
    folder.write({ 'src/a.js': leak });
    const [started, clean, indexed, leaking] = linted(['export const a = 1;\n', {}], ['export const a = 1;\n', { leakproof: { index: true } }], [leak, {}]);
    expect(started?.loaded).toEqual(['plugin.cjs']);
    expect(clean).toEqual({ loaded: ['plugin.cjs'], messages: [] });
    expect(indexed).toEqual({ loaded: ['plugin.cjs', 'project-index.cjs'], messages: [] });
    expect(leaking?.loaded).toEqual(['editor-repair.cjs', 'plugin.cjs', 'project-index.cjs']);
    expect(leaking?.messages).toMatchObject([{ ruleId: 'leakproof/no-untracked-timer', suggestions: [{ desc: expect.any(String) as string }] }]);
  });

  it('still makes the repairs that are made unseen', () => {
    const overwrite = "export class Poller {\n  watch() {\n    this.timer = setInterval(() => this.poll(), 1000);\n  }\n  poll() { console.log('polled'); }\n  close() { clearInterval(this.timer); }\n}\n";
    const [, { messages } = { messages: [] }] = linted([overwrite, {}]);
    expect(messages).toMatchObject([{ ruleId: 'leakproof/no-timer-overwrite', fix: { text: expect.stringContaining('clearInterval(this.timer)') as string } }]);
  });
});
