import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { statementFor } from '../facts/statements.js';
import type { Related, Verdict } from '../findings.js';
import { findRemovalAfterFiring, findSkippedRemoval, otherDeletions, overWhenFired, unknownCall } from '../questions/after-firing.js';
import { isInOtherHands } from '../questions/elsewhere.js';
import { findGuard } from '../questions/asked-first.js';
import { deletesSoon } from '../questions/timer-shape.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { hasFiniteKeys, isFiniteKey } from '../questions/finite-keys.js';
import { domainOfKey } from '../questions/key-names.js';
import { happensAtRunTime, lifetimeOf } from '../questions/lifetime.js';
import { collectClearedButKept, findClear, findLostTimers } from '../questions/live-timers.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { functionAround, ownerName } from '../questions/owner-name.js';
import { findSizeBound } from '../questions/size-bound.js';
import { isTeardown } from '../questions/teardowns.js';
import { timerEntriesOf, type TimerEntry } from '../questions/timer-entries.js';
import { spanOf } from '../source-model.js';
import { Argument } from './argument.js';

/** A pending one-shot of this many milliseconds is over before anybody misses it (BENIGN, T3). */
const SHORT_MS = 5_000;

/** `no-stale-timer-entry`: does the entry that tracks a timer go when the timer does, and the timer when its entry does? */
export function judgeStaleEntries(facts: Facts): Verdict[] {
  return facts.collections.flatMap((collection) => {
    const entries = timerEntriesOf(collection, facts);
    const cases = casesOf(entries, facts).map(({ argument }) => argument);
    const worst = cases.find(({ outcome }) => outcome === 'certain') ?? cases.find(({ outcome }) => outcome === 'likely') ?? cases[0];
    return worst && entries[0] ? [verdictOn(collection, worst, entries, facts)] : [];
  });
}

/** One way in which an entry and its timer do not end together: the timer fires, the entry goes, or the timer is cleared. */
export interface StaleCase {
  readonly entry: TimerEntry;
  readonly how: 'fired' | 'lost' | 'cleared';
  readonly argument: Argument;
}

/** What was asked about each timer of a collection, with the answers. */
export function staleCasesOf(collection: Collection, facts: Facts): StaleCase[] {
  return casesOf(timerEntriesOf(collection, facts), facts);
}

function casesOf(entries: readonly TimerEntry[], facts: Facts): StaleCase[] {
  return entries.flatMap((entry) =>
    ([['fired', judgeFired], ['lost', judgeLost], ['cleared', judgeCleared]] as const).flatMap(([how, judge]) => {
      const argument = judge(entry, facts);
      return argument ? [{ entry, how, argument }] : [];
    }),
  );
}

function verdictOn(collection: Collection, { outcome, reasons }: Argument, entries: readonly TimerEntry[], facts: Facts): Verdict {
  const statement = statementFor(facts.statements, facts.model, collection.declaration.range[0]);
  const growth = facts.effectsOn(collection.place).filter((effect) => effect.operation.kind === 'grow');
  const related: Related[] = [
    ...entries.map(({ timer }) => ({ role: 'timer', name: timer.callee, span: spanOf(timer.node) })),
    ...reasons.filter((reason) => reason.effect === 'evidence').map((reason) => ({ role: 'stale', name: collection.name, span: reason.span })),
  ];
  return {
    rule: 'no-stale-timer-entry', kind: collection.kind, span: spanOf(collection.declaration), symbol: collection.name, owner: ownerName(collection.place, facts),
    outcome, reasons, related, subject: { type: 'collection', collection, growth },
    ...(statement && statement.says !== 'survives' ? { suppressed: { by: `leakproof-${statement.says}`, why: statement.why } } : {}),
  };
}

/** The timer fires: does its entry go? */
function judgeFired(entry: TimerEntry, facts: Facts): Argument | undefined {
  const { timer, collection, growth, form } = entry;
  // Intervals do not end by firing, and a session lives on when one of its timers fires.
  if (timer.kind.id === 'interval' || form === 'object') return undefined;
  const argument = new Argument();
  const all = facts.effectsOn(collection.place).filter((effect) => effect.operation.kind === 'grow');
  const removal = findRemovalAfterFiring(entry, facts);
  const skipped = removal?.code === 'removed-by-callback' && otherDeletions(entry, facts).length === 0 ? findSkippedRemoval(entry, facts) : undefined;
  const limit = findSizeBound(collection.place, all, facts);
  if (removal && !skipped) return argument.settle('release', removal.code, removal.node);
  if (!happensAtRunTime(growth.fn, collection.place, facts)) return argument.settle('bound', 'filled-once', growth.node);
  if (limit) return argument.settle('bound', 'size-checked', limit);
  if (hasFiniteKeys(collection, all, facts) || (growth.key && isFiniteKey(growth.key, facts))) return argument.settle('bound', 'finite-keys', growth.key ?? growth.node);
  if (skipped) {
    argument.evidence('removal-skipped', skipped, { where: functionAround(skipped, facts) });
    argument.doubt('removal-may-come-otherwise', skipped);
    return argument;
  }
  weighFired(entry, facts, argument);
  weighLife(collection, facts, argument);
  return argument;
}

