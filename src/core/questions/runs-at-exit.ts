import type { Facts } from '../facts/facts.js';
import type { FunctionFact, Trigger } from '../facts/functions.js';
import { isInternal } from './recurrence.js';
import { callTriggers } from './release-paths.js';

/** Whether nothing but the end of the program is known to run a function, in any file: what it leaves is gone with the program. */
export function runsAtExit(fn: FunctionFact, facts: Facts): boolean {
  if (!isInternal(fn, facts)) return false;
  const known: readonly Trigger[] = [...[...fn.triggers].filter((trigger) => trigger !== 'call'), ...callTriggers(fn, facts)];
  return known.length > 0 && known.every((trigger) => trigger === 'exit');
}
