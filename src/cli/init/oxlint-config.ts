import { name as PACKAGE } from '../../plugin/package.js';
import { plugin } from '../../plugin/plugin.js';
import { isObject, readJsonObject, withJsonValue } from '../json-text.js';
import { settled, type Outcome } from './outcome.js';

export const OXLINT_CONFIG = '.oxlintrc.json';

/**
 * Names the plugin in `jsPlugins`, and its rules, since oxlint takes no preset
 * of a plugin. If a rule is there already, the choice of rules is the project's own.
 */
export function withJsPlugin(content: string): Outcome {
  return settled(addPlugin(content), addPlugin);
}

function addPlugin(content: string): Outcome {
  const config = readJsonObject(content);
  if (!config) return { refused: 'It is not a JSON object.' };
  const { jsPlugins = [], rules = {} } = config;
  if (!Array.isArray(jsPlugins) || !isObject(rules)) return { refused: 'Its `jsPlugins` is no list, or its `rules` is no object.' };
  let edited = content;
  if (!jsPlugins.some((entry) => (isObject(entry) ? entry['specifier'] : entry) === PACKAGE)) {
    edited = withJsonValue(edited, 'jsPlugins' in config ? { path: ['jsPlugins', -1], value: PACKAGE, inserts: true } : { path: ['jsPlugins'], value: [PACKAGE] });
  }
  const wanted = plugin.configs.recommended.rules;
  if (!Object.keys(rules).some((id) => id in wanted)) {
    edited = 'rules' in config ? Object.entries(wanted).reduce((text, [id, value]) => withJsonValue(text, { path: ['rules', id], value }), edited) : withJsonValue(edited, { path: ['rules'], value: wanted });
  }
  return edited === content ? 'there' : { edited };
}
