import type { Facts } from '../facts/facts.js';
import { isExported } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { keyOfReference, type OutsideUse } from '../linkage/outline.js';
import { importOf, isParameter } from '../scope/bindings.js';

/** The name under which other files may reach a place; undefined if they cannot. */
function shownPlace({ root, path }: Place, facts: Facts): string | undefined {
  const variable = root.type === 'variable' ? root.variable : root.type === 'owner' ? root.owner.variable : undefined;
  const shown = variable && !isParameter(variable) ? facts.exports.nameOf(variable) : undefined;
  return shown === undefined ? undefined : [shown, ...path].join('.');
}

/** What the other files of the project do to what stands at a place; undefined where that is not known. */
function usesElsewhere(place: Place, facts: Facts): readonly OutsideUse[] | undefined {
  const shown = shownPlace(place, facts);
  const byName = shown === undefined ? undefined : facts.functions.usesOutside(shown);
  const byType = memberUses(place, facts);
  return byName || byType ? [...(byName ?? []), ...(byType ?? [])] : undefined;
}

/** What is done to a member of an object by the type that is written for it: `session.history` for every `Session` of the project. */
function memberUses(place: Place, facts: Facts): readonly OutsideUse[] | undefined {
  const typed = facts.outside && facts.types.of(place);
  if (!typed || typed.path.length === 0) return undefined;
  const source = importOf(typed.type);
  if (source) return facts.outside.members[[keyOfReference({ from: source.module, path: source.name === '*' ? [] : [source.name] }), ...typed.path].join('.')];
  const shown = facts.exports.nameOf(typed.type);
  return shown === undefined ? undefined : facts.functions.usesOutside([shown, ...typed.path].join('.'));
}

/** Whether others may do to an exported variable what this file does not show. */
export function isInOtherHands(place: Place, facts: Facts): boolean {
  const variable = facts.stores.of(place)?.variable ?? (place.root.type === 'variable' ? place.root.variable : undefined);
  if (!variable || isParameter(variable) || !isExported(variable)) return false;
  const uses = usesElsewhere(place, facts);
  return uses === undefined || uses.some(({ does }) => does === 'pass');
}

const TAKES_OUT: ReadonlySet<OutsideUse['does']> = new Set(['shrink', 'empty']);

/** Where another file takes entries out of a collection, in code that something sets going. */
export function removalElsewhere(place: Place, facts: Facts): OutsideUse | undefined {
  return usesElsewhere(place, facts)?.find(({ does, triggers }) => TAKES_OUT.has(does) && triggers.length > 0);
}

/** Where other files add entries to a collection, in code that something sets going. */
export function growthsElsewhere(place: Place, facts: Facts): readonly OutsideUse[] {
  return usesElsewhere(place, facts)?.filter(({ does, triggers }) => does === 'grow' && triggers.length > 0) ?? [];
}

/** Where another file gives a collection to code that may do with it what it likes. */
export function givenElsewhere(place: Place, facts: Facts): OutsideUse | undefined {
  return usesElsewhere(place, facts)?.find(({ does }) => does === 'pass');
}
