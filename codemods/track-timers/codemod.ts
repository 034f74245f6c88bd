import type { Analysis, Finding } from '../../src/core/index.js';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import { isDeadlineFlag } from '../../src/core/questions/timer-shape.js';
import type { Expiry, TimerSubject } from '../../src/core/subject.js';
import type { Codemod, Plan } from '../../src/codemod/codemod.js';
import { isClassNode } from '../../src/core/syntax/nodes.js';
import { findNewTeardown } from '../release-in-teardown/new-teardown.js';
import { planDeadline } from './deadline.js';
import { parseDroppedTimer, type DroppedTimer } from './dropped-timer.js';
import { addedEnding, endingIn, endingOfModule, eventThatLeavesIt } from './ending.js';
import { findHome, type Home } from './home.js';
import { planKept } from './kept.js';
import { planPending } from './pending.js';
import { planPerKey, type KeyedExpiry } from './per-key.js';
import { planRaced } from './raced.js';
import { runsOncePerHome } from './runs-once.js';
import { settlesPromise } from './settles-promise.js';
import { belongsToItsCall, planSingle, wishedName } from './single.js';
import { chooseTeardown, isHeard, mayBeToldToGoOn } from './teardown.js';

/**
 * Keeps the handle of every timer that its owner could not cancel, and cancels
 * it when what it is about ends. The forms and what is left alone are in
 * README.md beside this file.
 */
export const trackTimers: Codemod = {
  id: 'track-timers',
  title: 'Keep the handles of timers and clear them in time',
  rules: ['no-untracked-timer'],
  plan(finding: Finding, { facts }: Analysis): Plan {
    const { subject } = finding;
    if (subject.type === 'delay') return { refused: 'The delay is made in other code, which gives no handle of it.' };
    if (subject.type !== 'timer') return { refused: 'This is not about a timer.' };
    return subject.acquisition.destination.type === 'place' ? planForKept(finding, subject, facts) : planForDropped(finding, subject, facts);
  },
};

function planForDropped(finding: Finding, subject: TimerSubject, facts: Facts): Plan {
  if (finding.reasons.some(({ code }) => code === 'race-loser' || code === 'raced-elsewhere')) return planRaced(subject.acquisition, facts);
  if (isDeadlineFlag(subject.acquisition, facts)) return planDeadline(subject.acquisition, facts);
  const timer = parseDroppedTimer(subject.acquisition, facts);
  if ('refused' in timer) return timer;
  const expiry = subject.expires.filter(isKeyed).find(({ collection }) => !holdsTimers(collection, facts));
  const teardown = chooseTeardown(subject.teardowns, facts) ?? endingOfModule(timer.acquisition.fn, facts);
  const perKey = expiry && planPerKey(timer, expiry, subject, facts);
  if (perKey && !('refused' in perKey)) return perKey;
  const ending = teardown ? endingIn(teardown) : eventThatLeavesIt(finding, subject.acquisition, facts);
  const [told] = subject.teardowns;
  if (!ending && told && !perKey && isHeard(told, facts)) return { refused: `${told.name}() hears that something has ended, which need not be the end of the owner of the timer.` };
  if (!ending && told && !perKey && mayBeToldToGoOn(told, facts)) return { refused: `${told.name}() may be told to go on for a while, and what it then does may need the timer.` };
  if (!ending && told && !perKey) return { refused: `${told.name}() is told what to end, so it may not end the owner of the timer.` };
  if (!ending?.fn) return perKey ?? planWithNewTeardown(timer, hookOf(finding), facts);
  if (settlesPromise(timer, facts)) return { refused: 'Its callback settles a promise, for which somebody would wait for ever if it were cancelled.' };
  const home = findHome(timer.acquisition.fn, timer.call, ending.fn, facts);
  if (!home) return { refused: `No field or variable is seen both by ${ending.name}() and where the timer is started.` };
  const isOnce = runsOncePerHome(timer.call, timer.acquisition.fn, home, facts);
  if (isOnce) return planSingle(timer, home, ending, facts);
  if (timer.noun === 'timeout') return planPending(timer, home, ending.fn, facts);
  if (belongsToItsCall(timer, home, facts)) return { refused: 'Every call starts an interval of its own, and nothing shows when that one should end.' };
  return planSingle(timer, home, ending, facts);
}

