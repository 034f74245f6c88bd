import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT } from '../facts/places.js';
import { statementFor } from '../facts/statements.js';
import type { Effect } from '../facts/summaries.js';
import type { Related, Verdict } from '../findings.js';
import { addTo } from '../multimap.js';
import { declaringFunction, type Variable } from '../scope/bindings.js';
import { branchGapsOf, collectForkedRuns, type ForkedRun } from '../questions/branch-gap.js';
import { isInOtherHands } from '../questions/elsewhere.js';
import { entryEndOf, type EntryEnd } from '../questions/entry-end.js';
import { hasFiniteKeys } from '../questions/finite-keys.js';
import { isMemo, namedAround } from '../questions/growth-shape.js';
import { collectKeyedRuns, runnersOf, type KeyedRun } from '../questions/keyed-runs.js';
import { countsUp, isForTheLast, isGivenTo, isInFlight, isSetAgain, sweepsByAge, takesBack, visits } from '../questions/key-loss.js';
import { domainOfKey } from '../questions/key-names.js';
import { happensAtRunTime, lifetimeOf } from '../questions/lifetime.js';
import { nodesIn } from '../questions/nodes-in.js';
import { areOnOnePath } from '../questions/one-path.js';
import { testsBefore } from '../questions/overwrite.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { functionAround, ownerName } from '../questions/owner-name.js';
import { findSizeBound } from '../questions/size-bound.js';
import { isTeardown, runsAtEnd } from '../questions/teardowns.js';
import { spanOf } from '../source-model.js';
import { contains, isFunctionNode, isNothing, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { keySite } from './growth-site.js';

/** `no-uneven-delete`: do collections that get a key together also lose it together? */
export function judgeUnevenDeletes(facts: Facts): Verdict[] {
  if (!facts.operations.some((operation) => operation.kind === 'shrink')) return [];
  const members = facts.collections.filter((collection) => isKeyed(collection, facts));
  if (members.length < 2) return [];
  const siblings = new Siblings(members, facts);
  return members.flatMap((keeper) => siblings.judge(keeper) ?? []);
}

/** A long-lived collection with keys, reached by a name and not by another entry. */
function isKeyed({ kind, place }: Collection, facts: Facts): boolean {
  if (kind === 'array' || kind === 'weak' || place.path.includes(ELEMENT)) return false;
  const lifetime = lifetimeOf(place, facts);
  return lifetime !== 'call' && lifetime !== 'unknown';
}

/** A way on which one collection loses a key and its sibling does not. */
interface Gap {
  readonly fn: FunctionFact;
  readonly how: EntryEnd | 'branch' | 'teardown' | 'memo';
  /** The sibling that loses the key. */
  readonly loser: Collection | undefined;
  readonly node: Node;
}

class Siblings {
  readonly #runs: readonly KeyedRun[];
  readonly #byFn: ReadonlyMap<FunctionFact, KeyedRun>;
  /** The runs that add to a collection, or take out of it. */
  readonly #changing = new Map<Collection, KeyedRun[]>();
  /** Found once for all collections that are asked about. */
  readonly #forks = new Map<FunctionFact, readonly ForkedRun[]>();

  constructor(private readonly members: readonly Collection[], private readonly facts: Facts) {
    this.#runs = collectKeyedRuns(members, facts);
    this.#byFn = new Map(this.#runs.map((run) => [run.fn, run]));
    for (const run of this.#runs) for (const collection of new Set([...run.filled, ...run.relieved])) addTo(this.#changing, collection, run);
  }

  /** The judgement of the surest way on which a collection keeps a key that a sibling loses. */
  judge(keeper: Collection): Verdict | undefined {
    const growth = this.facts.effectsOn(keeper.place).filter((effect) => effect.operation.kind === 'grow');
    if (growth.length === 0) return undefined;
    let best: Verdict | undefined;
    for (const gap of this.#gapsOf(keeper, growth)) {
      const verdict = this.#judgeGap(keeper, gap, growth);
      if (verdict && (!best || RANK[verdict.outcome] > RANK[best.outcome])) best = verdict;
    }
    return best;
  }

  #gapsOf(keeper: Collection, growth: readonly Effect[]): Gap[] {
    return this.#runs.flatMap((run) => [...this.#endsWithout(keeper, run), ...this.#branchesWithout(keeper, run), ...this.#teardownWithout(keeper, run), ...this.#memoGrownBy(keeper, growth, run)]);
  }

  /** Ends of an entry after which the keeper still has the key. */
  #endsWithout(keeper: Collection, run: KeyedRun): Gap[] {
    // Most runs have to do with other collections; what looks through code comes last.
    const losses = [...run.lost.values()].flatMap((lost) => [...lost]).filter(([loser, effect]) => this.#areSiblings(loser, keeper) && !run.filled.has(loser) && isOwnKey(effect));
    const how = losses.length === 0 || run.filled.has(keeper) ? undefined : entryEndOf(run.fn, this.facts);
    if (!how || this.#isRelievedAround(keeper, run) || visits(run.fn, keeper, this.facts)) return [];
    return losses.flatMap(([loser, effect]) => ((how !== 'reset' || isGivenTo(run.fn, effect, this.facts)) && !isForTheLast(effect.operation.node, this.facts) ? [{ fn: run.fn, how, loser, node: effect.operation.node }] : []));
  }

  /** One branch of an end calls for everything, the other for a part. */
  #branchesWithout(keeper: Collection, run: KeyedRun): Gap[] {
    if (!run.relieved.has(keeper) || !entryEndOf(run.fn, this.facts)) return [];
    return branchGapsOf(keeper, this.#forksOf(run.fn)).flatMap(({ loser, effect }) => (this.#areSiblings(loser, keeper) ? [{ fn: run.fn, how: 'branch' as const, loser, node: effect.operation.node }] : []));
  }

  #forksOf(fn: FunctionFact): readonly ForkedRun[] {
    let known = this.#forks.get(fn);
    if (!known) this.#forks.set(fn, (known = collectForkedRuns(fn, this.members, this.facts)));
    return known;
  }

  /** A teardown that empties several collections, and not one that loses its keys with them. */
  #teardownWithout(keeper: Collection, run: KeyedRun): Gap[] {
    if (run.emptied.size < 2 || !isTeardown(run.fn.name, this.facts) || this.#isRelievedAround(keeper, run) || run.filled.has(keeper)) return [];
    return [...run.emptied].flatMap(([loser, effect]) => (this.#areSiblings(loser, keeper) ? [{ fn: run.fn, how: 'teardown' as const, loser, node: effect.operation.node }] : []));
  }

  /** An end of an entry that, on its way, adds the key to a memo from which nothing ever takes it. */
  #memoGrownBy(keeper: Collection, growth: readonly Effect[], run: KeyedRun): Gap[] {
    if (![...run.grown.values()].some((grown) => grown.has(keeper)) || entryEndOf(run.fn, this.facts) !== 'named' || this.facts.effectsOn(keeper.place).some(({ operation }) => operation.kind === 'shrink')) return [];
    const effects = this.facts.summaries.of(run.fn);
    // A branch that adds the key and returns, to hand the work on, never comes to the deletion.
    const deletion = effects.find((effect) => effect.operation.kind === 'shrink' && effect.key !== undefined && run.grown.get(effect.key)?.has(keeper) && this.#changesOf(keeper, 'grow', effect.key, effects).some((added) => !this.#isUpdate(added, keeper) && areOnOnePath(run.fn, added, effect, this.facts)));
    if (!deletion || this.#isRecordOfEnds(keeper, growth, deletion.operation.fn) || this.#emptiesItself(keeper) || !isMemo(keeper.place, growth, this.facts) || growth.some((effect) => countsUp(effect, keeper, this.facts))) return [];
    return [{ fn: run.fn, how: 'memo', loser: undefined, node: deletion.operation.node }];
  }

  /** Whether it is a record of what has ended, which the end itself alone writes and another method of the owner empties. */
  #isRecordOfEnds({ place }: Collection, growth: readonly Effect[], end: FunctionFact): boolean {
    return growth.every(({ operation }) => operation.fn === end) && this.facts.effectsOn(place).some(({ operation }) => operation.kind === 'empty' && operation.value === undefined && !runsAtEnd(operation.fn, this.facts));
  }

  /** `const actions = byFile.get(file); if (!actions) return; … byFile.set(file, rest)`: a new value under a key that is there. */
  #isUpdate({ operation: { node, fn } }: Effect, { place }: Collection): boolean {
    const entry = this.facts.places.key({ root: place.root, path: [...place.path, ELEMENT] });
    return testsBefore(node, fn, this.facts).some((test) => {
      if (test.parent && contains(test.parent, node)) return false;
      const isCompared = test.type === 'BinaryExpression' && /^===?$/.test(test.operator) && isNothing(test.right);
      const absent = test.type === 'UnaryExpression' && test.operator === '!' ? test.argument : isCompared ? test.left : undefined;
      const asked = absent && this.facts.places.resolve(unwrap(absent));
      return asked !== undefined && this.facts.places.key(asked) === entry;
    });
  }

  /** Whether the entries are collections whose own members come and go: what is left of an entry is empty. */
  #emptiesItself({ place }: Collection): boolean {
    return this.facts.effectsOn({ root: place.root, path: [...place.path, ELEMENT] }).some(({ operation: { kind } }) => kind === 'shrink');
  }

  #areSiblings(left: Collection, right: Collection): boolean {
    return left !== right && holderOf(left, this.facts) === holderOf(right, this.facts);
  }

  /** Whether the run itself, or any run that it is a step of, takes something out (BENIGN, S1). */
  #isRelievedAround(keeper: Collection, run: KeyedRun): boolean {
    const seen = new Set<FunctionFact>([run.fn]);
    for (const fn of seen) {
      if (this.#byFn.get(fn)?.relieved.has(keeper)) return true;
      for (const runner of runnersOf(fn, this.facts)) seen.add(runner);
    }
    return false;
  }

  #judgeGap(keeper: Collection, gap: Gap, growth: readonly Effect[]): Verdict | undefined {
    const { facts } = this;
    const argument = new Argument();
    const together = gap.loser && this.#lostTogether(gap.loser, keeper, gap.fn);
    const filled = gap.loser && this.#filledTogether(gap.loser, keeper);
    if (gap.how === 'memo') argument.evidence('memo-outlives-entry', gap.node, { fn: namedAround(gap.fn).name });
    else {
      const loser = gap.loser;
      if (!loser || this.#isFilledApart(loser, keeper) || this.#isPassing(loser, keeper, together !== undefined)) return undefined;
      if (together) argument.evidence('lost-together', together.fn.node, { cleanup: namedAround(together.fn).name, sibling: loser.name, keeper: keeper.name, where: functionAround(gap.node, facts) });
      if (filled && gap.how !== 'branch') argument.evidence('filled-together', filled.operation.node, { sibling: loser.name, where: functionAround(gap.node, facts) }, together ? 'supporting' : 'strong');
      if (!together && !filled) return undefined;
    }
    this.#settle(keeper, gap, growth, argument);
    if (!argument.settled) this.#weighDoubts(keeper, gap, growth, { together, isFilledTogether: filled !== undefined }, argument);
    const statement = statementFor(facts.statements, facts.model, keeper.declaration.range[0]);
    const related: Related[] = [
      { role: 'release', name: gap.loser?.name ?? '', span: spanOf(gap.node) },
      ...(together ? [{ role: 'cleanup', name: namedAround(together.fn).name, span: spanOf(together.fn.node) }] : []),
      ...growth.map((effect) => ({ role: 'growth', name: effect.operation.how, span: spanOf(effect.operation.node) })),
    ];
    return {
      rule: 'no-uneven-delete', kind: keeper.kind, span: spanOf(keeper.declaration), symbol: keeper.name, owner: ownerName(keeper.place, facts),
      outcome: argument.outcome, reasons: argument.reasons, related, subject: { type: 'collection', collection: keeper, growth },
      ...(statement ? { suppressed: { by: `leakproof-${statement.says}`, why: statement.why } } : {}),
    };
  }

  #runsChanging(collection: Collection): readonly KeyedRun[] {
    return this.#changing.get(collection) ?? [];
  }

  /** Another function in which both lose the same key: the code itself says that both must go. */
  #lostTogether(loser: Collection, keeper: Collection, except: FunctionFact): KeyedRun | undefined {
    return this.#runsChanging(loser).find((run) => run.fn !== except && !run.fn.isConstructor && [...run.lost].some(([key, lost]) => lost.has(loser) && lost.has(keeper) && !isSetAgain(run, key, loser, keeper) && this.#isOnOnePath(run, 'shrink', key, loser, keeper)));
  }

  /** Whether one run may add a key to both, or take it out of both. */
  #isOnOnePath({ fn }: KeyedRun, kind: 'grow' | 'shrink', key: string, left: Collection, right: Collection): boolean {
    const effects = this.facts.summaries.of(fn);
    const changes = (collection: Collection): Effect[] => this.#changesOf(collection, kind, key, effects);
    return changes(left).some((one) => changes(right).some((other) => areOnOnePath(fn, one, other, this.facts)));
  }

  /** What some effects add to a collection, or take out of it, under a key. */
  #changesOf({ place }: Collection, kind: 'grow' | 'shrink', key: string, effects: readonly Effect[]): Effect[] {
    const { places, functions } = this.facts;
    const own = places.key(functions.fieldOf(place));
    return effects.filter((effect) => effect.operation.kind === kind && effect.key === key && places.key(functions.fieldOf(effect.place)) === own);
  }

  /** Whether a key goes into the one or the other, but never into both: two kinds of things, told apart where they are added. */
  #isFilledApart(loser: Collection, keeper: Collection): boolean {
    const shared = this.#runsChanging(keeper).flatMap((run) => [...run.grown].flatMap(([key, grown]) => (grown.has(keeper) && grown.has(loser) ? [{ run, key }] : [])));
    return shared.length > 0 && !shared.some(({ run, key }) => this.#isOnOnePath(run, 'grow', key, loser, keeper));
  }

  /** Where both get the same key: in one run, or from one variable. */
  #filledTogether(loser: Collection, keeper: Collection): Effect | undefined {
    const own = this.facts.effectsOn(keeper.place).filter((effect) => effect.operation.kind === 'grow');
    const isTogether = this.#runsChanging(keeper).some((run) => [...run.grown.values()].some((grown) => grown.has(keeper) && grown.has(loser)));
    if (isTogether) return own[0];
    const others = this.facts.effectsOn(loser.place).flatMap(({ operation }) => (operation.kind === 'grow' ? (variableOfKey(operation.key, this.facts) ?? []) : []));
    return own.find(({ operation }) => {
      const variable = variableOfKey(operation.key, this.facts);
      return variable !== undefined && others.includes(variable);
    });
  }

  /** What comes and goes while its sibling stays: timers, queues that are drained, keys that move from one to the other. */
  #isPassing(loser: Collection, keeper: Collection, isLostTogether: boolean): boolean {
    const { facts } = this;
    const element = facts.places.key({ root: loser.place.root, path: [...loser.place.path, ELEMENT] });
    if (facts.timers.some(({ destination }) => destination.type === 'place' && facts.places.key(destination.place).startsWith(element))) return true;
    if (this.#runsChanging(loser).some((run) => [...run.lost].some(([key, lost]) => lost.has(loser) && !run.filled.has(loser) && run.grown.get(key)?.has(keeper)))) return true;
    return !isLostTogether && this.#runsChanging(loser).some((run) => [...run.lost.values()].some((lost) => lost.has(loser)) && !entryEndOf(run.fn, facts) && !this.#isStepOfEnd(run.fn));
  }

  /** Whether a function runs only where an entry ends. */
  #isStepOfEnd(fn: FunctionFact): boolean {
    const runners = runnersOf(fn, this.facts);
    return runners.length > 0 && runners.every((runner) => entryEndOf(runner, this.facts) !== undefined);
  }

  #settle(keeper: Collection, gap: Gap, growth: readonly Effect[], argument: Argument): void {
    const { facts } = this;
    if (!growth.some((effect) => happensAtRunTime(effect.via[0]?.from ?? effect.operation.fn, keeper.place, facts))) argument.settle('bound', 'filled-once', keeper.declaration);
    else if (hasFiniteKeys(keeper, growth, facts)) argument.settle('bound', 'finite-keys', keySite(growth, keeper));
    else {
      const limit = findSizeBound(keeper.place, growth, facts);
      if (limit) { argument.settle('bound', 'size-checked', limit); return; }
      const automatic = this.#ownReleases(keeper, gap).find((effect) => this.#runsByItself(effect.operation.fn, gap) || isInFlight(effect, growth, facts));
      const divided = automatic ?? this.#takenByFellow(keeper, gap) ?? this.#ownReleases(keeper, gap).find(({ operation }) => sweepsByAge(operation, keeper, facts));
      if (divided) argument.settle('release', 'shrinks', divided.operation.node, { how: divided.operation.how });
    }
  }

  #weighDoubts(keeper: Collection, gap: Gap, growth: readonly Effect[], { together, isFilledTogether }: { together: KeyedRun | undefined; isFilledTogether: boolean }, argument: Argument): void {
    const { facts } = this;
    const { place, declaration } = keeper;
    const sibling = gap.loser?.name ?? '';
    if (gap.how === 'teardown') argument.doubt('ends-with-owner', gap.fn.node, { teardown: gap.fn.name });
    else if (gap.how === 'branch') argument.doubt('branch-may-keep', gap.node);
    else if (gap.how !== 'memo') {
      if (together && !entryEndOf(together.fn, facts)) argument.doubt('perhaps-no-cleanup', together.fn.node, { cleanup: namedAround(together.fn).name });
      if (this.#mayComeAgain(keeper, gap)) argument.doubt('may-come-again', gap.fn.node, { sibling });
      if (!isFilledTogether) argument.doubt('filled-apart', gap.node, { sibling });
      // Where the thing is gone and nothing ever takes its key out, no other function has to say so.
      if (!together && (gap.how !== 'event' || facts.effectsOn(place).some((effect) => TAKES_OUT.has(effect.operation.kind) && effect.operation.value === undefined))) argument.doubt('never-lost-together', gap.node, { sibling });
      if (gap.how === 'reset') argument.doubt('may-be-reset', gap.fn.node, { fn: gap.fn.name });
      const written = this.#entryWrittenAfter(keeper, namedAround(facts.functions.around(gap.node)));
      if (written) argument.doubt('entry-goes-on', written, { where: functionAround(written, facts) });
    }
    const [own] = this.#ownReleases(keeper, gap).filter((effect) => gap.loser === undefined || !this.#isJoint(effect, gap.loser, keeper));
    if (own) argument.doubt('released-apart', own.operation.node, { where: functionAround(own.operation.node, facts) });
    const [key] = growth.map(({ operation }) => operation.key);
    if (key && growth.every(({ operation }) => operation.key && domainOfKey(operation.key, facts) === 'static')) argument.doubt('static-domain-key', key, { key: textOf(key, facts) });
    if (place.path.at(-1) === 'current') argument.doubt('component-lifetime', declaration);
    if (isInOtherHands(place, facts)) argument.doubt('exported', declaration);
    if (lifetimeOf(place, facts) === 'closure') argument.doubt('lifetime-unknown', declaration);
    if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', declaration);
  }

  /** Where a caller of what ends the sibling's entry goes on to write into the keeper's: `await closeHandle(id); session.status = 'stopped';`. */
  #entryWrittenAfter({ place }: Collection, end: FunctionFact): Node | undefined {
    const { facts } = this;
    const entry = `${facts.places.key({ root: place.root, path: [...place.path, ELEMENT] })}.`;
    return facts.functions.callsOf(end).map((call) => nodesIn(call.from, 'AssignmentExpression', facts).find(({ left, range }) => {
      const written = range[0] > call.node.range[1] && left.type === 'MemberExpression' ? facts.places.resolve(left) : undefined;
      return written !== undefined && facts.places.key(written).startsWith(entry);
    })).find((node) => node !== undefined);
  }

  /** What takes keys out of the keeper, besides taking back what the same function has just put in. */
  #ownReleases(keeper: Collection, gap: Gap): Effect[] {
    const effects = this.facts.effectsOn(keeper.place);
    return effects.filter((effect) => {
      const { operation } = effect;
      if (operation.kind !== 'shrink') return false;
      if (gap.how === 'branch' && this.facts.summaries.reach(gap.fn).has(operation.fn)) return false;
      return !effects.some((other) => other.operation.kind === 'grow' && takesBack(operation, other.operation, this.facts));
    });
  }

  /** What another closure takes out under the very same variable: closures of one call divide the work, unless each is called by its own event. */
  #takenByFellow(keeper: Collection, { fn }: Gap): Effect | undefined {
    if (fn.registrations.length > 0) return undefined;
    return this.facts.effectsOn(keeper.place).find(({ operation }) => {
      const variable = operation.kind === 'shrink' && operation.fn !== fn && operation.fn.registrations.length === 0 ? variableOfKey(operation.key, this.facts) : undefined;
      const home = variable && declaringFunction(variable);
      return home !== undefined && home !== fn.node && contains(home, fn.node);
    });
  }

  #isJoint(effect: Effect, loser: Collection, keeper: Collection): boolean {
    return this.#runsChanging(loser).some((run) => [...run.lost].some(([key, lost]) => lost.has(loser) && lost.get(keeper)?.operation.fn === effect.operation.fn && !isSetAgain(run, key, loser, keeper)));
  }

  /** Whether what the end leaves for later sets the key again: a respawn, a reconnect. */
  #mayComeAgain(keeper: Collection, { fn, loser }: Gap): boolean {
    return this.#runs.some((run) => run.fn !== fn && isNestedIn(run.fn, fn) && (run.filled.has(keeper) || (loser !== undefined && run.filled.has(loser))));
  }

  /** Whether something other than a request comes to run a function: an event, or a timer. */
  #runsByItself(fn: FunctionFact, gap: Gap): boolean {
    const seen = new Set<FunctionFact>([fn]);
    for (const one of seen) {
      if (one === gap.fn) continue;
      if (one.triggers.has('timer') || one.registrations.length > 0) return true;
      for (const runner of runnersOf(one, this.facts)) seen.add(runner);
    }
    return false;
  }
}

