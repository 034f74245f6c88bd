import type { Facts } from '../facts/facts.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Verdict } from '../findings.js';
import { flowOf } from '../flow/flow.js';
import { findGuard } from '../questions/asked-first.js';
import { endingCallerOf } from '../questions/ending-caller.js';
import { isNeededAfterFailure } from '../questions/needed-timer.js';
import { isClosedScript, isOneShotScript } from '../questions/one-shot-script.js';
import { bareName, functionAround, ownerName } from '../questions/owner-name.js';
import { findSkippedRelease } from '../questions/skipped-release.js';
import { importedDelay, isUnrefed, isWatchdog, NEXT_TICK_MS, onlyGivesUp, onlySettles, SHORT_MS } from '../questions/timer-shape.js';
import { spanOf } from '../source-model.js';
import { Argument } from './argument.js';

/** A timer of this many milliseconds that then does nothing to what is over is a matter of taste. */
const BRIEF_MS = 10_000;

/** `require-release-in-finally`: is a timer that is started before an await also cleared when the await rejects? */
export function judgeReleaseInFinally(timer: TimerAcquisition, facts: Facts): Verdict | undefined {
  if (timer.destination.type !== 'place') return undefined;
  const { place } = timer.destination;
  const { delay } = timer;
  const isTimeout = timer.kind.id === 'timeout';
  // Whoever is to end a process that hangs may do so after a failure, too.
  if (isTimeout && ((delay !== undefined && delay <= NEXT_TICK_MS) || isWatchdog(timer, facts))) return undefined;
  const skipped = findSkippedRelease(timer, place, facts);
  if (!skipped || (isTimeout && (isUnseen(timer, facts) || isNeededAfterFailure(timer, skipped, facts)))) return undefined;
  const handle = bareName(place);
  const argument = new Argument();
  argument.evidence(CODES[skipped.how], skipped.by, { handle, where: functionAround(skipped.by, facts) });
  if (skipped.how === 'reject-only') argument.idiom('rejects-when-fired', skipped.by, { handle });
  if (skipped.how === 'left') argument.doubt('may-be-meant-to-fire', skipped.by);
  else if (!skipped.isSure) argument.doubt('may-not-reject', skipped.by);
  if (skipped.endsItself && !isTimeout) argument.doubt('ends-itself', timer.node, { handle });
  if (isTimeout && delay !== undefined && delay <= longestBrief(timer, facts)) argument.idiom('short-one-shot', timer.node, { delay: String(delay) });
  const elsewhere = isTimeout && onlyGivesUp(timer, facts) ? importedDelay(timer, facts) : undefined;
  if (elsewhere !== undefined) argument.idiom('delay-elsewhere', timer.node, { delay: elsewhere });
  const guard = isTimeout ? findGuard(timer, facts) : undefined;
  if (guard) argument.idiom('guarded-callback', guard);
  if (isTimeout && isUnrefed(timer, facts)) argument.idiom('unrefed', timer.node);
  const ending = endingCallerOf(timer.fn, facts);
  if (ending) argument.doubt('process-may-end', ending.node, { caller: ending.name });
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', timer.node);
  return {
    rule: 'require-release-in-finally', kind: timer.kind.id, span: spanOf(timer.node), symbol: handle, owner: ownerName(place, facts),
    outcome: argument.outcome, reasons: argument.reasons,
    related: [{ role: 'release', name: handle, span: spanOf(skipped.clear) }, { role: 'skipped', name: handle, span: spanOf(skipped.by) }],
    subject: { type: 'timer', acquisition: timer, expires: [], teardowns: [] },
  };
}

/** Whether nobody can tell that the timer is still pending: it does not hold the process, or the process is over, and it settles what is settled. */
function isUnseen(timer: TimerAcquisition, facts: Facts): boolean {
  return isClosedScript(facts) || ((isUnrefed(timer, facts) || isOneShotScript(facts.model)) && onlySettles(timer, facts));
}

/** How long a timer may be left pending by a failure before somebody minds. In a loop each round leaves one. */
function longestBrief(timer: TimerAcquisition, facts: Facts): number {
  const flow = flowOf(timer.fn.node, facts.tree);
  const step = flow.stepOf(timer.node);
  return onlyGivesUp(timer, facts) && step && !flow.leadsTo(step, step) ? BRIEF_MS : SHORT_MS;
}

const CODES = { rejected: 'skipped-by-rejection', left: 'skipped-by-return', 'success-only': 'cleared-on-success', 'reject-only': 'rejected-uncleared' } as const;
