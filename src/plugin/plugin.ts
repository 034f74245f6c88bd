import type { TSESLint } from '@typescript-eslint/utils';
import { rules } from '../../rules/index.js';
import type { LeakRule } from '../../rules/leak-rule.js';
import type { Confidence } from '../core/index.js';
import { createRule, type EslintRule } from './create-rule.js';
import { name, version } from './package.js';

/** The prefix of the rules, wherever they are named. */
const NAMESPACE = 'leakproof';

type Preset = TSESLint.FlatConfig.Config & { readonly name: string; readonly rules: TSESLint.FlatConfig.Rules };

/** What `eslint.config.js` imports. */
export interface LeakproofPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Readonly<Record<string, EslintRule>>;
  readonly configs: {
    /** Stable rules, only findings that a path proves. */
    readonly recommended: Preset;
    /** Stable rules, also findings that leave a doubt. */
    readonly strict: Preset;
    /** All rules, also experimental ones, and all findings. */
    readonly all: Preset;
  };
}

const base = {
  meta: { name, version, namespace: NAMESPACE },
  rules: Object.fromEntries(rules.map((rule) => [rule.id, createRule(rule)])),
};

const stable = rules.filter((rule) => rule.stable);

/** The plugin for ESLint 9 and 10, and for linters that run ESLint's plugins. */
export const plugin: LeakproofPlugin = Object.assign(base, {
  configs: {
    recommended: preset('recommended', stable),
    strict: preset('strict', stable, 'likely'),
    all: preset('all', rules, 'likely'),
  },
});

/** Without a confidence, `leakproof.json` has its say, and `certain` is the default. */
function preset(id: string, members: readonly LeakRule[], confidence?: Confidence): Preset {
  return {
    name: `${NAMESPACE}/${id}`,
    // The presets refer to the plugin, which holds the presets.
    plugins: { [NAMESPACE]: base },
    rules: Object.fromEntries(members.map((rule) => [`${NAMESPACE}/${rule.id}`, confidence ? ['error', { confidence }] : 'error'])),
  };
}
