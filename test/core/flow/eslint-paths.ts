import { Linter, type Rule } from 'eslint';
import { Flow } from '../../../src/core/flow/flow.js';
import type { Node } from '../../../src/core/syntax/nodes.js';

type Segment = Rule.CodePathSegment;

/** A statement as ESLint's code paths know it: the segments in which it starts, and when. */
interface Step {
  readonly node: Node;
  readonly order: number;
  readonly segments: ReadonlySet<Segment>;
}

interface Body {
  readonly root: Node;
  readonly start: Segment;
  readonly steps: Step[];
  /** Whether it has a `try`: what may throw in one differs between ESLint and us. */
  hasTry: boolean;
}

/** What was compared in a file, and each place at which the two disagree. */
export interface Comparison {
  statements: number;
  pairs: number;
  readonly differences: string[];
}

/** Pairs of statements that are compared in one function. */
const PAIRS = 150;

/** Holds `Flow` against the code paths that ESLint finds in the same tree. */
export function compareWithEslint(path: string, text: string): Comparison | undefined {
  const bodies: Body[] = [];
  let keys: Readonly<Record<string, readonly string[]>> = {};
  const linter = new Linter({ configType: 'flat' });
  const messages = linter.verify(text, {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    languageOptions: { ecmaVersion: 'latest', sourceType: path.endsWith('.cjs') || !/^(?:import|export)\b/m.test(text) ? 'commonjs' : 'module' },
    plugins: { paths: { rules: { collect: { create(context) {
      keys = context.sourceCode.visitorKeys as Record<string, string[]>;
      return collector(bodies);
    } } } } },
    rules: { 'paths/collect': 'error' },
  }, { filename: path.replace(/^.*node_modules\//, '') });
  if (messages.some((message) => message.fatal)) return undefined;
  const childrenOf = (node: Node): Node[] => (keys[node.type] ?? []).flatMap((key) => (node as unknown as Record<string, Node | (Node | null)[] | null>)[key] ?? []).filter((child) => child !== null);
  const comparison: Comparison = { statements: 0, pairs: 0, differences: [] };
  for (const body of bodies) compareBody(body, new Flow(body.root, childrenOf), path, comparison);
  return comparison;
}

function collector(bodies: Body[]): Rule.RuleListener {
  const open: { body: Body | undefined; current: Set<Segment> }[] = [];
  const start = (segment: Segment): void => { open.at(-1)?.current.add(segment); };
  const end = (segment: Segment): void => { open.at(-1)?.current.delete(segment); };
  let order = 0;
  return {
    onCodePathStart(path, node) {
      // Field initialisers and static blocks are paths of their own for ESLint.
      const isOwn = path.origin === 'program' || path.origin === 'function';
      const body: Body | undefined = isOwn ? { root: node as unknown as Node, start: path.initialSegment, steps: [], hasTry: false } : undefined;
      if (body) bodies.push(body);
      open.push({ body, current: new Set() });
    },
    onCodePathEnd() { open.pop(); },
    onCodePathSegmentStart: start,
    onCodePathSegmentEnd: end,
    onUnreachableCodePathSegmentStart: start,
    onUnreachableCodePathSegmentEnd: end,
    '*'(node: Rule.Node) {
      const top = open.at(-1);
      if (!top?.body || !/(?:Statement|VariableDeclaration)$/.test(node.type) || node.type === 'BlockStatement' || node.type === 'LabeledStatement' || node.type === 'EmptyStatement') return;
      if (node.type === 'TryStatement') top.body.hasTry = true;
      top.body.steps.push({ node: node as unknown as Node, order: order++, segments: new Set(top.current) });
    },
  };
}

function compareBody({ root, start, steps, hasTry }: Body, flow: Flow, path: string, comparison: Comparison): void {
  const note = (what: string, node: Node): void => { comparison.differences.push(`${path}:${String(node.loc.start.line)} ${node.type} ${what}`); };
  for (const { node, segments } of steps) {
    comparison.statements++;
    const isReachable = [...segments].some((segment) => segment.reachable);
    if (isReachable !== flow.isReachable(node)) note(isReachable ? 'is reachable for ESLint only' : 'is reachable for us only', node);
  }
  if (hasTry || root.type === 'Program') return;
  const reachable = steps.filter(({ segments }) => [...segments].some((segment) => segment.reachable));
  for (const [first, second] of sample(reachable)) {
    comparison.pairs++;
    const theirs = dominates(first, second, start);
    if (theirs !== flow.isPrecededBy(second.node, [first.node])) note(`(line ${String(first.node.loc.start.line)} ${theirs ? 'always' : 'not always'} before it for ESLint)`, second.node);
  }
}

/** Pairs of different statements, all of them in a small function, spread evenly over a large one. */
function* sample(steps: readonly Step[]): Iterable<readonly [Step, Step]> {
  const all = steps.length * steps.length;
  const stride = Math.max(1, Math.floor(all / PAIRS));
  for (let index = 0; index < all; index += stride) {
    const first = steps[Math.floor(index / steps.length)];
    const second = steps[index % steps.length];
    if (first && second && first !== second) yield [first, second];
  }
}

/** Whether every path of segments to `second` goes through `first`. */
function dominates(first: Step, second: Step, start: Segment): boolean {
  const seen = new Set<Segment>([start]);
  for (const segment of seen) {
    const isBehindFirst = first.segments.has(segment);
    if (second.segments.has(segment) && !(isBehindFirst && first.order < second.order)) return false;
    if (!isBehindFirst) for (const next of segment.nextSegments) seen.add(next);
  }
  return true;
}
