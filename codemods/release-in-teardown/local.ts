import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ResourceAcquisition } from '../../src/core/facts/resources.js';
import { contains, unwrap } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { declareAt, findHome, nameAt } from '../track-timers/home.js';
import { runsOncePerHome } from '../track-timers/runs-once.js';
import { writeReleases } from './insertion.js';
import { howToEnd, type Held } from './release-of.js';

/**
 * Keeps a resource in a field that only a constant of a method holds, and ends
 * it in the teardown of the object. Undefined where it is held otherwise.
 */
export function planLocal({ node, fn }: ResourceAcquisition, held: Held, teardown: FunctionFact, facts: Facts): Plan | undefined {
  const { root, path } = held.place;
  const [declared] = root.type === 'variable' && path.length === 0 ? root.variable.defs : [];
  const declarator = declared?.node;
  if (root.type !== 'variable' || declarator?.type !== 'VariableDeclarator' || declarator.parent.kind !== 'const' || contains(root.variable.scope.block, teardown.node)) return undefined;
  const callee = unwrap(node.callee);
  const home = findHome(fn, node, teardown, facts);
  const how = howToEnd(held, [], facts);
  if (home?.type !== 'member' || how?.type !== 'method') return undefined;
  // Its type is the class that makes it.
  if (node.type !== 'NewExpression' || callee.type !== 'Identifier' || node.typeArguments) return undefined;
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, typed, indent } = writer.style;
  const { name, access } = nameAt(home, root.variable.name, facts);
  if (!declareAt(home, { name, type: callee.name }, [node, teardown.node], writer, facts)) return { refused: `There is no place to declare ${name}.` };
  const end = typed || facts.model.text.includes('?.') ? [`${access}?.${how.name}()${semicolon}`] : [`if (${access}) {`, `${indent}${access}.${how.name}()${semicolon}`, '}'];
  writer.under(declarator.parent, [...(runsOncePerHome(node, fn, home, facts) ? [] : end), `${access} = ${root.variable.name}${semicolon}`]);
  writeReleases([{ lines: end, mayFail: `${access}.${how.name}()` }], teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now ends the ${held.noun}`] };
}
