import { RESOURCE_KINDS } from '../kinds/resources.js';
import { Others } from '../linkage/others.js';
import type { Outside } from '../linkage/outline.js';
import { Bindings } from '../scope/bindings.js';
import type { AnalysisSettings } from '../settings.js';
import type { SourceModel } from '../source-model.js';
import { Tree } from '../syntax/tree.js';
import { collectCollections, type Collection } from './collections.js';
import { DeclaredTypes } from './declared-types.js';
import { Exports } from './exports.js';
import { Functions } from './functions.js';
import { collectListeners, type Listeners } from './listeners.js';
import { collectOperations, type Operation } from './operations.js';
import { operationsElsewhere } from './operations-elsewhere.js';
import { Owners } from './owners.js';
import { Places, type Place } from './places.js';
import { ResourceCatalog } from './resource-names.js';
import { collectResources, type ResourceAcquisition } from './resources.js';
import { collectStatements, type Statement } from './statements.js';
import { Stores } from './stores.js';
import { Summaries, type Effect } from './summaries.js';
import { timerNames, type TimerNames } from './timer-names.js';
import { collectTimers, type TimerAcquisition } from './timers.js';

/** Everything that one file says; collected once, read by every question. */
export interface Facts {
  readonly model: SourceModel;
  readonly settings: AnalysisSettings;
  readonly tree: Tree;
  readonly bindings: Bindings;
  readonly exports: Exports;
  /** The other files of the project. */
  readonly others: Others;
  readonly owners: Owners;
  readonly stores: Stores;
  readonly places: Places;
  readonly types: DeclaredTypes;
  readonly functions: Functions;
  readonly operations: readonly Operation[];
  readonly summaries: Summaries;
  readonly timerNames: TimerNames;
  readonly timers: readonly TimerAcquisition[];
  readonly collections: readonly Collection[];
  /** Processes, watchers, servers and the like. */
  readonly resources: readonly ResourceAcquisition[];
  readonly listeners: Listeners;
  /** What a person stated in comments. */
  readonly statements: readonly Statement[];
  /** All that the file does to a place, directly or through a helper that is given it. */
  effectsOn(place: Place): readonly Effect[];
}

export function collectFacts(model: SourceModel, settings: AnalysisSettings, outside?: Outside): Facts {
  const tree = new Tree(model);
  const bindings = new Bindings(model);
  const exports = new Exports(tree, bindings);
  const owners = new Owners(tree, bindings);
  const stores = new Stores(tree, bindings, owners);
  const places = new Places(tree, bindings, owners, stores);
  const others = new Others(outside);
  const functions = new Functions(model.ast, tree, bindings, owners, places, stores, exports, others);
  const names = timerNames(bindings, settings.timers);
  const operations = [...collectOperations(tree, functions, places, names, stores), ...operationsElsewhere(others, tree, functions, bindings)];
  const summaries = new Summaries(operations, functions, places, bindings, model.text);
  let types: DeclaredTypes | undefined;
  let effects: ReadonlyMap<string, readonly Effect[]> | undefined;
  // Who only asks what a file shows to others does not need them.
  let resources: readonly ResourceAcquisition[] | undefined;
  let listeners: Listeners | undefined;
  return {
    model, settings, tree, bindings, exports, others, owners, stores, places, functions, operations, summaries, timerNames: names,
    timers: collectTimers(tree, functions, places, names, owners),
    collections: collectCollections(tree, places, owners, bindings),
    get types() { return (types ??= new DeclaredTypes(tree, bindings, owners, places)); },
    get resources() { return (resources ??= collectResources(tree, functions, places, bindings, catalogOf(settings))); },
    get listeners() { return (listeners ??= collectListeners(tree, functions, places, bindings, model.text, new Set(others.ask('subscribers')))); },
    statements: collectStatements(model),
    effectsOn: (place) => (effects ??= summaries.byPlace()).get(places.key(functions.fieldOf(place))) ?? [],
  };
}

const catalogs = new WeakMap<AnalysisSettings, ResourceCatalog>();

function catalogOf(settings: AnalysisSettings): ResourceCatalog {
  let catalog = catalogs.get(settings);
  if (!catalog) catalogs.set(settings, (catalog = new ResourceCatalog([...settings.resources, ...RESOURCE_KINDS])));
  return catalog;
}
