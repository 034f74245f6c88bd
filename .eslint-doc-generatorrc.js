/** @type {import('eslint-doc-generator').GenerateOptions} */
export default {
  pathRuleDoc: 'docs/rules/{name}.md',
  pathRuleList: ['docs/rules/README.md'],
  ruleDocTitleFormat: 'name',
  ruleDocNotices: ['description', 'configs', 'fixableAndHasSuggestions', 'options'],
  ruleListColumns: ['name', 'description', 'configsError', 'fixable', 'hasSuggestions'],
  ignoreConfig: ['all'],
  configEmoji: [['recommended', '✅'], ['strict', '🔒']],
  urlConfigs: '../adopt.md#linters',
};
