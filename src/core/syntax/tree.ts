import type { SourceModel } from '../source-model.js';
import type { Node } from './nodes.js';

type NodesByType = { [N in Node as `${N['type']}`]: N };

/** All nodes of a file by type, in source order, from one walk that needs no stack of its own depth. */
export class Tree {
  readonly #byType = new Map<string, Node[]>();

  constructor(private readonly model: SourceModel) {
    const pending: Node[] = [model.ast];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const list = this.#byType.get(node.type);
      if (list) list.push(node);
      else this.#byType.set(node.type, [node]);
      const children = this.childrenOf(node);
      for (let index = children.length - 1; index >= 0; index--) pending.push(children[index] as Node);
    }
  }

  /** Every node of one type, in source order. */
  all<T extends keyof NodesByType>(type: T): readonly NodesByType[T][] {
    // The map's lists are by type, by construction; the checker finds the union of all of them too complex.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion
    return (this.#byType.get(type) ?? []) as unknown as readonly NodesByType[T][];
  }

  /** The children of a node, in source order. */
  childrenOf(node: Node): Node[] {
    const children: Node[] = [];
    for (const key of this.model.visitorKeys[node.type] ?? []) {
      const value = (node as unknown as Record<string, unknown>)[key];
      if (Array.isArray(value)) {
        for (const item of value) if (isNode(item)) children.push(item);
      } else if (isNode(value)) children.push(value);
    }
    return children;
  }

  /** Whether a node within `root` (itself included) passes; does not look into what `skip` refuses. */
  some(root: Node, test: (node: Node) => boolean, skip: (node: Node) => boolean = () => false): boolean {
    return this.find(root, test, skip) !== undefined;
  }

  /** The first node within `root`, in source order, that passes. */
  find(root: Node, test: (node: Node) => boolean, skip: (node: Node) => boolean = () => false): Node | undefined {
    const pending: Node[] = [root];
    for (let node = pending.pop(); node; node = pending.pop()) {
      if (test(node)) return node;
      if (node !== root && skip(node)) continue;
      const children = this.childrenOf(node);
      for (let index = children.length - 1; index >= 0; index--) pending.push(children[index] as Node);
    }
    return undefined;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
