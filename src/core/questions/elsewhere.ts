import type { Facts } from '../facts/facts.js';
import { isExported } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { keyOfReference } from '../linkage/outline.js';
import type { ForeignPlace, Growth } from '../linkage/others.js';
import { importOf, isParameter } from '../scope/bindings.js';

/** The name under which other files may reach a place; undefined if they cannot. */
function shownPlace({ root, path }: Place, facts: Facts): string | undefined {
  const variable = root.type === 'variable' ? root.variable : root.type === 'owner' ? root.owner.variable : undefined;
  const shown = variable && !isParameter(variable) ? facts.exports.nameOf(variable) : undefined;
  return shown === undefined ? undefined : [shown, ...path].join('.');
}

/** The name under which other files know a place as a member of a type that is written for it: `session.history` for every `Session` of the project. */
function typedPlace(place: Place, facts: Facts): { readonly name: string; readonly isImported: boolean } | undefined {
  const typed = facts.types.of(place);
  if (!typed || typed.path.length === 0) return undefined;
  const source = importOf(typed.type);
  const type = source ? keyOfReference({ from: source.module, path: source.name === '*' ? [] : [source.name] }) : facts.exports.nameOf(typed.type);
  return type === undefined ? undefined : { name: [type, ...typed.path].join('.'), isImported: source !== undefined };
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
  const removal = shown === undefined ? undefined : facts.others.ask('removal', shown);
  const typed = removal ? undefined : typedPlace(place, facts);
  return typed ? facts.others.ask(typed.isImported ? 'memberRemoval' : 'removal', typed.name) : removal;
}

/** Where other files add entries to a collection, in code that something sets going. */
export function growthsElsewhere(place: Place, facts: Facts): readonly Growth[] {
  const shown = shownPlace(place, facts);
  const typed = typedPlace(place, facts);
  return [
    ...(shown === undefined ? [] : facts.others.ask('growths', shown)),
    ...(typed ? facts.others.ask(typed.isImported ? 'memberGrowths' : 'growths', typed.name) : []),
  ];
}

/** Where another file gives a collection to code that may do with it what it likes. */
export function givenElsewhere(place: Place, facts: Facts): ForeignPlace | undefined {
  const shown = shownPlace(place, facts);
  const given = shown === undefined ? undefined : facts.others.ask('given', shown);
  const typed = given ? undefined : typedPlace(place, facts);
  return typed ? facts.others.ask(typed.isImported ? 'memberGiven' : 'given', typed.name) : given;
}
