import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { importOf } from '../../src/core/scope/bindings.js';
import { isFunctionNode, parseMethodCall, pathText, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { referenceSeenFrom } from './kept-listener.js';
import { callOf, removalFor } from './removal.js';

/** Functions of the package `async` that call the function given last once, when all is done or something has failed. */
const CALLS_BACK_ONCE = /^(?:waterfall|series|parallel|parallelLimit|auto|each|eachSeries|eachLimit|eachOf|eachOfSeries|map|mapSeries|whilst|until)$/u;

/** Where the work of one run is over. */
interface EndOfRun {
  readonly body: TSESTree.BlockStatement;
  readonly note: string;
}

/**
 * Takes a listener away that serves one run of a function, where that run is
 * over: in the callback that is told when all of its steps are done, or in the
 * teardown that an Observable is given. Undefined where the file shows neither,
 * or the listener has no name there.
 */
export function planAtEndOfRun(registration: ListenerRegistration, facts: Facts): Plan | undefined {
  const end = findEnd(registration, facts);
  if (!end) return undefined;
  const removal = removalFor(registration, end.body, facts);
  const reference = referenceSeenFrom(registration.handler, end.body, facts);
  if ('refused' in removal || reference === undefined) return undefined;
  const writer = new CodeWriter(facts.model, facts.tree);
  const target = mayBeMissing(registration, facts) ? optional(removal.target, writer, facts) : removal.target;
  if (target === undefined) return { refused: `${removal.target} may not be there where the run is over.` };
  writer.atStartOf(end.body, [`${callOf({ ...removal, target }, reference)}${writer.style.semicolon}`]);
  return { edits: writer.edits, safety: 'review', notes: [end.note] };
}

function findEnd({ fn, node }: ListenerRegistration, facts: Facts): EndOfRun | undefined {
  const { node: start } = fn;
  if (!isFunctionNode(start) || start.body.type !== 'BlockStatement') return undefined;
  const statements = start.body.body;
  const own = statements.findIndex((statement) => statement.range[0] <= node.range[0] && node.range[1] <= statement.range[1]);
  for (const statement of statements.slice(own + 1)) {
    const body = statement.type === 'ExpressionStatement' ? lastCallback(unwrap(statement.expression), facts) : undefined;
    if (body) return { body, note: 'the listener goes when all steps of the run are done' };
  }
  const last = statements.at(-1);
  const returned = last?.type === 'ReturnStatement' && last.argument ? unwrap(last.argument) : undefined;
  const isTeardown = returned && isFunctionNode(returned) && returned.body.type === 'BlockStatement' && isGivenToObservable(fn);
  return isTeardown && returned.body.type === 'BlockStatement' ? { body: returned.body, note: 'the teardown of the Observable now takes the listener away' } : undefined;
}

/** The body of the callback that a call of the package `async` makes at the end. */
function lastCallback(call: Node, facts: Facts): TSESTree.BlockStatement | undefined {
  const method = parseMethodCall(call);
  const library = method && unwrap(method.object);
  const variable = library?.type === 'Identifier' ? facts.bindings.variableOf(library) : undefined;
  const last = method?.args.at(-1);
  if (!method || !variable || importOf(variable)?.module !== 'async' || !CALLS_BACK_ONCE.test(method.method) || method.args.length < 2) return undefined;
  return isFunctionNode(last) && last.body.type === 'BlockStatement' ? last.body : undefined;
}

function isGivenToObservable({ node }: FunctionFact): boolean {
  const made = node.parent;
  return made?.type === 'NewExpression' && pathText(made.callee) === 'Observable' && made.arguments[0] === node;
}

/** Whether the target was asked for before the listener was added: then it may not be there. */
function mayBeMissing({ node, fn }: ListenerRegistration, facts: Facts): boolean {
  for (let current: Node | undefined = node.parent; current && current !== fn.node; current = current.parent) if (current.type === 'IfStatement' && facts.functions.around(current) === fn) return true;
  return false;
}

/** `init?.signal?` of `init.signal`; undefined where the file may be read by what does not know optional chains. */
function optional(target: string, writer: CodeWriter, facts: Facts): string | undefined {
  return writer.style.typed || facts.model.text.includes('?.') ? `${target.replaceAll('?.', '.').replaceAll('.', '?.')}?` : undefined;
}
