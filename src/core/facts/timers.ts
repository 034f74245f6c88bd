import type { TSESTree } from '@typescript-eslint/utils';
import { declaringFunction, isParameter, onlyValue, type Bindings, type Variable } from '../scope/bindings.js';
import type { TimerKind } from '../settings.js';
import { constantNumber, type ValueOfField } from '../syntax/constant.js';
import { isFunctionNode, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import { constantField } from './constant-fields.js';
import type { FunctionFact, Functions } from './functions.js';
import type { Owners } from './owners.js';
import type { Destination, Places } from './places.js';
import { timerCallee, type TimerNames } from './timer-names.js';

/** A call that starts a timer, and what becomes of its handle. */
export interface TimerAcquisition {
  readonly kind: TimerKind;
  readonly node: TSESTree.CallExpression;
  /** The callee as written. */
  readonly callee: string;
  /** The function in which it is started. */
  readonly fn: FunctionFact;
  /** What it runs, if the file shows it. */
  readonly callback: FunctionFact | undefined;
  readonly callbackNode: Node | undefined;
  /** Milliseconds, where the file shows them, the longest of several; 0 where the argument is missing. */
  readonly delay: number | undefined;
  readonly destination: Destination;
}

export function collectTimers(tree: Tree, functions: Functions, places: Places, names: TimerNames, owners: Owners): TimerAcquisition[] {
  const known: Known = { functions, bindings: names.bindings, valueOfField: (member) => constantField(member, owners, names.bindings, tree) };
  const timers: TimerAcquisition[] = [];
  for (const node of tree.all('CallExpression')) {
    const found = timerCallee(node.callee, names);
    if (found?.role !== 'acquire') continue;
    const [callback, delay] = node.arguments;
    if (callback?.type === 'SpreadElement') continue;
    timers.push({
      kind: found.kind,
      node,
      callee: pathText(node.callee) ?? found.kind.id,
      fn: functions.around(node),
      callback: callback && functions.valueOf(callback),
      callbackNode: callback,
      delay: delay ? longestDelay(delay, known) : 0,
      destination: places.destinationOf(node),
    });
  }
  return timers;
}

/** Where the numbers behind names are looked for. */
interface Known {
  readonly functions: Functions;
  readonly bindings: Bindings;
  readonly valueOfField: ValueOfField;
}

/** Steps from a name to the numbers behind it. */
const MAX_STEPS = 4;

/** A constant delay; of `busy ? 100 : 0`, or of what all calls of the file give, the longest one. */
function longestDelay(node: Node, known: Known, steps = 0): number | undefined {
  const inner = unwrap(node);
  if (steps > MAX_STEPS) return undefined;
  if (inner.type === 'ConditionalExpression') return longestOf([inner.consequent, inner.alternate], known, steps);
  const variable = inner.type === 'Identifier' ? known.bindings.variableOf(inner) : undefined;
  if (!variable) return constantNumber(inner, known.bindings, known.valueOfField);
  const value = onlyValue(variable);
  if (value) return longestDelay(value, known, steps + 1);
  const given = givenTo(variable, known.functions);
  return given && longestOf(given, known, steps);
}

function longestOf(nodes: readonly Node[], known: Known, steps: number): number | undefined {
  const delays = nodes.map((node) => longestDelay(node, known, steps + 1));
  return delays.every((delay) => delay !== undefined) ? Math.max(...delays) : undefined;
}

/** What a parameter is given, if all calls of its function stand in the file. */
function givenTo(variable: Variable, functions: Functions): Node[] | undefined {
  const home = declaringFunction(variable);
  const fn = home && functions.of(home);
  if (!fn || !isFunctionNode(fn.node) || fn.escapes || !isParameter(variable)) return undefined;
  const index = fn.node.params.findIndex((parameter) => variable.identifiers.some((name) => name === parameter));
  const calls = functions.callsOf(fn);
  const given = calls.flatMap((call) => (call.over ? [] : (call.node.arguments[index] ?? [])));
  return index >= 0 && calls.length > 0 && given.length === calls.length && given.every((one) => one.type !== 'SpreadElement') ? given : undefined;
}
