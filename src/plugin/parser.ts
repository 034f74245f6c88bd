import { analyze } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/utils';
import type { Linter } from 'eslint';
import { LineIndex } from '../project/line-index.js';
import { parse } from '../project/parse.js';
import { name, version } from './package.js';

/** How ESLint hears that a file does not parse: with the line from 1, the column too. */
class ParseError extends SyntaxError {
  constructor(message: string, readonly lineNumber: number, readonly column: number) {
    super(message);
  }
}

/**
 * A parser for ESLint that needs no TypeScript, for projects whose TypeScript
 * (7) typescript-eslint cannot load: the one of the command. Its tree has no
 * tokens, so it serves rules that ask for none, as ours.
 *
 * @throws ParseError as ESLint expects it
 */
export function parseForESLint(text: string, options: { readonly filePath?: string } = {}): Linter.ESLintParseResult {
  const parsed = parse(options.filePath ?? 'source.ts', text);
  if ('error' in parsed) throw new ParseError(parsed.error.message, parsed.error.line, parsed.error.column);
  const { ast, comments, visitorKeys } = parsed.ok;
  const lines = new LineIndex(text);
  const pending: (TSESTree.Node | TSESTree.Comment)[] = [ast, ...comments];
  for (let node = pending.pop(); node; node = pending.pop()) {
    node.loc = { start: zeroBased(lines, node.range[0]), end: zeroBased(lines, node.range[1]) };
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, TSESTree.Node | (TSESTree.Node | null)[] | null | undefined>)[key];
      for (const one of Array.isArray(child) ? child : [child]) if (one) pending.push(one);
    }
  }
  Object.assign(ast, { tokens: [], comments });
  const isModule = ast.sourceType === 'module';
  // ESLint adds globals to the scopes, which those of the command do not take.
  const scopeManager = analyze(ast, { sourceType: isModule ? 'module' : 'script', globalReturn: !isModule, lib: [] });
  // ESLint's types know the trees of JavaScript only.
  return { ast, scopeManager, visitorKeys } as unknown as Linter.ESLintParseResult;
}

/** Columns of ESLint's trees count from 0. */
function zeroBased(lines: LineIndex, offset: number): TSESTree.Position {
  const { line, column } = lines.positionOf(offset);
  return { line, column: column - 1 };
}

export const meta = { name: `${name}/parser`, version };
