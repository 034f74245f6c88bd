import type { Facts } from '../../src/core/facts/facts.js';
import type { CollectionSubject } from '../../src/core/subject.js';
import { isNothing, parentOf, pathText, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { lookUpsIn } from './look-up.js';

/**
 * Deletes the entries of a dictionary that are overwritten with nothing, whose
 * keys stay: `queue[id] = null` becomes `delete queue[id]`. Undefined where no
 * entry is.
 */
export function planBlanked({ collection }: CollectionSubject, facts: Facts): Plan | undefined {
  const { name, place, kind } = collection;
  if (kind !== 'dictionary') return undefined;
  const wanted = facts.places.key(place);
  const isIt = (node: Node): boolean => {
    const found = facts.places.resolve(unwrap(node));
    return found !== undefined && facts.places.key(found) === wanted;
  };
  const blanks = facts.tree.all('AssignmentExpression').filter(({ operator, left, right }) => {
    const target = unwrap(left);
    return operator === '=' && isNothing(unwrap(right)) && target.type === 'MemberExpression' && target.computed && isIt(target.object);
  });
  if (blanks.length === 0) return undefined;
  if (blanks.some((blank) => parentOf(wrapped(blank))?.type !== 'ExpressionStatement')) return { refused: `An entry of ${name} is overwritten with nothing within a larger expression.` };
  const told = lookUpsIn(collection, facts).map(({ node }) => node).find(isToldApart) ?? facts.tree.all('BinaryExpression').find(({ operator, right }) => operator === 'in' && isIt(right)) ?? facts.tree.all('ForInStatement').find(({ right }) => isIt(right)) ?? facts.tree.all('CallExpression').find(({ callee, arguments: [first] }) => /^Object\.(?:keys|entries|values|hasOwn)$/u.test(pathText(callee) ?? '') && first !== undefined && isIt(first));
  if (told) return { refused: `An entry of ${name} that is nothing may mean something else than one that is not there: ${facts.model.text.slice(...(parentOf(told) ?? told).range).split('\n')[0] ?? ''}.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  for (const { left, range } of blanks) writer.replace({ start: range[0], end: range[1] }, `delete ${writer.textOf(left)}`);
  return { edits: writer.edits, safety: 'review', notes: [`entries of ${name} that were overwritten with nothing are deleted`] };
}

/** Whether code asks what kind of nothing an entry is: `queue[id] === null`. */
function isToldApart(node: Node): boolean {
  const user = parentOf(wrapped(node));
  return user?.type === 'BinaryExpression' && /^[!=]==$/u.test(user.operator);
}
