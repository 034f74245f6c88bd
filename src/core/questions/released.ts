import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import type { Released } from '../subject.js';
import { contains, type Node } from '../syntax/nodes.js';
import { lifetimeOf } from './lifetime.js';

/** What is let go of, by the key of its place. */
export type Releases = ReadonlyMap<string, Released>;

const known = new WeakMap<FunctionFact, Map<Node | undefined, Releases>>();

/** What one run of a function, or of a part of it, lets go of: entries of collections and fields, not what it made itself. */
export function releasedBy(fn: FunctionFact, facts: Facts, within?: Node): Releases {
  let parts = known.get(fn);
  if (!parts) known.set(fn, (parts = new Map<Node | undefined, Releases>()));
  let releases = parts.get(within);
  if (!releases) parts.set(within, (releases = collectReleases(effectsIn(fn, within, facts), facts)));
  return releases;
}

/** The effects of one run of a function, or of a part of it: what is called there belongs to it. */
export function effectsIn(fn: FunctionFact, within: Node | undefined, facts: Facts): readonly Effect[] {
  const effects = facts.summaries.of(fn);
  return within ? effects.filter(({ operation, via }) => contains(within, via[0]?.node ?? operation.node)) : effects;
}

function collectReleases(effects: readonly Effect[], facts: Facts): Releases {
  const released = new Map<string, { place: Place; name: string; effects: Effect[] }>();
  // What the same run fills again is re-armed, or marks that the run is under way (BENIGN, S5).
  const filled = new Set(effects.filter((effect) => effect.operation.kind === 'grow').map((effect) => facts.places.key(effect.place)));
  for (const effect of effects) {
    if (!isRelease(effect)) continue;
    const place = withoutElement(effect.place);
    const key = facts.places.key(place);
    if (filled.has(key) || !isState(place, facts)) continue;
    const entry = released.get(key) ?? { place, name: place.path.at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : place.root.type === 'module' ? place.root.name : ''), effects: [] };
    entry.effects.push(effect);
    released.set(key, entry);
  }
  return released;
}

function isRelease(effect: Effect): boolean {
  const { operation } = effect;
  switch (operation.kind) {
    case 'shrink':
      return operation.key !== undefined || operation.how === 'splice';
    case 'clear':
      return true;
    case 'empty':
      return operation.value === undefined;
    case 'end':
    case 'invoke':
      return effect.place.path.includes(ELEMENT);
    default:
      return false;
  }
}

/** State that outlives the call: a field, a module or closure variable; not a parameter or a local. */
function isState(place: Place, facts: Facts): boolean {
  const lifetime = lifetimeOf(place, facts);
  return lifetime !== 'call' && lifetime !== 'unknown';
}

/** The collection or field that a place belongs to: `this.sessions` for an entry of it. */
export function withoutElement(place: Place): Place {
  const index = place.path.indexOf(ELEMENT);
  return index < 0 ? place : { root: place.root, path: place.path.slice(0, index) };
}

/** The collections from which a run deletes its key: the one that most of its deletions name. Others belong to other things. */
export function keyed(released: Releases): Released[] {
  const counts = new Map<string, number>();
  for (const one of released.values()) for (const key of new Set(deletedKeys(one))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [main] = [...counts].sort((left, right) => right[1] - left[1]);
  return main ? [...released.values()].filter((one) => deletedKeys(one).includes(main[0])) : [];
}

function deletedKeys(one: Released): string[] {
  return one.effects.flatMap((effect) => (effect.operation.kind === 'shrink' && effect.key !== undefined && isOwnKey(effect) ? [effect.key] : []));
}

/** Whether a key is the run's own: not a local of something that it calls, as where a broadcast drops dead listeners. */
function isOwnKey(effect: Effect): boolean {
  const { key } = effect.operation;
  return effect.via.length === 0 || key?.type !== 'Identifier' || effect.isKeyGiven;
}

/** A timer in a field or variable of its own, not in a collection by key. */
export function clearsField(one: Released): boolean {
  return one.effects.some((effect) => effect.operation.kind === 'clear' && !effect.place.path.includes(ELEMENT));
}
