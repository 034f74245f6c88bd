import * as typescriptParser from '@typescript-eslint/parser';
import { ESLint as ESLint10, type Linter } from 'eslint';
import eslint9 from 'eslint9';
import leakproof from '../../src/index.js';

/** ESLint of two major versions: the same class for what we use of it. */
export const ENGINES = { 'ESLint 9': eslint9.ESLint as unknown as typeof ESLint10, 'ESLint 10': ESLint10 } as const;
export type Engine = keyof typeof ENGINES;

export const PARSERS = {
  espree: { ecmaVersion: 'latest' },
  'typescript-eslint': { parser: typescriptParser },
} as const satisfies Record<string, Linter.LanguageOptions>;
export type Parser = keyof typeof PARSERS;

export const COMBINATIONS = (Object.keys(ENGINES) as Engine[]).flatMap((engine) =>
  (Object.keys(PARSERS) as Parser[]).map((parser) => ({ engine, parser })),
);

/** The plugin as ESLint's types want it. */
export const plugin = leakproof as unknown as { configs: Record<'recommended' | 'strict' | 'all', Linter.Config> };

/** Lints a text with a config and nothing else, in a folder or nowhere. */
export async function lint(
  { engine, parser }: { engine: Engine; parser: Parser },
  text: string,
  config: Linter.Config[],
  cwd = process.cwd(),
): Promise<Linter.LintMessage[]> {
  const eslint = new ENGINES[engine]({
    cwd,
    overrideConfigFile: true,
    overrideConfig: [{ files: ['**/*.js', '**/*.ts'], languageOptions: PARSERS[parser] }, ...config],
  });
  const [result] = await eslint.lintText(text, { filePath: parser === 'espree' ? 'sample.js' : 'sample.ts' });
  return result?.messages ?? [];
}
