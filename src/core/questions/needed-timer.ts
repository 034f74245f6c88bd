import type { Facts } from '../facts/facts.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { flowOf } from '../flow/flow.js';
import type { Variable } from '../scope/bindings.js';
import { contains, isFunctionNode, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import { failingChildAround, waitsForChild } from './child-process.js';
import type { SkippedRelease } from './skipped-release.js';

/** What a timer does to something that is to end: not `abort`, which does nothing to what has failed. */
const ENDS = /^(?:destroy|close|kill|terminate|end|disconnect|dispose|quit|release)$/;

/**
 * Whether a timer that a failure leaves pending is what cleans up after it: its
 * callback ends something that a path past the clear does not end. To clear the
 * timer there, too, would be the leak.
 */
export function isNeededAfterFailure(timer: TimerAcquisition, skipped: SkippedRelease, facts: Facts): boolean {
  const callback = timer.callback?.node;
  if (!isFunctionNode(callback)) return false;
  return endingsIn(callback, facts).some(({ text, variable }) => !opensAgain(callback, text, facts) && !(variable && hasFailedItself(variable, skipped.by, facts)) && isLeftOpen(text, timer, skipped, callback, facts));
}

/** `await link.disconnect(); await link.reconnect();`: what is opened again at once is not cleaned up, and least of all once it is used for something else. */
function opensAgain(callback: Node, text: string, facts: Facts): boolean {
  return facts.tree.within('CallExpression', callback).some((call) => {
    const method = parseMethodCall(call);
    return method !== undefined && /^(?:re)?(?:connect|open|start)(?![a-z])/.test(method.method) && pathText(method.object) === text;
  });
}

interface Ending {
  readonly call: Node;
  /** What is ended, as written. */
  readonly text: string;
  readonly variable: Variable | undefined;
}

/** The calls within a function that end something. */
function endingsIn(fn: Node, facts: Facts): Ending[] {
  return facts.tree.all('CallExpression').flatMap((call) => {
    const method = contains(fn, call) ? parseMethodCall(call) : undefined;
    const object = method && ENDS.test(method.method) ? unwrap(method.object) : undefined;
    const text = object && pathText(object);
    return object && text !== undefined ? [{ call, text, variable: object.type === 'Identifier' ? facts.bindings.variableOf(object) : undefined }] : [];
  });
}

/** A child process that reports an error is over, or never was. */
function hasFailedItself(variable: Variable, by: Node, facts: Facts): boolean {
  return failingChildAround(by, facts) === variable || waitsForChild(by, variable, facts);
}

/** Whether some path past the clear ends without the same ending. */
function isLeftOpen(text: string, timer: TimerAcquisition, skipped: SkippedRelease, callback: Node, facts: Facts): boolean {
  const home = skipped.how === 'reject-only' ? facts.functions.around(skipped.by).node : facts.functions.around(timer.node).node;
  const same = endingsIn(home, facts).filter((ending) => ending.text === text && !contains(callback, ending.call));
  const flow = flowOf(home, facts.tree);
  const steps = same.flatMap(({ call }) => flow.stepOf(call) ?? []);
  const [from, to] = [flow.stepOf(timer.node), flow.stepOf(skipped.by)];
  switch (skipped.how) {
    case 'rejected':
    case 'left': {
      // The clear stands in for the ending: what is followed are the ways past it.
      const clear = flow.stepOf(skipped.clear);
      return flow.leavesWithout(from, [...steps, ...(clear ? [clear] : [])], { byThrow: true, mayThrow: ({ type }) => type === 'AwaitExpression' || type === 'ThrowStatement' }) !== undefined;
    }
    case 'reject-only':
      return !to || !(flow.isPrecededBy(to, steps) || !flow.leavesWithout(to, steps, { byThrow: false }));
    case 'success-only':
      return steps.length === 0;
  }
}
