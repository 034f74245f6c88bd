// Runs ESLint with the typescript-eslint parser and the rules of one plugin on the files that a scan of a folder reads:
//   node scripts/bench-eslint.mjs FOLDER [MODULE]
// Without a module that is this plugin, with all its rules; of another one, its recommended rules. Prints what ESLint
// itself counts (`stats`): the ms of parsing, and of each rule; the first rule of ours that runs pays for the analysis
// that all of them share.
import { pathToFileURL } from 'node:url';
import { ESLint } from 'eslint';
import * as parser from '@typescript-eslint/parser';
import plugin from '../dist/src/index.js';
import { filesOf } from './bench-files.mjs';

const [folder, module] = process.argv.slice(2);
const own = [{ plugins: { leakproof: plugin }, rules: Object.fromEntries(Object.keys(plugin.rules).map((id) => [`leakproof/${id}`, 'warn'])) }];
const configs = module === undefined ? own : await recommendedOf(module);
const eslint = new ESLint({
  cwd: folder,
  stats: true,
  overrideConfigFile: true,
  overrideConfig: [...configs, { files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, linterOptions: { noInlineConfig: true } }],
});
const rules = {};
let parse = 0;
let messages = 0;
// One at a time, as a scan reads them, so that memory does not depend on their number.
for (const { file, text } of filesOf(folder)) {
  for (const result of await eslint.lintText(text, { filePath: file.path })) {
    messages += result.messages.length;
    for (const pass of result.stats?.times.passes ?? []) {
      parse += pass.parse.total;
      for (const [id, { total }] of Object.entries(pass.rules ?? {})) rules[id] = (rules[id] ?? 0) + total;
    }
  }
}
console.log(JSON.stringify({ messages, parse, rules }));

async function recommendedOf(path) {
  const loaded = await import(pathToFileURL(path).href);
  const { configs } = loaded.default ?? loaded;
  return [configs.recommended].flat();
}
