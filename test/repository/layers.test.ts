import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { closedParts, IMPURE_PACKAGES, LAYERS, PARTS, type Layer, type Part } from '../../scripts/layers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

function modulesOf(part: Part): string[] {
  return readdirSync(`${root}/${PARTS[part]}`, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
}

/** A module that stands in for any other of the part: ESLint's project service wants one that exists. */
function someModuleOf(part: Part): string {
  return `${root}/${PARTS[part]}/${modulesOf(part).find((name) => name.endsWith('index.ts')) ?? modulesOf(part)[0] ?? ''}`;
}

const eslint = new ESLint({
  cwd: root,
  // The layers are judged by text alone.
  overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false, project: false } } },
  ruleFilter: ({ ruleId }) => ruleId.endsWith('no-restricted-imports') || ruleId === 'no-restricted-syntax' || ruleId === 'no-console' || ruleId === 'no-restricted-properties',
});

async function complaints(part: Part, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: someModuleOf(part) });
  return result?.messages.map(({ message }) => message) ?? [];
}

/** The way from a part to another, as an import path. */
function way(from: Part, to: string): string {
  return `${PARTS[from].split('/').map(() => '..').join('/')}/${to}`;
}

describe.each(LAYERS)('$part', (layer: Layer) => {
  it('has modules', () => {
    expect(modulesOf(layer.part)).not.toEqual([]);
  });

  it.each(closedParts(layer))('must not import $part', async ({ part }) => {
    const doors = layer.doors?.[part]?.map((door) => `${door}.ts`) ?? [];
    const module = modulesOf(part).find((name) => !doors.includes(name)) ?? '';
    for (const path of [way(layer.part, `${PARTS[part]}/${module.replace(/ts$/, 'js')}`), `../${way(layer.part, `${PARTS[part]}/x.js`)}`]) {
      expect(await complaints(layer.part, `import { x } from '${path}';\nx();\n`)).toHaveLength(1);
      expect(await complaints(layer.part, `export type { x } from '${path}';\n`)).toHaveLength(1);
    }
  });

  it.each(layer.open)('may import %s', async (part) => {
    expect(await complaints(layer.part, `import { x } from '${way(layer.part, `${PARTS[part]}/index.js`)}';\nx();\n`)).toEqual([]);
  });

  it.each(Object.entries(layer.doors ?? {}).flatMap(([part, doors]) => doors.map((door) => [part as Part, door] as const)))(
    'may import %s through %s',
    async (part, door) => {
      expect(modulesOf(part)).toContain(`${door}.ts`);
      expect(await complaints(layer.part, `import { x } from '${way(layer.part, `${PARTS[part]}/${door}.js`)}';\nx();\n`)).toEqual([]);
    },
  );

  it('does not talk', async () => {
    expect(await complaints(layer.part, 'console.log(1);\n')).toHaveLength(1);
    expect(await complaints(layer.part, 'process.exitCode = 1;\n')).toHaveLength(1);
  });
});

it.each(LAYERS.filter(({ pure }) => pure))('$part is pure', async ({ part }) => {
  for (const name of IMPURE_PACKAGES) {
    expect(await complaints(part, `import { x } from '${name.replace('*', 'fs')}';\nx();\n`)).toHaveLength(1);
  }
  expect(await complaints(part, "import { x } from '@typescript-eslint/utils';\nx();\n")).toHaveLength(1);
  expect(await complaints(part, "import type { x } from '@typescript-eslint/utils';\nlet y: x;\n")).toEqual([]);
  expect(await complaints(part, "await import('x');\n")).toHaveLength(1);
});

it('knows all parts', () => {
  const folders = readdirSync(`${root}/src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.values(PARTS).sort()).toEqual([...folders.map(({ name }) => `src/${name}`), 'codemods', 'rules'].sort());
});
