import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';
import type * as Oxc from 'oxc-parser';
import type { ParserOptions, ParseResult } from 'oxc-parser';
import type { SourceModel } from '../core/index.js';
import { LineIndex, type Position } from './line-index.js';
import { isDeeplyNested } from './nesting.js';
import { survivesParsing } from './parse-trial.js';
import { analyzeScopes } from './scopes/analyze-scopes.js';
import { depthOf, prepareTree } from './prepare-tree.js';
import { WhenNeeded } from './when-needed.js';
import { visitorKeys } from './visitor-keys.js';

const oxc = new WhenNeeded<typeof Oxc>('oxc-parser');

/** Why a file has no model; the sentence fragment follows "cannot be parsed: ". */
export interface ParseFailure extends Position {
  readonly message: string;
}

export type Parsed = { readonly ok: SourceModel } | { readonly error: ParseFailure };

type Lang = NonNullable<ParserOptions['lang']>;

/** By extension. Plain JavaScript may hold JSX; `.ts` may not, since `<T>x` is a cast there. */
const LANGS: Readonly<Record<string, Lang>> = { '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx' };

const TOO_DEEP: ParseFailure = { message: 'it is nested too deeply', line: 1, column: 1 };

const UNTOLD: ParseFailure = { message: 'the parser cannot hand over its tree', line: 1, column: 1 };

/** Nodes within nodes that are read. What recurses over a tree copes with more, but how much more changes with the stack and with what the engine has compiled. */
const MAX_TREE_DEPTH = 2200;

/**
 * Parses one file for the analysis. A byte order mark is dropped, so all
 * offsets count from behind it. Never throws and never takes the process down,
 * whatever the text: what cannot be parsed comes back as an error with its place.
 *
 * @param path decides the language by its extension, and is kept as a name
 */
export function parse(path: string, source: string): Parsed {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const options = optionsFor(path);
  const isDeep = isDeeplyNested(text);
  if (isDeep && !survivesParsing(text, options)) return { error: TOO_DEEP };
  const result = parseAs(text, options);
  const problem = result.errors[0];
  if (problem) {
    const place = new LineIndex(text).positionOf(problem.labels[0]?.start ?? 0);
    return { error: { message: asFragment(problem.message), ...place } };
  }
  try {
    if (isDeep && depthOf(result.program as unknown as TSESTree.Program) > MAX_TREE_DEPTH) return { error: TOO_DEEP };
    return { ok: modelOf(path, text, result) };
  } catch (error) {
    // The scope analysis recurses, so it overflows long before the parser does.
    if (error instanceof RangeError) return { error: TOO_DEEP };
    // The tree comes as JSON, which oxc-parser 0.154 writes wrongly where a JSX name holds an escape: `<\u{61}>`.
    if (error instanceof SyntaxError) return { error: UNTOLD };
    throw error;
  }
}

function optionsFor(path: string): ParserOptions {
  const extension = /\.[^./\\]*$/.exec(path)?.[0] ?? '';
  return {
    lang: LANGS[extension] ?? 'jsx',
    sourceType: /^\.c[jt]s$/.test(extension) ? 'commonjs' : /^\.m[jt]s$/.test(extension) ? 'module' : 'unambiguous',
    astType: 'ts',
    preserveParens: false,
  };
}

function parseAs(text: string, options: ParserOptions): ParseResult {
  const result = oxc.get().parseSync('source', text, options);
  if (result.errors.length === 0 || options.sourceType !== 'unambiguous' || result.module.hasModuleSyntax) return result;
  // A file without imports and exports may be CommonJS, where a top-level `return` is allowed.
  const retried = oxc.get().parseSync('source', text, { ...options, sourceType: 'commonjs' });
  return retried.errors.length === 0 ? retried : result;
}

function modelOf(path: string, text: string, result: ParseResult): SourceModel {
  // The two packages describe the same tree with types of their own; the trees were compared on thousands of files.
  const ast = result.program as unknown as TSESTree.Program;
  const nodes = prepareTree(ast);
  // What is no module gets a scope of its own below the global one, as Node does it.
  const scopes = analyzeScopes(ast, ast.sourceType === 'module');
  let comments: readonly TSESTree.Comment[] | undefined;
  return {
    path: path.replaceAll('\\', '/'),
    text,
    ast,
    nodes,
    // What the core reads of scopes is here, which the types of a whole scope manager cannot say.
    scopes: { scopes } as unknown as Scope.ScopeManager,
    visitorKeys: visitorKeys(),
    // Most files are judged without them.
    get comments() {
      return (comments ??= result.comments.map((comment) => ({ ...comment, range: [comment.start, comment.end] })) as unknown as readonly TSESTree.Comment[]);
    },
  };
}

function asFragment(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.charAt(0).toLowerCase() + line.slice(1);
}
