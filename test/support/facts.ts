import { collectFacts, type Facts } from '../../src/core/facts/facts.js';
import { DEFAULT_SETTINGS } from '../../src/core/index.js';
import type { Node } from '../../src/core/syntax/nodes.js';
import { modelOf } from './check.js';

/** The facts of a sample. */
export function factsOf(code: string, path?: string): Facts {
  return collectFacts(modelOf(code, path), DEFAULT_SETTINGS);
}

/** The arguments of every call of `probe`, in source order: what a test asks about. */
export function probed(facts: Facts): Node[] {
  return facts.tree.all('CallExpression').flatMap((call) => (call.callee.type === 'Identifier' && call.callee.name === 'probe' ? call.arguments : []));
}
