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

/**
 * Everything that one file says; collected once, read by every question. What
 * only some ask for is collected when it is asked for: who wants to know what a
 * file shows to others does not.
 */
export class Facts {
  readonly tree: Tree;
  readonly bindings: Bindings;
  readonly exports: Exports;
  /** The other files of the project. */
  readonly others: Others;
  readonly owners: Owners;
  readonly stores: Stores;
  readonly places: Places;
  readonly functions: Functions;
  readonly operations: readonly Operation[];
  readonly summaries: Summaries;
  readonly timerNames: TimerNames;
  readonly timers: readonly TimerAcquisition[];
  readonly collections: readonly Collection[];
  /** What a person stated in comments. */
  readonly statements: readonly Statement[];
  #types: DeclaredTypes | undefined;
  #resources: readonly ResourceAcquisition[] | undefined;
  #listeners: Listeners | undefined;
  #effects: ReadonlyMap<string, readonly Effect[]> | undefined;

  constructor(readonly model: SourceModel, readonly settings: AnalysisSettings, outside: Outside | undefined) {
    const tree = (this.tree = new Tree(model));
    const bindings = (this.bindings = new Bindings(model));
    const exports = (this.exports = new Exports(tree, bindings));
    const owners = (this.owners = new Owners(tree, bindings));
    const stores = (this.stores = new Stores(tree, bindings, owners));
    const places = (this.places = new Places(tree, bindings, owners, stores));
    const others = (this.others = new Others(outside));
    const functions = (this.functions = new Functions(model.ast, tree, bindings, owners, places, stores, exports, others));
    const names = (this.timerNames = timerNames(bindings, settings.timers));
    this.operations = [...collectOperations(tree, functions, places, names, stores), ...operationsElsewhere(others, tree, functions, bindings)];
    this.summaries = new Summaries(this.operations, functions, places, bindings, model.text);
    this.timers = collectTimers(tree, functions, places, names, owners);
    this.collections = collectCollections(tree, places, owners, bindings);
    this.statements = collectStatements(model);
  }

  get types(): DeclaredTypes {
    return (this.#types ??= new DeclaredTypes(this.tree, this.bindings, this.owners, this.places));
  }

  /** Processes, watchers, servers and the like. */
  get resources(): readonly ResourceAcquisition[] {
    return (this.#resources ??= collectResources(this.tree, this.functions, this.places, this.bindings, catalogOf(this.settings)));
  }

  get listeners(): Listeners {
    return (this.#listeners ??= collectListeners(this.tree, this.functions, this.places, this.bindings, this.model.text, new Set(this.others.ask('subscribers'))));
  }

  /** All that the file does to a place, directly or through a helper that is given it. */
  effectsOn(place: Place): readonly Effect[] {
    this.#effects ??= this.summaries.byPlace();
    return this.#effects.get(this.places.key(this.functions.fieldOf(place))) ?? [];
  }
}

export function collectFacts(model: SourceModel, settings: AnalysisSettings, outside?: Outside): Facts {
  return new Facts(model, settings, outside);
}

const catalogs = new WeakMap<AnalysisSettings, ResourceCatalog>();

function catalogOf(settings: AnalysisSettings): ResourceCatalog {
  let catalog = catalogs.get(settings);
  if (!catalog) catalogs.set(settings, (catalog = new ResourceCatalog([...settings.resources, ...RESOURCE_KINDS])));
  return catalog;
}
