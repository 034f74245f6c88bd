import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import type { Verdict } from '../findings.js';
import { lifetimeOf } from '../questions/lifetime.js';
import { isOneShotScript } from '../questions/one-shot-script.js';
import { clearedBefore, guardedByState, isAddedToMany, startsAtMostOnce } from '../questions/overwrite.js';
import { ownerName } from '../questions/owner-name.js';
import { teardownsAround } from '../questions/teardowns.js';
import { rearms } from '../questions/timer-shape.js';
import { spanOf } from '../source-model.js';
import { Argument } from './argument.js';

/** `no-timer-overwrite`: is the old timer stopped before its handle is lost to a new one? */
export function judgeOverwrite(timer: TimerAcquisition, facts: Facts): Verdict | undefined {
  if (timer.destination.type !== 'place') return undefined;
  const { place } = timer.destination;
  const lifetime = lifetimeOf(place, facts);
  if (lifetime === 'call' || lifetime === 'unknown' || isAddedToMany(place, facts)) return undefined;
  // A handle that nothing clears is the business of no-untracked-timer.
  const clear = facts.effectsOn(place).find((effect) => effect.operation.kind === 'clear');
  if (!clear) return undefined;
  const argument = new Argument();
  const once = startsAtMostOnce(timer, place, facts);
  const before = clearedBefore(timer, place, facts);
  // When its own callback sets it anew, the old one has fired, unless the chain is started twice.
  const isChained = timer.kind.id === 'timeout' && rearms(timer, facts) !== undefined;
  const guard = guardedByState(timer, place, facts);
  if (once) argument.settle('bound', 'set-once', timer.node);
  else if (before) argument.settle('release', 'cleared-before', before);
  else if (isChained && !timer.fn.triggers.has('event')) argument.settle('bound', 'chained', timer.node);
  else if (guard?.own) argument.settle('bound', 'guarded-by-handle', guard.node);
  else {
    // An interval goes on for ever once its handle is lost; a timeout only until it fires.
    argument.evidence('only-last-cleared', clear.operation.node, { handle: nameOf(place) }, timer.kind.id === 'interval' ? 'strong' : 'supporting');
    const [teardown] = teardownsAround(timer.fn, facts);
    if (teardown) argument.evidence('teardown-clears-one', teardown.node, { teardown: teardown.name }, 'supporting');
    if (timer.kind.id === 'timeout' && timer.fn.triggers.has('event')) argument.evidence('set-on-event', timer.fn.node, {}, 'supporting');
    // Entries are overwritten only if a key comes twice, which most keys do not.
    if (place.path.includes(ELEMENT)) argument.doubt('key-may-be-new', timer.node);
    if (guard) argument.doubt('guarded-by-state', guard.node);
    if (isChained) argument.doubt('chained', timer.node);
    if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', timer.node);
  }
  return {
    rule: 'no-timer-overwrite', kind: timer.kind.id, span: spanOf(timer.node), symbol: nameOf(place), owner: ownerName(place, facts),
    outcome: argument.outcome, reasons: argument.reasons, related: [{ role: 'release', name: nameOf(place), span: spanOf(clear.operation.node) }],
    subject: { type: 'timer', acquisition: timer, expires: [], teardowns: teardownsAround(timer.fn, facts) },
  };
}

function nameOf(place: Place): string {
  return place.path.filter((name) => name !== ELEMENT).at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : '');
}
