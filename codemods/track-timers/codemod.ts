import type { Analysis, Finding } from '../../src/core/index.js';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import type { Expiry, TimerSubject } from '../../src/core/subject.js';
import type { Codemod, Plan } from '../../src/codemod/codemod.js';
import { parseDroppedTimer } from './dropped-timer.js';
import { findHome } from './home.js';
import { planKept } from './kept.js';
import { planPending } from './pending.js';
import { planPerKey, type KeyedExpiry } from './per-key.js';
import { runsOncePerHome } from './runs-once.js';
import { settlesPromise } from './settles-promise.js';
import { belongsToItsCall, planSingle } from './single.js';
import { chooseTeardown, isHeard } from './teardown.js';

/**
 * Keeps the handle of every timer that its owner could not cancel, and cancels
 * it when what it is about ends. The forms and what is left alone are in
 * README.md beside this file.
 */
export const trackTimers: Codemod = {
  id: 'track-timers',
  title: 'Keep the handles of timers and clear them in time',
  rules: ['no-untracked-timer'],
  plan({ subject }: Finding, { facts }: Analysis): Plan {
    if (subject.type !== 'timer') return { refused: 'This is not about a timer.' };
    return subject.acquisition.destination.type === 'place' ? planForKept(subject, facts) : planForDropped(subject, facts);
  },
};

function planForDropped(subject: TimerSubject, facts: Facts): Plan {
  const timer = parseDroppedTimer(subject.acquisition, facts);
  if ('refused' in timer) return timer;
  const expiry = subject.expires.filter(isKeyed).find(({ collection }) => !holdsTimers(collection, facts));
  const teardown = chooseTeardown(subject.teardowns, facts);
  const perKey = expiry && planPerKey(timer, expiry, subject, facts);
  if (perKey && !('refused' in perKey)) return perKey;
  const [told] = subject.teardowns;
  if (!teardown && told && !perKey && isHeard(told, facts)) return { refused: `${told.name}() hears that something has ended, which need not be the end of the owner of the timer.` };
  if (!teardown && told && !perKey) return { refused: `${told.name}() is told what to end, so it may not end the owner of the timer.` };
  if (!teardown) return perKey ?? { refused: 'Nothing shows when the timer should be cancelled: its callback ends no entry of a collection, and its owner has no teardown.' };
  if (settlesPromise(timer, facts)) return { refused: 'Its callback settles a promise, for which somebody would wait for ever if it were cancelled.' };
  const home = findHome(timer.acquisition.fn, timer.call, teardown, facts);
  if (!home) return { refused: `No field or variable is seen both by ${teardown.name}() and where the timer is started.` };
  const isOnce = runsOncePerHome(timer.call, timer.acquisition.fn, home, facts);
  if (isOnce) return planSingle(timer, home, teardown, facts);
  if (timer.noun === 'timeout') return planPending(timer, home, teardown, facts);
  if (belongsToItsCall(timer, home, facts)) return { refused: 'Every call starts an interval of its own, and nothing shows when that one should end.' };
  return planSingle(timer, home, teardown, facts);
}

function planForKept(subject: TimerSubject, facts: Facts): Plan {
  const { acquisition } = subject;
  const teardown = chooseTeardown(subject.teardowns, facts);
  if (!teardown || acquisition.destination.type !== 'place') return { refused: 'Its handle is kept, but the owner has no teardown that could clear it.' };
  const home = findHome(acquisition.fn, acquisition.node, teardown, facts);
  if (!home) return { refused: `${teardown.name}() cannot see where the handle is kept.` };
  return planKept(acquisition, acquisition.destination.place, home, teardown, facts);
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
