import type { Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import { buildGraph, type Graph, type Point } from './points.js';

/** A way out of a function: where it is left. For an exception that is what throws. */
export interface Exit {
  readonly how: 'end' | 'return' | 'throw';
  readonly node: Node;
}

export interface Leaving {
  /** Whether an exception that leaves the function counts as an exit; `only`: nothing else does. */
  readonly byThrow: boolean | 'only';
  /** Which of the steps that may throw are believed to; all of them, if it is left out. */
  readonly mayThrow?: (node: Node) => boolean;
}

/**
 * The paths through one function body, nested functions left out: each is one
 * step where it is made. Every answer is about paths that are known: of a node
 * that is not in the body, or that nothing reaches, there is none.
 */
export class Flow {
  #graph: Graph | undefined;

  constructor(private readonly root: Node, private readonly childrenOf: (node: Node) => readonly Node[]) {}

  get #built(): Graph {
    return (this.#graph ??= buildGraph(this.root, this.childrenOf));
  }

  /** The step in which a node is evaluated: itself, or what stands around it in the body; a callback counts where it is written. */
  stepOf(node: Node): Node | undefined {
    for (let current: Node | undefined = node; current && current !== this.root; current = current.parent) {
      if (this.#built.pointsOf.has(current)) return current;
    }
    return undefined;
  }

  /** Whether some path leads from the start of the function to the node. */
  isReachable(target: Node): boolean {
    return !this.isPrecededBy(target, []);
  }

  /** Whether every path from the start of the function to `target` evaluates one of `through`. */
  isPrecededBy(target: Node, through: readonly Node[]): boolean {
    return this.#walk([this.#built.start], this.#points([target]), this.#points(through), () => true).length === 0;
  }

  /** Whether a path leads from behind `from` to `to` that evaluates none of `through`. */
  leadsTo(from: Node, to: Node, through: readonly Node[] = []): boolean {
    return this.#walk(this.#pointsOf(from), this.#points([to]), this.#points(through), () => true).length > 0;
  }

  /** An exit of the function that is reached from behind `from`, or from its start, without evaluating one of `through`. */
  leavesWithout(from: Node | undefined, through: readonly Node[], { byThrow, mayThrow = () => true }: Leaving): Exit | undefined {
    const { end, returned, thrown } = this.#built.exits;
    const goals = new Set([...(byThrow === 'only' ? [] : [end, returned]), ...(byThrow ? [thrown] : [])]);
    const path = this.#walk(from ? this.#pointsOf(from) : [this.#built.start], goals, this.#points(through), mayThrow);
    const last = path.at(-1);
    if (!last) return undefined;
    if (last === thrown) return { how: 'throw', node: lastNode(path, (point, next) => !point.rethrows && point.onThrow.includes(next as Point)) ?? this.root };
    return last === returned ? { how: 'return', node: lastNode(path, (point) => point.node.type === 'ReturnStatement') ?? this.root } : { how: 'end', node: this.root };
  }

  /** An `await`, `yield` or step of `for await` on a path from behind `from` to `to` that evaluates none of `without`. */
  findAwaitBetween(from: Node, to: Node, without: readonly Node[] = []): Node | undefined {
    const goals = this.#points([to]);
    const stops = this.#points(without);
    for (const point of this.#reached(this.#pointsOf(from), stops)) if (isSuspension(point.node) && this.#walk([point], goals, stops, () => true).length > 0) return point.node;
    return undefined;
  }

  #pointsOf(node: Node): readonly Point[] {
    return this.#built.pointsOf.get(node) ?? [];
  }

  #points(nodes: readonly Node[]): ReadonlySet<Point> {
    return new Set(nodes.flatMap((node) => this.#pointsOf(node)));
  }

  /** The points of a shortest path from behind one of `from` to one of `goals`, past none of `stops`; empty if there is none. An exception of `from` itself is none: it did not happen then. */
  #walk(from: readonly Point[], goals: ReadonlySet<Point>, stops: ReadonlySet<Point>, mayThrow: (node: Node) => boolean): Point[] {
    const cameFrom = new Map<Point, Point | undefined>();
    const pending: Point[] = [];
    const add = (point: Point, previous: Point): void => {
      if (!cameFrom.has(point)) { cameFrom.set(point, previous); pending.push(point); }
    };
    for (const start of from) for (const next of start.next) add(next, start);
    for (const current of pending) {
      if (goals.has(current)) return pathTo(current, cameFrom);
      // What throws has been evaluated, too.
      if (stops.has(current)) continue;
      for (const next of current.next) add(next, current);
      if (current.onThrow.length > 0 && (current.rethrows || mayThrow(current.node))) for (const next of current.onThrow) add(next, current);
    }
    return [];
  }

  #reached(from: readonly Point[], stops: ReadonlySet<Point>): ReadonlySet<Point> {
    const reached = new Set<Point>(from.flatMap((point) => point.next));
    for (const point of reached) if (!stops.has(point)) for (const next of [...point.next, ...point.onThrow]) reached.add(next);
    return reached;
  }
}

function pathTo(last: Point, cameFrom: ReadonlyMap<Point, Point | undefined>): Point[] {
  const path: Point[] = [];
  for (let current: Point | undefined = last; current && !path.includes(current); current = cameFrom.get(current)) path.unshift(current);
  return path;
}

function lastNode(path: readonly Point[], test: (point: Point, next: Point | undefined) => boolean): Node | undefined {
  for (let index = path.length - 1; index >= 0; index--) {
    const point = path[index];
    if (point && test(point, path[index + 1])) return point.node;
  }
  return undefined;
}

/** Whether other code may run before the next step. */
function isSuspension(node: Node): boolean {
  return node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await);
}

const known = new WeakMap<Node, Flow>();

/** The flow of a function body, or of a module; made when it is first asked for. */
export function flowOf(root: Node, tree: Tree): Flow {
  let flow = known.get(root);
  if (!flow) known.set(root, (flow = new Flow(root, (node) => tree.childrenOf(node))));
  return flow;
}
