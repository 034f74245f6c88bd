import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { runsAtEnd } from '../../src/core/questions/teardowns.js';
import type { Variable } from '../../src/core/scope/bindings.js';
import { contains, memberName, parentOf, parseMethodCall, pathText, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';

/** A look-up of one entry by its key. */
export interface Use {
  readonly node: Node;
  readonly key: Node;
  /** The expression for the collection. */
  readonly holder: Node;
}

/**
 * The look-ups that do work with the entry, and so keep it alive: it is handed
 * out, given to a function, changed, or a method of it is called. Who only looks
 * at it (a list, a question, a read-only route) does not: nobody could tell an
 * entry that is watched from one that is used. Nor does who ends it.
 */
export function collectUses(collection: Collection, facts: Facts): Use[] {
  const place = facts.places.key(collection.place);
  return lookUps(collection, facts).filter((use) => {
    const found = facts.places.resolve(use.holder);
    return found !== undefined && facts.places.key(found) === place && !isOver(use, place, facts) && isWork(use.node, true, facts, new Set());
  });
}

function lookUps({ kind }: Collection, facts: Facts): Use[] {
  if (kind === 'map') {
    return facts.tree.all('CallExpression').flatMap((node): Use[] => {
      const call = parseMethodCall(node);
      const key = call?.method === 'get' ? call.args[0] : undefined;
      return call && key ? [{ node, key, holder: call.object }] : [];
    });
  }
  if (kind !== 'dictionary') return [];
  return facts.tree.all('MemberExpression').flatMap((node): Use[] => {
    const parent = parentOf(node);
    const isWritten = (parent?.type === 'AssignmentExpression' && unwrap(parent.left) === node) || (parent?.type === 'UnaryExpression' && parent.operator === 'delete');
    return node.computed && !isWritten ? [{ node, key: node.property, holder: node.object }] : [];
  });
}

/** Whether the entry ends in the same run, the whole owner ends, or a timer looks through all entries. */
function isOver({ node, key }: Use, place: string, facts: Facts): boolean {
  const fn = runAround(facts.functions.around(node));
  const text = facts.summaries.keyText(key);
  if (runsAtEnd(fn, facts) || fn.triggers.areAmong('timer')) return true;
  return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'shrink' && effect.key === text && facts.places.key(effect.place) === place) || isListed(key, place, facts);
}

function runAround(fn: FunctionFact): FunctionFact {
  return fn.inline && fn.parent ? runAround(fn.parent) : fn;
}

/** `for (const id of sessions.keys())`: who goes through all entries uses none. */
function isListed(key: Node, place: string, facts: Facts): boolean {
  const inner = unwrap(key);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  const loop = (variable?.defs[0]?.node as Node | undefined)?.parent?.parent;
  return loop?.type === 'ForOfStatement' && facts.tree.some(loop.right, (node) => {
    const found = node.type === 'Identifier' || node.type === 'MemberExpression' ? facts.places.resolve(node) : undefined;
    return found !== undefined && facts.places.key(found) === place;
  });
}

/** Functions and methods that only look at what they are given, or tell it to somebody. */
const LOOKS = /^(?:log|debug|info|warn|error|trace|stringify|json|send|status|String|Number|Boolean|keys|values|entries|isArray|from|expect|assert|includes|has|Date|URL|Error|[A-Z]\w*Error)$/u;
/** Methods that change nothing. */
const READS = /^(?:find\w*|filter|map|flatMap|slice|some|every|includes|indexOf|join|at|get|has|keys|values|entries|forEach|reduce|concat|to[A-Z]\w*|trim\w*|split|startsWith|endsWith|match|test|charAt|replace(?:All)?|getTime|valueOf)$/u;

/**
 * Whether something is done with a value.
 *
 * @param isWhole whether it is the entry itself, not a part of it
 */
function isWork(value: Node, isWhole: boolean, facts: Facts, seen: Set<Variable>): boolean {
  const node = wrapped(value);
  const { parent } = node;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node && isWorkOnMember(parent, facts, seen);
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === node || !LOOKS.test(pathText(parent.callee)?.split('.').at(-1) ?? '');
    case 'VariableDeclarator':
      return namesIn(parent.id, facts).some(({ variable, isAll }) => isWorkOnVariable(variable, isWhole && isAll, facts, seen));
    case 'AssignmentExpression': {
      if (parent.left === node) return !isWhole;
      const target = unwrap(parent.left);
      const variable = target.type === 'Identifier' ? facts.bindings.variableOf(target) : undefined;
      return variable ? isWorkOnVariable(variable, isWhole, facts, seen) : isWhole;
    }
    case 'UpdateExpression':
      return true;
    case 'LogicalExpression':
    case 'ConditionalExpression':
    case 'AwaitExpression':
      return !(parent.type === 'ConditionalExpression' && parent.test === node) && isWork(parent, isWhole, facts, seen);
    case 'ReturnStatement':
    case 'YieldExpression':
      return isWhole;
    case 'ArrowFunctionExpression':
      return parent.body === node && isWhole;
    case 'Property':
    case 'ArrayExpression':
      return isWhole;
    default:
      return false;
  }
}

/** `session.send(…)`, `session.turns.push(…)`, `session.count = …`. */
function isWorkOnMember(member: Extract<Node, { type: 'MemberExpression' }>, facts: Facts, seen: Set<Variable>): boolean {
  const outer = wrapped(member);
  const call = outer.parent;
  if (call?.type === 'CallExpression' && call.callee === outer) return !READS.test(memberName(member) ?? '');
  return isWork(member, false, facts, seen);
}

function isWorkOnVariable(variable: Variable, isWhole: boolean, facts: Facts, seen: Set<Variable>): boolean {
  if (seen.has(variable)) return false;
  seen.add(variable);
  return variable.references.some((reference) => reference.isRead() && isWork(reference.identifier, isWhole, facts, seen));
}

/** The variables of a pattern, each with whether it is given the whole value. */
function namesIn(pattern: Node, facts: Facts): { variable: Variable; isAll: boolean }[] {
  if (pattern.type === 'Identifier') {
    const variable = facts.bindings.variableOf(pattern);
    return variable ? [{ variable, isAll: true }] : [];
  }
  const found: { variable: Variable; isAll: boolean }[] = [];
  facts.tree.some(pattern, (node) => {
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    if (variable?.identifiers.includes(node as never) && contains(pattern, node)) found.push({ variable, isAll: false });
    return false;
  });
  return found;
}
