import type { Reason } from '../../src/core/index.js';

/** The words for every reason of the core: a clause without a capital or a full stop. `{name}` is filled in. */
const TEXTS: Readonly<Record<string, string>> = {
  'said-by-rule': "'{rule}' says more about it",
  // timers: released
  'promise-sleep': 'the timer only resolves the promise around it, which whoever awaits it owns',
  'timer-wrapper': 'the function only passes on its own callback; its callers own the timer',
  'handle-returned': 'the handle is returned, so the caller owns the timer',
  'handle-handed-on': 'the handle is handed on to other code, which can clear it',
  'handle-used': 'the handle is used in an expression',
  cleared: "'{handle}' is cleared here",
  'cleared-by-name': "a handle of the same name, '{handle}', is cleared here",
  'coalescing-slot': "'{handle}' is set only while it is empty and emptied by the callback: at most one timer is pending",
  // timers: evidence
  'entry-deleted-with-timer': "the entry that holds '{handle}' is deleted{where}, and the timer goes on",
  'deleted-while-pending': 'its callback deletes an entry that is also deleted{where}, while the timer is still pending',
  'teardown-cannot-reach': "'{teardown}' ends the owner but cannot stop it",
  'sibling-tracked': "the owner keeps and clears its other timer '{sibling}'",
  'repeats-for-ever': 'it repeats for ever, once more for each call',
  're-arms': 'its callback starts it again',
  'race-loser': 'it stays pending when the other promise wins the race',
  'handle-dropped': 'it stays pending until it fires, with all that its callback closes over',
  'never-cleared': "no code clears '{handle}'",
  // timers: doubts
  'next-tick': 'it fires within {delay} ms, on the next turn or frame',
  'short-one-shot': 'it fires once, after {delay} ms',
  unrefed: 'it is unrefed, so it does not keep the process alive',
  'guarded-callback': 'its callback first asks whether there is still something to do',
  'counted-retry': 'the retries are counted or have a deadline',
  'self-evicting': 'its callback only deletes: it is a clean-up itself',
  'process-lifetime': 'it is started once and may live as long as the process',
  'may-be-inherited': 'the field may belong to a class of another file, which may clear it',
  'one-shot-script': 'the file is a script that runs once and ends',
  'unknown-callback': 'the file does not show what the callback does',
  // timers: overwritten
  'set-once': 'its handle is set once',
  'cleared-before': 'the old timer is cleared here first',
  'guarded-by-handle': 'it is set only where no timer is pending',
  'only-last-cleared': "only the last handle in '{handle}' is cleared here",
  'teardown-clears-one': "'{teardown}' can stop only the last one",
  'set-on-event': 'it is set anew with every event',
  'guarded-by-state': 'other state may keep it from being set twice',
  chained: 'it is set anew by its own callback, when the old one has fired',
  'key-may-be-new': 'each key may come only once',
  'key-returns': "'{function}' is called again for the same key",
  'fresh-key': 'its key is made here, and comes only once',
  'end-returned': 'the function returns its end, which clears it before the next run',
  'started-once': "by its name, '{function}' is called once",
  'callback-may-run-once': 'the callback may be run once only',
  'set-on-change': 'it is set when a state begins and cleared when it ends',
  toggled: 'it is set in one state and cleared in the other',
  'set-in-loop': "each turn of the loop puts another timer into '{handle}'",
  'set-twice': "'{handle}' is given a timer here, too, and not cleared in between",
  'set-by-two': "the continuation of another promise puts a timer into '{handle}', too",
  'order-unknown': 'the other promise may not be fulfilled before the timer is over',
  'may-have-fired': 'the old timer may have fired during the await',
  'cleared-on-some-paths': "'{handle}' is cleared here, but not on every path",
  'await-between': 'another call may come during this await, when the old one is cleared and the new one not yet set',
  'needs-overlap': 'two calls must overlap for that',
  // collections: released or bounded
  'weak-collection': 'a weak collection holds nothing alive',
  'never-grows': 'nothing is ever added to it',
  'filled-once': 'it is filled only while its owner is set up',
  shrinks: "entries are taken out here ('{how}')",
  'shrinks-by-name': 'entries of a collection of the same name are taken out here',
  'size-checked': 'its size is compared with a limit where it grows',
  'finite-keys': 'its keys come from a fixed set',
  // collections: evidence
  'sibling-released': "'{sibling}' gets the same key and loses it{where}",
  'ended-but-kept': 'entries are ended{where}, but stay in the collection',
  'per-entity-key': "every new '{key}' adds an entry",
  'per-id-key': "every new '{key}' adds an entry",
  'aged-but-kept': 'the age of an entry is checked{where}, but nothing deletes it for its age',
  'holds-resource': "each entry keeps a '{resource}' alive",
  'grows-on-event': 'it grows with every event',
  'entry-grows': "it belongs to an entry of '{registry}' and grows as long as that stays",
  'lives-with-process': 'it lives as long as the process',
  // collections: doubts
  'key-may-be-limited': "it grows, but nothing shows that there are ever new values of '{key}'",
  'growth-may-be-limited': 'it grows, but nothing shows that it does so for ever',
  'registration-api': 'it is filled through a registration method, perhaps only at start-up',
  memo: "it remembers a value per '{key}', perhaps over a limited set",
  'static-domain-key': "'{key}' may be one of a limited set",
  'warn-once': 'it remembers what was already reported',
  'handed-over': "it is handed over to '{to}', which may take entries out",
  'short-lived-owner': "'{owner}' sounds like an object that lives for one piece of work",
  'stands-in-for-storage': "'{owner}' sounds like a stand-in for a database, which is to keep things",
  'component-lifetime': 'it lives as long as its component is mounted',
  exported: 'it is exported, so other files may take entries out',
  'lifetime-unknown': 'how long it lives is decided where it is made',
  // stale timer entries
  // manual-only release
  // uneven deletes
  // copy-only trim
  // release in finally
  'skipped-by-rejection': "an exception here leaves{where} before '{handle}' is cleared",
  'skipped-by-return': "a return here leaves{where} before '{handle}' is cleared",
  'cleared-on-success': "'{handle}' is cleared only if the promise is fulfilled",
  'rejected-uncleared': "the promise is rejected here without clearing '{handle}'",
  'may-not-reject': 'nothing shows that this can fail',
  'may-be-meant-to-fire': 'the timer may be meant to go on then',
  'ends-itself': "the callback clears '{handle}' itself",
  // handlers
  'calls-cleanup': "it calls '{cleanup}', which releases everything",
  'survivors-stated': "what it leaves to '{cleanup}' is stated to survive",
  'cleanup-releases-more': "'{cleanup}' releases {count} more",
  'error-may-not-end': "'{event}' may not be the end",
  'no-common-key': 'handler and clean-up share no key',
  'owner-unknown': 'the handler belongs to no object',
};

/** A reason as a clause. Throws if a reason has no words: that is a defect of ours. */
export function describeReason(reason: Reason): string {
  const text = TEXTS[reason.code];
  if (text === undefined) throw new Error(`no words for the reason '${reason.code}'`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'where' ? whereText(reason.names['where']) : (reason.names[name] ?? '')));
}

/** ` in 'close()'`; at module level there is no function to name. */
function whereText(name = ''): string {
  return name === '' ? ' elsewhere' : ` in '${name}'`;
}
