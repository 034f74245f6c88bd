import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Verdict } from '../findings.js';
import { isEmptyFunction } from '../questions/forgetting.js';
import { isGivenTarget } from '../questions/listener-target.js';
import { functionOwner } from '../questions/owner-name.js';
import { methodsOf, teardownsAround } from '../questions/teardowns.js';
import { spanOf } from '../source-model.js';
import { isFunctionNode, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { sourceOf } from './collection-doubts.js';

/** Methods that begin what goes on until it is ended; those that are given a listener are another rule's business. */
const BEGINS = /^(?:watch|observe|subscribe)$/;

/**
 * `no-forgotten-field`, of teardowns that do nothing at all, while their object
 * begins to watch something that it is given: `constructor(files) { files.watch(folder); } dispose() {}`.
 */
export function judgeIdleTeardowns(facts: Facts): Verdict[] {
  return facts.owners.all.flatMap((owner): Verdict[] => {
    if (owner.kind !== 'class' || owner.superClass) return [];
    const methods = methodsOf(owner, facts);
    const begun = beginnings(owner.node, methods, facts);
    const [first] = begun;
    const ends = first ? teardownsAround(facts.functions.around(first), facts).filter((end) => end.self?.owner === owner) : [];
    const [end] = ends;
    if (!first || !end || !ends.every(isEmptyFunction)) return [];
    const begins = sourceOf(first.callee, facts);
    const argument = new Argument().evidence('teardown-is-idle', first, { teardown: end.name, begun: begins });
    // Whoever gave it may end it.
    argument.doubt('given-target', first, { target: begins.slice(0, begins.lastIndexOf('.')) });
    return [{
      rule: 'no-forgotten-field', kind: 'teardown', span: { start: end.method?.member.node.range[0] ?? end.node.range[0], end: end.node.range[1] }, symbol: end.name, owner: functionOwner(end), outcome: argument.outcome, reasons: argument.reasons,
      related: begun.map((node) => ({ role: 'forgotten', name: sourceOf(node.callee, facts), span: spanOf(node) })),
      subject: { type: 'teardown', teardown: end, released: [], forgotten: [] },
    }];
  });
}

/** The calls of an owner's methods that begin something on what their object is given, and drop what ends it. */
function beginnings(owner: Node, methods: readonly FunctionFact[], facts: Facts): TSESTree.CallExpression[] {
  const nodes = new Set<Node>(methods.map(({ node }) => node));
  return facts.tree.within('CallExpression', owner).filter((node) => {
    const call = parseMethodCall(node);
    if (!call || !BEGINS.test(call.method) || node.parent.type !== 'ExpressionStatement' || node.arguments.some((argument) => isFunctionNode(unwrap(argument)))) return false;
    const place = facts.places.resolve(call.object);
    return place !== undefined && nodes.has(facts.functions.around(node).node) && isGivenTarget(place, facts);
  });
}
