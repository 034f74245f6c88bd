import { declaringFunction, isParameter, type Bindings } from '../scope/bindings.js';
import { isFunctionNode, literalText, unwrap, type Node } from '../syntax/nodes.js';
import { addTo } from '../multimap.js';
import type { Call, FunctionFact, Functions } from './functions.js';
import type { Operation } from './operations.js';
import type { Place, Places } from './places.js';

/**
 * What a function does to a place, itself or through what it calls, in the
 * caller's own terms: a helper's parameter is replaced by what it was given.
 */
export interface Effect {
  readonly operation: Operation;
  readonly place: Place;
  /** A text that is the same for the same key; undefined where there is none. */
  readonly key: string | undefined;
  /** Whether the key came to the operation as an argument; otherwise it is the callee's own. */
  readonly isKeyGiven: boolean;
  /** The calls that lead from the function to the operation. */
  readonly via: readonly Call[];
}

const NO_CALLS: readonly Call[] = [];
/** Calls in a row that are followed. Deeper, the answer errs towards doing nothing. */
const MAX_VIA = 6;
/** Calls that are followed for one answer, so that a file of 100,000 calls has one in time. */
const MAX_CALLS = 2_000;
/** Steps from callee to caller that are taken for the places of one file; a file of 6,000 lines that people wrote takes about 10,000. */
const MAX_STEPS = 100_000;

/** The effects of every function, closed over the calls within the file. */
export class Summaries {
  readonly #own = new Map<FunctionFact, Operation[]>();
  readonly #closed = new Map<FunctionFact, readonly Effect[]>();
  readonly #reach = new Map<FunctionFact, ReadonlySet<FunctionFact>>();
  readonly #inline = new Map<FunctionFact, FunctionFact[]>();
  #steps = 0;

