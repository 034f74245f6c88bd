import { defineConfig, globalIgnores } from 'eslint/config';
import leakproof from 'eslint-plugin-leakproof';
import tseslint from 'typescript-eslint';
import { LEAKY_ON_PURPOSE } from './eslint.config.js';

/** The project's own code under its own rules, as built, in the strictest preset. */
export default defineConfig(globalIgnores(LEAKY_ON_PURPOSE), {
  files: ['{src,rules,codemods,scripts}/**/*.{ts,mjs}'],
  extends: [leakproof.configs.strict],
  languageOptions: { parser: tseslint.parser },
  // Known, so that comments may name its rules; none of them runs.
  plugins: { '@typescript-eslint': tseslint.plugin },
  // Only our rules run here, so comments for others look unused.
  linterOptions: { reportUnusedDisableDirectives: 'off' },
});
