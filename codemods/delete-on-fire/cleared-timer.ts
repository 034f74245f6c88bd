import type { Facts } from '../../src/core/facts/facts.js';
import { collectClearedButKept } from '../../src/core/questions/live-timers.js';
import type { TimerEntry } from '../../src/core/questions/timer-entries.js';
import { declaratorOf } from '../../src/core/scope/bindings.js';
import { isFunctionNode, parseMethodCall, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { isConstant, isRepeatable } from '../track-timers/key.js';

/** Where the timer of one entry is cleared, the entry goes, too. */
export function writeAfterClears(entries: readonly TimerEntry[], writer: CodeWriter, facts: Facts): Refusal | undefined {
  const done = new Set<Node>();
  for (const entry of entries) {
    if (entry.form !== 'handle') return { refused: `An entry of ${entry.collection.name} is more than the handle of its timer, and may be needed when that is cleared.` };
    for (const { node } of collectClearedButKept(entry, facts)) {
      if (done.has(node)) continue;
      done.add(node);
      const lookUp = findLookUp(node, facts);
      const slot = findStatementSlot(node);
      if (!lookUp || !slot || !isRepeatable(lookUp.holder) || !isRepeatable(lookUp.key) || !isConstant(lookUp.key, facts)) return { refused: `${writer.textOf(node)} stands where its entry cannot be taken out.` };
      const holder = writer.textOf(lookUp.holder);
      const key = writer.textOf(lookUp.key);
      const deletion = entry.collection.kind === 'dictionary' ? `delete ${holder}[${key}]` : `${holder}.delete(${key})`;
      writer.around(slot, [], [`${deletion}${writer.style.semicolon}`]);
    }
  }
  return undefined;
}

/** Where a cleared handle was found: `timers.get(id)`, `timers[id]`, in the call itself or in a constant. */
function findLookUp(clear: Node, facts: Facts): { readonly holder: Node; readonly key: Node } | undefined {
  const [argument] = clear.type === 'CallExpression' ? clear.arguments : [];
  return argument && lookUpIn(argument, facts, 0);
}

function lookUpIn(root: Node, facts: Facts, depth: number): { readonly holder: Node; readonly key: Node } | undefined {
  let found: { holder: Node; key: Node } | undefined;
  facts.tree.some(root, (node) => {
    const call = parseMethodCall(node);
    if (call?.method === 'get' && call.args[0]) found = { holder: call.object, key: call.args[0] };
    else if (node.type === 'MemberExpression' && node.computed) found = { holder: node.object, key: node.property };
    else if (node.type === 'Identifier' && depth === 0) {
      const variable = facts.bindings.variableOf(node);
      const init = variable && declaratorOf(variable)?.init;
      found = init ? lookUpIn(init, facts, depth + 1) : undefined;
    }
    return found !== undefined;
  }, isFunctionNode);
  return found;
}
