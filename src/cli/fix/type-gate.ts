import { NO_COMPILER } from '../../codemod/types/config.js';
import { checkTypes } from '../../codemod/types/type-gate.js';
import type { Decision } from '../../codemod/run.js';
import type { PlannedFile } from './planned-file.js';

/**
 * Takes out the repairs that bring a type error, and says of the others whether their types were checked.
 *
 * @returns what would let types be checked that were not; undefined if nothing is missing
 */
export async function passTypeGate(files: readonly PlannedFile[]): Promise<string | undefined> {
  let advice: string | undefined;
  for (const root of new Set(files.map((file) => file.root))) {
    const candidates = files.filter((file) => file.root === root && file.ids.length > 0);
    for (const [candidate, verdict] of await checkTypes(candidates, root)) {
      candidate.types = 'why' in verdict ? `not type-checked: ${verdict.why}` : 'type-checked';
      if (verdict === NO_COMPILER) advice = ADVICE;
      if ('why' in verdict) continue;
      candidate.decide(new Map([...verdict.guilty].map(([id, why]): [string, Decision] => [id, { gate: 'type-checks', why }])));
    }
  }
  return advice;
}

const ADVICE = 'With ts-morph beside it, leakproof leaves out repairs that bring a type error: npm install --save-dev ts-morph@28';
