import type { TSESLint } from '@typescript-eslint/utils';
import { analyze, outlineAlone, type Analysis } from '../core/index.js';
import { settingsOf } from '../project/kept-settings.js';
import { projectIndex } from '../project/project-index.js';
import { SettingsError, type Settings } from '../project/settings.js';
import { wantsIndex } from './index-setting.js';

/** What all rules of a file share. */
export interface FileAnalysis {
  readonly analysis: Analysis;
  readonly settings: Settings;
}

/** The project's settings cannot be used; one sentence for the user. */
export interface Unsettled {
  readonly problem: string;
}

/** Per file and run of the linter, so no state of one file reaches another; undefined where there is nothing to judge, or no longer anything to say. */
const analyses = new WeakMap<Readonly<TSESLint.SourceCode>, FileAnalysis | undefined>();

/**
 * The analysis of the file that a rule is at: made by the first rule that
 * asks, on the tree and the scopes of the linter. Of settings that cannot be
 * used, only that rule is told, so that a file has one report of them.
 */
export function analysisOf(context: Readonly<TSESLint.RuleContext<string, readonly unknown[]>>): FileAnalysis | Unsettled | undefined {
  const { sourceCode } = context;
  if (analyses.has(sourceCode)) return analyses.get(sourceCode);
  const { ast, scopeManager, text, visitorKeys } = sourceCode;
  if (!scopeManager) return undefined;
  analyses.set(sourceCode, undefined);
  let settings: Settings;
  let isIndexed: boolean;
  try {
    settings = settingsOf(context.cwd);
    isIndexed = wantsIndex(context.settings);
  } catch (error) {
    if (error instanceof SettingsError) return { problem: error.message };
    throw error;
  }
  const path = context.filename.replaceAll('\\', '/');
  const model = { path, text, ast, scopes: scopeManager, visitorKeys, comments: sourceCode.getAllComments() };
  const outside = isIndexed ? projectIndex(context.cwd, settings).outsideOf(context.filename, `${sourceCode.hasBOM ? '\uFEFF' : ''}${text}`, () => outlineAlone(model, settings)) : undefined;
  const made = { analysis: analyze(model, settings, outside), settings };
  analyses.set(sourceCode, made);
  return made;
}
