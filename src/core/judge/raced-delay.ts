import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../facts/facts.js';
import { originOf } from '../facts/resource-names.js';
import type { Verdict } from '../findings.js';
import { isDelay } from '../kinds/delays.js';
import { functionOwner } from '../questions/owner-name.js';
import { findRace, type Race } from '../questions/races.js';
import { SHORT_MS } from '../questions/timer-shape.js';
import { spanOf } from '../source-model.js';
import { constantNumber } from '../syntax/constant.js';
import { bodyNodes, isFunctionNode, optionOf, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { sourceOf } from './collection-doubts.js';

/**
 * `no-untracked-timer`, of delays that other code makes: `delay(ms).then(() => { throw late; })`
 * limits how long something may take. It gives no handle, so the loser of a race stays pending.
 */
export function judgeRacedDelays(facts: Facts): Verdict[] {
  return facts.tree.all('CallExpression').flatMap((node): Verdict[] => {
    const late = isImportedDelay(node, facts) ? rejection(node) : undefined;
    const race = late && findRace(late, facts, true);
    if (!race) return [];
    const argument = new Argument();
    const callee = sourceOf(node.callee, facts);
    const delay = constantNumber(node.arguments[0], facts.bindings);
    weighRace(race, node, delay === undefined || delay >= SHORT_MS, argument);
    // By its name: whoever wrote it may have thought of that.
    argument.doubt('delay-of-others', node, { callee });
    return [{
      rule: 'no-untracked-timer', kind: 'timeout', span: spanOf(node), symbol: callee, owner: functionOwner(facts.functions.around(node)),
      outcome: argument.outcome, reasons: argument.reasons, related: [], subject: { type: 'delay', node },
    }];
  });
}

/** Says that the promise of a timer loses a race, and where that is run. */
export function weighRace(race: Race, node: Node, isLong: boolean, argument: Argument): void {
  const strength = isLong ? 'strong' : 'supporting';
  if (race === 'here') argument.evidence('race-loser', node, {}, strength);
  else argument.evidence('raced-elsewhere', node, { file: race.file, line: String(race.line) }, strength, race);
}

/** A delay of another module, without a signal that ends it. */
function isImportedDelay(node: TSESTree.CallExpression, facts: Facts): boolean {
  const origin = node.arguments.length > 0 ? originOf(node.callee, facts.bindings) : undefined;
  return origin?.module !== undefined && isDelay(origin.module, origin.path) && !node.arguments.some((argument) => isFunctionNode(unwrap(argument)) || optionOf(unwrap(argument), 'signal') !== undefined);
}

/** What a delay becomes that fails when it is over: `delay(ms).then(() => { throw late; })`. */
function rejection(delay: Node): Node | undefined {
  const member = parentOf(wrapped(delay));
  const call = member?.type === 'MemberExpression' ? parentOf(wrapped(member)) : undefined;
  const then = call && parseMethodCall(call);
  const [next] = then?.method === 'then' ? then.args : [];
  const fails = next && unwrap(next);
  if (!call || !fails || !isFunctionNode(fails)) return undefined;
  const last = fails.body.type === 'BlockStatement' ? bodyNodes(fails).at(-1) : fails.body;
  const given = last?.type === 'ReturnStatement' ? last.argument : last;
  return last?.type === 'ThrowStatement' || (given?.type === 'CallExpression' && pathText(given.callee) === 'Promise.reject') ? call : undefined;
}
