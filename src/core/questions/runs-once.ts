import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';

/** Whether a function runs once per process: at module load, and by no other way. */
export function runsOnce(fn: FunctionFact, facts: Facts): boolean {
  if (fn === facts.functions.module) return true;
  return fn.triggers.size === 1 && fn.triggers.has('load');
}
