import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';

/**
 * Makes a collection what its type says that it is: `contexts: WeakMap<…> = new
 * Map()`. Undefined where it is declared otherwise. The type lets nobody use
 * more of it than a WeakMap has, or give it a key that one could not hold.
 */
export function planWeak({ init, annotation, name }: Collection, facts: Facts): Plan | undefined {
  const declared = annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' ? annotation.typeName.name : '';
  if (!/^Weak(?:Map|Set)$/u.test(declared) || init.type !== 'NewExpression' || init.callee.type !== 'Identifier') return undefined;
  if (init.callee.name !== declared.replace('Weak', '')) return { refused: `${name} is declared a ${declared}, and made as something else than a ${declared.replace('Weak', '')}.` };
  if (facts.bindings.variableOf(init.callee)?.defs.length) return { refused: `${init.callee.name} is something else in this file.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  writer.replace({ start: init.callee.range[0], end: init.callee.range[1] }, declared);
  return { edits: writer.edits, safety: 'safe', notes: [] };
}
