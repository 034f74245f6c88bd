import type { SourceModel } from '../source-model.js';
import { literalText, type Node } from './nodes.js';

type NodesByType = { [N in Node as `${N['type']}`]: N };

/** All nodes of a file by type, in source order, from one walk that needs no stack of its own depth. */
export class Tree {
  readonly #byType: ReadonlyMap<string, readonly Node[]>;
  #modules: ReadonlySet<string> | undefined;

  constructor(private readonly model: SourceModel) {
    this.#byType = model.nodes ?? this.#listed();
  }

  #listed(): Map<string, Node[]> {
    const byType = new Map<string, Node[]>();
    const pending: Node[] = [this.model.ast];
    for (let node = pending.pop(); node; node = pending.pop()) {
      const list = byType.get(node.type);
      if (list) list.push(node);
      else byType.set(node.type, [node]);
      this.#addChildren(node, pending);
    }
    return byType;
  }

  /** Every node of one type, in source order. */
  all<T extends keyof NodesByType>(type: T): readonly NodesByType[T][] {
    // The map's lists are by type, by construction; the checker finds the union of all of them too complex.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion
    return (this.#byType.get(type) ?? []) as unknown as readonly NodesByType[T][];
  }

  /**
   * Every node of one type within `root` (itself included), in source order, without a walk. The parts
   * of a template do not stand in the order of their beginnings, where one template is within another.
   */
  within<T extends Exclude<keyof NodesByType, 'TemplateElement'>>(type: T, root: Node): readonly NodesByType[T][] {
    const list = this.all(type);
    const [start, end] = root.range;
    let from = firstFrom(list, start);
    const found: NodesByType[T][] = [];
    for (let node = list[from]; node && node.range[0] < end; node = list[++from]) if (node.range[1] <= end) found.push(node);
    return found;
  }

  /** The modules that the file names in an `import` or a `require`. */
  get modules(): ReadonlySet<string> {
    return (this.#modules ??= new Set([
      ...this.all('ImportDeclaration').map(({ source }) => source.value),
      ...this.all('CallExpression').flatMap(({ callee, arguments: [source] }) => (callee.type === 'Identifier' && callee.name === 'require' ? (literalText(source) ?? []) : [])),
    ]));
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
      this.#addChildren(node, pending);
    }
    return undefined;
  }

  /** The children of a node, the last one first. */
  #addChildren(node: Node, pending: Node[]): void {
    const keys = this.model.visitorKeys[node.type];
    for (let step = (keys?.length ?? 0) - 1; keys && step >= 0; step--) {
      const value = (node as unknown as Record<string, unknown>)[keys[step] as string];
      if (Array.isArray(value)) {
        for (let index = value.length - 1; index >= 0; index--) if (isNode(value[index])) pending.push(value[index] as Node);
      } else if (isNode(value)) pending.push(value);
    }
  }
}

/** The first index of a list in source order whose node begins at or behind an offset. */
function firstFrom(list: readonly Node[], start: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as Node).range[0] < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
