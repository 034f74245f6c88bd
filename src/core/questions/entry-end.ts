import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { isEndingEvent } from '../kinds/events.js';
import { isEntryEndName } from '../kinds/releases.js';
import { hasPath, parseMethodCall, pathText, wrapped } from '../syntax/nodes.js';
import { isTeardown } from './teardowns.js';

/** How a function comes to end an entry: by an ending event, by its name, by sweeping, or perhaps only by resetting it. */
export type EntryEnd = 'event' | 'named' | 'sweep' | 'reset';

const SWEEPS = /^#?(?:\w*(?:[sS]weep|[pP]rune|[eE]vict|[rR]eap|[pP]urge|[eE]xpire|[cC]leanup|[cC]leanUp|[gG]arbageCollect))(?:[A-Z_]\w*)?$/;
const RESETS = /^[_#]*(?:clear|reset|flush|invalidate)(?:[A-Z_]\w*)?$/;

/** Whether a function ends an entry, and how that shows. */
export function entryEndOf(fn: FunctionFact, facts: Facts): EntryEnd | undefined {
  if (fn.registrations.some((one) => isEndingEvent(one.event))) return 'event';
  if (isEntryEndName(fn.name) || isTeardown(fn.name, facts) || isDisposer(fn)) return 'named';
  if (SWEEPS.test(fn.name)) return 'sweep';
  return RESETS.test(fn.name) ? 'reset' : undefined;
}

/** `Disposable.create(() => …)`, `toDisposable(() => …)`: a clean-up without a name of its own. */
function isDisposer(fn: FunctionFact): boolean {
  const call = wrapped(fn.node).parent;
  if (call?.type !== 'CallExpression' || fn.name !== '') return false;
  const method = parseMethodCall(call);
  return method?.method === 'create' ? pathText(method.object)?.endsWith('Disposable') === true : hasPath(call.callee, /^(?:to|make|create)Disposable$|^onCleanup$|^onScopeDispose$/);
}
