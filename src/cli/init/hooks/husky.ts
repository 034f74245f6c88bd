import { dominantLineEnd } from '../../../codemod/line-ends.js';
import type { Outcome } from '../outcome.js';
import { runsLeakproof, type HookTool } from './hook-tool.js';

/** A shell script per hook, in `.husky`. */
export const husky: HookTool = {
  name: 'husky',
  find(folder, step) {
    if (!folder.has('.husky')) return undefined;
    return { file: '.husky/pre-commit', edit: (text) => withLastLine(text, step), snippet: step };
  },
};

/** A shell script with one more command at its end, if the end is reached. */
function withLastLine(script: string, command: string): Outcome {
  if (runsLeakproof(script)) return 'there';
  const shebang = /^#!.*/u.exec(script)?.[0];
  if (shebang !== undefined && !/\b(?:ba|da|k|z)?sh\b/u.test(shebang)) return { refused: 'It is no shell script.' };
  const last = script.trimEnd().split('\n').at(-1) ?? '';
  if (/^\s*(?:exit|exec|return)\b|\\$/u.test(last)) return { refused: 'Its last line leaves the script.' };
  if (/<<|^[\t ]*(?:trap|set\s+-\w*n)\b/mu.test(script)) return { refused: 'Its end cannot be told for certain.' };
  const lineEnd = dominantLineEnd(script);
  const isEnded = script === '' || script.endsWith('\n');
  return { edited: `${script}${isEnded ? '' : lineEnd}${command}${lineEnd}` };
}
