import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as typescriptParser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { analyze, isFinding } from '../../src/core/index.js';
import { rules } from '../../rules/index.js';
import { LineIndex } from '../../src/project/line-index.js';
import { parse } from '../../src/project/parse.js';
import * as ownParser from '../../src/plugin/parser.js';
import { plugin } from './lint.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All sources below some folders of this project, as paths relative to its root. */
export function sourcesBelow(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|\.min\.|(?:^|\/)(?:node_modules|coverage|umd)\//.test(name))
      .map((name) => `${folder}/${name}`),
  );
}

const PARSERS = { espree: {}, 'typescript-eslint': { parser: typescriptParser }, own: { parser: ownParser } } as const satisfies Record<string, Linter.LanguageOptions>;

/** What the linter finds in a file of this project with the strict preset, one line a finding. */
export function throughLinter(path: string, parser: keyof typeof PARSERS): string[] {
  return foundByLinter(publicName(path), readFileSync(`${root}/${path}`, 'utf8'), parser);
}

/** The same for a text. */
export function foundByLinter(path: string, text: string, parser: keyof typeof PARSERS): string[] {
  const languageOptions: Linter.LanguageOptions = {
    sourceType: isModule(path, text) ? 'module' : 'commonjs',
    ...PARSERS[parser],
  };
  const messages = new Linter({ cwd: root }).verify(text, [{ files: ['**/*.{js,cjs,mjs,ts,cts,mts}'], languageOptions }, plugin.configs.strict], {
    filename: path,
    allowInlineConfig: false,
  });
  return messages.map(({ ruleId, line, column, endLine, endColumn, message }) =>
    describe(ruleId?.replace('leakproof/', '') ?? '', line, column, endLine ?? 0, endColumn ?? 0, message),
  );
}

/** What the command finds in a file of this project, one line a finding; undefined if it cannot parse it. */
export function throughCommand(path: string): string[] | undefined {
  return foundByCommand(publicName(path), readFileSync(`${root}/${path}`, 'utf8'));
}

/** The same for a text. */
export function foundByCommand(path: string, text: string): string[] | undefined {
  return findingsOf(path, text)?.map(({ rule, message, start, end }) => describe(rule, start.line, start.column, end.line, end.column, message));
}

/** What the command finds in a text, as `line:column rule: message` with the rule as linters name it; undefined if it cannot parse it. */
export function commandFindings(path: string, text: string): string[] | undefined {
  return findingsOf(path, text)?.map(({ rule, message, start }) => `${start.line}:${start.column} leakproof/${rule}: ${message}`);
}

function findingsOf(path: string, text: string) {
  const parsed = parse(path, text);
  if ('error' in parsed) return undefined;
  const lines = new LineIndex(parsed.ok.text);
  return analyze(parsed.ok)
    .verdicts.filter(isFinding)
    .filter(({ suppressed }) => !suppressed)
    .sort((left, right) => left.span.start - right.span.start)
    .map((finding) => ({
      rule: finding.rule,
      message: rules.find(({ id }) => id === finding.rule)?.message(finding) ?? '',
      start: lines.positionOf(finding.span.start),
      end: lines.positionOf(finding.span.end),
    }));
}

/** ESLint lints nothing below node_modules. */
function publicName(path: string): string {
  return path.replace(/^node_modules/, 'packages');
}

function isModule(path: string, text: string): boolean {
  const parsed = parse(path, text);
  return 'error' in parsed || parsed.ok.ast.sourceType === 'module';
}

function describe(rule: string, line: number, column: number, endLine: number, endColumn: number, message: string): string {
  return `${line}:${column}-${endLine}:${endColumn} ${rule}: ${message}`;
}
