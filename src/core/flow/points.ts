import { addTo } from '../multimap.js';
import { isFunctionNode, type Node } from '../syntax/nodes.js';

/**
 * One step of a run of a function: a statement where it starts, an expression
 * once its operands are there. The steps behind it, and those where an exception
 * of it arrives.
 */
export interface Point {
  readonly node: Node;
  readonly next: Point[];
  readonly onThrow: Point[];
  /** The end of a `finally` that was entered by an exception: it goes on, whatever `node` does. */
  readonly rethrows: boolean;
}

/** The ways out of a function. */
export interface Exits {
  readonly end: Point;
  readonly returned: Point;
  readonly thrown: Point;
}

/** The steps of one function body. */
export interface Graph {
  readonly start: Point;
  readonly exits: Exits;
  /** A node of a `finally` has one point for each way in which the block is left. */
  readonly pointsOf: ReadonlyMap<Node, readonly Point[]>;
}

/** Where a jump leads: behind a loop, to its next round, out of the function. */
interface Target {
  readonly label: readonly string[];
  /** Whether a `break` without a label, or a `continue`, may mean it. */
  readonly takes: 'break' | 'continue' | 'label' | 'return';
  readonly arrivals: Point[];
}

/** A `finally` that jumps and exceptions pass on their way out. */
interface Passage {
  readonly jumps: Map<Target, Point[]>;
}

/** Nesting beyond which a node is one step, so that odd code cannot exhaust the stack. */
const MAX_DEPTH = 600;
/** Steps beyond which nothing more is added: `finally` in `finally` multiplies. */
const MAX_POINTS = 200_000;

const WRAPPERS: ReadonlySet<string> = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'TSParameterProperty', 'TSExportAssignment']);

/** Builds the graph of a function, or of a module. Calls, `new`, `await`, `yield`, `throw` and `import()` may throw; a member access is taken to succeed. */
export function buildGraph(root: Node, childrenOf: (node: Node) => readonly Node[]): Graph {
  return new Builder(root, childrenOf).graph;
}

class Builder {
  readonly graph: Graph;
  readonly #pointsOf = new Map<Node, Point[]>();
  readonly #stack: (Target | Passage)[] = [];
  /** What throws out of the function. */
  readonly #uncaught: Point[] = [];
  /** What may throw, by the `try` that takes it; the last is the innermost. */
  readonly #throwing = [this.#uncaught];
  /** What ends an optional chain early, by chain. */
  readonly #shortcuts: Point[][] = [];
  /** The points that lead to whatever comes next; empty behind a jump. */
  #frontier: Point[] = [];
  #depth = 0;
  #count = 0;

  constructor(root: Node, private readonly childrenOf: (node: Node) => readonly Node[]) {
    const exits = { end: point(root), returned: point(root), thrown: point(root) };
    const start = point(root);
    this.#frontier = [start];
    const returns: Target = { label: [], takes: 'return', arrivals: [] };
    this.#stack.push(returns);
    if (isFunctionNode(root)) {
      for (const parameter of root.params) this.#visit(parameter);
      this.#visit(root.body);
    } else this.#all(root.type === 'Program' ? root.body : childrenOf(root));
    this.#link(exits.end);
    for (const from of returns.arrivals) from.next.push(exits.returned);
    for (const from of this.#uncaught) from.onThrow.push(exits.thrown);
    this.graph = { start, exits, pointsOf: this.#pointsOf };
  }

  #link(to: Point): void {
    for (const from of this.#frontier) from.next.push(to);
    this.#frontier = [to];
  }

  /** A step of its own, behind all that leads here. Unreachable code gets one, too, that nothing leads to. */
  #step(node: Node, mayThrow = false, rethrows = false): Point {
    const made = point(node, rethrows);
    this.#link(made);
    if (mayThrow) this.#throwing.at(-1)?.push(made);
    return made;
  }

  #note(node: Node, mayThrow = false): Point {
    const made = this.#step(node, mayThrow);
    const known = this.#pointsOf.get(node);
    if (known) known.push(made);
    else this.#pointsOf.set(node, [made]);
    return made;
  }

