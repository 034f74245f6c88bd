import { lastOfPath } from '../syntax/nodes.js';

/** Classes of bags: whatever is put in is ended when the bag is. */
const BAG_CLASS = /^(?:Mutable|Composite|Async)?Disposable(?:Collection|Store|Map|Set|Stack|Bag|s)?$|^CompositeDisposable$|^Subscription$|^SubSink$|^DisposableCollection$/;

export function isBagClass(name: string): boolean {
  return BAG_CLASS.test(name);
}

/** Methods after which a member is over, and not only idle: not `abort` or `cancel`, which end one run of many, nor `clear`. */
const ENDS_MEMBER = new Set([
  'dispose', 'close', 'destroy', 'terminate', 'disconnect', 'unsubscribe', 'kill', 'shutdown', 'stop', 'end', 'quit', 'unwatch', '[Symbol.dispose]', '[Symbol.asyncDispose]',
]);

export function endsMember(method: string): boolean {
  return ENDS_MEMBER.has(method);
}

/** Classes of plain emitters: they hold nothing but their listeners, and go with their owner (BENIGN, D2). */
const EMITTER_CLASS = /(?:Emitter|EventTarget|Subject|Signal)$/;

export function isEmitterClass(name: string): boolean {
  return EMITTER_CLASS.test(name);
}

/** Methods by which a thing is had that others made: a container, a registry. */
const GETS = /^_?(?:get\w*|resolve\w*|inject|lookup|find\w*|use[A-Z]\w*|require)$/;

export function getsFromOthers(callee: string): boolean {
  return GETS.test(lastOfPath(callee));
}

/** Classes whose objects cancel one run of many, and hold nothing. */
const CANCELS_RUN = /(?:Cancellation(?:Token)?Source|AbortController)$/;

export function cancelsOneRun(className: string): boolean {
  return CANCELS_RUN.test(className);
}
