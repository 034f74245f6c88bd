import { describe, expect, it } from 'vitest';
import { withPreset } from '../../../src/cli/init/eslint-config.js';

/** The edited text, or why there is none. */
function edited(file: string, text: string): string {
  const outcome = withPreset(file, text);
  if (outcome === 'there') return 'there';
  return 'edited' in outcome ? outcome.edited : outcome.refused;
}

interface Shape {
  readonly what: string;
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

const SHAPES: readonly Shape[] = [
  {
    what: 'an array on several lines, with a comma behind its last entry',
    file: 'eslint.config.js',
    before: `import js from '@eslint/js';\n\nexport default [\n  js.configs.recommended,\n  { rules: { eqeqeq: 'error' } }, // strict\n];\n`,
    after: `import js from '@eslint/js';\nimport leakproof from 'eslint-plugin-leakproof';\n\nexport default [\n  js.configs.recommended,\n  { rules: { eqeqeq: 'error' } }, // strict\n  leakproof.configs.recommended,\n];\n`,
  },
  {
    what: 'an array without that comma, in double quotes, without semicolons, indented by tabs',
    file: 'eslint.config.mjs',
    before: `import js from "@eslint/js"\n\nexport default [\n\tjs.configs.recommended,\n\t{ ignores: ["out/"] } // built\n]\n`,
    after: `import js from "@eslint/js"\nimport leakproof from "eslint-plugin-leakproof"\n\nexport default [\n\tjs.configs.recommended,\n\t{ ignores: ["out/"] }, // built\n\tleakproof.configs.recommended\n]\n`,
  },
  {
    what: 'an array on one line',
    file: 'eslint.config.js',
    before: `import js from '@eslint/js';\nexport default [js.configs.recommended];\n`,
    after: `import js from '@eslint/js';\nimport leakproof from 'eslint-plugin-leakproof';\nexport default [js.configs.recommended, leakproof.configs.recommended];\n`,
  },
  {
    what: 'an entry that is closed on the line of the array',
    file: 'eslint.config.js',
    before: `export default [{\n  rules: {},\n}];\n`,
    after: `import leakproof from 'eslint-plugin-leakproof';\n\nexport default [{\n  rules: {},\n}, leakproof.configs.recommended];\n`,
  },
  {
    what: 'an empty array',
    file: 'eslint.config.js',
    before: 'export default []\n',
    after: `import leakproof from 'eslint-plugin-leakproof'\n\nexport default [leakproof.configs.recommended]\n`,
  },
  {
    what: 'an array in defineConfig',
    file: 'eslint.config.ts',
    before: `import { defineConfig, globalIgnores } from 'eslint/config';\n\nexport default defineConfig([\n  globalIgnores(['dist/']),\n]);\n`,
    after: `import { defineConfig, globalIgnores } from 'eslint/config';\nimport leakproof from 'eslint-plugin-leakproof';\n\nexport default defineConfig([\n  globalIgnores(['dist/']),\n  leakproof.configs.recommended,\n]);\n`,
  },
  {
    what: 'the arguments of defineConfig under another name',
    file: 'eslint.config.js',
    before: `import { defineConfig as define } from 'eslint/config';\n\nexport default define(\n  { rules: {} },\n  [{ ignores: ['out'] }]\n);\n`,
    after: `import { defineConfig as define } from 'eslint/config';\nimport leakproof from 'eslint-plugin-leakproof';\n\nexport default define(\n  { rules: {} },\n  [{ ignores: ['out'] }],\n  leakproof.configs.recommended\n);\n`,
  },
  {
    what: "typescript-eslint's config",
    file: 'eslint.config.mjs',
    before: `import tseslint from 'typescript-eslint';\n\nexport default tseslint.config(\n    ...tseslint.configs.recommended,\n    {\n        rules: {},\n    },\n);\n`,
    after: `import tseslint from 'typescript-eslint';\nimport leakproof from 'eslint-plugin-leakproof';\n\nexport default tseslint.config(\n    ...tseslint.configs.recommended,\n    {\n        rules: {},\n    },\n    leakproof.configs.recommended,\n);\n`,
  },
  {
    what: "Vue's defineConfigWithVueTs",
    file: 'eslint.config.ts',
    before: `import { defineConfigWithVueTs } from '@vue/eslint-config-typescript'\n\nexport default defineConfigWithVueTs(\n  { files: ['**/*.vue'] },\n)\n`,
    after: `import { defineConfigWithVueTs } from '@vue/eslint-config-typescript'\nimport leakproof from 'eslint-plugin-leakproof'\n\nexport default defineConfigWithVueTs(\n  { files: ['**/*.vue'] },\n  leakproof.configs.recommended,\n)\n`,
  },
  {
    what: 'a constant with a type that is exported further down',
    file: 'eslint.config.mts',
    before: `import type { Linter } from 'eslint';\n\nconst config: Linter.Config[] = [\n  { rules: {} },\n];\n\nexport default config satisfies Linter.Config[];\n`,
    after: `import type { Linter } from 'eslint';\nimport leakproof from 'eslint-plugin-leakproof';\n\nconst config: Linter.Config[] = [\n  { rules: {} },\n  leakproof.configs.recommended,\n];\n\nexport default config satisfies Linter.Config[];\n`,
  },
  {
    what: 'CommonJS with directives and requires',
    file: 'eslint.config.cjs',
    before: `'use strict';\n\nconst js = require('@eslint/js');\nconst { defineConfig } = require('eslint/config'); // helps\n\nmodule.exports = defineConfig([\n  js.configs.recommended,\n]);\n`,
    after: `'use strict';\n\nconst js = require('@eslint/js');\nconst { defineConfig } = require('eslint/config'); // helps\nconst leakproof = require('eslint-plugin-leakproof');\n\nmodule.exports = defineConfig([\n  js.configs.recommended,\n  leakproof.configs.recommended,\n]);\n`,
  },
  {
    what: 'CommonJS that requires something behind its list',
    file: 'eslint.config.js',
    before: `'use strict';\n\nconst list = [{ rules: {} }];\nconst late = require('late');\nlate(list);\nmodule.exports = list;\n`,
    after: `'use strict';\n\nconst leakproof = require('eslint-plugin-leakproof');\n\nconst list = [{ rules: {} }, leakproof.configs.recommended];\nconst late = require('late');\nlate(list);\nmodule.exports = list;\n`,
  },
  {
    what: 'comments in front of the first statement: a pragma stays first, documentation stays with what it documents',
    file: 'eslint.config.js',
    before: `// @ts-check\n\n/** @type {import('eslint').Linter.Config[]} */\nexport default [{ rules: {} }];\n`,
    after: `// @ts-check\n\nimport leakproof from 'eslint-plugin-leakproof';\n\n/** @type {import('eslint').Linter.Config[]} */\nexport default [{ rules: {} }, leakproof.configs.recommended];\n`,
  },
  {
    what: 'Windows line ends and a byte order mark',
    file: 'eslint.config.js',
    before: `\uFEFFimport js from '@eslint/js';\r\n\r\nexport default [\r\n  js.configs.recommended,\r\n];\r\n`,
    after: `\uFEFFimport js from '@eslint/js';\r\nimport leakproof from 'eslint-plugin-leakproof';\r\n\r\nexport default [\r\n  js.configs.recommended,\r\n  leakproof.configs.recommended,\r\n];\r\n`,
  },
  {
    what: 'a name that is taken',
    file: 'eslint.config.js',
    before: `import leakproof from './rules.js';\nexport default [leakproof];\n`,
    after: `import leakproof from './rules.js';\nimport leakproof2 from 'eslint-plugin-leakproof';\nexport default [leakproof, leakproof2.configs.recommended];\n`,
  },
  {
    what: 'an import of the plugin that nothing uses yet',
    file: 'eslint.config.js',
    before: `import leaks from 'eslint-plugin-leakproof';\nexport default [{ rules: {} },];\n`,
    after: `import leaks from 'eslint-plugin-leakproof';\nexport default [{ rules: {} }, leaks.configs.recommended,];\n`,
  },
  {
    what: 'CommonJS that begins with a call',
    file: 'eslint.config.cjs',
    before: `require('./setup.js')()\nmodule.exports = []\n`,
    after: `const leakproof = require('eslint-plugin-leakproof')\n\nrequire('./setup.js')()\nmodule.exports = [leakproof.configs.recommended]\n`,
  },
  {
    what: 'a list that begins on the line of the import',
    file: 'eslint.config.js',
    before: `import js from '@eslint/js'; export default [\n  js.configs.all\n];\n`,
    after: `import js from '@eslint/js';\nimport leakproof from 'eslint-plugin-leakproof'; export default [\n  js.configs.all,\n  leakproof.configs.recommended\n];\n`,
  },
];

describe('the preset in a flat config', () => {
  it.each(SHAPES)('is added to $what', ({ file, before, after }) => {
    expect(edited(file, before)).toBe(after);
    expect(edited(file, after)).toBe('there');
  });

  it('is there if the config uses the plugin in whichever way', () => {
    expect(edited('eslint.config.js', `import p from 'eslint-plugin-leakproof';\nexport default make({ plugins: { p } });\n`)).toBe('there');
    expect(edited('eslint.config.cjs', `module.exports = [require('eslint-plugin-leakproof').configs.strict];\n`)).toBe('there');
  });

  it.each([
    ['export default { rules: {} };', 'What it exports is neither an array nor a call of `defineConfig`.'],
    ['export default antfu({ rules: {} });', 'What it exports is neither an array nor a call of `defineConfig`.'],
    ['export default defineConfig([]);', 'What it exports is neither an array nor a call of `defineConfig`.'],
    ['let list = [];\nlist = list.concat(more);\nexport default list;', 'What it exports is neither an array nor a call of `defineConfig`.'],
    ['module.exports = load().then(() => [{}]);', 'What it exports is neither an array nor a call of `defineConfig`.'],
    ['export default [{}, (late)];', 'The last entry of its list stands in parentheses.'],
    ['export default [,];', 'What it exports is neither an array nor a call of `defineConfig`.'],
    ['if (old) module.exports = [];', 'It has no single `export default` or `module.exports`.'],
    ['module.exports = [];\nmodule.exports = [{}];', 'It has no single `export default` or `module.exports`.'],
    ['export default [', 'It cannot be parsed: '],
  ])('is not added to %j', (text, why) => {
    expect(edited('eslint.config.js', text)).toContain(why);
  });
});