const TAKES_OUT: ReadonlySet<string> = new Set(['shrink', 'empty', 'blank']);
const RANK = { silent: 0, likely: 1, certain: 2 } as const;

/** What the siblings hang on: an object, a class, a module, the call of a factory. */
function holderOf({ place }: Collection, facts: Facts): string {
  const { root } = place;
  const path = place.path.at(-1) === 'current' || place.path.at(-1) === 'value' ? place.path.slice(0, -1) : place.path;
  if (root.type !== 'variable' || path.length > 0) return facts.places.key({ root, path: path.slice(0, -1) });
  const home = declaringFunction(root.variable);
  return home ? `f${String(home.range[0])}` : 'module';
}

/** Whether a key is the run's own: not a local of something that it calls. */
function isOwnKey(effect: Effect): boolean {
  return effect.via.length === 0 || effect.isKeyGiven;
}

/** The local variable that a key is: the same variable is the same key, in a closure, too. */
function variableOfKey(key: Node | undefined, facts: Facts): Variable | undefined {
  const variable = key?.type === 'Identifier' ? facts.bindings.variableOf(key) : undefined;
  return variable && declaringFunction(variable) ? variable : undefined;
}

function isNestedIn(inner: FunctionFact, outer: FunctionFact): boolean {
  if (!isFunctionNode(outer.node)) return false;
  for (let current: FunctionFact | undefined = inner; current; current = current.parent) if (current === outer) return true;
  return false;
}

function textOf(node: Node, facts: Facts): string {
  return facts.model.text.slice(node.range[0], node.range[1]).replace(/\s+/g, ' ');
}
