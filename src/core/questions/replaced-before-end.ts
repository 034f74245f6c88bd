import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { TSESTree } from '@typescript-eslint/utils';
import { flowOf } from '../flow/flow.js';
import { parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';
import { mentionsOf } from './mentions.js';
import { releasesIn } from './obligation-coverage.js';
import type { Obligation } from './obligations.js';

/**
 * Where a teardown puts something new into a field before it ends what is
 * there: it ends the new one, and nobody has the old one any more. Undefined if
 * the teardown does anything with the old one first.
 */
export function findReplacedBeforeEnd(obligation: Obligation, end: FunctionFact, facts: Facts): TSESTree.AssignmentExpression | undefined {
  const { place } = obligation;
  if (place.root.type !== 'owner' || place.path.length !== 1) return undefined;
  const flow = flowOf(end.node, facts.tree);
  const releases = releasesIn(obligation, facts.summaries.reach(end), facts);
  const steps = releases.flatMap(({ node }) => (facts.functions.around(node) === end ? (flow.stepOf(node) ?? []) : []));
  const replacing = assignmentsTo(place, facts).find((assignment) => facts.functions.around(assignment) === end && assignment.operator === '=' && unwrap(assignment.right).type === 'NewExpression');
  const step = replacing && flow.stepOf(replacing);
  if (!step || steps.length < releases.length || !releases.some(({ node }) => isCalledOn(node, facts.places.key(place), facts))) return undefined;
  const isFirst = steps.every((release) => flow.isPrecededBy(release, [step]) && !flow.leadsTo(release, step));
  // The old one may be kept, or given to somebody who ends it.
  const isTouched = mentionsOf(place, facts).some((mention) => facts.functions.around(mention) === end && mention.range[1] < replacing.range[0]);
  return isFirst && !isTouched ? replacing : undefined;
}

/** Whether an end is a call on the field itself, and not on a variable that was given its value before. */
function isCalledOn(node: Node, key: string, facts: Facts): boolean {
  const object = parseMethodCall(node)?.object;
  const inner = object && unwrap(object);
  const place = inner?.type === 'MemberExpression' ? facts.places.resolve(inner) : undefined;
  return place !== undefined && facts.places.key(place) === key;
}
