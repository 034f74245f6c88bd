import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover, lookUp, rootOf } from '../../src/project/discover.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leakproof-discover-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(files: Record<string, string> | readonly string[]): void {
  for (const [name, text] of Array.isArray(files) ? files.map((name: string) => [name, ''] as const) : Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

function found(paths: string[] = ['.'], ignored: string[] = []): string[] {
  return discover(root, paths.map((path) => lookUp(path, root)), ignored).files.map(({ name }) => name);
}

describe('discover', () => {
  it('finds all source extensions, sorted', () => {
    write(['b.ts', 'a.js', 'a/z.tsx', 'c.mjs', 'c.cjs', 'c.jsx', 'c.mts', 'c.cts', 'x.json', 'README.md']);
    expect(found()).toEqual(['a.js', 'a/z.tsx', 'b.ts', 'c.cjs', 'c.cts', 'c.jsx', 'c.mjs', 'c.mts']);
  });

  it('leaves out dependencies, declarations, minified files and build output', () => {
    write(['node_modules/a/a.js', 'a.d.ts', 'a.d.mts', 'a.min.js', 'a-min.cjs', 'dist/a.js', '.next/a.js', 'coverage/a.js']);
    expect(found()).toEqual([]);
  });

  it('takes lib, bin, out, build and examples for sources', () => {
    write(['lib/a.js', 'bin/a.js', 'examples/a.js', 'out/a.js', 'build/a.js']);
    expect(found()).toHaveLength(5);
  });

  const tests = ['a.test.ts', 'a.spec.js', 'a.slow-spec.ts', 'a_test.mjs', 'test/a.ts', 'src/__tests__/a.ts', 'e2e/a.ts', 'tests/b/a.ts'];
  it('takes tests only when named', () => {
    write([...tests, 'src/a.ts', 'src/contest.ts', 'src/latest/a.ts']);
    expect(found()).toEqual(['src/a.ts', 'src/contest.ts', 'src/latest/a.ts']);
    expect(found(['test'])).toEqual(['test/a.ts']);
    expect(found(['a.test.ts', 'src'])).toEqual(['a.test.ts', 'src/a.ts', 'src/contest.ts', 'src/latest/a.ts']);
  });

  it('follows ignore files at all levels, the innermost first', () => {
    write({
      '.gitignore': 'build/\n*.gen.ts\n/only-here.ts\n',
      'build/a.ts': '',
      'a.gen.ts': '',
      'only-here.ts': '',
      'deep/only-here.ts': '',
      'deep/.gitignore': '!kept.gen.ts\nlocal.ts\n',
      'deep/kept.gen.ts': '',
      'deep/local.ts': '',
      'deep/er/local.ts': '',
      'local.ts': '',
    });
    expect(found()).toEqual(['deep/kept.gen.ts', 'deep/only-here.ts', 'local.ts']);
    expect(found(['deep'])).toEqual(['deep/kept.gen.ts', 'deep/only-here.ts']);
  });

  it('follows the patterns of the settings', () => {
    write(['legacy/a.ts', 'src/a.ts']);
    expect(found(['.'], ['legacy/'])).toEqual(['src/a.ts']);
  });

  it('reads what is named, even if ignored', () => {
    write({ '.gitignore': 'build/\nx.ts\n', 'build/a.ts': '', 'build/deep/b.ts': '', 'x.ts': '', 'node_modules/a/index.js': '', 'a.d.ts': '' });
    expect(found(['build'])).toEqual(['build/a.ts', 'build/deep/b.ts']);
    expect(found(['build/deep'])).toEqual(['build/deep/b.ts']);
    expect(found(['x.ts', 'a.d.ts', 'node_modules/a'])).toEqual(['a.d.ts', 'node_modules/a/index.js', 'x.ts']);
  });

  it('reads a file once, however often it is named', () => {
    write(['src/a.ts']);
    expect(found(['src', 'src/a.ts', './src'])).toEqual(['src/a.ts']);
  });

  it('does not follow links on the way', () => {
    write(['src/a.ts']);
    symlinkSync(root, join(root, 'src/loop'));
    symlinkSync(join(root, 'src/a.ts'), join(root, 'src/b.ts'));
    expect(found()).toEqual(['src/a.ts']);
    expect(found(['src/b.ts'])).toEqual(['src/b.ts']);
  });

  it('counts files with embedded scripts', () => {
    write(['a.vue', 'b/c.svelte', 'test/a.vue']);
    expect(discover(root, [lookUp('.', root)]).embedded).toEqual(['a.vue', 'b/c.svelte']);
  });
});

describe('rootOf', () => {
  it('is the working directory for what lies below, else the named path', () => {
    write(['in/a.ts', 'out/a.ts', '..in/a.ts']);
    const inside = join(root, 'in');
    const of = (path: string) => rootOf(lookUp(path, inside), inside);
    expect(of('.')).toBe(inside);
    expect(of('a.ts')).toBe(inside);
    expect(of('../out')).toBe(join(root, 'out'));
    expect(of('../out/a.ts')).toBe(join(root, 'out'));
    expect(of('../..in')).toBe(join(root, '..in'));
  });
});
