/** When a function handed to a call runs, by the name of what is called. */
export type CallbackTime = 'now' | 'soon' | 'timer' | 'unknown';

/** Run before the call returns, as often as there are elements. */
const NOW = new Set([
  'forEach', 'map', 'filter', 'reduce', 'reduceRight', 'some', 'every', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flatMap', 'sort', 'toSorted',
  'replace', 'replaceAll', 'from', 'fromEntries', 'groupBy', 'each', 'runInAction', 'batch', 'transaction', 'untracked', 'produce', 'tap', 'run', 'Promise',
]);
/** Run once, as a continuation of the code that registers them. */
const SOON = new Set(['then', 'catch', 'finally', 'queueMicrotask', 'nextTick', 'setImmediate', 'requestAnimationFrame', 'requestIdleCallback', 'allSettled', 'setState']);
const TIMER = new Set(['setTimeout', 'setInterval']);

export function callbackTime(callee: string): CallbackTime {
  if (NOW.has(callee)) return 'now';
  if (SOON.has(callee)) return 'soon';
  return TIMER.has(callee) ? 'timer' : 'unknown';
}
