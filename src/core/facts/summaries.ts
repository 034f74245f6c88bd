import { declaringFunction, isParameter, type Bindings, type Variable } from '../scope/bindings.js';
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

/** A place and a key, as one function names them. */
type Named = Pick<Effect, 'place' | 'key' | 'isKeyGiven'>;

/** What a function calls its arguments. */
interface Parameters {
  readonly indexes: ReadonlyMap<Variable, number>;
  /** The beginning of every key that is, or hangs on, a parameter. */
  readonly keys: readonly { readonly prefix: string; readonly index: number }[];
}

const NO_CALLS: readonly Call[] = [];
/** Calls in a row that are followed. Deeper, the answer errs towards doing nothing. */
const MAX_VIA = 6;
/** Calls that are followed for one answer, so that a file of 100,000 calls has one in time. */
const MAX_CALLS = 2_000;
/** Calls that are followed for all answers of one file, before each may follow but few; a bundle of 1.5 MB, as people scan them, takes about 50,000. */
const MAX_FOLLOWED = 100_000;
const MAX_CALLS_THEN = 50;
/** Steps from callee to caller that are taken for the places of one file; a file of 6,000 lines that people wrote takes about 10,000. */
const MAX_STEPS = 100_000;

/** The effects of every function, closed over the calls within the file. */
export class Summaries {
  readonly #own = new Map<FunctionFact, Operation[]>();
  readonly #closed = new Map<FunctionFact, readonly Effect[]>();
  readonly #reach = new Map<FunctionFact, ReadonlySet<FunctionFact>>();
  readonly #inline = new Map<FunctionFact, FunctionFact[]>();
  readonly #parameters = new Map<FunctionFact, Parameters>();
  #followed = 0;
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
    const limit = this.#followed < MAX_FOLLOWED ? MAX_CALLS : MAX_CALLS_THEN;
    const pending: { fn: FunctionFact; via: readonly Call[] }[] = [{ fn, via: NO_CALLS }];
    for (const { fn: current, via } of pending) {
      for (const operation of this.own(current)) effects.add(...this.#seenThrough(operation, via));
      for (const inner of this.inlineOf(current)) pending.push({ fn: inner, via });
      if (via.length >= MAX_VIA) continue;
      for (const call of current.calls) {
        if (followed.has(call) || followed.size >= limit || call.to === fn) continue;
        followed.add(call);
        pending.push({ fn: call.to, via: [...via, call] });
      }
    }
    this.#followed += followed.size;
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
    let named: readonly Named[] = [{ place: operation.place, key: this.keyText(operation.key), isKeyGiven: false }];
    for (let index = via.length - 1; index >= 0; index--) {
      const call = via[index] as Call;
      named = named.flatMap((one) => this.#namedByCaller(one, call));
    }
    return named.map((one) => ({ operation, ...one, via }));
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

  #throughCall({ operation, place, key, isKeyGiven, via }: Effect, call: Call): Effect[] {
    return this.#namedByCaller({ place, key, isKeyGiven }, call).map((named) => ({ operation, ...named, via: [call, ...via] }));
  }

  /** The caller's names of a callee's place and key. */
  #namedByCaller(named: Named, call: Call): readonly Named[] {
    const places = this.#substitute(named.place, call);
    const key = this.#substituteKey(named.key, call);
    const isKeyGiven = key !== named.key;
    if (!places) return key === named.key && !named.isKeyGiven ? [named] : [{ place: named.place, key, isKeyGiven }];
    return places.map((place) => ({ place, key, isKeyGiven }));
  }

  #substituteKey(key: string | undefined, call: Call): string | undefined {
    if (key === undefined || call.over) return key;
    for (const { prefix, index } of this.#parametersOf(call.to).keys) {
      if (key !== prefix && !key.startsWith(`${prefix}.`)) continue;
      const argument = call.node.arguments[index];
      const text = argument && this.keyText(argument);
      if (text !== undefined) return text + key.slice(prefix.length);
    }
    return key;
  }

  /** The caller's name of a callee's place: a parameter becomes the argument, `this` the receiver. */
  #substitute(place: Place, call: Call): Place[] | undefined {
    const { root } = place;
    if (root.type === 'owner' && call.receiver && call.to.method?.owner === root.owner && !root.isStatic) {
      return [{ root: call.receiver.root, path: [...call.receiver.path, ...place.path] }];
    }
    const index = root.type === 'variable' ? this.#parametersOf(call.to).indexes.get(root.variable) : undefined;
    if (index === undefined) return undefined;
    const argument = call.node.arguments[index];
    const targets = call.over ? (index === 0 ? this.places.elementsOf(call.over) : []) : argument ? this.places.resolveAll(argument) : [];
    return targets.length === 0 ? undefined : targets.map((target) => ({ root: target.root, path: [...target.path, ...place.path] }));
  }

  /** The simple parameters of a function, found once for all its calls. */
  #parametersOf(fn: FunctionFact): Parameters {
    let known = this.#parameters.get(fn);
    if (known) return known;
    const indexes = new Map<Variable, number>();
    const keys: { prefix: string; index: number }[] = [];
    for (const [index, parameter] of isFunctionNode(fn.node) ? fn.node.params.entries() : []) {
      const variable = parameter.type === 'Identifier' ? this.bindings.variableOf(parameter) : undefined;
      if (!variable) continue;
      if (!indexes.has(variable)) indexes.set(variable, index);
      keys.push({ prefix: this.places.key(this.places.canonical({ root: { type: 'variable', variable }, path: [] })), index });
    }
    this.#parameters.set(fn, (known = { indexes, keys }));
    return known;
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
