import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { ELEMENT } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Related, Verdict } from '../findings.js';
import { flowOf } from '../flow/flow.js';
import { isEndingEvent } from '../kinds/events.js';
import { bareName, functionAround, functionOwner, ownerName } from '../questions/owner-name.js';
import { findPreparation } from '../questions/overwrite.js';
import { expiriesOf } from '../questions/expiry.js';
import { isInForeignHands, isOfForeignObject } from '../questions/foreign.js';
import { findEarlierOutcome } from '../questions/earlier-outcome.js';
import { endsOnce, findGuard, findGuardBehind } from '../questions/asked-first.js';
import { findEndOfHolder, isOnlyRenewed } from '../questions/holder-ends.js';
import { clearsOf, clearSite, findRelease } from '../questions/handle-release.js';
import { clearedOnEveryWay, clearedOnOneWay, clearPathsOf, eventsThatClear } from '../questions/clear-paths.js';
import { areFailures, asksFor, findDeafEnding, findSkippedEvent, testsAround, waitsForTimer } from '../questions/endings.js';
import { findForgetfulTeardown } from '../questions/forgotten-timer.js';
import { effectAround, findUnmount } from '../questions/unmount.js';
import { endsProcess, exitsProcess } from '../questions/process-exits.js';
import { countsOrAges, defaultDelay, deletesSoon, endsAnother, endsOwner, isCounted, isDeadlineFlag, isDeferral, isDelayGiven, isRaced, isSleep, onlyDeletes, rearms, isCountedRetry, mentionsOwner, reconnects, isWrapper, isCoalescingSlot, isUnrefed, isWatchdog, NEXT_TICK_MS, onlyNotes, raceOf, SHORT_MS } from '../questions/timer-shape.js';
import { isPattern } from '../questions/patterns.js';
import { settlesKeptPromise } from '../questions/kept-promise.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { findTeardownBefore, isLastStep, isOfEnding } from '../questions/between-lives.js';
import { isTeardown, teardownsAround } from '../questions/teardowns.js';
import { makersWithout } from '../questions/lifetime.js';
import { isFreshKey } from '../questions/fresh-key.js';
import { mayBeInherited } from '../questions/may-be-inherited.js';
import { startsWithObject } from '../questions/second-start.js';
import { isInternal, recurrenceOf } from '../questions/recurrence.js';
import { runsAtExit } from '../questions/runs-at-exit.js';
import { mayRefreshAtEnd } from '../questions/refreshed-timer.js';
import { hasModuleTeardown, mayServeProgram, runsOnce } from '../questions/runs-once.js';
import { declaringFunction } from '../scope/bindings.js';
import { spanOf } from '../source-model.js';
import type { Expiry } from '../subject.js';
import { parentOf, unwrap, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';
import { weighRace } from './raced-delay.js';

/** `no-untracked-timer`: is there code that can stop this timer, on every way on which its owner ends? */
export function judgeTimer(timer: TimerAcquisition, facts: Facts): Verdict {
  const argument = new Argument();
  const handle = timer.destination.type === 'place' ? timer.destination.place : undefined;
  const around = teardownsAround(timer.fn, facts).filter((teardown) => !waitsForTimer(teardown, timer, facts) && !isLastStep(teardown, timer, facts));
  const before = around.flatMap((teardown) => { const node = findTeardownBefore(teardown, timer, facts); return node ? [{ teardown, node }] : []; });
  const teardowns = around.filter((teardown) => !before.some((one) => one.teardown === teardown));
  const expires = expiriesOf(timer, facts);
  const related: Related[] = [];
  if (neverRuns(timer, facts)) argument.settle('bound', 'never-runs', timer.node);
  else decideRelease(timer, handle, teardowns, facts, argument);
  if (!argument.settled) {
    if (!argument.has('owner-never-ends')) weighEvidence(timer, handle, teardowns, expires.flatMap((expiry) => expiry.early.map((early) => early.node)), deletesWhatNeverReturns(timer, expires, facts), facts, argument);
    const [ending] = teardowns;
    if (handle && ending && mayRefreshAtEnd(handle, timer, ending, facts)) argument.doubt('refreshed-by-state', timer.fn.node, { handle: bareName(handle) });
    const [ended] = teardowns.length === 0 ? before : [];
    if (ended) argument.doubt('set-after-teardown', ended.node, { teardown: ended.teardown.name });
    weighDoubts(timer, expires.some((expiry) => expiry.early.length > 0), teardowns, facts, argument);
    for (const teardown of teardowns) related.push({ role: 'teardown', name: teardown.name, span: spanOf(teardown.node) });
    if (handle) for (const clear of clearsOf(handle, facts)) related.push({ role: 'release', name: bareName(handle), span: spanOf(clearSite(clear)) });
    for (const expiry of expires) for (const early of expiry.early) related.push({ role: 'deletion', name: expiry.collection?.name ?? bareName(expiry.place), span: spanOf(early.node) });
  }
  const symbol = handle ? bareName(handle) : timer.callee;
  return {
    rule: 'no-untracked-timer', kind: timer.kind.id, span: spanOf(timer.node), symbol,
    owner: handle && isNamedByOwner(handle) ? ownerName(handle, facts) : functionOwner(timer.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'timer', acquisition: timer, expires, teardowns },
  };
}

/** Whether it stands where its function has returned on every way. */
function neverRuns({ node, fn }: TimerAcquisition, facts: Facts): boolean {
  const flow = flowOf(fn.node, facts.tree);
  const step = flow.stepOf(node);
  return step !== undefined && !flow.isReachable(step);
}

function decideRelease(timer: TimerAcquisition, handle: Place | undefined, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const { destination } = timer;
  if (isSleep(timer, facts)) { argument.settle('release', 'promise-sleep', timer.node); return; }
  if (isWrapper(timer, facts)) { argument.settle('release', 'timer-wrapper', timer.node, { function: timer.fn.name }); return; }
  switch (destination.type) {
    case 'returned':
      if (!isDiscardedReturn(destination.node, facts)) argument.settle('release', 'handle-returned', destination.node, { function: timer.fn.name });
      else weighNoRelease(timer, undefined, facts, argument);
      return;
    case 'argument':
      argument.settle('release', 'handle-handed-on', destination.call);
      return;
    case 'used':
      argument.settle('release', 'handle-used', destination.node);
      return;
    case 'place':
      decideKept(timer, destination.place, destination.node, teardowns, facts, argument);
      return;
    case 'dropped':
      if (teardowns.length === 0 && timer.kind.id === 'interval' && !mentionsOwner(timer, facts) && isWatchdog(timer, facts)) argument.settle('bound', 'watchdog', timer.node);
      else weighNoRelease(timer, handle, facts, argument);
      return;
  }
}

/** A handle that is kept: who clears it, and on which ways nobody does. */
function decideKept(timer: TimerAcquisition, handle: Place, node: Node, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const release = findRelease(handle, timer, facts);
  if (release?.code === 'cleared' && !clearedOnEveryWay(handle, timer, facts)) weighClears(timer, handle, teardowns, facts, argument);
  if (release?.code === 'clears-itself') weighOwnClears(timer, handle, teardowns, facts, argument);
  if (release?.code === 'cleared' && argument.reasons.length === 0) weighMakers(timer, handle, facts, argument);
  if (argument.reasons.length > 0) return;
  if (release) argument.settle('release', release.code, release.node, { handle: bareName(handle) });
  else if (isInForeignHands(handle, facts)) argument.settle('release', 'handle-handed-on', node);
  else if (teardowns.length === 0 && timer.kind.id === 'interval' && !mentionsOwner(timer, facts) && isWatchdog(timer, facts)) argument.settle('bound', 'watchdog', timer.node);
  else if (isCoalescingSlot(handle, timer, facts)) argument.settle('bound', 'coalescing-slot', timer.node, { handle: bareName(handle) });
  else weighNoRelease(timer, handle, facts, argument);
}

/** A handle that some code clears: on one of two endings, on a change of state but not when its owner ends, or on one way through a function. */
function weighClears(timer: TimerAcquisition, handle: Place, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const paths = clearPathsOf(handle, timer, facts);
  const names = { handle: bareName(handle) };
  const skipped = findSkippedEvent(handle, timer, paths, facts);
  if (skipped) {
    argument.evidence('event-leaves-it', skipped.node, { ...names, event: skipped.event });
    if (skipped.teardown) argument.doubt('teardown-may-follow', skipped.teardown.node, { ...names, teardown: skipped.teardown.name });
    return;
  }
  const unmount = findUnmount(handle, timer, paths, facts);
  if (unmount) {
    argument.evidence(unmount.code, unmount.node, { ...names, hook: unmount.hook });
    // What a component has put off, other than in an effect, may be wanted when it is gone.
    if (timer.kind.id !== 'interval' && handle.path.at(-1) === 'current' && !effectAround(timer.fn, facts)) argument.idiom('may-be-meant-to-fire', timer.node);
    return;
  }
  const forgetful = mentionsOwner(timer, facts) || timer.kind.id === 'interval' ? findForgetfulTeardown(handle, timer, paths, teardowns, facts) : undefined;
  if (forgetful) { argument.evidence('teardown-forgets', forgetful.teardown.node, { ...names, teardown: forgetful.teardown.name, sibling: bareName(forgetful.sibling) }); return; }
  const one = clearedOnOneWay(handle, timer, paths, facts);
  if (one) { argument.evidence('cleared-on-one-way', one, names, 'supporting'); return; }
  const isLong = timer.kind.id === 'interval' || timer.delay === undefined || timer.delay > SHORT_MS;
  const left = isLong && isOnlyRenewed(handle, timer, facts) ? (findEndOfHolder(handle, timer, facts) ?? findDeafEnding(timer, [], facts)) : undefined;
  if (left) { argument.evidence('ending-leaves-it', left.node, { ...names, event: left.event }); return; }
  const events = eventsThatClear(handle, timer, paths, facts);
  const [event] = events;
  // Whoever aborts says when it is to end.
  if (!event || events.some((registration) => isEndingEvent(registration.event) || registration.event === 'abort')) return;
  if (timer.kind.id === 'interval' && areFailures(events)) argument.evidence('cleared-on-failure', event.node, { ...names, event: event.event });
  const [teardown] = isLong && (timer.kind.id === 'interval' || mentionsOwner(timer, facts)) ? teardowns : [];
  if (teardown) argument.evidence('teardown-cannot-reach', teardown.node, { teardown: teardown.name });
}

/** An interval that runs from the making of its object on, and that only a teardown clears, which those who make and keep the object never call. */
function weighMakers(timer: TimerAcquisition, handle: Place, facts: Facts, argument: Argument): void {
  if (timer.kind.id !== 'interval' || handle.root.type !== 'owner' || !timer.fn.isConstructor || facts.functions.isInstantiated(handle.root.owner)) return;
  const ends = clearsOf(handle, facts).map((clear) => clear.via[0]?.from ?? clear.operation.fn);
  const makers = makersWithout(handle.root.owner, ends.map(({ name }) => name), facts);
  const [first] = ends;
  if (!first || makers.length === 0 || !ends.every((end) => end.method && isTeardown(end.name, facts))) return;
  for (const { file, line } of makers) argument.evidence('owner-never-ends', timer.node, { handle: bareName(handle), teardown: first.name, file, line: String(line) }, 'strong', { file, line });
  argument.doubt('one-per-maker', timer.node);
}

/** An interval that only its own callback clears: the end of what it works on leaves it running, unless the callback asks for that end. */
function weighOwnClears(timer: TimerAcquisition, handle: Place, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const paths = clearPathsOf(handle, timer, facts);
  const names = { handle: bareName(handle) };
  const callback = timer.callback?.node;
  const tests = callback ? paths.own.map((clear) => testsAround(clear, callback)) : [];
  // Cleared on every run, it is a time-out; one that counts its runs, or asks a clock, comes to an end.
  if (!callback || tests.some((some) => some.length === 0)) return;
  const ending = findDeafEnding(timer, paths.own, facts);
  const unmount = findUnmount(handle, timer, paths, facts);
  const [teardown] = mentionsOwner(timer, facts) ? teardowns : [];
  if (ending) argument.evidence('ending-leaves-it', ending.node, { ...names, event: ending.event });
  else if (unmount) argument.evidence(unmount.code, unmount.node, { ...names, hook: unmount.hook });
  else if (teardown && !tests.flat().some((test) => asksFor(test, teardowns, facts) || facts.tree.some(test, (node) => node.type === 'CallExpression'))) argument.evidence('teardown-cannot-reach', teardown.node, { teardown: teardown.name }).doubt('clears-itself', paths.own[0] as Node, names);
  if (argument.reasons.length > 0 && tests.flat().some((test) => countsOrAges(test, callback, facts))) argument.doubt('counts-to-an-end', paths.own[0] as Node);
}

/** A timer that no code clears, where something ends beside it: an emitter that its callback works on, or a component. */
function weighNoRelease(timer: TimerAcquisition, handle: Place | undefined, facts: Facts, argument: Argument): void {
  const repeats = timer.kind.id === 'interval';
  const { delay } = timer;
  if (!repeats && delay !== undefined && delay <= NEXT_TICK_MS) return;
  const names = { handle: handle ? bareName(handle) : timer.callee };
  const ending = repeats || delay === undefined || delay > SHORT_MS ? findDeafEnding(timer, [], facts) : undefined;
  if (ending) argument.evidence('ending-leaves-it', ending.node, { ...names, event: ending.event });
  const outcome = !ending && !repeats && (delay === undefined || delay >= SHORT_MS) && !isUnrefed(timer, facts) ? findEarlierOutcome(timer, facts) : undefined;
  if (outcome) argument.evidence('outcome-may-come-first', outcome.node, { ...names, event: outcome.event, function: outcome.name });
  // The loser of a race belongs to the race, wherever that is run.
  const unmount = isRaced(timer, facts) ? undefined : findUnmount(handle, timer, undefined, facts);
  if (unmount) argument.evidence(unmount.code, unmount.node, { ...names, hook: unmount.hook });
}

/** `emitter.on('x', () => setTimeout(…))` returns the handle to nobody. */
function isDiscardedReturn(node: Node, facts: Facts): boolean {
  const fn = facts.functions.around(node.type === 'ArrowFunctionExpression' ? node.body : node);
  if (fn.registrations.length > 0 || facts.timers.some(({ callback }) => callback === fn)) return true;
  const call = parentOf(fn.node);
  // Promise executors and continuations drop what they are given back; other callbacks may use it.
  return call?.type === 'NewExpression' || (fn.inline && call?.type === 'CallExpression');
}

function weighEvidence(timer: TimerAcquisition, handle: Place | undefined, teardowns: readonly FunctionFact[], early: readonly Node[], isHarmless: boolean, facts: Facts, argument: Argument): void {
  const repeats = timer.kind.id === 'interval';
  const isNextTick = !repeats && timer.delay !== undefined && timer.delay <= NEXT_TICK_MS;
  const [deletion] = early;
  // On the next turn nothing else has come in between; a timer that goes on to the next entry is not over with this one.
  if (deletion) argument.evidence('deleted-while-pending', deletion, { where: functionAround(deletion, facts) }, isNextTick || isHarmless || rearms(timer, facts) ? 'supporting' : 'strong');
  const abandoned = handle && entryDeletion(handle, timer, facts);
  if (abandoned) argument.evidence('entry-deleted-with-timer', abandoned, { handle: bareName(handle), where: functionAround(abandoned, facts) });
  const [teardown] = teardowns;
  const outlives = mentionsOwner(timer, facts) || rearms(timer, facts) !== undefined;
  if (teardown && (repeats || outlives) && !argument.reasons.some((reason) => reason.code === 'teardown-cannot-reach')) {
    argument.evidence('teardown-cannot-reach', teardown.node, { teardown: teardown.name }, isHarmless || endsByItself(timer, teardowns, facts) || timer.callback === teardown ? 'supporting' : 'strong');
  }
  const sibling = trackedSibling(timer, facts);
  if (sibling && (repeats || outlives)) argument.evidence('sibling-tracked', sibling.node, { sibling: bareName(sibling.place) }, isNextTick || isHarmless || (!repeats && isOfEnding(timer, facts)) ? 'supporting' : 'strong');
  if (repeats && !runsOnce(timer.fn, facts) && !isAskedForByOnly(handle, timer, facts) && !argument.reasons.some((reason) => reason.code === 'clears-itself' || reason.code === 'counts-to-an-end')) argument.evidence(startsWithObject(timer, facts) || isAskedFor(handle, timer, facts) ? 'repeats-with-object' : 'repeats-for-ever', timer.node, { function: timer.fn.name });
  const rearmed = rearms(timer, facts);
  if (rearmed && !isCountedRetry(timer, facts)) argument.evidence('re-arms', rearmed, { function: timer.fn.name }, 'supporting');
  const isLong = isDelayGiven(timer, facts) || (timer.delay !== undefined && timer.delay >= SHORT_MS);
  const race = raceOf(timer, facts);
  if (race) weighRace(race, timer.node, isLong, argument);
  if (handle && !repeats && (timer.delay === undefined || isLong) && endsAnother(timer, facts)) argument.evidence('watches-over', timer.node, { handle: bareName(handle) });
  if (isLong && isDeadlineFlag(timer, facts)) argument.evidence('deadline-passed', timer.fn.node, { function: timer.fn.name });
  if (!repeats && argument.reasons.length === 0) argument.evidence(handle ? 'never-cleared' : 'handle-dropped', timer.node, { handle: handle ? bareName(handle) : timer.callee }, 'supporting');
  // What is done for one timer may be left out for another on purpose.
  const spoken = argument.reasons.filter(({ effect }) => effect === 'evidence');
  if (sibling && spoken.length === 1 && spoken[0]?.code === 'sibling-tracked') argument.idiom('only-a-sibling-speaks', timer.node);
  if (argument.has('repeats-with-object') && spoken.length === 1 && isInternal(timer.fn, facts) && recurrenceOf(timer.fn, facts) !== 'again') argument.idiom('second-run-unseen', timer.node, { function: timer.fn.name });
  // One that is started once by a program that runs on is meant to run on, too.
  if (argument.has('repeats-for-ever') && spoken.every(({ code }) => code === 'repeats-for-ever' || code === 'sibling-tracked') && !mayRecur(timer, facts)) argument.idiom('second-run-unseen', timer.node, { function: timer.fn.name });
}

/** Whether the function that starts a timer is seen to run again, may be called by anybody, or is left by a teardown of its module. */
function mayRecur(timer: TimerAcquisition, facts: Facts): boolean {
  if (!isInternal(timer.fn, facts)) return true;
  const recurrence = recurrenceOf(timer.fn, facts);
  return recurrence === 'again' || (recurrence === 'unknown' && !timer.fn.self && hasModuleTeardown(timer, facts));
}

/** Whether all that the callback does, and soon, is to delete entries under keys that never come again: it cannot harm a later entry, and holds little for a little while. */
function deletesWhatNeverReturns(timer: TimerAcquisition, expires: readonly Expiry[], facts: Facts): boolean {
  return deletesSoon(timer) && expires.length > 0 && expires.every(({ deletion }) => deletion.key !== undefined && isFreshKey(deletion.key, facts));
}

/** `if (!this.beat) this.beat = setInterval(…)`: once for each object, since nothing clears it. */
function isAskedFor(handle: Place | undefined, timer: TimerAcquisition, facts: Facts): boolean {
  return handle?.root.type === 'owner' && handle.path.length === 1 && findPreparation(timer, handle, facts)?.how === 'asked';
}

/** The same of an object that the module makes once: then there is one timer. */
function isAskedForByOnly(handle: Place | undefined, timer: TimerAcquisition, facts: Facts): boolean {
  if (handle?.root.type !== 'owner' || handle.root.owner.kind !== 'object' || isPattern(handle.root.owner.node)) return false;
  return facts.functions.around(handle.root.owner.node) === facts.functions.module && isAskedFor(handle, timer, facts);
}

/** Whether a time-out that a teardown cannot stop comes to nothing by itself: its callback asks first for what the teardown changes, or a short wait is repeated a counted number of times. */
function endsByItself(timer: TimerAcquisition, teardowns: readonly FunctionFact[], facts: Facts): boolean {
  if (timer.kind.id === 'interval') return false;
  const guard = findGuard(timer, facts);
  if (guard && ((timer.delay !== undefined && timer.delay <= NEXT_TICK_MS) || (asksFor(guard, teardowns, facts) && !reconnects(timer, facts)))) return true;
  return timer.delay !== undefined && timer.delay <= SHORT_MS && rearms(timer, facts) !== undefined && isCounted(timer, facts);
}

function weighDoubts(timer: TimerAcquisition, deletedEarly: boolean, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const delay = timer.delay ?? defaultDelay(timer, facts);
  const repeats = timer.kind.id === 'interval';
  // An effect may run anew before its short time-out fires, and be meant to.
  const isInEffect = argument.reasons.some((reason) => reason.code === 'effect-leaves-it');
  if (!repeats && delay !== undefined && delay <= NEXT_TICK_MS) argument.idiom('next-tick', timer.node, { delay: String(delay) });
  else if (!repeats && delay !== undefined && delay <= SHORT_MS && !rearms(timer, facts) && (isInEffect || !(reconnects(timer, facts) || endsOwner(timer, facts)))) argument.idiom('short-one-shot', timer.node, { delay: String(delay) });
  // Where the owner has an end, that it does not hold the process says nothing of what it holds.
  if (isUnrefed(timer, facts) && !(repeats && teardowns.length > 0 && mentionsOwner(timer, facts))) argument.doubt('unrefed', timer.node);
  if (!repeats) {
    const guard = findGuard(timer, facts) ?? findGuardBehind(timer, teardowns, facts);
    if (guard) argument.idiom('guarded-callback', guard);
    if (isCountedRetry(timer, facts) || isCounted(timer, facts)) argument.idiom('counted-retry', timer.node);
    if (onlyDeletes(timer) && !deletedEarly) argument.idiom('self-evicting', timer.node);
    if (isDeferral(timer, facts)) argument.doubt('defers', timer.node);
    if (settlesKeptPromise(timer, facts)) argument.doubt('settles-kept-promise', timer.node);
    if (onlyNotes(timer, facts)) argument.doubt('only-notes', timer.node);
    if (endsOnce(timer, facts)) argument.doubt('ends-once-only', timer.node);
    if (endsProcess(timer.fn, facts)) argument.doubt('process-ends', timer.node);
    const last = teardowns.find((teardown) => exitsProcess(teardown, facts));
    if (last) argument.doubt('teardown-ends-process', last.node, { teardown: last.name });
  } else if (runsOnce(timer.fn, facts) || isWatchdog(timer, facts) || (argument.reasons.length === 1 && mayServeProgram(timer, facts))) argument.doubt('process-lifetime', timer.node);
  // An interval that its only end leaves runs on, unless the program is over.
  if (runsAtExit(timer.fn, facts) || (teardowns.length > 0 && teardowns.every((teardown) => runsAtExit(teardown, facts)))) argument.idiom('ends-with-program', timer.node);
  if (timer.destination.type === 'place' && isOfForeignObject(timer.destination.place, facts)) argument.doubt('kept-by-another', timer.node);
  if (timer.destination.type === 'place' && mayBeInherited(timer.destination.place, facts)) argument.doubt('may-be-inherited', timer.node);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', timer.node);
  if (timer.callbackNode && !timer.callback && (teardowns.length === 0 || (!repeats && isGiven(timer.callbackNode))) && !isRaced(timer, facts)) argument.doubt('unknown-callback', timer.callbackNode);
}

/** `setTimeout(this.restart, ms)`: a function that the object was given and that is called without it, perhaps to end it. */
function isGiven(callback: Node): boolean {
  const inner = unwrap(callback);
  return inner.type === 'MemberExpression' && unwrap(inner.object).type === 'ThisExpression';
}

/** Where the entry that holds a handle is deleted by other code than the timer's own: the handle is lost, and the timer goes on. */
function entryDeletion(handle: Place, timer: TimerAcquisition, facts: Facts): Node | undefined {
  const index = handle.path.indexOf(ELEMENT);
  if (index < 0) return undefined;
  const own = timer.callback && facts.summaries.reach(timer.callback);
  const holder: Place = { root: handle.root, path: handle.path.slice(0, index) };
  return facts.effectsOn(holder).find(({ operation }) => operation.kind === 'shrink' && !own?.has(operation.fn))?.operation.node;
}

/** Another timer of the same owner that is kept and cleared: the owner knows that its timers must end. */
function trackedSibling(timer: TimerAcquisition, facts: Facts): { readonly node: Node; readonly place: Place } | undefined {
  const owner = timer.fn.self?.owner;
  if (!owner) return undefined;
  for (const other of facts.timers) {
    if (other === timer || other.destination.type !== 'place' || other.fn.self?.owner !== owner) continue;
    const { node, destination: { place } } = other;
    if (isLongLived(place) && findRelease(place, other, facts)) return { node, place };
  }
  return undefined;
}

/** A field has the name of its object, and a local that of its function. */
function isNamedByOwner({ root }: Place): boolean {
  return root.type === 'owner' || (root.type === 'variable' && declaringFunction(root.variable) !== undefined);
}

function isLongLived(place: Place): boolean {
  return place.root.type !== 'variable' || place.path.includes(ELEMENT);
}
