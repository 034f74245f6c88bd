import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Operation } from '../facts/operations.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { originOf } from '../facts/resource-names.js';
import type { Trigger } from '../facts/triggers.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { domainOfKey } from '../questions/key-names.js';
import { lifetimeOf, staysLocal, type Lifetime } from '../questions/lifetime.js';
import { comesByItself, originsOf } from '../questions/origins.js';
import { runsOnFailure } from '../questions/release-paths.js';
import { isOfComponent } from '../questions/passing.js';
import { isInRace } from '../questions/races.js';
import { isCallOfNewObject } from '../questions/second-start.js';
import { runsAtEnd } from '../questions/teardowns.js';
import { importOf, type Variable } from '../scope/bindings.js';
import { isFunctionNode, literalText, memberName, parentOf, unwrap, wrapped, type CallLike, type Node } from '../syntax/nodes.js';
import { classesOf } from './classes.js';
import { subscribersOf } from './subscribers.js';
import { callsOnHeld } from './held.js';
import { jointReleases, releasedTypes } from './joint-releases.js';
import { keyedEffects } from './keyed-effects.js';
import { INSTANCE, type ExportEntry, type MethodUse, type Origin, type Outline, type Reference, type Use } from './outline.js';

const TAKES_OUT: ReadonlySet<Operation['kind']> = new Set(['shrink', 'empty']);

/** What a file shows to others and does to what they show. */
export function outlineOf(facts: Facts): Outline {
  return new Reader(facts).read();
}

class Reader {
  readonly #uses: Use[] = [];
  readonly #methodCalls: MethodUse[] = [];
  readonly #removals: MethodUse[] = [];
  readonly #origins = new Map<FunctionFact, Origin>();
  readonly #ofComponents = new Map<FunctionFact, boolean>();
  /** Imported classes of which a place holds an instance. */
  readonly #instances = new Map<string, Reference>();
  /** The keys of the places of all collections. */
  #collections: ReadonlySet<string> | undefined;
  readonly #lineStarts = [0];

  constructor(private readonly facts: Facts) {
    const { text } = facts.model;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.#lineStarts.push(end + 1);
  }

  read(): Outline {
    this.#noteInstances();
    for (const node of this.facts.tree.all('NewExpression')) this.#readConstruction(node);
    for (const node of this.facts.tree.all('CallExpression')) this.#readCall(node);
    this.#readOperations();
    this.#readPassed();
    this.#readDynamicImports();
    const { entries, stars } = this.facts.exports;
    return { exports: entries.map((entry) => ({ ...entry, ...this.#instanceOf(entry) })), stars, functions: [...new Set(this.facts.functions.all.flatMap((fn) => this.facts.functions.shownAs(fn) ?? []))], uses: this.#uses, methodCalls: this.#methodCalls, removals: this.#removals, wanted: this.#wanted(), effects: keyedEffects(this.facts, (node) => this.#lineOf(node)), subscribers: subscribersOf(this.facts), joint: jointReleases(this.facts, (node) => this.#lineOf(node)), released: releasedTypes(this.facts), classes: classesOf(this.facts, (node) => this.#lineOf(node), (node) => this.#referenceTo(node)) };
  }

  /** `x = new Imported()`: what is called on `x` is called on that class. */
  #noteInstances(): void {
    const { tree, places } = this.facts;
    for (const created of tree.all('NewExpression')) {
      const of = this.#referenceTo(created.callee);
      const destination = of && places.destinationOf(created);
      if (of && destination?.type === 'place') this.#instances.set(places.key(destination.place), of);
    }
  }

  #readConstruction(node: CallLike): void {
    const of = this.#referenceTo(node.callee);
    if (of) this.#add({ of, does: 'construct', line: this.#lineOf(node), by: this.#originAt(node), lives: this.#livesFor(node), ...callsOnHeld(node, this.facts) });
  }

  #livesFor(node: Node): Lifetime {
    if (staysLocal(node, this.facts)) return 'call';
    const destination = this.facts.places.destinationOf(node);
    const lifetime = destination.type === 'place' ? lifetimeOf(destination.place, this.facts) : 'unknown';
    // A local that is given away lives as long as whoever has it likes.
    return lifetime === 'call' ? 'unknown' : lifetime;
  }

  #readCall(node: CallLike): void {
    const callee = unwrap(node.callee);
    const of = this.#referenceTo(callee);
    if (of) { this.#add({ of, does: 'call', line: this.#lineOf(node), by: this.#originAt(node), ...this.#onFailure(node), ...(isInRace(node) ? { isRaced: true } : {}), ...this.#byComponent(node) }); return; }
    if (callee.type !== 'MemberExpression') return;
    const method = memberName(callee);
    const place = this.facts.places.resolve(callee.object);
    const instance = unwrap(callee.object).type === 'Super' ? this.#baseAround(callee) : place && this.#instanceAt(place);
    if (method === undefined) return;
    if (instance) this.#add({ of: { from: instance.from, path: [...instance.path, INSTANCE, method] }, does: 'call', line: this.#lineOf(node), by: this.#originAt(node), ...this.#onFailure(node), ...this.#byComponent(node), ...(isCallOfNewObject({ receiver: place, from: this.facts.functions.around(node) }, this.facts) ? { onNew: true } : {}) });
    else if (!this.#isOwnCall(callee.object, place)) this.#methodCalls.push({ name: method, line: this.#lineOf(node), by: this.#originAt(node) });
  }

  /** The class of another file that the class around a node extends: what is called on `super` is called on that. */
  #baseAround(node: Node): Reference | undefined {
    const base = this.facts.owners.thisAt(node)?.owner.superClass;
    return base && this.#referenceTo(base);
  }

  /** The imported class or interface of which a place holds an instance: one made here, or one that is declared so. */
  #instanceAt(place: Place): Reference | undefined {
    const made = this.#instances.get(this.facts.places.key(place));
    if (made) return made;
    const typed = this.facts.types.of(place);
    const source = typed?.path.length === 0 ? importOf(typed.type) : undefined;
    return source && { from: source.module, path: source.name === '*' ? [] : [source.name] };
  }

