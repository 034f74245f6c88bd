import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ResourceAcquisition } from '../../src/core/facts/resources.js';
import { parentOf, pathText, wrapped } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { declareAt, findHome, nameAt } from '../track-timers/home.js';
import { runsOncePerHome } from '../track-timers/runs-once.js';
import { chooseTeardown } from '../track-timers/teardown.js';
import { writeReleases } from './insertion.js';
import { howToEnd } from './release-of.js';

/**
 * Keeps a resource in a field that a method of a class makes by a statement of
 * its own, and ends it in the teardown of the object. One that is made again
 * ends the one before it.
 */
export function planDropped(acquisition: ResourceAcquisition, teardowns: readonly FunctionFact[], facts: Facts): Plan {
  const { node, fn, kind } = acquisition;
  const isStatement = parentOf(wrapped(node))?.type === 'ExpressionStatement';
  const teardown = chooseTeardown(teardowns, facts);
  const home = teardown && findHome(fn, node, teardown, facts);
  const callee = pathText(node.callee);
  if (!teardown || home?.type !== 'member' || !isStatement || callee === undefined) return { refused: `The handle of the ${kind.noun} is dropped, and nothing shows when it should end.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  const { semicolon, typed, indent } = writer.style;
  const { name, access } = nameAt(home, wishedName(callee, kind.noun), facts);
  const how = howToEnd({ place: { root: { type: 'owner', owner: home.owner, isStatic: false }, path: [name] }, kind: kind.id, noun: kind.noun, node, className: node.type === 'NewExpression' ? callee : undefined }, [], facts);
  if (how?.type !== 'method' || how.isAsync) return { refused: `Nothing in this file shows how the ${kind.noun} that ${callee}() gives is ended.` };
  const type = node.type === 'NewExpression' ? callee : `ReturnType<typeof ${callee}>`;
  if (!declareAt(home, { name, type }, [node, teardown.node], writer, facts)) return { refused: `There is no place to declare ${name}.` };
  const isOptional = typed || facts.model.text.includes('?.');
  const call = `${access}${isOptional ? '?' : ''}.${how.name}()`;
  const end = isOptional ? [`${call}${semicolon}`] : [`if (${access}) {`, `${indent}${call}${semicolon}`, '}'];
  const statement = parentOf(wrapped(node));
  if (statement && !runsOncePerHome(node, fn, home, facts)) writer.above(statement, end);
  writer.insert(node.range[0], `${access} = `);
  writeReleases([{ lines: end, mayFail: call }], teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now ends the ${kind.noun}`] };
}

/** `SubscriptionServer.create` makes the `subscriptionServer`; `watch` just a `watcher`. */
function wishedName(callee: string, noun: string): string {
  const made = callee.split('.').findLast((step) => /^[A-Z]/u.test(step));
  return made === undefined ? (noun.split(' ').at(-1) ?? noun) : `${made.charAt(0).toLowerCase()}${made.slice(1)}`;
}
