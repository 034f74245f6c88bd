import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { handsToReleaser } from '../facts/operations.js';
import type { Effect } from '../facts/summaries.js';
import { isFiniteKey } from './finite-keys.js';

/** Which collections get and lose which keys in one run of a function, with the keys in the function's own terms. */
export interface KeyedRun {
  readonly fn: FunctionFact;
  readonly grown: ReadonlyMap<string, ReadonlySet<Collection>>;
  readonly lost: ReadonlyMap<string, ReadonlyMap<Collection, Effect>>;
  /** What is added to at all, under whatever key. */
  readonly filled: ReadonlySet<Collection>;
  /** What loses anything at all, under whatever key, or is handed to something that takes out. */
  readonly relieved: ReadonlySet<Collection>;
  /** What is emptied as a whole, and where. */
  readonly emptied: ReadonlyMap<Collection, Effect>;
}

/** The runs of all functions that change a collection, themselves or through what they call. */
export function collectKeyedRuns(collections: readonly Collection[], facts: Facts): KeyedRun[] {
  const byPlace = new Map(collections.map((collection) => [facts.places.key(facts.functions.fieldOf(collection.place)), collection]));
  const relevant = new Set(facts.operations.flatMap((operation) => (CHANGES.has(operation.kind) ? [operation.fn] : [])));
  for (const fn of relevant) for (const caller of runnersOf(fn, facts)) relevant.add(caller);
  const runs: KeyedRun[] = [];
  for (const fn of relevant) {
    const run = runOf(facts.summaries.of(fn), (effect) => byPlace.get(facts.places.key(facts.functions.fieldOf(effect.place))), facts);
    if (run.filled.size + run.relieved.size > 0) runs.push({ fn, ...run });
  }
  return runs.sort((left, right) => left.fn.id - right.fn.id);
}

const CHANGES: ReadonlySet<string> = new Set(['grow', 'shrink', 'empty']);

/** The functions that run a function as a part of their own run. */
export function runnersOf(fn: FunctionFact, facts: Facts): FunctionFact[] {
  return [...facts.functions.callersOf(fn), ...(fn.inline && fn.parent ? [fn.parent] : [])];
}

/** What a list of effects does to keyed collections. */
export function runOf(effects: readonly Effect[], find: (effect: Effect) => Collection | undefined, facts: Facts): Omit<KeyedRun, 'fn'> {
  const grown = new Map<string, Set<Collection>>();
  const lost = new Map<string, Map<Collection, Effect>>();
  const filled = new Set<Collection>();
  const relieved = new Set<Collection>();
  const emptied = new Map<Collection, Effect>();
  for (const effect of effects) {
    const collection = find(effect);
    if (!collection) continue;
    const { operation, key } = effect;
    const isEntry = key !== undefined && operation.key !== undefined && !isFiniteKey(operation.key, facts);
    if (operation.kind === 'grow') {
      filled.add(collection);
      if (isEntry) grown.set(key, (grown.get(key) ?? new Set()).add(collection));
    } else if (operation.kind === 'shrink' || operation.kind === 'blank') {
      relieved.add(collection);
      if (isEntry && operation.kind === 'shrink') lost.set(key, (lost.get(key) ?? new Map<Collection, Effect>()).set(collection, effect));
    } else if (operation.kind === 'empty' || handsToReleaser(operation)) {
      relieved.add(collection);
      if (operation.kind === 'empty') emptied.set(collection, effect);
    }
  }
  return { grown, lost, filled, relieved, emptied };
}
