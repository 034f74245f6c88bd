import type { Facts } from '../../../src/core/facts/facts.js';
import type { Node } from '../../../src/core/syntax/nodes.js';
import { readWith } from '../../../src/codemod/read-text.js';
import { DEFAULT_SETTINGS } from '../../../src/core/index.js';

/** The facts of a text. */
export function factsOf(text: string, path = 'file.ts'): Facts {
  const analysis = readWith(DEFAULT_SETTINGS)(path, text);
  if ('unreadable' in analysis) throw new Error(analysis.unreadable);
  return analysis.facts;
}

/** The call `HERE()` of a text. */
export function markedCall(facts: Facts): Node {
  const call = facts.tree.all('CallExpression').find(({ callee }) => callee.type === 'Identifier' && callee.name === 'HERE');
  if (!call) throw new Error('no call of HERE()');
  return call;
}
