import type { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import * as parser from '../../src/plugin/parser.js';
import { leakyClass } from '../cli/samples.js';
import { ENGINES, plugin, type Engine } from './lint.js';

describe.each(Object.keys(ENGINES) as Engine[])('the parser without TypeScript, in %s', (engine) => {
  const lint = async (text: string, filePath: string, config: Linter.Config = plugin.configs.recommended): Promise<Linter.LintMessage[]> => {
    const eslint = new ENGINES[engine]({ overrideConfigFile: true, overrideConfig: [{ files: ['**/*.{ts,tsx,js}'], languageOptions: { parser } }, config] });
    return (await eslint.lintText(text, { filePath }))[0]?.messages ?? [];
  };

  it('reads TypeScript, JSX and what is behind a byte order mark or a hashbang', async () => {
    const typed = leakyClass().replace('tick(): void {}', 'tick<T>(this: this, ...rest: readonly T[]): asserts this is Named {}');
    expect(await lint(typed, 'a.ts')).toMatchObject([{ ruleId: 'leakproof/no-untracked-timer', line: 3, column: 5, endLine: 3 }]);
    expect(await lint(`export const view = <b>&amp;</b>;\n${leakyClass()}`, 'a.tsx')).toMatchObject([{ line: 4, column: 5 }]);
    expect(await lint(`\uFEFF#!/usr/bin/env node\n${leakyClass()}`, 'a.ts', plugin.configs.strict)).toMatchObject([{ line: 4, column: 5 }]);
  });

  it('says where a file does not parse', async () => {
    expect(await lint('class {\n  a( }', 'a.ts')).toMatchObject([{ fatal: true, line: 2, message: expect.stringMatching(/^Parsing error: /) as string }]);
  });

  it('gives the comments, so that they switch rules off', async () => {
    const answered = leakyClass().replace('    set', '    // eslint-disable-next-line leakproof/no-untracked-timer -- until the process ends\n    set');
    expect(await lint(answered, 'a.ts')).toEqual([]);
  });

  it('gives every node its place, which other rules ask for', async () => {
    const config: Linter.Config = { rules: { 'no-unused-vars': 'error', 'no-unreachable': 'error' } };
    expect(await lint('export function f() {\n  return 1;\n  g();\n}\nconst unused = 2;\n', 'a.ts', config)).toMatchObject([
      { ruleId: 'no-unreachable', line: 3, column: 3 },
      { ruleId: 'no-unused-vars', line: 5, column: 7 },
    ]);
  });
});
