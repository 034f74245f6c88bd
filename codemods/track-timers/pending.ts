import { ELEMENT } from '../../src/core/facts/places.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { isFunctionNode } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { namesTakenAround, namesTakenAt } from '../../src/codemod/writing/names.js';
import type { StatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { handleName, type DroppedTimer } from './dropped-timer.js';
import { declareAt, nameAt, type Home } from './home.js';
import { parseOwnCallback, writeIntoCallback } from './own-callback.js';
import { writeIntoTeardown } from './teardown.js';

const NAME = 'pendingTimeouts';

/**
 * Form 3. A Set keeps the handles of all timeouts that are pending: each one
 * leaves it when it fires, and the teardown clears the rest.
 */
export function planPending(timer: DroppedTimer, home: Home, teardown: FunctionFact, facts: Facts): Plan {
  const { slot, value, noun, release, type } = timer;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { indent, semicolon, typed } = writer.style;
  const unbraced = refuseInCase(slot);
  if (unbraced) return unbraced;
  const callback = parseOwnCallback(timer, writer);
  if ('refused' in callback) return callback;

  const known = knownSet(home, teardown, typed ? type : undefined, writer, facts);
  const { name, access } = known ?? nameAt(home, NAME, facts);
  if (!known) {
    const value = `new Set${typed ? `<${type}>` : ''}()`;
    if (!declareAt(home, { name, type, value }, [timer.call, teardown.node], writer, facts)) return { refused: `There is no place to declare ${name}.` };
    const inTeardown = namesTakenAround(isFunctionNode(teardown.node) ? teardown.node.body : teardown.node, facts.model);
    const one = handleName(noun, inTeardown);
    writeIntoTeardown(teardown, [`for (const ${one} of ${access}) {`, `${indent}${release}(${one})${semicolon}`, '}', `${access}.clear()${semicolon}`], writer);
  }
  const taken = namesTakenAt(slot.node, facts.model);
  const handle = handleName(noun, taken);
  const shift = writer.around(slot, [], [`${access}.add(${handle})${semicolon}`]);
  writer.replace({ start: slot.node.range[0], end: value.range[0] }, `const ${handle} = `);
  writeIntoCallback(callback, [`${access}.delete(${handle})${semicolon}`], writer, shift);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now cancels what is pending`] };
}

/** Refuses to declare a handle in a `case` without braces, whose names all other cases see. */
export function refuseInCase({ node }: StatementSlot): Refusal | undefined {
  return node.parent?.type === 'SwitchCase' ? { refused: 'The timer is started in a `case` without braces, where its handle would be seen by the others, too.' } : undefined;
}

/** The Set that a repair before this one made: named alike, of the same type, and cleared by the teardown. */
function knownSet(home: Home, teardown: FunctionFact, type: string | undefined, writer: CodeWriter, facts: Facts): { name: string; access: string } | undefined {
  for (const { name, place, typeArguments: [held] } of facts.collections) {
    if (!/^#?pendingTimeouts\d*$/u.test(name) || (held && writer.textOf(held)) !== type) continue;
    const elements = facts.places.key({ root: place.root, path: [...place.path, ELEMENT] });
    const isCleared = facts.summaries.of(teardown).some((effect) => effect.operation.kind === 'clear' && facts.places.key(effect.place) === elements);
    const isHere = home.type === 'member' ? place.root.type === 'owner' && place.root.owner === home.owner : place.root.type === 'variable';
    if (isCleared && isHere) return { name, access: home.type === 'member' ? `this.${name}` : name };
  }
  return undefined;
}