  #all(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) this.#visit(node);
  }

  #visit(node: Node | null | undefined): void {
    if (!node || (node.type.startsWith('TS') && !WRAPPERS.has(node.type)) || ++this.#count > MAX_POINTS) return;
    if (this.#depth >= MAX_DEPTH) { this.#note(node, true); return; }
    this.#depth++;
    this.#dispatch(node);
    this.#depth--;
  }

  #dispatch(node: Node): void {
    if (isFunctionNode(node)) { this.#note(node); return; }
    switch (node.type) {
      case 'IfStatement':
        this.#note(node);
        this.#visit(node.test);
        this.#fork(node.consequent, node.alternate);
        return;
      case 'ConditionalExpression':
        this.#visit(node.test);
        this.#fork(node.consequent, node.alternate);
        this.#note(node);
        return;
      case 'LogicalExpression':
        this.#visit(node.left);
        this.#fork(node.right, null);
        this.#note(node);
        return;
      case 'AssignmentExpression':
        this.#visit(node.left);
        if (/^(?:&&|\|\||\?\?)=$/.test(node.operator)) this.#fork(node.right, null, node);
        else { this.#visit(node.right); this.#note(node); }
        return;
      case 'AssignmentPattern':
        this.#fork(node.right, null);
        this.#visit(node.left);
        this.#note(node);
        return;
      case 'VariableDeclarator':
        this.#visit(node.init);
        this.#visit(node.id);
        this.#note(node);
        return;
      case 'ChainExpression': {
        const shortcuts: Point[] = [];
        this.#shortcuts.push(shortcuts);
        this.#visit(node.expression);
        this.#shortcuts.pop();
        this.#frontier.push(...shortcuts);
        this.#note(node);
        return;
      }
      case 'MemberExpression':
        this.#visit(node.object);
        if (node.optional) this.#shortcuts.at(-1)?.push(...this.#frontier);
        if (node.computed) this.#visit(node.property);
        this.#note(node);
        return;
      case 'CallExpression':
        this.#visit(node.callee);
        if (node.optional) this.#shortcuts.at(-1)?.push(...this.#frontier);
        this.#all(node.arguments);
        this.#note(node, true);
        return;
      case 'SwitchStatement':
        this.#switch(node);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#loop(node, []);
        return;
      case 'LabeledStatement':
        this.#labelled(node);
        return;
      case 'BreakStatement':
      case 'ContinueStatement': {
        this.#note(node);
        const kind = node.type === 'BreakStatement' ? 'break' : 'continue';
        const label = node.label?.name;
        this.#jump((target) => (label === undefined ? target.takes === kind : target.label.includes(label) && (target.takes === kind || (kind === 'break' && target.takes === 'label'))));
        return;
      }
      case 'ReturnStatement':
        this.#note(node);
        this.#visit(node.argument);
        this.#jump((target) => target.takes === 'return');
        return;
      case 'ThrowStatement':
        this.#visit(node.argument);
        this.#note(node, true);
        this.#frontier = [];
        return;
      case 'TryStatement':
        this.#try(node);
        return;
      case 'PropertyDefinition':
      case 'AccessorProperty':
        if (node.computed) this.#visit(node.key);
        if (node.static) this.#visit(node.value);
        this.#note(node);
        return;
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'NewExpression':
      case 'ImportExpression':
      case 'TaggedTemplateExpression':
        this.#all(this.childrenOf(node));
        this.#note(node, true);
        return;
      default: {
        const isStatement = /(?:Statement|Declaration|StaticBlock)$/.test(node.type);
        if (isStatement) this.#note(node);
        this.#all(this.childrenOf(node));
        if (!isStatement) this.#note(node);
      }
    }
  }

  /** Either of two branches; a missing one is passed by. `own` is a step of the first branch alone. */
  #fork(first: Node, second: Node | null, own?: Node): void {
    const before = [...this.#frontier];
    this.#visit(first);
    if (own) this.#note(own);
    const after = this.#frontier;
    this.#frontier = before;
    this.#visit(second);
    this.#frontier = [...after, ...this.#frontier];
  }

  #switch(node: Extract<Node, { type: 'SwitchStatement' }>): void {
    this.#note(node);
    this.#visit(node.discriminant);
    const end = this.#open('break');
    let untested = this.#frontier;
    const cases = node.cases.map((one) => {
      this.#frontier = untested;
      this.#visit(one.test);
      const passed = this.#frontier;
      untested = [...passed];
      return { one, passed };
    });
    let fallen: Point[] = [];
    const hasDefault = node.cases.some((one) => !one.test);
    for (const { one, passed } of cases) {
      this.#frontier = [...fallen, ...(one.test ? passed : untested)];
      this.#note(one);
      this.#all(one.consequent);
      fallen = this.#frontier;
    }
    this.#frontier = hasDefault ? fallen : [...fallen, ...untested];
    this.#close(end);
  }

  #loop(node: Extract<Node, { type: 'WhileStatement' | 'DoWhileStatement' | 'ForStatement' | 'ForInStatement' | 'ForOfStatement' }>, labels: readonly string[]): void {
    this.#note(node);
    if (node.type === 'ForStatement') this.#visit(node.init);
    if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') this.#visit(node.right);
    const end = this.#open('break', labels);
    const head = this.#step(node, node.type === 'ForOfStatement' && node.await);
    let leaving: Point[] = [];
    const test = (condition: Node | null): void => {
      this.#visit(condition);
      leaving = condition && !isAlways(condition) ? [...this.#frontier] : [];
    };
    if (node.type === 'WhileStatement' || node.type === 'ForStatement') test(node.test);
    if (node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
      leaving = [head];
      this.#visit(node.left);
    }
    const again = this.#open('continue', labels);
    this.#visit(node.body);
    this.#close(again);
    if (node.type === 'DoWhileStatement') test(node.test);
    if (node.type === 'ForStatement') this.#visit(node.update);
    for (const from of this.#frontier) from.next.push(head);
    this.#frontier = leaving;
    this.#close(end);
  }

  #labelled(node: Extract<Node, { type: 'LabeledStatement' }>): void {
    this.#note(node);
    const labels = [node.label.name];
    let body: Node = node.body;
    for (; body.type === 'LabeledStatement'; body = body.body) { this.#note(body); labels.push(body.label.name); }
    switch (body.type) {
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#loop(body, labels);
        return;
      default: {
        const end = this.#open('label', labels);
        this.#visit(body);
        this.#close(end);
      }
    }
  }

  #try(node: Extract<Node, { type: 'TryStatement' }>): void {
    const entered = this.#note(node);
    const { handler, finalizer } = node;
    const passage: Passage = { jumps: new Map() };
    const uncaught: Point[] = [];
    if (finalizer) { this.#stack.push(passage); this.#throwing.push(uncaught); }
    const caught: Point[] = [];
    if (handler) this.#throwing.push(caught);
    this.#visit(node.block);
    if (handler) {
      this.#throwing.pop();
      const after = this.#frontier;
      this.#frontier = [];
      const start = this.#note(handler);
      // What is no call may throw all the same: somebody wrote the catch for it.
      for (const from of caught.length > 0 ? caught : [entered]) from.onThrow.push(start);
      this.#visit(handler.param);
      this.#visit(handler.body);
      this.#frontier.push(...after);
    }
    if (!finalizer) return;
    this.#throwing.pop();
    this.#stack.pop();
    const ended = this.#frontier;
    for (const [target, from] of passage.jumps) {
      this.#frontier = from;
      this.#visit(finalizer);
      this.#jump((one) => one === target);
    }
    if (uncaught.length > 0) {
      this.#frontier = [];
      const start = this.#step(finalizer);
      for (const from of uncaught) from.onThrow.push(start);
      this.#visit(finalizer);
      if (this.#frontier.length > 0) this.#step(node, true, true);
    }
    this.#frontier = ended;
    this.#visit(finalizer);
  }

  #open(takes: Target['takes'], label: readonly string[] = []): Target {
    const target: Target = { label, takes, arrivals: [] };
    this.#stack.push(target);
    return target;
  }

  #close(target: Target): void {
    this.#stack.pop();
    this.#frontier = [...this.#frontier, ...target.arrivals];
  }

  /** Goes to the innermost target that fits, through the `finally` blocks on the way. */
  #jump(fits: (target: Target) => boolean): void {
    let passage: Passage | undefined;
    for (const entry of [...this.#stack].reverse()) {
      if ('jumps' in entry) { passage ??= entry; continue; }
      if (!fits(entry)) continue;
      if (passage) addTo(passage.jumps, entry, ...this.#frontier);
      else entry.arrivals.push(...this.#frontier);
      break;
    }
    this.#frontier = [];
  }
}

function point(node: Node, rethrows = false): Point {
  return { node, next: [], onThrow: [], rethrows };
}

/** A condition that is written as a constant: `while (true)`. */
function isAlways(node: Node): boolean {
  return node.type === 'Literal' && Boolean(node.value);
}
