import type { Facts } from '../facts/facts.js';
import type { Verdict } from '../findings.js';
import { flowOf } from '../flow/flow.js';
import { afterFirstAwait, releasingCalls } from '../questions/after-await.js';
import { parseMethodCall, pathText, wrapped, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { endingVerdict } from './ending-verdict.js';

/** A clean-up that is begun and not awaited before `process.exit()`: what it does behind its first `await` is lost. */
export function judgeLostCleanups(facts: Facts): Verdict[] {
  const exits = facts.tree.all('CallExpression').filter(({ callee }) => pathText(callee) === 'process.exit');
  if (exits.length === 0) return [];
  return facts.functions.all.flatMap((fn) => fn.calls.flatMap(({ node, to, from }) => {
    const lost = isDropped(node) ? releasingCalls(afterFirstAwait(to, facts)?.calls ?? [], facts) : [];
    const exit = lost.length > 0 ? exits.find((one) => facts.functions.around(one) === from && isNext(node, one, from.node, facts)) : undefined;
    if (!exit) return [];
    const argument = new Argument().evidence('exit-before-end', exit, { cleanup: to.name });
    return [endingVerdict('lost-cleanup', from, node, to.name || 'cleanup', lost, argument, facts)];
  }));
}

/** Whether nobody waits for what a call returns: it is a statement, with or without `void` and `.catch(…)`. */
function isDropped(call: Node): boolean {
  let node = wrapped(call);
  for (;;) {
    const { parent } = node;
    const chained = parent?.type === 'MemberExpression' && parent.object === node && parent.parent.type === 'CallExpression' ? parseMethodCall(parent.parent) : undefined;
    if (chained && /^(?:then|catch|finally)$/.test(chained.method)) node = wrapped((parent as Node).parent as Node);
    else if (parent?.type === 'UnaryExpression' && parent.operator === 'void') node = parent;
    else return parent?.type === 'ExpressionStatement';
  }
}

/** Whether a path leads from a call to the exit that waits for nothing. */
function isNext(call: Node, exit: Node, home: Node, facts: Facts): boolean {
  const flow = flowOf(home, facts.tree);
  const waits = facts.tree.all('AwaitExpression').filter((one) => facts.functions.around(one).node === home);
  return flow.leadsTo(call, exit, waits);
}
