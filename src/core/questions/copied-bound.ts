import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../facts/facts.js';
import type { Operation } from '../facts/operations.js';
import type { Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { isParameter, onlyValue } from '../scope/bindings.js';
import { constantNumber } from '../syntax/constant.js';
import { contains, isFunctionNode, isNamed, lastName, memberName, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isDated } from './ageing.js';

/** A limit that code keeps for a copy of an array. */
export interface CopiedBound {
  /** `named`: a constant or a setting; `checked`: a size that the code tests first; `aged`: a span of time; `literal`: a bare number; `dropped`: nobody takes the copy at all. */
  readonly by: 'dropped' | 'named' | 'checked' | 'aged' | 'literal';
  readonly node: Node;
  /** As written. */
  readonly limit: string;
}

/** Names of settings that limit how much. */
const LIMIT_NAME = /max|limit|cap(?:acity)?(?![a-z])|window|budget|keep|retain|retention|threshold/i;
/** Fewer than these are picked, not kept. */
const SMALLEST_LIMIT = 2;
const RANK: readonly CopiedBound['by'][] = ['dropped', 'named', 'checked', 'aged', 'literal'];

/** The limit that the code itself sets to what it uses of an array, by making a smaller copy; the surest one of several. */
export function findCopiedBound(place: Place, effects: readonly Effect[], facts: Facts): CopiedBound | undefined {
  const bounds = effects.flatMap(({ operation }) => (operation.kind === 'copy' && !isMadeOnce(operation) && !goesBack(operation.node, place, facts) ? (boundOf(operation, facts) ?? []) : []));
  return bounds.sort((left, right) => RANK.indexOf(left.by) - RANK.indexOf(right.by))[0];
}

/** A copy that is made while the file loads is made of what is there then: a script that reports on its own run. */
function isMadeOnce({ fn }: Operation): boolean {
  return fn.triggers.areAmong('load');
}

function boundOf(operation: Operation, facts: Facts): CopiedBound | undefined {
  const { node, how } = operation;
  if (how === 'loop') return limitIn(comparisonsIn(node, facts), node, facts);
  const args = parseMethodCall(node)?.args ?? [];
  if (parentOf(wrapped(node))?.type === 'ExpressionStatement') return how !== 'filter' || (args[0] && isPredicate(args[0])) ? { by: 'dropped', node, limit: how } : undefined;
  if (how === 'filter') return args[0] && isDated(args[0], facts) ? { by: 'aged', node, limit: '' } : undefined;
  const limit = how === 'slice' ? limitOfSlice(args) : undefined;
  if (limit) return asBound(limit, operation, facts);
  return args.length === 0 || how === 'from' ? boundOfLocal(node, facts) : undefined;
}

/** `(one) => one.id !== id`: who compares wants some of them, and does nothing to each. */
function isPredicate(callback: Node): boolean {
  const fn = unwrap(callback);
  const body = isFunctionNode(fn) && fn.body.type !== 'BlockStatement' ? unwrap(fn.body) : undefined;
  return body?.type === 'BinaryExpression' || body?.type === 'UnaryExpression';
}

/** The `N` of `slice(-N)`, `slice(0, N)`, `slice(x.length - N)`, `slice(Math.max(0, x.length - N))`. */
function limitOfSlice([start, end]: readonly Node[]): Node | undefined {
  if (!start) return undefined;
  const from = unwrap(start);
  if (end) return from.type === 'Literal' && from.value === 0 ? unwrap(end) : undefined;
  if (from.type === 'UnaryExpression' && from.operator === '-') return unwrap(from.argument);
  if (from.type === 'BinaryExpression' && from.operator === '-' && isSize(from.left)) return unwrap(from.right);
  const call = parseMethodCall(from);
  return call?.method === 'max' ? call.args.map((one) => limitOfSlice([one])).find(Boolean) : undefined;
}

function isSize(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === 'MemberExpression' && memberName(inner) === 'length';
}

function asBound(limit: Node, { fn, node, place }: Operation, facts: Facts): CopiedBound | undefined {
  const text = facts.model.text.slice(limit.range[0], limit.range[1]);
  if (isLimit(limit, facts)) return { by: 'named', node, limit: text };
  const value = constantNumber(limit, facts.bindings);
  if (value === undefined || value < SMALLEST_LIMIT) return undefined;
  const key = facts.places.key(place);
  const isChecked = facts.summaries.own(fn).some((other) => other.kind === 'measure' && /^[<>]=?$/.test(other.how) && facts.places.key(other.place) === key && constantNumber(other.value, facts.bindings) === value);
  return { by: isChecked ? 'checked' : 'literal', node, limit: text };
}

/** A constant with a name, or a setting that says by its name that it limits; what a caller asks for is no limit of the code's own. */
function isLimit(node: Node, facts: Facts): boolean {
  const inner = unwrap(node);
  if (inner.type !== 'Identifier' && inner.type !== 'MemberExpression') return false;
  const value = constantNumber(inner, facts.bindings);
  if (value !== undefined) return value >= SMALLEST_LIMIT;
  const place = facts.places.resolve(inner);
  if (!LIMIT_NAME.test(lastName(inner))) return false;
  if (place?.root.type !== 'variable') return true;
  const { variable } = place.root;
  if (isParameter(variable)) return facts.functions.of(variable.scope.block) !== facts.functions.around(node);
  const init = onlyValue(variable);
  // const wanted = Math.min(limit, 500): as much as a caller wants.
  return !init || init.type === 'Literal' || place.path.length > 0;
}

/** `const copy = [...x]; while (copy.length > N) copy.shift();`, `copy.splice(0, copy.length - N)`, `copy.length = N`. */
function boundOfLocal(copy: Node, facts: Facts): CopiedBound | undefined {
  const target = facts.places.destinationOf(copy);
  if (target.type !== 'place' || target.place.root.type !== 'variable' || target.place.path.length > 0) return undefined;
  const effects = facts.effectsOn(target.place).map((effect) => effect.operation);
  const trim = effects.find((operation) => operation.kind === 'shrink');
  if (!trim) return undefined;
  const sizes = effects.filter((operation) => operation.kind === 'measure' && /^[<>]=?$/.test(operation.how)).flatMap((operation) => operation.value ?? []);
  const assigned = trim.node.type === 'AssignmentExpression' ? [trim.node.right] : [];
  const spliced = (parseMethodCall(trim.node)?.args ?? []).flatMap((argument) => limitOfSlice([argument]) ?? []);
  return limitIn([...assigned, ...spliced, ...sizes], copy, facts);
}

/** The first of some expressions that is a limit with a name, or a constant number that is tested. */
function limitIn(candidates: readonly Node[], node: Node, facts: Facts): CopiedBound | undefined {
  const textOf = (one: Node): string => facts.model.text.slice(one.range[0], one.range[1]);
  const named = candidates.find((one) => isLimit(one, facts));
  if (named) return { by: 'named', node, limit: textOf(named) };
  const number = candidates.find((one) => (constantNumber(one, facts.bindings) ?? 0) >= SMALLEST_LIMIT);
  return number && { by: 'checked', node, limit: textOf(number) };
}

/** What a loop compares before it breaks off. */
function comparisonsIn(loop: Node, facts: Facts): Node[] {
  const found: Node[] = [];
  facts.tree.some(loop, (node) => {
    if (node.type === 'IfStatement' && facts.tree.some(node.consequent, (inner) => inner.type === 'BreakStatement')) {
      facts.tree.some(node.test, (test) => {
        if (test.type === 'BinaryExpression' && /^[<>]=?$/.test(test.operator)) found.push(unwrap(test.left), unwrap(test.right));
        return false;
      });
    }
    return false;
  }, isFunctionNode);
  return found;
}

/** Whether the copy takes the array's own place, past the methods that only change its order or its form. */
function goesBack(copy: Node, place: Place, facts: Facts): boolean {
  let node = copy;
  for (;;) {
    const member: Node | undefined = parentOf(wrapped(node));
    const call: Node | undefined = member?.type === 'MemberExpression' && unwrap(member.object) === node ? parentOf(wrapped(member)) : undefined;
    if (call?.type !== 'CallExpression' || unwrap(call.callee) !== member) break;
    node = call;
  }
  const target = facts.places.destinationOf(node);
  return target.type === 'place' && facts.places.key(facts.functions.fieldOf(target.place)) === facts.places.key(facts.functions.fieldOf(place));
}

/** Where code reads more of an array than its size, a single element, or a copy that is made for a limit. */
export function findFullRead(place: Place, bound: CopiedBound, facts: Facts): Node | undefined {
  const key = facts.places.key(place);
  // The copy itself, and growth that is written as a copy.
  const own = [bound.node, ...facts.effectsOn(place).filter(({ operation }) => operation.kind === 'grow').map(({ operation }) => operation.node)];
  const name = place.path.at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : '');
  const candidates: (TSESTree.MemberExpression | TSESTree.Identifier)[] = place.path.length > 0 ? facts.tree.all('MemberExpression').filter((node) => memberName(node) === name) : facts.tree.all('Identifier').filter((node) => node.name === name);
  return candidates.find((node) => {
    const found = facts.places.resolve(node);
    if (!found || facts.places.key(facts.functions.fieldOf(found)) !== key) return false;
    return !own.some((part) => contains(part, node)) && !isPartialUse(node, facts);
  });
}

/** The size, and methods that add or look for one element, as an index does. */
const TOUCHES = /^(?:length|push|unshift|at|indexOf|lastIndexOf|includes|findIndex|pop|shift|splice)$/;

function isPartialUse(node: Node, facts: Facts): boolean {
  const parent = parentOf(wrapped(node));
  if (!parent) return true;
  switch (parent.type) {
    case 'MemberExpression': {
      if (unwrap(parent.object) !== node) return true;
      return parent.computed || isNamed(parent, TOUCHES);
    }
    case 'AssignmentExpression':
      return unwrap(parent.left) === node;
    case 'VariableDeclarator':
      return parent.id === node || parent.id.type === 'ObjectPattern';
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'MethodDefinition':
    case 'Property':
      return parent.key === node;
    case 'IfStatement':
    case 'UnaryExpression':
    case 'LogicalExpression':
      return true;
    case 'CallExpression':
      // A helper of this file that is given the array.
      return facts.functions.valueOf(parent.callee) !== undefined;
    default:
      return parent.type.startsWith('TS') || parent.type === 'ImportSpecifier' || parent.type === 'ExportSpecifier';
  }
}
