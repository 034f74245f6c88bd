import type { JSONSchema, TSESLint } from '@typescript-eslint/utils';
import type { LeakRule } from '../../rules/leak-rule.js';
import { isFinding, type Confidence, type Finding } from '../core/index.js';
import { isAllowed } from '../project/allow.js';
import { Place, SettingsError } from '../project/data-shape.js';
import { checkPattern, type RuleSettings } from '../project/settings.js';
import { analysisOf } from './analysis-of.js';
import { findEditorRepair } from './editor-repair.js';
import { pageOf } from './package.js';

/** Options of every rule; what is left out stands in `leakproof.json`, or is at its default. */
export interface RuleOptions {
  readonly confidence?: Confidence;
  readonly allow?: readonly string[];
}

/** What the presets and the documentation read. */
export interface RuleDocs {
  readonly stable: boolean;
}

/** `settings` for settings that cannot be used. */
type MessageId = 'leak' | 'repair' | 'settings';

export type EslintRule = TSESLint.RuleModule<MessageId, [RuleOptions?], RuleDocs>;

const OPTIONS: JSONSchema.JSONSchema4 = {
  type: 'object',
  properties: {
    confidence: {
      description: 'From which confidence on findings are reported: "certain" (the default) or also "likely" ones.',
      type: 'string',
      enum: ['certain', 'likely'],
    },
    allow: {
      description: 'What is never reported: names ("cache", "Store.items") or regular expressions between slashes ("/^known/").',
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
    },
  },
  additionalProperties: false,
};

/**
 * Makes an ESLint rule of a leak rule. It listens once, at the end of the
 * file, and needs neither types nor tokens nor code paths, so that it runs in
 * every linter that knows ESLint's plugins.
 */
export function createRule(rule: LeakRule): EslintRule {
  return {
    meta: {
      type: 'problem',
      docs: { description: rule.description, url: pageOf(rule.id), stable: rule.stable },
      messages: { leak: '{{ message }}', repair: '{{ title }}.', settings: '{{ message }}' },
      ...(rule.fixable ? { fixable: 'code' as const } : {}),
      hasSuggestions: true,
      schema: [OPTIONS],
    },
    create: (context) => ({
      'Program:exit'() {
        const problem = findProblem(rule.id, context.options[0]);
        const file = problem === undefined ? analysisOf(context) : { problem };
        if (!file) return;
        if ('problem' in file) {
          context.report({ loc: { line: 1, column: 0 }, messageId: 'settings', data: { message: file.problem } });
          return;
        }
        const settings = effectiveSettings(context.options[0], file.settings.rules.get(rule.id));
        for (const verdict of file.analysis.verdicts) {
          if (verdict.rule !== rule.id || !isFinding(verdict) || verdict.suppressed || !isWanted(verdict, settings)) continue;
          const { start, end } = verdict.span;
          const repair = findEditorRepair(verdict, file.analysis);
          context.report({
            loc: { start: context.sourceCode.getLocFromIndex(start), end: context.sourceCode.getLocFromIndex(end) },
            messageId: 'leak',
            data: { message: rule.message(verdict) },
            ...(rule.fixable && repair?.isAutomatic ? { fix: repair.fix } : {}),
            ...(repair ? { suggest: [{ messageId: 'repair' as const, data: { title: repair.title }, fix: repair.fix }] } : {}),
          });
        }
      },
    }),
  };
}

/** What is wrong with the options of a rule, in one sentence, where a schema cannot see it. */
function findProblem(rule: string, options: RuleOptions | undefined): string | undefined {
  try {
    options?.allow?.forEach((entry) => { checkPattern(new Place(`options of leakproof/${rule}`, 'allow'), entry); });
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

/** The linter's own options override `leakproof.json`, key by key; given at all, they also override an `off` there. */
function effectiveSettings(options: RuleOptions | undefined, project: RuleSettings | undefined): RuleSettings {
  const level = options?.confidence ?? (options && project?.level === 'off' ? undefined : project?.level) ?? 'certain';
  return { level, allow: options?.allow ?? project?.allow ?? [] };
}

function isWanted(finding: Finding, { level, allow }: RuleSettings): boolean {
  return level !== 'off' && (level === 'likely' || finding.outcome === 'certain') && !isAllowed(finding, allow);
}
