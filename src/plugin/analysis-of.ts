import type { TSESLint } from '@typescript-eslint/utils';
import { analyze, type Analysis } from '../core/index.js';
import { readSettings, type Settings } from '../project/settings.js';

/** What all rules of a file share. */
export interface FileAnalysis {
  readonly analysis: Analysis;
  readonly settings: Settings;
}

/** Per file and run of the linter, so no state of one file reaches another. */
const analyses = new WeakMap<Readonly<TSESLint.SourceCode>, FileAnalysis>();

/**
 * The analysis of the file that a rule is at: made by the first rule that
 * asks, on the tree and the scopes of the linter.
 *
 * @throws SettingsError if the project's settings cannot be used
 */
export function analysisOf(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): FileAnalysis | undefined {
  const { sourceCode } = context;
  const known = analyses.get(sourceCode);
  if (known) return known;
  const { ast, scopeManager, text, visitorKeys } = sourceCode;
  if (!scopeManager) return undefined;
  const settings = readSettings(context.cwd);
  const path = context.filename.replaceAll('\\', '/');
  const model = { path, text, ast, scopes: scopeManager, visitorKeys, comments: sourceCode.getAllComments() };
  const made = { analysis: analyze(model, settings), settings };
  analyses.set(sourceCode, made);
  return made;
}