function weighFired(entry: TimerEntry, facts: Facts, argument: Argument): void {
  const { timer, growth, form } = entry;
  const deletions = otherDeletions(entry, facts);
  const over = overWhenFired(entry, facts);
  const [deletion] = deletions;
  const keyed = growth.key && !/^(?:add|push|unshift)$/.test(growth.how) ? growth.key : undefined;
  const domain = keyed ? domainOfKey(keyed, facts) : undefined;
  // Who empties the collection from time to time has seen to it that it does not grow for ever.
  const emptied = deletion ? undefined : facts.effectsOn(entry.collection.place).find(({ operation }) => operation.kind === 'empty' && operation.value !== entry.collection.init)?.operation;
  const isEmptiedInUse = emptied !== undefined && !isTeardown(emptied.fn.name, facts);
  if (over) argument.evidence(over.code, over.node, over.names ?? {}, isEmptiedInUse && !keyed ? 'supporting' : 'strong');
  else if (form === 'instance') { argument.settle('bound', 'lives-on-when-fired', timer.node); return; }
  else if (deletion) {
    // The entry of a session that lives on goes with the session; until then it is one of a bounded number.
    argument.evidence('fired-and-kept', timer.node, { where: functionAround(deletion.node, facts) });
    argument.doubt('goes-with-its-owner', deletion.node);
  } else argument.evidence('fired-and-never-taken-out', timer.node, {}, domain === 'entity' ? 'strong' : 'supporting');
  if (deletion && over) argument.evidence('deleted-otherwise', deletion.node, { where: functionAround(deletion.node, facts) }, 'supporting');
  if (emptied) { if (!keyed || isEmptiedInUse) argument.doubt(isEmptiedInUse ? 'emptied-now-and-then' : 'emptied-with-owner', emptied.node); }
  else if (!deletion && !keyed) argument.doubt('growth-may-be-limited', growth.node);
  if (keyed && domain === 'static' && !isFreshKey(keyed, facts)) argument.doubt('static-domain-key', keyed, { key: facts.model.text.slice(keyed.range[0], keyed.range[1]) });
  else if (keyed && domain === 'unknown' && !over) argument.doubt('key-may-be-limited', keyed, { key: facts.model.text.slice(keyed.range[0], keyed.range[1]) });
  const unknown = unknownCall(entry, facts);
  if (unknown && (deletions.some(({ fn }) => fn.triggers.has('event', 'callback', 'call')) || !timer.callback)) argument.doubt('callback-runs-unknown', unknown);
}

/** An entry goes: does its timer? */
function judgeLost(entry: TimerEntry, facts: Facts): Argument | undefined {
  const clear = findClear(entry, facts);
  // A timer that nothing clears at all is the business of no-untracked-timer.
  if (!clear) return undefined;
  const [lost] = findLostTimers(entry, facts);
  if (!lost) return undefined;
  const { timer, collection } = entry;
  const argument = new Argument();
  const where = functionAround(lost.node, facts);
  if (lost.kind === 'empty') argument.evidence('emptied-over-timers', lost.node, { where });
  else argument.evidence('deleted-over-timer', lost.node, { where });
  argument.evidence('cleared-elsewhere', clear.node, { where: functionAround(clear.node, facts) }, 'supporting');
  if (timer.kind.id !== 'interval') {
    if (timer.delay !== undefined && timer.delay <= SHORT_MS) argument.idiom('short-one-shot', timer.node, { delay: String(timer.delay) });
    const guard = findGuard(timer, facts);
    if (guard) argument.idiom('guarded-callback', guard);
    if (deletesSoon(timer) && takesNewKeys(collection, facts)) argument.idiom('self-evicting', timer.node);
  }
  if (/test/i.test(lost.fn.name)) argument.doubt('reset-for-tests', lost.node);
  weighLife(collection, facts, argument);
  return argument;
}

/** Whether a collection is given keys that are new each time; what is set again under one of them was there before. */
function takesNewKeys({ place }: Collection, facts: Facts): boolean {
  return facts.effectsOn(place).some(({ operation: { kind, key } }) => kind === 'grow' && key !== undefined && isFreshKey(key, facts));
}

/** The timer is cleared before it can take its entry out: does anybody else? */
function judgeCleared(entry: TimerEntry, facts: Facts): Argument | undefined {
  const { timer, growth, collection } = entry;
  if (timer.kind.id === 'interval' || !growth.key || isFiniteKey(growth.key, facts)) return undefined;
  if (findRemovalAfterFiring(entry, facts)?.code !== 'removed-by-callback') return undefined;
  const [cleared] = collectClearedButKept(entry, facts);
  if (!cleared) return undefined;
  const argument = new Argument();
  argument.evidence('cleared-but-kept', cleared.node, { where: functionAround(cleared.node, facts) });
  const [deletion] = otherDeletions(entry, facts);
  if (deletion) argument.doubt('goes-with-its-owner', deletion.node);
  const domain = isFreshKey(growth.key, facts) ? 'entity' : domainOfKey(growth.key, facts);
  const key = facts.model.text.slice(growth.key.range[0], growth.key.range[1]);
  if (domain === 'static') argument.doubt('static-domain-key', growth.key, { key });
  else if (domain !== 'entity') argument.doubt('key-may-be-limited', growth.key, { key });
  weighLife(collection, facts, argument);
  return argument;
}

/** How long the collection lives, where that is not plain. */
function weighLife({ place, declaration }: Collection, facts: Facts, argument: Argument): void {
  const lifetime = lifetimeOf(place, facts);
  if (place.path.at(-1) === 'current') argument.doubt('component-lifetime', declaration);
  if (isInOtherHands(place, facts)) argument.doubt('exported', declaration);
  if (lifetime === 'closure' || lifetime === 'entry') argument.doubt('lifetime-unknown', declaration);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', declaration);
}
