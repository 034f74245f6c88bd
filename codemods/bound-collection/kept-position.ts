import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { declaratorOf } from '../../src/core/scope/bindings.js';
import { constantNumber } from '../../src/core/syntax/constant.js';
import { contains, isFunctionNode, keyName, memberName, parentOf, parseMethodCall, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';
import type { End, GrowthSite } from './growth-site.js';

/** Names of numbers that say how many there are, and not where one is. */
const COUNT_NAME = /count|size|length|total|num(?:ber)?(?![a-z])|amount|depth/iu;

/**
 * Where code counts on the positions of entries, which trimming would move: an
 * index, an offset or a cursor that outlives one run. Answers one sentence.
 */
export function findKeptPosition(collection: Collection, oldest: End, growth: readonly GrowthSite[], facts: Facts): string | undefined {
  const { name, place } = collection;
  const key = facts.places.key(facts.functions.fieldOf(place));
  const isIt = (node: Node): boolean => {
    const found = facts.places.resolve(unwrap(node));
    return found !== undefined && facts.places.key(facts.functions.fieldOf(found)) === key;
  };
  const question = new PositionQuestion(isIt, oldest, facts);
  for (const member of facts.tree.all('MemberExpression')) {
    if (!isIt(member.object)) continue;
    const isKept = member.computed ? !question.isMomentaryIndex(unwrap(member.property), member) : memberName(member) === 'length' ? !question.isCount(member) : !question.isMomentaryCall(member);
    if (isKept) return `Trimming would move what ${facts.model.text.slice(...(member.computed || memberName(member) === 'length' ? member : member.parent).range).replace(/\s+/gu, ' ')} means.`;
  }
  const walk = findWalk(isIt, growth, facts);
  return walk && `${name} may grow, and be trimmed, while it is being walked over.`;
}

class PositionQuestion {
  constructor(private readonly isIt: (node: Node) => boolean, private readonly oldest: End, private readonly facts: Facts) {}

  /** `list[list.length - 1]`, or `list[i]` for an `i` that is counted in the same run. */
  isMomentaryIndex(index: Node, at: Node): boolean {
    const value = constantNumber(index, this.facts.bindings);
    if (value !== undefined) return this.oldest === 'last';
    if (this.#isFromEnd(index)) return true;
    const variable = index.type === 'Identifier' ? this.facts.bindings.variableOf(index) : undefined;
    const declarator = variable && declaratorOf(variable);
    const fn = this.facts.functions.around(at);
    if (!declarator?.init || this.facts.functions.around(declarator) !== fn || this.#waits(fn.node)) return false;
    const init = unwrap(declarator.init);
    const call = parseMethodCall(init);
    return init.type === 'Literal' || this.#isFromEnd(init) || (call !== undefined && /^(?:find|findLast|indexOf|lastIndexOf)(?:Index)?$/u.test(call.method) && this.isIt(call.object));
  }

  /** Whether a length is only compared with a number, shown or given as a number of entries. */
  isCount(length: Node): boolean {
    const parent = parentOf(wrapped(length));
    switch (parent?.type) {
      case 'BinaryExpression': {
        const other = parent.left === length || unwrap(parent.left) === length ? parent.right : parent.left;
        if (constantNumber(unwrap(other), this.facts.bindings) !== undefined) return true;
        return parent.parent.type === 'ForStatement' && parent.parent.test === parent;
      }
      case 'TemplateLiteral':
      case 'UnaryExpression':
      case 'JSXExpressionContainer':
      case 'LogicalExpression':
      case 'IfStatement':
        return true;
      case 'ConditionalExpression':
        return parent.test === length;
      case 'CallExpression':
        return /(?:log|debug|info|warn|error|trace|max|min)$/iu.test(this.facts.model.text.slice(...parent.callee.range));
      case 'AssignmentExpression':
        return unwrap(parent.left) === length || (parent.left.type === 'MemberExpression' && COUNT_NAME.test(memberName(parent.left) ?? ''));
      case 'Property':
        return COUNT_NAME.test(keyName(parent) ?? '');
      case 'VariableDeclarator':
        return parent.id.type === 'Identifier' && COUNT_NAME.test(parent.id.name);
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return COUNT_NAME.test(this.facts.functions.around(parent.type === 'ReturnStatement' ? parent : parent.body).name);
      default:
        return false;
    }
  }

  /** Whether a method neither gives nor takes a position that outlives the run. */
  isMomentaryCall(member: TSESTree.MemberExpression): boolean {
    const call = parentOf(wrapped(member));
    const method = memberName(member);
    if (call?.type !== 'CallExpression' || unwrap(call.callee) !== member) return true;
    const [first] = call.arguments;
    if (method === 'at') return first !== undefined && this.#isFromEnd(unwrap(first));
    if (method === 'slice' || method === 'splice') return first === undefined || this.#isFixedStart(unwrap(first));
    if (method === undefined || !/^(?:indexOf|lastIndexOf|findIndex|findLastIndex)$/u.test(method)) return true;
    const parent = parentOf(wrapped(call));
    if (parent?.type === 'BinaryExpression' || parent?.type === 'UnaryExpression') return true;
    return parent?.type === 'VariableDeclarator' && !this.#waits(this.facts.functions.around(call).node);
  }

  /** `-1`, `list.length - 1`. */
  #isFromEnd(node: Node): boolean {
    if (this.oldest === 'last') return false;
    if (node.type === 'UnaryExpression') return node.operator === '-';
    return node.type === 'BinaryExpression' && node.operator === '-' && unwrap(node.left).type === 'MemberExpression' && this.isIt((unwrap(node.left) as TSESTree.MemberExpression).object) && memberName(unwrap(node.left) as TSESTree.MemberExpression) === 'length';
  }

  #isFixedStart(node: Node): boolean {
    if (node.type === 'Literal' || node.type === 'UnaryExpression' || this.#isFromEnd(node)) return true;
    const call = parseMethodCall(node);
    return call?.method === 'max' && call.args.every((argument) => this.#isFixedStart(unwrap(argument)));
  }

  #waits(fn: Node): boolean {
    return this.facts.tree.some(fn, (node) => node.type === 'AwaitExpression' || node.type === 'YieldExpression' || (node.type === 'ForOfStatement' && node.await), isFunctionNode);
  }
}

/** A loop over the collection in which it grows, or which waits, so that it may grow meanwhile. */
function findWalk(isIt: (node: Node) => boolean, growth: readonly GrowthSite[], facts: Facts): Node | undefined {
  const grows = (body: Node): boolean => growth.some(({ node }) => contains(body, node));
  const loop = facts.tree.all('ForOfStatement').find(({ right, body, await: waits }) => {
    const call = parseMethodCall(unwrap(right));
    const isOver = isIt(right) || (call !== undefined && /^(?:entries|keys|values)$/u.test(call.method) && isIt(call.object));
    return isOver && (waits || grows(body) || facts.tree.some(body, (node) => node.type === 'AwaitExpression' || node.type === 'YieldExpression', isFunctionNode));
  });
  return loop ?? facts.tree.all('CallExpression').find((node) => {
    const call = parseMethodCall(node);
    return call?.method === 'forEach' && isIt(call.object) && grows(node);
  });
}
