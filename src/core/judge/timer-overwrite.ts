import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Verdict } from '../findings.js';
import { lifetimeOf } from '../questions/lifetime.js';
import { findEndOfConnection } from '../questions/one-connection.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { findCount, findEarlierAllocation, findHandedEnd, findPartialClear, findPreparation, findRival, guardedByState, isAddedToMany, isRepeatedInOneRun, isStart, reopens, startsAtMostOnce, toggles } from '../questions/overwrite.js';
import { bareName, ownerName } from '../questions/owner-name.js';
import { keyReturns } from '../questions/returning-key.js';
import { exitsProcess } from '../questions/process-exits.js';
import { isInternal, recurrenceOnObject } from '../questions/recurrence.js';
import { findOneStart, isCallBehindClear, mayStartAgain } from '../questions/second-start.js';
import { teardownsAround } from '../questions/teardowns.js';
import { mentionsOwner, NEXT_TICK_MS, rearms, SHORT_MS } from '../questions/timer-shape.js';
import { spanOf } from '../source-model.js';
import type { Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** `no-timer-overwrite`: is the old timer stopped before its handle is lost to a new one? */
export function judgeOverwrite(timer: TimerAcquisition, facts: Facts): Verdict | undefined {
  if (timer.destination.type !== 'place') return undefined;
  const { place } = timer.destination;
  const lifetime = lifetimeOf(place, facts);
  if (lifetime === 'unknown' || isAddedToMany(place, facts)) return undefined;
  // A handle that nothing clears is the business of no-untracked-timer.
  const clear = facts.effectsOn(place).find((effect) => effect.operation.kind === 'clear')?.operation.node;
  if (!clear) return undefined;
  const argument = new Argument();
  const earlier = findEarlierAllocation(timer, place, facts);
  const rival = findRival(timer, place, facts);
  if (earlier || rival) weighTwo(timer, place, clear, earlier, rival, argument);
  else if (lifetime === 'call') return undefined;
  else if (startsAtMostOnce(timer, place, facts)) argument.settle('bound', 'set-once', timer.node);
  else weighCalls(timer, place, clear, facts, argument);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', timer.node);
  return {
    rule: 'no-timer-overwrite', kind: timer.kind.id, span: spanOf(timer.node), symbol: bareName(place), owner: ownerName(place, facts),
    outcome: argument.outcome, reasons: argument.reasons, related: [{ role: 'release', name: bareName(place), span: spanOf(clear) }],
    subject: { type: 'timer', acquisition: timer, expires: [], teardowns: teardownsAround(timer.fn, facts) },
  };
}

/** One run of the function allocates twice. */
function weighTwo(timer: TimerAcquisition, place: Place, clear: Node, earlier: { node: Node; awaited: boolean } | undefined, rival: Node | undefined, argument: Argument): void {
  const handle = bareName(place);
  if (earlier) argument.evidence(earlier.node === timer.node ? 'set-in-loop' : 'set-twice', earlier.node, { handle });
  else if (rival) argument.evidence('set-by-two', rival, { handle }).doubt('order-unknown', rival);
  argument.evidence('only-last-cleared', clear, { handle }, 'supporting');
  // What was awaited may have taken longer than the timer.
  if (earlier?.awaited && timer.kind.id === 'timeout') argument.doubt('may-have-fired', earlier.node);
  weighDelay(timer, argument);
}

/** The function is run again while its last timer is pending. */
function weighCalls(timer: TimerAcquisition, place: Place, clear: Node, facts: Facts, argument: Argument): void {
  const handle = bareName(place);
  const isTimeout = timer.kind.id === 'timeout';
  const preparation = findPreparation(timer, place, facts);
  // When its own callback sets it anew, the old one has fired, unless the chain is started twice.
  const isChained = isTimeout && rearms(timer, facts) !== undefined;
  const guard = guardedByState(timer, place, facts);
  const key = keyReturns(timer, place, facts);
  const toggle = toggles(timer, place, facts);
  const handedEnd = findHandedEnd(timer, place, facts);
  const oneStart = findOneStart(timer, place, facts);
  const overlaps = preparation?.gap !== undefined && !guard && !isChained && !place.path.includes(ELEMENT);
  if (preparation?.how === 'cleared' && !overlaps) argument.settle('release', 'cleared-before', preparation.node);
  else if (preparation && !overlaps) argument.settle('bound', 'guarded-by-handle', preparation.node);
  else if (isChained && !timer.fn.triggers.has('event')) argument.settle('bound', 'chained', timer.node);
  else if (key === 'never') argument.settle('bound', 'fresh-key', timer.node);
  else if (toggle?.onChange) argument.settle('bound', 'set-on-change', toggle.node);
  else if (handedEnd) argument.settle('release', 'end-returned', handedEnd);
  else if (oneStart?.code === 'paired') argument.settle('bound', 'paired', oneStart.node);
  if (argument.settled) return;

  const [teardown] = teardownsAround(timer.fn, facts);
  const isOnEvent = timer.fn.triggers.has('event');
  const comesAgain = isOnEvent || timer.fn.triggers.has('call') || isRepeatedInOneRun(timer.fn, facts);
  // An interval goes on for ever once its handle is lost; a timeout only until it fires, which matters to an owner that is gone.
  const isMissed = !isTimeout || (comesAgain && teardown !== undefined && mentionsOwner(timer, facts) && !place.path.includes(ELEMENT));
  argument.evidence('only-last-cleared', clear, { handle }, isMissed ? 'strong' : 'supporting');
  if (teardown && key !== 'unknown') argument.evidence('teardown-clears-one', teardown.node, { teardown: teardown.name }, 'supporting');
  if (isTimeout && isOnEvent) argument.evidence('set-on-event', timer.fn.node, {}, 'supporting');
  const partial = findPartialClear(timer, place, facts);
  if (teardown && argument.hasStrongEvidence && exitsProcess(teardown, facts)) argument.idiom('teardown-ends-process', teardown.node, { teardown: teardown.name });
  if (partial && !preparation) argument.evidence('cleared-on-some-paths', partial, { handle }, 'supporting');
  if (preparation?.gap) argument.evidence('await-between', preparation.gap, {}, 'supporting').doubt('needs-overlap', preparation.node);
  if (key === 'again') argument.evidence('key-returns', timer.fn.node, { function: timer.fn.name }, 'supporting');
  // Entries are overwritten only if a key comes twice, which most keys do not.
  if (key === 'unknown') argument.doubt('key-may-be-new', timer.node);
  if (isTimeout && !isOnEvent && isStart(timer.fn) && argument.hasStrongEvidence) argument.doubt('started-once', timer.fn.node, { function: timer.fn.name });
  if (guard) argument.doubt('guarded-by-state', guard);
  const count = findCount(timer, facts);
  if (count) argument.idiom('started-for-first', count);
  // Of what is published, that nothing shows a second start makes a sure finding less so.
  if (key !== 'again' && (argument.hasStrongEvidence || isInternal(timer.fn, facts)) && !isSecondStartSeen(timer, place, facts)) argument.idiom('second-start-unseen', timer.fn.node, { function: timer.fn.name });
  // It makes a sure finding less so; what is likely at most has been doubted enough.
  if (oneStart && argument.hasStrongEvidence && !argument.has(oneStart.code)) argument.doubt(oneStart.code, oneStart.node, { function: oneStart.fn.name });
  if (toggle) argument.doubt('toggled', toggle.node);
  const end = findEndOfConnection(timer, place, facts);
  if (end) argument.doubt('cleared-with-connection', end);
  if (isChained || (isTimeout && reopens(timer, facts))) argument.doubt('chained', timer.node);
  // A function that other code is given may be run once only.
  if (!comesAgain) argument.doubt('callback-may-run-once', timer.fn.node);
  weighDelay(timer, argument);
}

/**
 * In a project a second start must be seen, and not behind a clear. Of an
 * interval that is published, which goes on for ever once it is lost, it is
 * enough that it is open to others; of a time-out, where no project is known.
 */
function isSecondStartSeen({ fn, kind }: TimerAcquisition, place: Place, facts: Facts): boolean {
  const isOpen = kind.id === 'interval' ? !isInternal(fn, facts) : !facts.others.ask('isInProject');
  return isOpen ? mayStartAgain(fn, facts) : recurrenceOnObject(fn, facts, (call) => !isCallBehindClear(call, place, facts)) === 'again';
}

function weighDelay({ kind, delay, node }: TimerAcquisition, argument: Argument): void {
  if (kind.id !== 'timeout' || delay === undefined) return;
  if (delay <= NEXT_TICK_MS) argument.doubt('next-tick', node, { delay: String(delay) });
  else if (delay <= SHORT_MS) argument.idiom('short-one-shot', node, { delay: String(delay) });
}
