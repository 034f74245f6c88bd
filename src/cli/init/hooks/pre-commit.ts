import { isObject } from '../../json-text.js';
import { settled, type Outcome } from '../outcome.js';
import { read, withYamlValue } from '../yaml-text.js';
import { runsLeakproof, type HookTool } from './hook-tool.js';

const CONFIGS = ['.pre-commit-config.yaml', '.pre-commit-config.yml'];

/** A hook of the project's own, so that the installed version runs. */
export const preCommit: HookTool = {
  name: 'pre-commit',
  find(folder, step) {
    const file = CONFIGS.find((name) => folder.has(name));
    if (file === undefined) return undefined;
    const edit = (text: string): Outcome => settled(withHook(text, step), (edited) => withHook(edited, step));
    const snippet = ['- repo: local', '  hooks:', '    - id: leakproof', '      name: leakproof', `      entry: ${step}`, '      language: system', '      pass_filenames: false'].join('\n');
    return { file, edit, snippet, activate: 'pre-commit install' };
  },
};

function withHook(text: string, entry: string): Outcome {
  if (runsLeakproof(text) || /^[\t ]*(?:-[\t ]+)?id:[\t ]*['"]?leakproof['"]?[\t ]*(?:#.*)?$/mu.test(text)) return 'there';
  const config = read(text);
  if (!isObject(config) || !Array.isArray(config['repos'])) return { refused: 'Its `repos` are no list.' };
  return withYamlValue(text, ['repos'], {
    repo: 'local',
    hooks: [{ id: 'leakproof', name: 'leakproof', entry, language: 'system', types_or: ['javascript', 'jsx', 'ts', 'tsx'], pass_filenames: false }],
  });
}
