import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTypes, type Candidate } from '../../../src/codemod/types/type-gate.js';
import { temporaryFolder } from '../../support/folder.js';

const folder = temporaryFolder();
const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, types: [], skipLibCheck: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler' }, include: ['src'] });

describe('checkTypes', () => {
  it('passes what adds no error, and writes nothing', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export let a = 1;\n' });
    expect(await guiltyOf('src/a.ts', { good: 'a = 2;\n' })).toEqual([]);
    expect(folder.read('src/a.ts')).toBe('export let a = 1;\n');
  });

  it('finds the repairs that add an error, each with the error, and passes the others', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export let a = 1;\n' });
    expect(await guiltyOf('src/a.ts', { good: 'a = 2;\n', bad: "a = 'x';\n", fine: 'a = 3;\n', worse: 'b();\n' })).toEqual([
      ['bad', "The repaired code has a type error that was not there: Type 'string' is not assignable to type 'number'."],
      ['worse', "The repaired code has a type error that was not there: Cannot find name 'b'."],
    ]);
  });

  it('does not mind errors that were there, even if they move', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': "export let a: number = 'x';\n" });
    expect(await guiltyOf('src/a.ts', { good: '\n\nlet b = 2;\n' }, 'before')).toEqual([]);
  });

  it('counts: one more of an error that was there is one that was not', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': "export let a = 1;\na = 'x';\n" });
    expect(await guiltyOf('src/a.ts', { bad: "a = 'x';\n" })).toHaveLength(1);
  });

  it('sees an error in a file that imports the repaired one through another', async () => {
    folder.write({
      'tsconfig.json': TSCONFIG,
      'src/a.ts': 'export class A {}\n',
      'src/b.ts': "export { A } from './a';\n",
      'src/c.ts': "import { A } from './b';\nexport class C extends A { close(): number { return 1; } }\n",
    });
    const text = 'export class A { close(): string { return ""; } }\n';
    const [[, why] = []] = await guiltyOf('src/a.ts', { bad: text }, 'instead');
    expect(why).toMatch(/^The repaired code has a type error that was not there in src\/c\.ts: Property 'close' in type 'C' is not assignable/u);
  });

  it('passes a text that imports a package which no other file imports, beside imports of Node', async () => {
    const types = 'export declare class Box<V extends {}> { constructor(options: { max: number }); set(value: V): this; }\n';
    folder.write({
      'tsconfig.json': TSCONFIG,
      'package.json': '{ "dependencies": { "box": "^1.0.0" } }',
      'node_modules/box/package.json': '{ "name": "box", "version": "1.0.0", "types": "index.d.ts" }',
      'node_modules/box/index.d.ts': types,
      'src/node.d.ts': "declare module 'node:crypto' { export function randomUUID(): string; }\n",
      'src/a.ts': "import { randomUUID } from 'node:crypto';\nexport const a = randomUUID();\n",
      'src/b.ts': "import { randomUUID } from 'node:crypto';\nexport const b = randomUUID();\n",
    });
    const boxed = (type: string): string => `import { randomUUID } from 'node:crypto';\nimport { Box } from 'box';\nexport const b = new Box<${type}>({ max: 1 }).set(randomUUID());\n`;
    const [first, good, bad] = [candidate('src/a.ts', { fine: 'export const c = 1;\n' }), candidate('src/b.ts', { good: boxed('string') }, 'instead'), candidate('src/b.ts', { bad: boxed('string | null') }, 'instead')];
    const passing = await checkTypes([first, good], folder.path);
    expect([passing.get(first), passing.get(good)]).toEqual([{ guilty: new Map() }, { guilty: new Map() }]);
    expect((await checkTypes([first, bad], folder.path)).get(bad)).toEqual({ guilty: new Map([['bad', expect.stringContaining('does not satisfy the constraint') as string]]) });
  });

  it('judges the repairs of several files together', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export let a = 1;\n', 'src/b.ts': "import { a } from './a';\nexport const b = a;\n" });
    const [first, second] = [candidate('src/a.ts', { good: 'a = 2;\n' }), candidate('src/b.ts', { bad: 'b = 3;\n', good: 'export const c: number = b;\n' })];
    const verdicts = await checkTypes([first, second], folder.path);
    expect(verdicts.get(first)).toEqual({ guilty: new Map() });
    expect(verdicts.get(second)).toEqual({ guilty: new Map([['bad', expect.stringContaining("Cannot assign to 'b'") as string]]) });
  });

  it('takes the nearest tsconfig, and those that it references', async () => {
    folder.write({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./lib" }] }',
      'tsconfig.app.json': TSCONFIG,
      'src/a.ts': 'export let a = 1;\n',
      'lib/tsconfig.json': '{ "extends": "../base.json", "files": ["index.ts"] }',
      'base.json': '{ "compilerOptions": { "strict": true, "types": [] } }',
      'lib/index.ts': "export * from './l';\n",
      'lib/l.ts': 'export let l = 1;\n',
    });
    expect(await guiltyOf('src/a.ts', { bad: "a = 'x';\n" })).toHaveLength(1);
    // Not named by its config, but imported by a file that is.
    expect(await guiltyOf('lib/l.ts', { bad: "l = 'x';\n" })).toHaveLength(1);
  });

  it('checks JavaScript where the project does', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG.replace('"strict"', '"allowJs":true,"strict"'), 'src/a.js': 'export let a = 1;\n', 'src/b.js': '// @ts-check\nexport let b = 1;\n' });
    expect(await whyUnchecked('src/a.js')).toBe('the types of JavaScript are not checked here');
    expect(await guiltyOf('src/b.js', { bad: "b = 'x';\n" })).toHaveLength(1);
  });

  it('keeps a byte order mark and Windows line ends out of it', async () => {
    folder.write({ 'tsconfig.json': TSCONFIG, 'src/a.ts': '\uFEFFexport let a = 1;\r\n' });
    expect(await guiltyOf('src/a.ts', { good: 'a = 2;\r\n', bad: 'a = "x";\r\n' })).toMatchObject([['bad', expect.anything()]]);
  });
});

