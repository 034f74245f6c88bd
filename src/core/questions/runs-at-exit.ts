import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { besides } from '../facts/triggers.js';
import { isInternal } from './recurrence.js';
import { isCalledBy } from './release-paths.js';

/** Whether nothing but the end of the program is known to run a function, in any file: what it leaves is gone with the program. */
export function runsAtExit(fn: FunctionFact, facts: Facts): boolean {
  if (!isInternal(fn, facts)) return false;
  if (!fn.triggers.has('exit') && !isCalledBy(fn, ['exit'], facts)) return false;
  return fn.triggers.areAmong('exit', 'call') && !isCalledBy(fn, besides(['exit']), facts);
}
