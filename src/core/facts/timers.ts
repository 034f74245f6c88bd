import type { TSESTree } from '@typescript-eslint/utils';
import type { TimerKind } from '../settings.js';
import { constantNumber } from '../syntax/constant.js';
import { pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { FunctionFact, Functions } from './functions.js';
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

export function collectTimers(tree: Tree, functions: Functions, places: Places, names: TimerNames): TimerAcquisition[] {
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
      delay: delay ? longestDelay(delay, names) : 0,
      destination: places.destinationOf(node),
    });
  }
  return timers;
}

/** A constant delay; of `busy ? 100 : 0` the longer one. */
function longestDelay(node: Node, names: TimerNames): number | undefined {
  const inner = unwrap(node);
  if (inner.type !== 'ConditionalExpression') return constantNumber(inner, names.bindings);
  const left = longestDelay(inner.consequent, names);
  const right = longestDelay(inner.alternate, names);
  return left === undefined || right === undefined ? undefined : Math.max(left, right);
}