/** An interval of a class without a teardown is cleared in one that is added. */
function planWithNewTeardown(timer: DroppedTimer, hook: string | undefined, facts: Facts): Plan {
  const self = facts.owners.thisAt(timer.call);
  if (timer.noun !== 'interval' || !self || self.isStatic || !isClassNode(self.owner.node)) return { refused: 'Nothing shows when the timer should be cancelled: its callback ends no entry of a collection, and its owner has no teardown.' };
  const teardown = findNewTeardown(self.owner, hook, timer.acquisition.fn.method?.member.node, facts, releaseNameOf(wishedName(timer)));
  if ('refused' in teardown) return teardown;
  const home: Home = { type: 'member', owner: self.owner };
  if (!runsOncePerHome(timer.call, timer.acquisition.fn, home, facts) && belongsToItsCall(timer, home, facts)) return { refused: 'Every call starts an interval of its own, and nothing shows when that one should end.' };
  return planSingle(timer, home, addedEnding(teardown), facts);
}

function planForKept(finding: Finding, subject: TimerSubject, facts: Facts): Plan {
  const { acquisition } = subject;
  const { destination } = acquisition;
  if (destination.type !== 'place') return { refused: 'Its handle is not kept.' };
  const { place } = destination;
  const teardown = chooseTeardown(subject.teardowns, facts) ?? endingOfModule(acquisition.fn, facts);
  const ending = teardown ? endingIn(teardown) : eventThatLeavesIt(finding, subject.acquisition, facts);
  if (ending?.fn) {
    const home = findHome(acquisition.fn, acquisition.node, ending.fn, facts);
    return home ? planKept(acquisition, place, home, ending, facts) : { refused: `${ending.name} cannot see where the handle is kept.` };
  }
  const self = facts.owners.thisAt(acquisition.node);
  const hook = hookOf(finding);
  if (place.root.type !== 'owner' || !self || self.isStatic || (acquisition.kind.id !== 'interval' && hook === undefined)) return { refused: 'Its handle is kept, but the owner has no teardown that could clear it.' };
  const added = findNewTeardown(self.owner, hook, acquisition.fn.method?.member.node, facts, releaseNameOf(place.path[0] ?? ''));
  return 'refused' in added ? added : planKept(acquisition, place, { type: 'member', owner: self.owner }, addedEnding(added), facts);
}

/** `clearPulseInterval` for `pulseInterval`. */
function releaseNameOf(handle: string): string {
  const bare = handle.replace(/^[#_]+/u, '');
  return `clear${bare.charAt(0).toUpperCase()}${bare.slice(1)}`;
}

/** The hook by which a framework ends a component that has none. */
function hookOf({ reasons }: Finding): string | undefined {
  return reasons.find(({ code }) => code === 'no-unmount')?.names['hook'];
}

/** A timer per key needs a collection with keys that the file declares. */
function isKeyed(expiry: Expiry): expiry is KeyedExpiry {
  return expiry.deletion.key !== undefined && (expiry.collection?.kind === 'map' || expiry.collection?.kind === 'set' || expiry.collection?.kind === 'dictionary');
}

/** Whether a collection keeps handles itself: deleting one of those ends nothing. */
function holdsTimers(collection: Collection, facts: Facts): boolean {
  const elements = facts.places.key({ root: collection.place.root, path: [...collection.place.path, ELEMENT] });
  return facts.timers.some(({ destination }) => destination.type === 'place' && facts.places.key(destination.place) === elements);
}
