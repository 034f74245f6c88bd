import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { contains, type Node } from '../../../src/core/syntax/nodes.js';
import { Tree } from '../../../src/core/syntax/tree.js';
import { parse } from '../../../src/project/parse.js';

const TYPES = ['CallExpression', 'AwaitExpression', 'IfStatement', 'ArrowFunctionExpression', 'MethodDefinition'] as const;

const ODD = `
@mark(first()) class Desk {
  static { if (a) await1(); }
  @lamp(on()) light = make(() => { if (b()) c(); });
  async read(@page(one()) { x = two(), [three()]: y } = four(), ...rest) {
    do { await five(\`\${six(\`\${seven()}\`)}\${await eight()}\`); } while (await nine());
    for (const z = ten(); eleven(); twelve()) if (z) thirteen(); else fourteen();
    return fifteen()?.[sixteen()](seventeen())(), <T>(eighteen() as U);
  }
}
`;

function treeOf(path: string, text: string): { readonly tree: Tree; readonly root: Node } {
  const parsed = parse(path, text);
  if ('error' in parsed) throw new Error(parsed.error.message);
  return { tree: new Tree(parsed.ok), root: parsed.ok.ast };
}

describe('the nodes within a node', () => {
  it.each([
    ['odd code', 'src/odd.ts', ODD],
    ['code of this project', 'src/places.ts', readFileSync(fileURLToPath(new URL('../../../src/core/facts/places.ts', import.meta.url)), 'utf8')],
  ])('are those of the type that it contains, in source order: %s', (_, path, text) => {
    const { tree, root } = treeOf(path, text);
    const roots = [root, ...TYPES.flatMap((type) => tree.all(type))];
    expect(roots.length).toBeGreaterThan(20);
    for (const within of roots) for (const type of TYPES) expect(tree.within(type, within)).toEqual(tree.all(type).filter((node) => contains(within, node)));
  });

  it('are none beside it', () => {
    const { tree } = treeOf('src/two.ts', 'function first() { a(); }\nfunction second() { b(); c(); }\n');
    const [first, second] = tree.all('FunctionDeclaration');
    expect(tree.within('CallExpression', first as Node)).toHaveLength(1);
    expect(tree.within('CallExpression', second as Node)).toHaveLength(2);
    expect(tree.within('IfStatement', second as Node)).toEqual([]);
  });
});