  /** Calls on `this`, on a class of the file, or on a collection that it declares, mean no other file. */
  #isOwnCall(object: Node, place: Place | undefined): boolean {
    const inner = unwrap(object);
    if (inner.type === 'ThisExpression' || inner.type === 'Super' || inner.type === 'Literal' || inner.type === 'ArrayExpression') return true;
    if (!place) return false;
    if (this.facts.functions.instanceAt(place)) return true;
    this.#collections ??= new Set(this.facts.collections.map((collection) => this.facts.places.key(collection.place)));
    return this.#collections.has(this.facts.places.key(place));
  }

  #readOperations(): void {
    for (const operation of this.facts.operations) {
      if (operation.kind === 'hand-over') continue;
      const of = this.#referenceAt(operation.place);
      if (of) this.#add({ of, does: operation.kind, line: this.#lineOf(operation.node), by: this.#originAt(operation.node), ...this.#keyOf(operation), ...this.#arrivalOf(operation) });
      else if (TAKES_OUT.has(operation.kind)) this.#readRemoval(operation);
    }
  }

  #keyOf({ kind, key }: Operation): Pick<Use, 'key'> {
    if (kind !== 'grow' || !key) return {};
    return { key: isFreshKey(key, this.facts) ? 'new' : domainOfKey(key, this.facts) };
  }

  /** Whether what is added comes by itself, again and again: with every item of a stream, every event. */
  #arrivalOf(operation: Operation): Pick<Use, 'arrives'> {
    return operation.kind === 'grow' && originsOf(operation, this.facts).some(comesByItself) ? { arrives: true } : {};
  }

  /** `session.history.splice(0)` on an object of which nobody knows the class: a member of that name of any other may be meant. */
  #readRemoval({ place: { root, path }, node }: Operation): void {
    const name = path.at(-1);
    if (name === undefined || name === ELEMENT || root.type === 'owner') return;
    this.#removals.push({ name, line: this.#lineOf(node), by: this.#originAt(node) });
  }

  /** The imported types of which a collection that this file makes is a member: others know it by them. */
  #wanted(): Reference[] {
    const found = new Map<string, Reference>();
    for (const { place } of this.facts.collections) {
      const typed = this.facts.types.of(place);
      const source = typed && typed.path.length > 0 ? importOf(typed.type) : undefined;
      if (source) found.set(`${source.module} ${source.name}`, { from: source.module, path: source.name === '*' ? [] : [source.name] });
    }
    return [...found.values()];
  }

  /** A place in another file: of something imported, or a member of an instance of an imported class. */
  #referenceAt({ root, path }: Place): Reference | undefined {
    if (root.type === 'variable') {
      const source = importOf(root.variable);
      if (source) return { from: source.module, path: source.name === '*' ? path : [source.name, ...path] };
    }
    for (let length = path.length - 1; length >= 0; length--) {
      const instance = this.#instanceAt({ root, path: path.slice(0, length) });
      if (instance) return { from: instance.from, path: [...instance.path, INSTANCE, ...path.slice(length)] };
    }
    return undefined;
  }

  /** An imported name that is neither called nor made nor worked on, but given away: whoever has it may do all of that. */
  #readPassed(): void {
    for (const variable of this.#imported()) {
      const source = importOf(variable);
      if (!source) continue;
      for (const reference of variable.references) {
        const node = reference.identifier as Node;
        if (!reference.isRead() || isConsumed(node)) continue;
        const path = [...(source.name === '*' ? [] : [source.name]), ...membersAfter(node)];
        this.#add({ of: { from: source.module, path }, does: 'pass', line: this.#lineOf(node), by: this.#originAt(node) });
      }
    }
  }

  /** `import('./x.js')`: what becomes of the module is not followed. */
  #readDynamicImports(): void {
    for (const node of this.facts.tree.all('ImportExpression')) {
      const from = literalText(node.source);
      if (from !== undefined) this.#add({ of: { from, path: [] }, does: 'pass', line: this.#lineOf(node), by: this.#originAt(node) });
    }
  }

  #instanceOf({ from, local }: ExportEntry): { instanceOf?: string } {
    const variable = from === undefined ? this.facts.exports.variableOf(local) : undefined;
    const owner = variable && this.facts.functions.instanceAt({ root: { type: 'variable', variable }, path: [] });
    const shown = owner?.variable && this.facts.exports.nameOf(owner.variable);
    return shown === undefined ? {} : { instanceOf: shown };
  }

  #imported(): Variable[] {
    const found: Variable[] = [];
    for (const scope of this.facts.model.scopes.scopes) for (const variable of scope.variables) if (importOf(variable)) found.push(variable);
    return found;
  }

  #referenceTo(node: Node): Reference | undefined {
    const origin = originOf(node, this.facts.bindings);
    if (origin?.module === undefined) return undefined;
    return { from: origin.module, path: origin.path };
  }

  #originAt(node: Node): Origin {
    const fn = this.facts.functions.around(node);
    let origin = this.#origins.get(fn);
    if (!origin) this.#origins.set(fn, (origin = originFor(fn, this.facts)));
    return origin;
  }

  #add(use: Use): void {
    this.#uses.push(use);
  }

  #onFailure(node: Node): Pick<Use, 'onFailure'> {
    return runsOnFailure(node, this.facts.functions.around(node), this.facts) ? { onFailure: true } : {};
  }

  #byComponent(node: Node): Pick<Use, 'byComponent'> {
    const fn = this.facts.functions.around(node);
    let isOfOne = this.#ofComponents.get(fn);
    if (isOfOne === undefined) this.#ofComponents.set(fn, (isOfOne = isOfComponent(fn, this.facts)));
    return isOfOne ? { byComponent: true } : {};
  }

  #lineOf(node: Node): number {
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] as number) <= node.range[0]) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}

