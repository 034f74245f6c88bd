import { isObject, readJsonObject, withJsonValue } from '../../json-text.js';
import { settled, type Outcome } from '../outcome.js';
import { runsLeakproof, type HookTool } from './hook-tool.js';

const KEY = 'simple-git-hooks';
/** In the order in which it looks for them, before package.json. */
const CONFIGS = ['.simple-git-hooks.cjs', '.simple-git-hooks.js', 'simple-git-hooks.cjs', 'simple-git-hooks.js', '.simple-git-hooks.json', 'simple-git-hooks.json'];

/** One shell command per hook, in JSON. */
export const simpleGitHooks: HookTool = {
  name: KEY,
  find(folder, step) {
    const file = CONFIGS.find((name) => folder.has(name)) ?? (KEY in folder.manifest ? 'package.json' : undefined);
    if (file === undefined) return undefined;
    const path = file === 'package.json' ? [KEY, 'pre-commit'] : ['pre-commit'];
    const edit = (text: string): Outcome => settled(withCommand(file, text, path, step), (edited) => withCommand(file, edited, path, step));
    return { file, edit, snippet: `"pre-commit": "${step}"`, activate: 'npx simple-git-hooks' };
  },
};

function withCommand(file: string, text: string, path: readonly string[], step: string): Outcome {
  if (!file.endsWith('.json')) return runsLeakproof(text) ? 'there' : { refused: 'It is a program, which is not run to be read.' };
  const config = readJsonObject(text);
  const hooks = path.length === 1 ? config : config?.[KEY];
  if (!isObject(hooks)) return { refused: 'Its hooks are no JSON object.' };
  const command = hooks['pre-commit'] ?? '';
  if (typeof command !== 'string') return { refused: 'Its `pre-commit` is no command.' };
  if (runsLeakproof(command)) return 'there';
  if (/#|\b(?:exit|exec)\b|[&;|\\]\s*$/u.test(command)) return { refused: 'What stands behind its `pre-commit` might not be run.' };
  return { edited: withJsonValue(text, { path: [...path], value: command === '' ? step : `${command} && ${step}` }) };
}
