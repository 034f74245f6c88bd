import type { TSESTree } from '@typescript-eslint/utils';
import { visitorKeys } from './visitor-keys.js';

type Node = TSESTree.Node;
type Mutable = { -readonly [Key in 'parent' | 'range']: Node[Key] } & { readonly start: number; readonly end: number } & Readonly<Record<string, unknown>>;

/** The nodes of one type, and where its children are. */
interface Kind {
  readonly keys: readonly string[];
  readonly nodes: Node[];
}

/**
 * Gives each node of a fresh tree its `parent` and its `range` (which the parser
 * gives too, but makes it slower than this), and lists all nodes by type, in
 * source order. Iterative, since a deep tree must not overflow here.
 */
export function prepareTree(program: TSESTree.Program): ReadonlyMap<string, readonly Node[]> {
  const kinds = new Map<string, Kind>();
  const pending: Node[] = [program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    let kind = kinds.get(node.type);
    if (!kind) kinds.set(node.type, (kind = { keys: visitorKeys()[node.type] ?? [], nodes: [] }));
    kind.nodes.push(node);
    const open = node as unknown as Mutable;
    open.range = [open.start, open.end];
    const { keys } = kind;
    for (let step = keys.length - 1; step >= 0; step--) {
      const child = open[keys[step] as string];
      if (typeof child !== 'object' || child === null) continue;
      if (Array.isArray(child)) {
        for (let index = child.length - 1; index >= 0; index--) {
          const one = child[index] as Mutable | null;
          if (one) add(one, node, pending);
        }
      } else add(child as Mutable, node, pending);
    }
  }
  return new Map([...kinds].map(([type, { nodes }]) => [type, nodes]));
}

function add(child: Mutable, parent: Node, pending: Node[]): void {
  child.parent = parent;
  pending.push(child as unknown as Node);
}

/** How many nodes stand within each other at the deepest place of a fresh tree. Iterative, as above. */
export function depthOf(program: TSESTree.Program): number {
  let deepest = 0;
  const pending: { readonly node: Node; readonly depth: number }[] = [{ node: program, depth: 1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, depth } = next;
    deepest = Math.max(deepest, depth);
    for (const key of visitorKeys()[node.type] ?? []) {
      const child = (node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>)[key];
      for (const one of Array.isArray(child) ? (child as readonly (Node | null)[]) : [child as Node | null | undefined]) if (one) pending.push({ node: one, depth: depth + 1 });
    }
  }
  return deepest;
}