  constructor(
    private readonly operations: readonly Operation[],
    private readonly functions: Functions,
    private readonly places: Places,
    private readonly bindings: Bindings,
    private readonly text: string,
  ) {
    for (const operation of operations) addTo(this.#own, operation.fn, operation);
    for (const fn of functions.all) if (fn.inline && fn.parent) addTo(this.#inline, fn.parent, fn);
  }

  /** The operations written in the function itself, callbacks left out. */
  own(fn: FunctionFact): readonly Operation[] {
    return this.#own.get(fn) ?? [];
  }

  /** The callbacks that run as a part of one run of the function. */
  inlineOf(fn: FunctionFact): readonly FunctionFact[] {
    return this.#inline.get(fn) ?? [];
  }

  /** All effects of one run of the function: its own, those of its inline callbacks, and of what it calls. */
  of(fn: FunctionFact): readonly Effect[] {
    const known = this.#closed.get(fn);
    if (known) return known;
    const effects = new EffectSet(this.places);
    const followed = new Set<Call>();
    const pending: { fn: FunctionFact; via: readonly Call[] }[] = [{ fn, via: [] }];
    for (const { fn: current, via } of pending) {
      for (const operation of this.own(current)) effects.add(...this.#seenThrough(operation, via));
      for (const inner of this.inlineOf(current)) pending.push({ fn: inner, via });
      if (via.length >= MAX_VIA) continue;
      for (const call of current.calls) {
        if (followed.has(call) || followed.size >= MAX_CALLS || call.to === fn) continue;
        followed.add(call);
        pending.push({ fn: call.to, via: [...via, call] });
      }
    }
    this.#closed.set(fn, effects.list);
    return effects.list;
  }

  /** The effects of one call as its caller sees them; `of` names each effect once, by whichever call comes first. */
  ofCall(call: Call): readonly Effect[] {
    return this.of(call.to).flatMap((effect) => this.#throughCall(effect, call));
  }

  /** Every operation of the file on each place: direct ones, and those that only a call names, as `drop(this.sessions, id)`. */
  byPlace(): ReadonlyMap<string, readonly Effect[]> {
    const found = new Map<string, Effect[]>();
    const add = (effect: Effect): void => addTo(found, this.places.key(this.functions.fieldOf(effect.place)), effect);
    for (const operation of this.operations) {
      add(this.#effectOf(operation));
      if (this.#isRenamedByCalls(operation)) for (const effect of this.#renamed(operation)) add(effect);
    }
    return found;
  }

  /** Whether a caller has another name for the place: it hangs on a parameter, or on the `this` of an object that somebody holds. */
  #isRenamedByCalls({ place: { root } }: Operation): boolean {
    return (root.type === 'variable' && isParameter(root.variable)) || (root.type === 'owner' && !root.isStatic && this.functions.isInstantiated(root.owner));
  }

  /** An operation under the names that its callers, and theirs, have for the place. */
  #renamed(operation: Operation): Effect[] {
    const effects = new EffectSet(this.places);
    const seen = new Set<FunctionFact>();
    const direct = [this.#effectOf(operation)];
    const pending: { fn: FunctionFact; known: readonly Effect[] }[] = [{ fn: operation.fn, known: direct }];
    const own = this.places.key(operation.place);
    // A closure works on a parameter of the function around it for whoever called that.
    const { root } = operation.place;
    const home = root.type === 'variable' && this.functions.of(declaringFunction(root.variable) as Node);
    if (home && home !== operation.fn) pending.push({ fn: home, known: direct });
    for (const { fn, known } of pending) {
      if (seen.has(fn) || seen.size >= MAX_CALLS || this.#steps > MAX_STEPS) continue;
      seen.add(fn);
      if (fn.inline && fn.parent) pending.push({ fn: fn.parent, known });
      for (const call of this.functions.callsOf(fn)) {
        this.#steps += known.length;
        const through = known.flatMap((effect) => this.#throughCall(effect, call));
        effects.add(...through.filter((effect) => this.places.key(effect.place) !== own));
        const onward = through.filter((effect) => effect.via.length < MAX_VIA && this.#isRenamedByCallersOf(call.from, effect.place));
        if (onward.length > 0) pending.push({ fn: call.from, known: onward });
      }
    }
    return effects.list;
  }

  /** Whether who calls a function has another name for a place: it hangs on a parameter of it or of one around it, or on a `this`. */
  #isRenamedByCallersOf(fn: FunctionFact, { root }: Place): boolean {
    if (root.type !== 'variable') return root.type === 'owner' && !root.isStatic && this.functions.isInstantiated(root.owner);
    if (!isParameter(root.variable)) return false;
    const home = declaringFunction(root.variable);
    for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (current.node === home) return true;
    return false;
  }

  /** An operation as the function at the head of a chain of calls sees it. */
  #seenThrough(operation: Operation, via: readonly Call[]): Effect[] {
    let effects = [this.#effectOf(operation)];
    for (const call of via.toReversed()) effects = effects.flatMap((effect) => this.#throughCall(effect, call));
    return effects;
  }

  /** An operation as the function in which it is written sees it. */
  #effectOf(operation: Operation): Effect {
    return { operation, place: operation.place, key: this.keyText(operation.key), isKeyGiven: false, via: NO_CALLS };
  }

  /** Every function that `fn` runs, itself included. */
  reach(fn: FunctionFact): ReadonlySet<FunctionFact> {
    const known = this.#reach.get(fn);
    if (known) return known;
    const seen = new Set<FunctionFact>([fn]);
    for (const current of seen) {
      for (const call of current.calls) seen.add(call.to);
      for (const inner of this.inlineOf(current)) seen.add(inner);
    }
    this.#reach.set(fn, seen);
    return seen;
  }

  /** One text for one key, through aliases: `const { id } = session` and `session.id` are the same key. */
  keyText(key: Node | undefined): string | undefined {
    if (!key) return undefined;
    const inner = unwrap(key);
    const literal = literalText(inner);
    if (literal !== undefined) return JSON.stringify(literal);
    const place = this.places.resolve(inner);
    return place ? this.places.key(place) : this.text.slice(inner.range[0], inner.range[1]).replace(/\s+/g, '');
  }

  #throughCall(effect: Effect, call: Call): Effect[] {
    const via = [call, ...effect.via];
    const places = this.#substitute(effect.place, call) ?? [effect.place];
    const key = this.#substituteKey(effect, call);
    const isKeyGiven = key !== effect.key;
    return places.map((place) => ({ operation: effect.operation, place, key, isKeyGiven, via }));
  }

  #substituteKey(effect: Effect, call: Call): string | undefined {
    if (effect.key === undefined) return undefined;
    const { node } = call.to;
    if (!isFunctionNode(node) || call.over) return effect.key;
    for (const [index, parameter] of node.params.entries()) {
      if (parameter.type !== 'Identifier') continue;
      const variable = this.bindings.variableOf(parameter);
      const prefix = variable && this.places.key(this.places.canonical({ root: { type: 'variable', variable }, path: [] }));
      if (prefix === undefined || (effect.key !== prefix && !effect.key.startsWith(`${prefix}.`))) continue;
      const argument = call.node.arguments[index];
      const text = argument && this.keyText(argument);
      if (text !== undefined) return text + effect.key.slice(prefix.length);
    }
    return effect.key;
  }

  /** The caller's name of a callee's place: a parameter becomes the argument, `this` the receiver. */
  #substitute(place: Place, call: Call): Place[] | undefined {
    const { root } = place;
    if (root.type === 'owner' && call.receiver && call.to.method?.owner === root.owner && !root.isStatic) {
      return [{ root: call.receiver.root, path: [...call.receiver.path, ...place.path] }];
    }
    if (root.type !== 'variable' || !isFunctionNode(call.to.node)) return undefined;
    const index = call.to.node.params.findIndex((parameter) => parameter.type === 'Identifier' && this.bindings.variableOf(parameter) === root.variable);
    const argument = index < 0 ? undefined : call.node.arguments[index];
    const targets = call.over ? (index === 0 ? this.places.elementsOf(call.over) : []) : argument ? this.places.resolveAll(argument) : [];
    return targets.length === 0 ? undefined : targets.map((target) => ({ root: target.root, path: [...target.path, ...place.path] }));
  }
}

/** Effects without repetitions: one operation reaches one place with one key by many call chains. */
class EffectSet {
  readonly list: Effect[] = [];
  readonly #seen = new Map<Operation, Set<string>>();

  constructor(private readonly places: Places) {}

  add(...effects: Effect[]): void {
    for (const effect of effects) {
      const identity = `${this.places.key(effect.place)} ${effect.key ?? ''}`;
      const seen = this.#seen.get(effect.operation) ?? new Set();
      if (seen.has(identity)) continue;
      this.#seen.set(effect.operation, seen.add(identity));
      this.list.push(effect);
    }
  }
}
