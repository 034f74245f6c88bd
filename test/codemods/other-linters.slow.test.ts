import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter, type Rule } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canInstall, Project } from '../package/packed.js';

/** Linters that speak of leaks, too; fetched, since nothing else of ours needs them. */
const PLUGINS = { 'eslint-plugin-react-web-api': '2.13.0', 'eslint-plugin-clean-timer': '1.0.2', 'eslint-plugin-unicorn': '65.0.1' };
/** Rules of theirs whose name or description speaks of what we speak of. */
const ABOUT_LEAKS = /leak|timer|interval|timeout|listener|dispos|clean-?up|unsubscri|event target/iu;

type State = 'before' | 'after';

/** Every case of every codemod, which are held to the engine's output by the tests of the cases. */
const cases = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: codemod }) => readdirSync(new URL(`${codemod}/`, import.meta.url)).map((name) => ({ codemod, name })))
  .filter(({ codemod, name }) => fileOf(codemod, name, 'after') !== undefined);

describe.skipIf(!canInstall())('other linters on what the codemods write', () => {
  const project = new Project();
  let reports: Readonly<Record<State, ReadonlyMap<string, number>>>;

  beforeAll(async () => {
    project.write({ 'package.json': '{ "private": true }', '.npmrc': 'legacy-peer-deps=true\n' });
    project.install('eslint@10', 'typescript@6', '@typescript-eslint/parser@8', ...Object.entries(PLUGINS).map(([name, version]) => `${name}@${version}`));
    const eslint = await linter(project);
    reports = { before: await counted(eslint, 'before'), after: await counted(eslint, 'after') };
  });
  afterAll(() => { project.remove(); });

  it('report nothing that they did not report before', () => {
    const worse = [...reports.after].filter(([key, count]) => count > (reports.before.get(key) ?? 0));
    expect(worse).toEqual([]);
  });

  it.each(['react-web-api', 'clean-timer'])('report less than before, by %s', (plugin) => {
    expect(sum(reports.before, plugin)).toBeGreaterThan(0);
    expect(sum(reports.after, plugin)).toBeLessThan(sum(reports.before, plugin) / 2);
  });

  it('report no leak of an effect any more', () => {
    expect(sum(reports.after, 'react-web-api')).toBe(0);
  });
});

async function linter(project: Project): Promise<ESLint> {
  const plugins: Record<string, ESLint.Plugin> = {};
  const rules: Linter.RulesRecord = {};
  for (const name of Object.keys(PLUGINS)) {
    const plugin = await load(name, project);
    const prefix = name.replace('eslint-plugin-', '');
    plugins[prefix] = plugin;
    for (const [id, { meta }] of Object.entries(plugin.rules ?? {}) as [string, Rule.RuleModule][]) {
      if (!meta?.deprecated && ABOUT_LEAKS.test(`${id} ${meta?.docs?.description ?? ''}`)) rules[`${prefix}/${id}`] = 'error';
    }
  }
  const language = { parser: parser as Linter.Parser, parserOptions: { ecmaFeatures: { jsx: true } } };
  return new ESLint({ cwd: project.path, overrideConfigFile: true, overrideConfig: [{ files: ['**/*.{ts,tsx,js,jsx}'], languageOptions: language, plugins, rules }] });
}

/** A plugin as a config in that folder would import it. */
async function load(name: string, project: Project): Promise<ESLint.Plugin> {
  project.write({ [`load-${name}.mjs`]: `export * as plugin from '${name}';\n` });
  const { plugin } = (await import(/* @vite-ignore */ pathToFileURL(join(project.path, `load-${name}.mjs`)).href)) as { readonly plugin: ESLint.Plugin & { readonly default?: ESLint.Plugin } };
  return plugin.default ?? plugin;
}

/** How often each rule reports something of each case. */
async function counted(eslint: ESLint, state: State): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { codemod, name } of cases) {
    const file = fileOf(codemod, name, state) ?? '';
    const text = readFileSync(new URL(`${codemod}/${encodeURIComponent(name)}/${file}`, import.meta.url), 'utf8');
    const [result] = await eslint.lintText(text, { filePath: file });
    for (const { ruleId, message } of result?.messages ?? []) {
      const key = `${ruleId ?? message} in ${codemod}/${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function sum(counts: ReadonlyMap<string, number>, plugin: string): number {
  return [...counts].reduce((all, [key, count]) => all + (key.startsWith(`${plugin}/`) ? count : 0), 0);
}

function fileOf(codemod: string, name: string, state: State): string | undefined {
  return readdirSync(new URL(`${codemod}/${encodeURIComponent(name)}/`, import.meta.url)).find((file) => file.startsWith(`${state}.`));
}
