import type { Facts } from '../facts/facts.js';
import { isExported } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { ForeignPlace } from '../linkage/others.js';
import { isParameter } from '../scope/bindings.js';

/** The name under which other files may reach a place; undefined if they cannot. */
function shownPlace({ root, path }: Place, facts: Facts): string | undefined {
  const variable = root.type === 'variable' ? root.variable : root.type === 'owner' ? root.owner.variable : undefined;
  const shown = variable && !isParameter(variable) ? facts.exports.nameOf(variable) : undefined;
  return shown === undefined ? undefined : [shown, ...path].join('.');
}

/** Whether others may do to an exported variable what this file does not show. */
export function isInOtherHands(place: Place, facts: Facts): boolean {
  const variable = facts.stores.of(place)?.variable ?? (place.root.type === 'variable' ? place.root.variable : undefined);
  if (!variable || isParameter(variable) || !isExported(variable)) return false;
  const shown = shownPlace(place, facts);
  return shown === undefined || facts.others.ask('isInUnknownHands', shown);
}

/** Where another file takes entries out of a collection, in code that something sets going. */
export function removalElsewhere(place: Place, facts: Facts): ForeignPlace | undefined {
  const shown = shownPlace(place, facts);
  return shown === undefined ? undefined : facts.others.ask('removal', shown);
}

/** Where another file adds entries to a collection, in code that something sets going. */
export function growthElsewhere(place: Place, facts: Facts): ForeignPlace | undefined {
  const shown = shownPlace(place, facts);
  return shown === undefined ? undefined : facts.others.ask('growth', shown);
}
