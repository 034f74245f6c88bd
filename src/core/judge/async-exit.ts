import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Verdict } from '../findings.js';
import { endingsThatCome, type Ending } from '../questions/ending-functions.js';
import { afterFirstAwait, releasingCalls } from '../questions/after-await.js';
import { Argument } from './argument.js';
import { endingVerdict } from './ending-verdict.js';

/** A handler of the process's `exit` that waits: nothing behind its first `await` runs, since the process ends when it returns. */
export function judgeAsyncExits(facts: Facts): Verdict[] {
  const endings = endingsThatCome(facts).filter(({ how }) => how === 'signal');
  return endings.filter(({ name, node }) => name === 'exit' && isOfProcess(node, facts)).flatMap((ending) => judgeExit(ending, endings, facts) ?? []);
}

function isOfProcess(node: Ending['node'], facts: Facts): boolean {
  return facts.model.text.slice(node.range[0], node.range[1]).startsWith('process.');
}

function judgeExit({ fn, node }: Ending, endings: readonly Ending[], facts: Facts): Verdict | undefined {
  for (const run of runsOf(fn, facts)) {
    const rest = afterFirstAwait(run, facts);
    if (!rest || rest.calls.length === 0) continue;
    const lost = releasingCalls(rest.calls, facts);
    const argument = new Argument().evidence('exit-does-not-wait', rest.await, {}, lost.length > 0 ? 'strong' : 'supporting');
    // For the signals the same function may have the time that it needs.
    if (endings.some((other) => other.fn === fn && other.name !== 'exit')) argument.doubt('also-for-signals', node);
    return endingVerdict('async-exit', fn, node, 'exit', (lost.length > 0 ? lost : rest.calls).map((call) => ({ name: call.name, node: call.node })), argument, facts);
  }
  return undefined;
}

/** The handler, and what it calls without waiting. */
function runsOf(fn: FunctionFact, facts: Facts): FunctionFact[] {
  return [fn, ...fn.calls.map(({ to }) => to), ...facts.summaries.inlineOf(fn)];
}