describe('types are not checked, which is no pass,', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without a tsconfig', {}, 'no tsconfig.json'],
    ['where the tsconfig is broken', { 'tsconfig.json': '{ "compilerOptions": ' }, "tsconfig.json does not load: Expression expected"],
    ['where it extends what is not there', { 'tsconfig.json': '{ "extends": "@acme/config" }' }, "tsconfig.json does not load: File '@acme/config' not found"],
    ['where it has an option that the compiler does not know', { 'tsconfig.json': '{ "compilerOptions": { "frobnicate": true } }' }, "tsconfig.json does not load: Unknown compiler option 'frobnicate'"],
    ['where it does not include the file', { 'tsconfig.json': '{ "include": ["lib"] }', 'lib/x.ts': '' }, 'no tsconfig.json includes it'],
    ['where a dependency is not installed', { 'tsconfig.json': TSCONFIG, 'package.json': '{ "dependencies": { "acme-bus": "1" } }' }, 'acme-bus is not installed'],
    ['where a development dependency is not installed', { 'tsconfig.json': TSCONFIG, 'package.json': '{ "devDependencies": { "@types/acme": "1" } }' }, '@types/acme is not installed'],
    ['where an import leads nowhere', { 'tsconfig.json': TSCONFIG, 'src/a.ts': "import 'acme-bus';\nimport { bus } from 'acme-bus';\nexport let a = bus;\n" }, "dependencies are not installed: Cannot find module 'acme-bus' or its corresponding type declarations"],
    ['where a file that imports it lacks one', { 'tsconfig.json': TSCONFIG, 'src/b.ts': "import { a } from './a';\nimport { bus } from 'acme-bus';\nbus(a);\n" }, "dependencies are not installed: Cannot find module 'acme-bus' or its corresponding type declarations"],
    ['where the types of Node are missing', { 'tsconfig.json': TSCONFIG, 'src/a.ts': 'export let a = process.pid;\n' }, "dependencies are not installed: Cannot find name 'process'"],
  ])('%s', async (_name, files, why) => {
    folder.write({ 'src/a.ts': 'export let a = 1;\n', ...files });
    expect(await whyUnchecked('src/a.ts')).toBe(why);
  });

  it('but they are where the dependency is found in a folder above, or only a file of the project is missing', async () => {
    folder.write({
      'node_modules/acme-bus/index.d.ts': 'export declare function bus(): number;\n',
      'package/package.json': '{ "dependencies": { "acme-bus": "1" } }',
      'package/tsconfig.json': TSCONFIG,
      'package/src/a.ts': "import { bus } from 'acme-bus';\nimport './generated';\nexport let a = bus();\n",
    });
    expect(await guiltyOf('package/src/a.ts', { good: 'a = 2;\n', bad: "a = 'x';\n" })).toMatchObject([['bad', expect.anything()]]);
  });
});

/** A file whose repairs each put a text behind it, before it, or instead of it. */
function candidate(name: string, repairs: Record<string, string>, where: 'behind' | 'before' | 'instead' = 'behind'): Candidate {
  const text = folder.read(name);
  return {
    path: join(folder.path, name),
    ids: Object.keys(repairs),
    textWith(ids) {
      const added = ids.map((id) => repairs[id]).join('');
      if (where === 'instead') return ids.length > 0 ? added : text;
      return where === 'before' ? added + text : text + added;
    },
  };
}

async function verdictOn(file: Candidate) {
  const verdict = (await checkTypes([file], folder.path)).get(file);
  if (!verdict) throw new Error('the file has no verdict');
  return verdict;
}

async function guiltyOf(...args: Parameters<typeof candidate>): Promise<[string, string][]> {
  const verdict = await verdictOn(candidate(...args));
  if ('why' in verdict) throw new Error(`not checked: ${verdict.why}`);
  return [...verdict.guilty];
}

async function whyUnchecked(name: string): Promise<string> {
  const verdict = await verdictOn(candidate(name, { any: ';' }));
  return 'why' in verdict ? verdict.why : 'checked';
}
