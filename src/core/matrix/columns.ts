import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { addTo } from '../multimap.js';
import { endingsOf, type Ending } from '../questions/ending-functions.js';
import { isOnlyCalledHere } from '../questions/only-called-here.js';
import { functionAround } from '../questions/owner-name.js';
import { spanOf, type Span } from '../source-model.js';
import { contains, type Node } from '../syntax/nodes.js';

/** One way in which something ends. Endings that run the same code are one column. */
export interface Column {
  readonly how: Ending['how'];
  readonly fn: FunctionFact;
  /** The part of the function that counts; undefined: all of it. */
  readonly within: Node | undefined;
  /** `close()`, `on exit`, `SIGINT, SIGTERM`. */
  readonly name: string;
  /** The function in which it is registered, to tell columns of one name apart. */
  readonly where: string;
  readonly node: Node;
  readonly span: Span;
}

/** Every column of a file, in source order. */
export function columnsOf(facts: Facts): Column[] {
  const groups = new Map<FunctionFact, Map<Node | undefined, Ending[]>>();
  for (const ending of endingsOf(facts)) {
    const parts = groups.get(ending.fn) ?? new Map<Node | undefined, Ending[]>();
    groups.set(ending.fn, parts);
    addTo(parts, ending.within, ending);
  }
  const columns = [...groups.values()].flatMap((parts) => [...parts.values()].flatMap((endings) => columnOf(endings, facts) ?? []));
  return columns.filter((column) => !isPartOfOther(column, columns, facts)).sort((left, right) => left.node.range[0] - right.node.range[0]);
}

function columnOf(endings: readonly Ending[], facts: Facts): Column | undefined {
  const [first] = endings;
  if (!first) return undefined;
  const { how, fn, within, node } = first;
  const names = [...new Set(endings.map(({ name }) => name))];
  return { how, fn, within, node, name: nameOf(first, names, facts), where: functionAround(node, facts), span: spanOf(node) };
}

function nameOf({ how, fn, node }: Ending, names: readonly string[], facts: Facts): string {
  const [name = ''] = names;
  switch (how) {
    case 'teardown':
      return `${name}()`;
    case 'unmount':
      return fn.method ? `${name}()` : `${name} clean-up`;
    case 'event':
      return `on ${names.join(', ')}`;
    case 'branch':
      return `case ${names.join(', ')}`;
    case 'signal':
      return names.join(', ');
    case 'sweep':
      return fn.name === '' ? name + standingIn(functionAround(node, facts)) : `${fn.name}()`;
    case 'finally':
      return `finally${standingIn(functionAround(node, facts))}`;
  }
}

/** ` in open()`; nothing for the module. */
function standingIn(where: string): string {
  return where === '' ? '' : ` in ${where}`;
}

/** Whether a column is a part of another one: its `finally`, or a step that nothing else runs (BENIGN, S1). */
function isPartOfOther(column: Column, columns: readonly Column[], facts: Facts): boolean {
  const whole = columns.filter((one) => one !== column && !one.within);
  if (column.how === 'finally') return whole.some(({ fn }) => contains(fn.node, column.node));
  if (column.how !== 'teardown' || !isOnlyCalledHere(column.fn, facts)) return false;
  const callers = facts.functions.callersOf(column.fn);
  return callers.every((caller) => caller !== column.fn && whole.some(({ fn }) => fn === caller || contains(fn.node, caller.node)));
}
