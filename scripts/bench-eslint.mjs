// Runs ESLint with the typescript-eslint parser and this plugin alone on the files that a scan of a folder reads.
import { ESLint } from 'eslint';
import * as parser from '@typescript-eslint/parser';
import plugin from '../dist/src/index.js';
import { filesOf } from './bench-files.mjs';

const [folder] = process.argv.slice(2);
const rules = Object.fromEntries(Object.keys(plugin.rules).map((id) => [`leakproof/${id}`, 'warn']));
const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, linterOptions: { noInlineConfig: true }, plugins: { leakproof: plugin }, rules }],
});
let messages = 0;
// One at a time, as a scan reads them, so that memory does not depend on their number.
for (const { file, text } of filesOf(folder)) for (const result of await eslint.lintText(text, { filePath: file.path })) messages += result.messages.length;
console.log(JSON.stringify({ messages }));
