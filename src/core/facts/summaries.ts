import type { Bindings } from '../scope/bindings.js';
import { isFunctionNode, literalText, unwrap, type Node } from '../syntax/nodes.js';
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

const MAX_VIA = 6;

/** The effects of every function, closed over the calls within the file. */
export class Summaries {
  readonly #own = new Map<FunctionFact, Operation[]>();
  readonly #closed = new Map<FunctionFact, readonly Effect[]>();
  readonly #inProgress = new Set<FunctionFact>();
  readonly #inline = new Map<FunctionFact, FunctionFact[]>();

  constructor(
    operations: readonly Operation[],
    functions: Functions,
    private readonly places: Places,
    private readonly bindings: Bindings,
    private readonly text: string,
  ) {
    for (const operation of operations) push(this.#own, operation.fn, operation);
    for (const fn of functions.all) if (fn.inline && fn.parent) push(this.#inline, fn.parent, fn);
  }

  /** The operations written in the function itself, callbacks left out. */
  own(fn: FunctionFact): readonly Operation[] {
    return this.#own.get(fn) ?? [];
  }

  /** All effects of one run of the function: its own, those of its inline callbacks, and of what it calls. */
  of(fn: FunctionFact): readonly Effect[] {
    const known = this.#closed.get(fn);
    if (known) return known;
    if (this.#inProgress.has(fn)) return [];
    this.#inProgress.add(fn);
    const effects = new EffectSet(this.places);
    effects.add(...this.own(fn).map((operation) => ({ operation, place: operation.place, key: this.keyText(operation.key), isKeyGiven: false, via: [] })));
    for (const inner of this.#inline.get(fn) ?? []) effects.add(...this.of(inner));
    for (const call of fn.calls) for (const effect of this.of(call.to)) {
      if (effect.via.length < MAX_VIA) effects.add(...this.#throughCall(effect, call));
    }
    this.#inProgress.delete(fn);
    // Within a cycle the answer is partial: it is kept only for the function that closed it.
    if (this.#inProgress.size === 0) this.#closed.set(fn, effects.list);
    return effects.list;
  }

  /** Every function that `fn` runs, itself included. */
  reach(fn: FunctionFact): Set<FunctionFact> {
    const seen = new Set<FunctionFact>();
    const pending = [fn];
    for (let current = pending.pop(); current; current = pending.pop()) {
      if (seen.has(current)) continue;
      seen.add(current);
      for (const call of current.calls) pending.push(call.to);
      pending.push(...(this.#inline.get(current) ?? []));
    }
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

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
