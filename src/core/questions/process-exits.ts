import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { isProgramExit } from '../kinds/exits.js';
import { contains, unwrap, type Node } from '../syntax/nodes.js';

/** Where a file ends the program, found once: most files nowhere, and who asks for each call of a function must not walk for each. */
interface Exits {
  readonly nodes: readonly Node[];
  /** The places of what is given a value in which an exit stands, as `this.fail = () => process.exit(1)`. */
  readonly assigned: ReadonlySet<string>;
  /** Functions and bodies of which the answer is known. */
  readonly known: Map<Node, boolean>;
}

// leakproof-owned-by: the facts of one file, which are dropped with it
const exitsOfFile = new WeakMap<Facts, Exits>();

/** Whether the function or one around it ends the process itself: what is pending then is gone with it. */
export function endsProcess(fn: FunctionFact, facts: Facts): boolean {
  for (let current: FunctionFact | undefined = fn; current && current !== facts.functions.module; current = current.parent) if (exitsProcess(current, facts)) return true;
  return false;
}

/** Whether a function ends the process, itself or by what it calls of this file. */
export function exitsProcess({ node }: FunctionFact, facts: Facts): boolean {
  return exitsWithin(node, facts);
}

/** Whether code ends the process where it is written, or by what it calls of this file. */
export function exitsWithin(code: Node, facts: Facts): boolean {
  const exits = exitsOf(facts);
  if (exits.nodes.length === 0) return false;
  let answer = exits.known.get(code);
  if (answer === undefined) {
    answer = hasExit(code, exits) || facts.tree.within('CallExpression', code).some((call) => runsExit(call.callee, exits, facts));
    exits.known.set(code, answer);
  }
  return answer;
}

/** A call of a function of this file that ends the process: a method, or a field whose value, or default, does. */
function runsExit(callee: Node, exits: Exits, facts: Facts): boolean {
  const fn = facts.functions.valueOf(callee);
  if (fn) return hasExit(fn.node, exits);
  const inner = unwrap(callee);
  const place = exits.assigned.size > 0 && inner.type === 'MemberExpression' ? facts.places.resolve(inner) : undefined;
  return place?.root.type === 'owner' && exits.assigned.has(facts.places.key(place));
}

function hasExit(node: Node, { nodes }: Exits): boolean {
  return nodes.some((exit) => contains(node, exit));
}

function exitsOf(facts: Facts): Exits {
  let exits = exitsOfFile.get(facts);
  if (!exits) {
    const nodes = facts.tree.all('CallExpression').filter(isProgramExit);
    const assigned = nodes.length === 0 ? [] : facts.tree.all('AssignmentExpression').flatMap(({ left, right }) => (left.type === 'MemberExpression' && nodes.some((exit) => contains(right, exit)) ? (facts.places.resolve(left) ?? []) : []));
    exitsOfFile.set(facts, (exits = { nodes, assigned: new Set(assigned.map((place) => facts.places.key(place))), known: new Map() }));
  }
  return exits;
}
