// What other linters say of the examples of our rule pages: `npm run compare`.
// Fetches their newest versions that run here into a temporary folder; prints a table in Markdown.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import leakproof from 'eslint-plugin-leakproof';

const PLUGINS = ['eslint-plugin-react-web-api', 'eslint-plugin-clean-timer', 'eslint-plugin-sonarjs', 'eslint-plugin-unicorn', '@typescript-eslint/eslint-plugin', 'eslint-plugin-n', 'eslint-plugin-promise'];
/** Rules of others count if their name or description speaks of what we speak of; all of them are switched on. */
const ABOUT_LEAKS = /leak|timer|interval|timeout|listener|dispos|clean-?up|unsubscri|event target/iu;

const pages = fileURLToPath(new URL('../docs/rules', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'leakproof-compare-'));
try {
  const examples = readdirSync(pages).filter((name) => name.endsWith('.md') && name !== 'README.md').flatMap((name) => examplesOf(name));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const rows = [await judged('eslint-plugin-leakproof', leakproof, leakproof.configs.strict.rules, examples)];
  for (const name of PLUGINS) rows.push(await ofOther(name, examples));
  const leaks = examples.filter(({ isLeak }) => isLeak).length;
  console.log(`| plugin | rules about leaks | of ${leaks} leaks reported | of ${examples.length - leaks} examples without one reported |\n| --- | --- | --- | --- |`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The examples of one page. What is no program by itself is the body of a function. */
function examplesOf(page) {
  const text = readFileSync(join(pages, page), 'utf8');
  return [...text.matchAll(/^```(tsx?|jsx?)\n([^]*?)^```$/gmu)].flatMap(({ 1: language, 2: code, index }) => {
    const section = /(?:^|\n)## (.*)\n(?![^]*\n## )/u.exec(text.slice(0, index))?.[1];
    if (!section?.startsWith('Reported') && section !== 'Not reported') return [];
    return [{ isLeak: section !== 'Not reported', file: `example.${language}`, code: parses(code) ? code : `export async function example(...given) {\n${code}}\n` }];
  });
}

function parses(code) {
  try {
    parser.parseForESLint(code, { ecmaFeatures: { jsx: true } });
    return true;
  } catch {
    return false;
  }
}

async function ofOther(name, examples) {
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', 'eslint@10', 'typescript@6', '@typescript-eslint/parser@8', name], { cwd: folder, stdio: 'ignore' });
  if (status !== 0) return [name, 'could not be installed', '', ''];
  // Imported from there, as a config in that folder would.
  const loader = join(folder, `load-${name.replaceAll('/', '-')}.mjs`);
  writeFileSync(loader, `export * as plugin from ${JSON.stringify(name)};\n`);
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  const { plugin: loaded } = await import(pathToFileURL(loader).href);
  const plugin = loaded.default ?? loaded;
  const about = Object.entries(plugin.rules).filter(([id, { meta }]) => !meta?.deprecated && !meta?.docs?.requiresTypeChecking && ABOUT_LEAKS.test(`${id} ${meta?.docs?.description ?? ''}`));
  return judged(`${name} ${version}`, plugin, Object.fromEntries(about.map(([id]) => [`other/${id}`, 'error'])), examples);
}

async function judged(name, plugin, rules, examples) {
  const prefix = name === 'eslint-plugin-leakproof' ? 'leakproof' : 'other';
  const eslint = new ESLint({ cwd: folder, overrideConfigFile: true, overrideConfig: [{ files: ['**/*.{ts,tsx,js,jsx}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, plugins: { [prefix]: plugin }, rules }] });
  const counts = { leaks: 0, others: 0 };
  for (const { isLeak, file, code } of examples) {
    const [result] = await eslint.lintText(code, { filePath: file });
    if (result.messages.some(({ ruleId }) => ruleId !== null)) counts[isLeak ? 'leaks' : 'others'] += 1;
  }
  const ids = Object.keys(rules).map((id) => `\`${id.split('/').slice(1).join('/')}\``);
  return [name, prefix === 'leakproof' ? `all ${ids.length}, strict` : ids.join(', ') || 'none', counts.leaks, counts.others];
}
