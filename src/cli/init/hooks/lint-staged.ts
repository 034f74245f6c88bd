import { isObject, readJsonObject, withJsonValue } from '../../json-text.js';
import { settled, type Outcome } from '../outcome.js';
import { read, withYamlValue } from '../yaml-text.js';
import { runsLeakproof, type HookTool } from './hook-tool.js';

const KEY = 'lint-staged';
const CONFIGS = [
  ...['.json', '.yaml', '.yml', '', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'].map((extension) => `.lintstagedrc${extension}`),
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `lint-staged.config.${extension}`),
];
/** What leakproof reads. */
const GLOB = '*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}';

/**
 * Commands by pattern. Each is given the names of the staged files, so what is
 * broken in a file that is not staged goes unseen; a hook is the better place.
 */
export const lintStaged: HookTool = {
  name: KEY,
  find(folder) {
    const file = KEY in folder.manifest ? 'package.json' : CONFIGS.find((name) => folder.has(name));
    if (file === undefined) return undefined;
    const edit = (text: string): Outcome => settled(withCommand(file, text), (edited) => withCommand(file, edited));
    return { file, edit, snippet: `"${GLOB}": "${COMMAND}"` };
  },
};

/** It looks for commands in `node_modules/.bin` by itself. */
const COMMAND = 'leakproof scan --staged';

function withCommand(file: string, text: string): Outcome {
  if (file !== 'package.json' && runsLeakproof(text)) return 'there';
  if (/[jt]s$/u.test(file)) return { refused: 'It is a program, which is not run to be read.' };
  const json = readJsonObject(text);
  if (!json) return isObject(read(text)) ? withYamlValue(text, [], { [GLOB]: COMMAND }) : { refused: 'It is no list of patterns.' };
  const path = file === 'package.json' ? [KEY] : [];
  const patterns = file === 'package.json' ? json[KEY] : json;
  if (!isObject(patterns)) return { refused: 'It is no list of patterns.' };
  if (runsLeakproof(JSON.stringify(patterns))) return 'there';
  const known = patterns[GLOB];
  const value = known === undefined ? COMMAND : [...(Array.isArray(known) ? (known as unknown[]) : [known]), COMMAND];
  return { edited: withJsonValue(text, { path: [...path, GLOB], value }) };
}
