import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import { ELEMENT } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Related, Verdict } from '../findings.js';
import { functionAround, functionOwner, ownerName } from '../questions/owner-name.js';
import { expiriesOf } from '../questions/expiry.js';
import { isInForeignHands } from '../questions/foreign.js';
import { findRelease } from '../questions/handle-release.js';
import { isRaced, isSleep, startsWithGuard, onlyDeletes, rearms, isCountedRetry, mentionsOwner, reconnects, isWrapper, isCoalescingSlot, isUnrefed, isWatchdog, NEXT_TICK_MS, SHORT_MS } from '../questions/timer-shape.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { teardownsAround } from '../questions/teardowns.js';
import { runsOnce } from '../questions/runs-once.js';
import { spanOf } from '../source-model.js';
import { isFunctionNode, parentOf, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** `no-untracked-timer`: is there code that can stop this timer? */
export function judgeTimer(timer: TimerAcquisition, facts: Facts): Verdict {
  const argument = new Argument();
  const handle = timer.destination.type === 'place' ? timer.destination.place : undefined;
  const teardowns = teardownsAround(timer.fn, facts);
  const expires = expiriesOf(timer, facts);
  const related: Related[] = [];
  decideRelease(timer, handle, facts, argument);
  if (!argument.settled) {
    weighEvidence(timer, handle, teardowns, expires.flatMap((expiry) => expiry.early.map((early) => early.node)), facts, argument);
    weighDoubts(timer, expires.some((expiry) => expiry.early.length > 0), teardowns, facts, argument);
    for (const teardown of teardowns) related.push({ role: 'teardown', name: teardown.name, span: spanOf(teardown.node) });
    for (const expiry of expires) for (const early of expiry.early) related.push({ role: 'deletion', name: expiry.place.path.at(-1) ?? expiry.collection?.name ?? '', span: spanOf(early.node) });
  }
  const symbol = handle ? lastName(handle) : timer.callee;
  return {
    rule: 'no-untracked-timer', kind: timer.kind.id, span: spanOf(timer.node), symbol,
    owner: handle?.root.type === 'owner' ? ownerName(handle, facts) : functionOwner(timer.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'timer', acquisition: timer, expires, teardowns },
  };
}

function decideRelease(timer: TimerAcquisition, handle: Place | undefined, facts: Facts, argument: Argument): void {
  const { destination } = timer;
  if (isSleep(timer, facts)) { argument.settle('release', 'promise-sleep', timer.node); return; }
  if (isWrapper(timer, facts)) { argument.settle('release', 'timer-wrapper', timer.node, { function: timer.fn.name }); return; }
  switch (destination.type) {
    case 'returned':
      if (!isDiscardedReturn(destination.node, facts)) argument.settle('release', 'handle-returned', destination.node, { function: timer.fn.name });
      return;
    case 'argument':
      argument.settle('release', 'handle-handed-on', destination.call);
      return;
    case 'used':
      argument.settle('release', 'handle-used', destination.node);
      return;
    case 'place': {
      const release = findRelease(handle as Place, timer, facts);
      if (release) argument.settle('release', release.code, release.node, { handle: lastName(handle as Place) });
      else if (isInForeignHands(handle as Place, facts)) argument.settle('release', 'handle-handed-on', destination.node);
      else if (isCoalescingSlot(handle as Place, timer, facts)) argument.settle('bound', 'coalescing-slot', timer.node, { handle: lastName(handle as Place) });
      return;
    }
    case 'dropped':
      return;
  }
}

/** `emitter.on('x', () => setTimeout(…))` returns the handle to nobody. */
function isDiscardedReturn(node: Node, facts: Facts): boolean {
  const fn = node.type === 'ArrowFunctionExpression' ? facts.functions.of(node) : facts.functions.around(node);
  if (!fn || !isFunctionNode(fn.node)) return false;
  if (fn.registrations.length > 0 || fn.triggers.has('timer')) return true;
  const call = parentOf(fn.node);
  // Promise executors and continuations drop what they are given back; other callbacks may use it.
  return call?.type === 'NewExpression' || (fn.inline && call?.type === 'CallExpression');
}

function weighEvidence(timer: TimerAcquisition, handle: Place | undefined, teardowns: readonly FunctionFact[], early: readonly Node[], facts: Facts, argument: Argument): void {
  const repeats = timer.kind.id === 'interval';
  const [deletion] = early;
  if (deletion) argument.evidence('deleted-while-pending', deletion, { where: functionAround(deletion, facts) });
  const abandoned = handle && entryDeletion(handle, timer, facts);
  if (abandoned) argument.evidence('entry-deleted-with-timer', abandoned, { handle: lastName(handle), where: functionAround(abandoned, facts) });
  const [teardown] = teardowns;
  const outlives = mentionsOwner(timer, facts) || rearms(timer, facts) !== undefined;
  if (teardown && (repeats || outlives)) argument.evidence('teardown-cannot-reach', teardown.node, { teardown: teardown.name });
  const sibling = trackedSibling(timer, facts);
  if (sibling && (repeats || outlives)) argument.evidence('sibling-tracked', sibling.node, { sibling: sibling.destination.type === 'place' ? lastName(sibling.destination.place) : sibling.callee });
  if (repeats && !runsOnce(timer.fn, facts)) argument.evidence('repeats-for-ever', timer.node, { function: timer.fn.name });
  const rearmed = rearms(timer, facts);
  if (rearmed && !isCountedRetry(timer, facts)) argument.evidence('re-arms', rearmed, { function: timer.fn.name }, 'supporting');
  if (isRaced(timer, facts)) argument.evidence('race-loser', timer.node, {}, 'supporting');
  if (!repeats && argument.reasons.length === 0) argument.evidence(handle ? 'never-cleared' : 'handle-dropped', timer.node, { handle: handle ? lastName(handle) : timer.callee }, 'supporting');
}

function weighDoubts(timer: TimerAcquisition, deletedEarly: boolean, teardowns: readonly FunctionFact[], facts: Facts, argument: Argument): void {
  const { delay } = timer;
  const repeats = timer.kind.id === 'interval';
  if (!repeats && delay !== undefined && delay <= NEXT_TICK_MS) argument.idiom('next-tick', timer.node, { delay: String(delay) });
  else if (!repeats && delay !== undefined && delay <= SHORT_MS && !rearms(timer, facts) && !reconnects(timer, facts)) argument.idiom('short-one-shot', timer.node, { delay: String(delay) });
  if (isUnrefed(timer, facts) && !(repeats && mentionsOwner(timer, facts))) argument.doubt('unrefed', timer.node);
  if (!repeats) {
    const guard = startsWithGuard(timer);
    if (guard) argument.idiom('guarded-callback', guard);
    if (isCountedRetry(timer, facts)) argument.idiom('counted-retry', timer.node);
    if (onlyDeletes(timer) && !deletedEarly) argument.idiom('self-evicting', timer.node);
  } else if (runsOnce(timer.fn, facts) || isWatchdog(timer, facts)) argument.doubt('process-lifetime', timer.node);
  if (timer.destination.type === 'place' && mayBeInherited(timer.destination.place, facts)) argument.doubt('may-be-inherited', timer.node);
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', timer.node);
  if (timer.callbackNode && !timer.callback && teardowns.length === 0 && !isRaced(timer, facts)) argument.doubt('unknown-callback', timer.callbackNode);
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
function trackedSibling(timer: TimerAcquisition, facts: Facts): TimerAcquisition | undefined {
  if (!timer.fn.self) return undefined;
  return facts.timers.find((other) => other !== timer && other.destination.type === 'place' && sameOwner(other, timer) && isLongLived(other.destination.place)
    && findRelease(other.destination.place, other, facts) !== undefined);
}

/** A field that the class does not declare, while it extends one of another file: that one may declare and clear it. */
function mayBeInherited(place: Place, facts: Facts): boolean {
  const { root, path: [name] } = place;
  return root.type === 'owner' && name !== undefined && root.owner.superClass !== undefined && !facts.owners.superOf(root.owner) && !root.owner.members.has(name);
}

function sameOwner(left: TimerAcquisition, right: TimerAcquisition): boolean {
  return left.fn.self && right.fn.self ? left.fn.self.owner === right.fn.self.owner : false;
}

function isLongLived(place: Place): boolean {
  return place.root.type !== 'variable' || place.path.includes(ELEMENT);
}

function lastName(place: Place): string {
  const names = place.path.filter((name) => name !== ELEMENT);
  return names.at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : '');
}
