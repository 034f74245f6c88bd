import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import * as typescriptParser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import leakproof from '../../src/index.js';
import { plugin } from './lint.js';

const require = createRequire(import.meta.url);
/** The plugin as published: linters load it by themselves. */
const BUILT = require.resolve('eslint-plugin-leakproof');

/** What a linter says of a folder. */
export interface Linted {
  /** `file:line:column rule: message`, sorted. */
  readonly findings: readonly string[];
  /** Files that it could not parse. */
  readonly unreadable: readonly string[];
}

interface Message {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** With the prefix of the plugin; undefined if the parser speaks. */
  readonly rule: string | undefined;
  readonly text: string;
}

/** Lints all files of a folder with the strict preset; the folder must have no config. */
export const LINTERS: Readonly<Record<'ESLint' | 'oxlint' | 'rslint', (folder: string) => Linted | Promise<Linted>>> = {
  async ESLint(folder) {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [{ files: ['**/*.{js,mjs,ts,tsx}'], languageOptions: { parser: typescriptParser } }, plugin.configs.strict],
    });
    const results = await eslint.lintFiles('.');
    return linted(results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, column, message }) => ({ file: relative(folder, filePath), line, column, rule: ruleId ?? undefined, text: message }))));
  },

  oxlint(folder) {
    const config = { jsPlugins: [BUILT], categories: { correctness: 'off' }, rules: leakproof.configs.strict.rules };
    writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
    const { diagnostics } = JSON.parse(outputOf(folder, binOf('oxlint', 'oxlint'), '--format', 'json', '.')) as {
      diagnostics: { message: string; code?: string; filename: string; labels: { span: { line: number; column: number } }[] }[];
    };
    return linted(
      diagnostics.map(({ message, code, filename, labels: [label] }) => {
        const [, rule] = /^leakproof\((.+)\)$/u.exec(code ?? '') ?? [];
        return { file: filename, line: label?.span.line, column: label?.span.column, rule: rule && `leakproof/${rule}`, text: message };
      }),
    );
  },

  rslint(folder) {
    writeFileSync(
      join(folder, 'rslint.config.mjs'),
      `import leakproof from ${JSON.stringify(BUILT)};\nexport default [{ ...leakproof.configs.strict, files: ['**/*.{js,mjs,ts,tsx}'] }];\n`,
    );
    const lines = outputOf(folder, binOf('@rslint/core', 'rslint'), '--format', 'jsonline', '.').split('\n');
    return linted(
      lines.filter((line) => line.startsWith('{')).map((line) => {
        const { ruleName, message, filePath, range } = JSON.parse(line) as { ruleName: string; message: string; filePath: string; range: { start: { line: number; column: number } } };
        return { file: filePath, ...range.start, rule: ruleName.startsWith('leakproof/') ? ruleName : undefined, text: message };
      }),
    );
  },
};

function linted(messages: readonly Message[]): Linted {
  const ofRules = messages.filter(({ rule }) => rule !== undefined);
  return {
    findings: ofRules.map(({ file, line, column, rule, text }) => `${posix(file)}:${line ?? ''}:${column ?? ''} ${rule ?? ''}: ${text}`).sort(),
    unreadable: [...new Set(messages.filter(({ rule }) => rule === undefined).map(({ file }) => posix(file)))],
  };
}

function posix(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The script that a package runs as a command. */
function binOf(name: string, command: string): string {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  return join(dirname(manifest), typeof bin === 'string' ? bin : (bin[command] ?? ''));
}

/** What a linter prints; findings are no failure of it. */
function outputOf(folder: string, script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0 && status !== 1) throw new Error(`${script} ended with ${status ?? 'a signal'}: ${stderr}`);
  return stdout;
}
