import type { TSESTree } from '@typescript-eslint/utils';
import { isFunctionNode, literalText, parentOf, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { onlyValue, type Bindings, type Variable } from './bindings.js';

/** More than a program would write out as names of its fields. */
const MAX_TEXTS = 32;
/** Steps from a name to the texts behind it. */
const MAX_STEPS = 4;
const VISITS_EACH = /^(?:forEach|map|some|every)$/;

/**
 * Every text that an expression may stand for, or none where that is not plain:
 * a literal, a template of such, a constant, the variable of a loop over a list
 * that is written out, a parameter whose type is a union of literals.
 */
export function textsOf(node: Node, bindings: Bindings, steps = 0): readonly string[] {
  const inner = unwrap(node);
  const text = literalText(inner);
  if (text !== undefined) return [text];
  if (steps > MAX_STEPS) return [];
  if (inner.type === 'TemplateLiteral') return textsOfTemplate(inner, (hole) => textsOf(hole, bindings, steps + 1));
  const variable = inner.type === 'Identifier' ? bindings.variableOf(inner) : undefined;
  if (!variable) return [];
  const value = onlyValue(variable);
  if (value) return textsOf(value, bindings, steps + 1);
  return textsOfList(variable, bindings, steps) ?? textsOfType(variable);
}

function textsOfTemplate({ quasis, expressions }: TSESTree.TemplateLiteral, textsOfHole: (hole: Node) => readonly string[]): readonly string[] {
  let texts: readonly string[] = [''];
  for (const [index, part] of quasis.entries()) {
    const hole = expressions[index];
    const behind = hole ? textsOfHole(hole) : [''];
    texts = texts.flatMap((text) => behind.map((one) => `${text}${part.value.cooked}${one}`)).slice(0, MAX_TEXTS);
  }
  return texts;
}

/** What a variable takes in turn: `for (const name of ['poll', 'ping'] as const)`. */
function textsOfList(variable: Variable, bindings: Bindings, steps: number): readonly string[] | undefined {
  const definition = variable.defs[0];
  const node = definition?.node as Node | undefined;
  const loop = node?.type === 'VariableDeclarator' ? node.parent.parent : undefined;
  const call = node && isFunctionNode(node) && node.params[0] === definition?.name ? parseMethodCall(parentOf(node) ?? node) : undefined;
  const iterable = loop?.type === 'ForOfStatement' && loop.left === node?.parent ? loop.right : call && VISITS_EACH.test(call.method) ? call.object : undefined;
  if (!iterable) return undefined;
  const inner = unwrap(iterable);
  const named = inner.type === 'Identifier' ? bindings.variableOf(inner) : undefined;
  const list = named ? onlyValue(named) : inner;
  if (list?.type !== 'ArrayExpression') return undefined;
  const texts = list.elements.map((item) => (item ? textsOf(item, bindings, steps + 1) : []));
  return texts.every(({ length }) => length > 0) ? texts.flat() : [];
}

/** `key: 'poll' | 'ping'` */
function textsOfType(variable: Variable): readonly string[] {
  const name = variable.defs[0]?.name as Node | undefined;
  const type = name?.type === 'Identifier' ? name.typeAnnotation?.typeAnnotation : undefined;
  const members = type?.type === 'TSUnionType' ? type.types : type ? [type] : [];
  const texts = members.map((member) => (member.type === 'TSLiteralType' ? literalText(member.literal) : undefined));
  return texts.every((text) => text !== undefined) ? texts : [];
}
