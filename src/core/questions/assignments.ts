import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import { addTo } from '../multimap.js';

const byFile = new WeakMap<Facts, ReadonlyMap<string, readonly TSESTree.AssignmentExpression[]>>();

/** Where a place is given another value by an assignment, in source order. */
export function assignmentsTo(place: Place, facts: Facts): readonly TSESTree.AssignmentExpression[] {
  let byPlace = byFile.get(facts);
  if (!byPlace) byFile.set(facts, (byPlace = collect(facts)));
  return byPlace.get(facts.places.key(place)) ?? [];
}

function collect(facts: Facts): Map<string, TSESTree.AssignmentExpression[]> {
  const byPlace = new Map<string, TSESTree.AssignmentExpression[]>();
  for (const assignment of facts.tree.all('AssignmentExpression')) {
    const place = /^(?:=|\?\?=|\|\|=)$/.test(assignment.operator) ? facts.places.resolve(assignment.left) : undefined;
    if (place) addTo(byPlace, facts.places.key(place), assignment);
  }
  return byPlace;
}
