import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import leakproof from '../../src/index.js';
import { temporaryFolder } from '../support/folder.js';
import { COMBINATIONS, lint, plugin } from './lint.js';

const LEAK = `export class Poller {
  constructor() {
    setInterval(() => this.tick(), 60_000);
  }
  tick() {}
  close() {}
}
`;
/** It fires once and soon, which leaves a doubt. */
const LIKELY = LEAK.replace('setInterval', 'setTimeout').replace('60_000', '5_000');
const ON_DEMAND = { plugins: { leakproof: leakproof as never } };
const { recommended, strict } = plugin.configs;

describe.each(COMBINATIONS)('in $engine with $parser', (combination) => {
  it('reports where the timer is started', async () => {
    const messages = await lint(combination, LEAK, [recommended]);
    expect(messages).toMatchObject([{ ruleId: 'leakproof/no-untracked-timer', severity: 2, line: 3, column: 5, endLine: 3, messageId: 'leak' }]);
    expect(messages[0]?.message).toMatch(/Poller.*\.$/);
  });

  it('reports likely findings in strict', async () => {
    expect(await lint(combination, LIKELY, [recommended])).toEqual([]);
    expect(await lint(combination, LIKELY, [strict])).toHaveLength(1);
  });

  it('is at certain without options', async () => {
    const config = { ...ON_DEMAND, rules: { 'leakproof/no-untracked-timer': 'warn' as const } };
    expect(await lint(combination, LEAK, [config])).toMatchObject([{ severity: 1 }]);
    expect(await lint(combination, LIKELY, [config])).toEqual([]);
  });

  it('allows names', async () => {
    const allow = (entry: string) => lint(combination, LEAK, [{ ...ON_DEMAND, rules: { 'leakproof/no-untracked-timer': ['error', { allow: [entry] }] } }]);
    expect(await allow('Poller.setInterval')).toEqual([]);
    expect(await allow('/^Other/')).toHaveLength(1);
  });

  it('refuses options that it does not know', async () => {
    const config = { ...ON_DEMAND, rules: { 'leakproof/no-untracked-timer': ['error', { level: 'likely' }] as never } };
    await expect(lint(combination, LEAK, [config])).rejects.toThrow(/level/);
  });

  it('counts from behind a byte order mark', async () => {
    expect(await lint(combination, `\uFEFF${LEAK.replaceAll('\n', '\r\n')}`, [recommended])).toMatchObject([{ line: 3, column: 5 }]);
  });
});

describe('leakproof.json', () => {
  const folder = temporaryFolder();
  const here = (config: Parameters<typeof lint>[2], text = LEAK) => lint({ engine: 'ESLint 10', parser: 'espree' }, text, config, folder.path);
  const withOptions = (options: object) => ({ ...ON_DEMAND, rules: { 'leakproof/no-untracked-timer': ['error', options] } }) as never;

  it('switches a rule off, lowers its threshold, and allows names', async () => {
    folder.write({ 'leakproof.json': '{ "rules": { "no-untracked-timer": "off" } }' });
    expect(await here([recommended])).toEqual([]);
    folder.write({ 'leakproof.json': '{ "rules": { "no-untracked-timer": "likely" } }' });
    expect(await here([recommended], LIKELY)).toHaveLength(1);
    folder.write({ 'leakproof.json': '{ "rules": { "no-untracked-timer": { "allow": ["setInterval"] } } }' });
    expect(await here([recommended])).toEqual([]);
  });

  it('is overridden by the options of ESLint', async () => {
    folder.write({ 'leakproof.json': '{ "rules": { "no-untracked-timer": "off" } }' });
    expect(await here([strict])).toHaveLength(1);
    folder.write({ 'leakproof.json': '{ "rules": { "no-untracked-timer": { "allow": ["setInterval"] } } }' });
    expect(await here([withOptions({ allow: [] })])).toHaveLength(1);
    expect(await here([withOptions({ confidence: 'likely' })])).toEqual([]);
  });

  it('is no pattern that nothing can match: the rule says so, and stops nothing', async () => {
    const sentence = 'options of leakproof/no-untracked-timer: "allow" holds "/(/", which is not a valid regular expression.';
    expect(await here([withOptions({ allow: ['/(/'] })])).toMatchObject([{ line: 1, column: 1, messageId: 'settings', message: sentence }]);
  });

  it('is reported once at the top of the file if it cannot be used, and stops no other rule', async () => {
    folder.write({ 'leakproof.json': '{ "rulez": {} }' });
    const sentence = 'leakproof.json: "rulez" is no setting; known are rules, cleanupFunctions, timers, resources, ignore, codemods.';
    const messages = await here([recommended, { rules: { 'no-undef': 'error' } }]);
    expect(messages).toMatchObject([
      { ruleId: expect.stringMatching(/^leakproof\//) as string, severity: 2, line: 1, column: 1, messageId: 'settings', message: sentence },
      { ruleId: 'no-undef', line: 3 },
    ]);
    folder.write({ 'leakproof.json': '{' });
    expect(await here([recommended])).toMatchObject([{ line: 1, column: 1, message: expect.stringMatching(/^leakproof\.json is not valid JSON: .+\.$/) as string }]);
  });
});

describe('the plugin object', () => {
  it('names itself', () => {
    expect(leakproof.meta).toEqual({ name: 'eslint-plugin-leakproof', version: '0.1.0', namespace: 'leakproof' });
  });

  it('has presets that follow from the rules', () => {
    const ids = (some: typeof rules) => some.map(({ id }) => `leakproof/${id}`);
    const stable = ids(rules.filter((rule) => rule.stable));
    expect(recommended).toMatchObject({ name: 'leakproof/recommended', rules: Object.fromEntries(stable.map((id) => [id, 'error'])) });
    expect(Object.keys(strict.rules ?? {})).toEqual(stable);
    expect(Object.keys(plugin.configs.all.rules ?? {})).toEqual(ids(rules));
    expect(Object.values(strict.rules ?? {})).toEqual(stable.map(() => ['error', { confidence: 'likely' }]));
  });

  it.each(Object.entries(leakproof.rules))('%s says what it is', (id, { meta }) => {
    expect(meta).toMatchObject({ type: 'problem', docs: { description: expect.stringMatching(/^disallow [^.]+$|^require [^.]+$/) as string } });
    expect(meta.docs?.url).toContain(`/docs/rules/${id}.md`);
  });

  it.each([
    ['imported', ['--input-type=module', '-e', "import plugin from 'eslint-plugin-leakproof'; console.log(plugin.meta.name)"]],
    ['required', ['--input-type=commonjs', '-e', "console.log(require('eslint-plugin-leakproof').meta.name)"]],
  ])('can be %s as built', (_how, args) => {
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const { stdout } = spawnSync(process.execPath, ['--no-warnings', ...args], { cwd, encoding: 'utf8' });
    expect(stdout).toBe('eslint-plugin-leakproof\n');
  });
});
