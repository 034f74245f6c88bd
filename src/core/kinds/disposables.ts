/** Classes of bags: whatever is put in is ended when the bag is. */
const BAG_CLASS = /^(?:Mutable|Composite|Async)?Disposable(?:Collection|Store|Map|Set|Stack|Bag|s)?$|^CompositeDisposable$|^Subscription$|^SubSink$|^DisposableCollection$/;

export function isBagClass(name: string): boolean {
  return BAG_CLASS.test(name);
}

/** Methods after which a member is over, and not only idle: not `abort`, which the next run may call, nor `clear`. */
const ENDS_MEMBER = new Set([
  'dispose', 'close', 'destroy', 'terminate', 'disconnect', 'unsubscribe', 'kill', 'shutdown', 'stop', 'cancel', 'end', 'quit', 'unwatch', '[Symbol.dispose]', '[Symbol.asyncDispose]',
]);

export function endsMember(method: string): boolean {
  return ENDS_MEMBER.has(method);
}

/** Classes of plain emitters: they hold nothing but their listeners, and go with their owner (BENIGN, D2). */
const EMITTER_CLASS = /(?:Emitter|EventTarget|Subject|Signal)$/;

export function isEmitterClass(name: string): boolean {
  return EMITTER_CLASS.test(name);
}