/** Whether a use of a name is the callee of a call, or the object of a method call that is read as such. */
function isConsumed(node: Node): boolean {
  let current = wrapped(node);
  for (let parent = parentOf(current); parent?.type === 'MemberExpression' && unwrap(parent.object) === unwrap(current); parent = parentOf(current)) current = wrapped(parent);
  const parent = parentOf(current);
  if (!parent) return true;
  if ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && unwrap(parent.callee) === unwrap(current)) return true;
  return /^(?:TSTypeReference|TSQualifiedName|TSTypeQuery|TSClassImplements|TSInterfaceHeritage|ExportSpecifier|BinaryExpression|UnaryExpression|IfStatement|TemplateLiteral|MemberExpression)$/.test(parent.type);
}

/** The names that follow a use of an imported one: `state.sessions` is `sessions` of the module. */
function membersAfter(node: Node): string[] {
  const names: string[] = [];
  let current = wrapped(node);
  for (let parent = parentOf(current); parent?.type === 'MemberExpression' && unwrap(parent.object) === unwrap(current); parent = parentOf(current)) {
    const name = memberName(parent);
    if (name === undefined) break;
    names.push(name);
    current = wrapped(parent);
  }
  return names;
}

/** What sets a function going: its own triggers, and the functions that others may call to get there. */
function originFor(fn: FunctionFact, facts: Facts): Origin {
  const through = new Set<string>();
  const seen = new Set<FunctionFact>([fn]);
  for (const current of seen) {
    const name = facts.functions.shownAs(current);
    if (name !== undefined) through.add(name);
    for (const caller of facts.functions.callersOf(current)) seen.add(caller);
    if (current.inline && current.parent) seen.add(current.parent);
    // What is made in a run of a function comes by that run, too; when it runs is said by its own triggers.
    if (current.isConstructor && current.self?.owner.variable) {
      const shown = facts.exports.nameOf(current.self.owner.variable);
      if (shown !== undefined) through.add(shown);
    }
  }
  const own: Trigger[] = [...fn.triggers].filter((trigger) => trigger !== 'call' || through.size === 0);
  return { triggers: own, through: [...through], atEnd: isFunctionNode(fn.node) && runsAtEnd(fn, facts) };
}
