import { isObject } from '../../json-text.js';
import { settled, type Outcome } from '../outcome.js';
import { read, withYamlValue } from '../yaml-text.js';
import { runsLeakproof, type HookTool } from './hook-tool.js';

const CONFIGS = ['lefthook', '.lefthook', '.config/lefthook'].flatMap((name) => ['yml', 'yaml', 'toml', 'json'].map((extension) => `${name}.${extension}`));

/** Commands or jobs of `pre-commit` in a config of its own. */
export const lefthook: HookTool = {
  name: 'lefthook',
  find(folder, step) {
    const file = CONFIGS.find((name) => folder.has(name));
    if (file === undefined) return undefined;
    const edit = (text: string): Outcome => settled(withJob(file, text, step), (edited) => withJob(file, edited, step));
    return { file, edit, snippet: `pre-commit:\n  commands:\n    leakproof:\n      run: ${step}`, activate: 'npx lefthook install' };
  },
};

function withJob(file: string, text: string, run: string): Outcome {
  if (runsLeakproof(text)) return 'there';
  if (!/\.ya?ml$/u.test(file)) return { refused: 'Only YAML is edited.' };
  const config = read(text);
  const hook = isObject(config) ? config['pre-commit'] : undefined;
  return isObject(hook) && 'jobs' in hook
    ? withYamlValue(text, ['pre-commit', 'jobs'], { name: 'leakproof', run })
    : withYamlValue(text, ['pre-commit', 'commands'], { leakproof: { run } });
}
