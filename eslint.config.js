import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { closedParts, IMPURE_PACKAGES, LAYERS, PARTS } from './scripts/layers.mjs';

/** Cases and samples, which hold leaks and are compared byte for byte; and what is built. */
export const LEAKY_ON_PURPOSE = ['dist/', '.dist-*/', 'coverage/', 'demo/', 'test/cases/*/', 'test/codemods/*/*/', 'test/**/fixtures/'];

/** Keeps the direction of imports (ARCHITECTURE.md); a test holds the patterns against the tree. */
const layers = LAYERS.map((layer) => ({
  name: `leakproof/layers/${layer.part}`,
  files: [`${PARTS[layer.part]}/**/*.ts`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...closedParts(layer).map(({ part, regex }) => ({ regex, message: `${PARTS[layer.part]} must not depend on ${PARTS[part]}.` })),
          ...(layer.pure
            ? [
                { group: IMPURE_PACKAGES, message: `${PARTS[layer.part]} is pure.` },
                { group: ['@typescript-eslint/*'], allowTypeImports: true, message: `${PARTS[layer.part]} takes only types from there.` },
              ]
            : []),
        ],
      },
    ],
    ...(layer.pure ? { 'no-restricted-syntax': ['error', { selector: 'ImportExpression', message: `${PARTS[layer.part]} is pure.` }] } : {}),
  },
}));

export default defineConfig(
  globalIgnores(LEAKY_ON_PURPOSE),
  js.configs.recommended,
  {
    name: 'leakproof/typescript',
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
      // After an indexed access, `as` says what is there; `!` would only say that something is.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Node types are compared with strings: the enum is a value, and only types of the parser are imported.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Keys of data need `record['key']`, which tells them from properties that are known.
      '@typescript-eslint/dot-notation': 'off',
      // `[, , third] = match` and `for (;;)` say what they mean.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
    },
  },
  {
    name: 'leakproof/scripts',
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    name: 'leakproof/no-slow-expressions',
    // They meet the text of whoever is scanned.
    files: ['src/**/*.ts', 'rules/**/*.ts', 'codemods/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'certain', ignorePartial: false }],
    },
  },
  ...layers,
  {
    name: 'leakproof/only-the-command-talks',
    files: ['src/**/*.ts', 'rules/**/*.ts', 'codemods/**/*.ts'],
    ignores: ['src/cli/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        ...['stdout', 'stderr', 'exit', 'exitCode', 'argv'].map((property) => ({ object: 'process', property, message: 'Only src/cli may.' })),
      ],
    },
  },
  {
    name: 'leakproof/tests',
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect(mock.method)` binds nothing.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
