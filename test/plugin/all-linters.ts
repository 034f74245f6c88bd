import { spawnSync } from 'node:child_process';
import { realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import leakproof from '../../src/index.js';

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

/** Lints all files of a folder with the strict preset; the folder must have no config of its own. `node`: what runs the linter. */
export const LINTERS: Readonly<Record<'ESLint' | 'oxlint' | 'rslint', (folder: string, node?: string) => Linted>> = {
  ESLint(folder, node) {
    writeFileSync(
      join(folder, 'eslint.config.mjs'),
      `import parser from ${JSON.stringify(require.resolve('@typescript-eslint/parser'))};\nimport leakproof from ${JSON.stringify(BUILT)};\nexport default [{ files: ['**/*.{js,mjs,ts,tsx}'], languageOptions: { parser } }, leakproof.configs.strict];\n`,
    );
    const results = JSON.parse(outputOf(node, folder, binOf('eslint', 'eslint'), '--format', 'json', '.')) as { filePath: string; messages: { ruleId: string | null; line: number; column: number; message: string }[] }[];
    return linted(results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, column, message }) => ({ file: relative(realpathSync(folder), filePath), line, column, rule: ruleId ?? undefined, text: message }))));
  },

  oxlint(folder, node) {
    const config = { jsPlugins: [BUILT], categories: { correctness: 'off' }, rules: leakproof.configs.strict.rules };
    writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
    const { diagnostics } = JSON.parse(outputOf(node, folder, binOf('oxlint', 'oxlint'), '--format', 'json', '.')) as {
      diagnostics: { message: string; code?: string; filename: string; labels: { span: { line: number; column: number } }[] }[];
    };
    return linted(
      diagnostics.map(({ message, code, filename, labels: [label] }) => {
        const [, rule] = /^leakproof\((.+)\)$/u.exec(code ?? '') ?? [];
        return { file: filename, line: label?.span.line, column: label?.span.column, rule: rule && `leakproof/${rule}`, text: message };
      }),
    );
  },

  rslint(folder, node) {
    writeFileSync(
      join(folder, 'rslint.config.mjs'),
      `import leakproof from ${JSON.stringify(BUILT)};\nexport default [{ ...leakproof.configs.strict, files: ['**/*.{js,mjs,ts,tsx}'] }];\n`,
    );
    const lines = outputOf(node, folder, binOf('@rslint/core', 'rslint'), '--format', 'jsonline', '.').split('\n');
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
function outputOf(node: string | undefined, folder: string, script: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(node ?? process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0 && status !== 1) throw new Error(`${script} ended with ${status ?? 'a signal'}: ${stderr}`);
  return stdout;
}
