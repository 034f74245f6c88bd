import { describe, expect, it } from 'vitest';
import { parse } from '../../src/project/parse.js';

function model(path: string, text: string) {
  const parsed = parse(path, text);
  if ('error' in parsed) throw new Error(`${path}: ${parsed.error.message}`);
  return parsed.ok;
}

function failure(path: string, text: string) {
  const parsed = parse(path, text);
  if ('ok' in parsed) throw new Error(`${path} was parsed`);
  return parsed.error;
}

describe('parse', () => {
  it('drops a byte order mark, so that offsets count from behind it', () => {
    const { text, ast } = model('a.ts', '\uFEFFlet a = 1;');
    expect(text).toBe('let a = 1;');
    expect(ast.body[0]?.range).toEqual([0, 10]);
  });

  it('links every node to its parent', () => {
    const { ast } = model('a.ts', 'class A { #b = [1, , 2]; }');
    const member = ast.body[0]?.type === 'ClassDeclaration' ? ast.body[0].body.body[0] : undefined;
    expect(member?.parent.parent).toBe(ast.body[0]);
    expect(ast.body[0]?.parent).toBe(ast);
  });

  it('keeps comments with their ranges', () => {
    expect(model('a.ts', 'a; // why\n/* b */').comments.map(({ type, value, range }) => ({ type, value, range }))).toEqual([
      { type: 'Line', value: ' why', range: [3, 9] },
      { type: 'Block', value: ' b ', range: [10, 17] },
    ]);
  });

  it.each(['a.js', 'a.mjs', 'a.jsx', 'a.tsx'])('reads JSX in %s', (path) => {
    model(path, 'const a = <div/>;');
  });

  it.each(['a.ts', 'a.mts', 'a.cts'])('reads a cast in angle brackets in %s', (path) => {
    model(path, 'const a = <T>b;');
  });

  it.each(['a.js', 'a.cjs', 'a.ts'])('takes a top-level return in %s for CommonJS', (path) => {
    model(path, 'if (a) return; var b = 1;');
  });

  it.each([
    ['module', 'export {}; var a = 1; f(a);'],
    ['script', 'var a = 1; f(a);'],
  ])('resolves top-level variables of a %s', (_kind, text) => {
    const { scopes } = model('a.js', text);
    const variable = scopes.scopes.flatMap((scope) => scope.variables).find(({ name }) => name === 'a');
    expect(variable?.references).toHaveLength(2);
  });

  it('leaves an undeclared name unresolved', () => {
    const { scopes } = model('a.ts', 'export const a: Map<string, number> = new Map(); setTimeout(() => a);');
    const through = scopes.scopes.flatMap(({ references }) => references.flatMap(({ identifier, resolved }) => (resolved ? [] : [identifier.name])));
    expect(through).toContain('setTimeout');
    expect(through).toContain('Map');
  });

  it('gives the place of a syntax error', () => {
    expect(failure('a.ts', 'let a;\nlet = = 1;')).toMatchObject({ line: 2 });
  });

  it('names Flow', () => {
    expect(failure('a.js', '// @flow\nimport type { A } from "a"; function f(a: ?A) {}').message).toBe('flow is not supported');
  });

  it('skips a file whose tree the parser cannot hand over', () => {
    expect(failure('a.jsx', 'export const a = <\\u{61}b></\\u{61}b>;\n')).toEqual({ message: 'the parser cannot hand over its tree', line: 1, column: 1 });
  });

  it('reads an empty file', () => {
    expect(model('a.ts', '').ast.body).toEqual([]);
  });

  const deep: [string, string][] = [
    ['brackets', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['functions', 'function f(){'.repeat(30_000) + '}'.repeat(30_000)],
    ['sums', `x = ${'a + '.repeat(60_000)} a`],
    ['ternaries', `${'a ? b : '.repeat(60_000)} c`],
    ['else-ifs', `if (a) {} ${'else if (a) {} '.repeat(60_000)}`],
    ['loops', `${'for(;;) '.repeat(60_000)} a()`],
    ['arrows', `${'a=>'.repeat(60_000)} a`],
    ['elements', `x = ${'<a>'.repeat(30_000)}${'</a>'.repeat(30_000)}`],
    ['calls', `f${'()'.repeat(200_000)}`],
    ['members', `f${'.a'.repeat(200_000)}`],
  ];
  it.each(deep)('survives endlessly nested %s', (_name, text) => {
    expect(failure('a.js', text).message).toBe('it is nested too deeply');
  });

  it('reads moderately nested code', () => {
    model('a.js', `x = ${'['.repeat(600)}${']'.repeat(600)}`);
    model('a.js', `x = ${'a + '.repeat(800)} a`);
  });
});
