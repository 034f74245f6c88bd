import type { TSESTree } from '@typescript-eslint/utils';
import type { Bindings } from '../scope/bindings.js';
import { isFieldNode, memberName, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Member, Owners } from './owners.js';

/** How constants are named, in classes as elsewhere. */
const CONSTANT_CASE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** What a field of a class always holds: `this.DELAY`, `Poller.DELAY`, a `readonly` one. What others may set is not constant. */
export function constantField(node: TSESTree.MemberExpression, owners: Owners, bindings: Bindings, tree: Tree): Node | undefined {
  const name = memberName(node);
  const object = unwrap(node.object);
  const variable = object.type === 'Identifier' ? bindings.variableOf(object) : undefined;
  const owner = variable ? owners.ofVariable(variable) : object.type === 'ThisExpression' ? owners.thisAt(object)?.owner : undefined;
  const member = owner && name !== undefined ? owners.member(owner, name) : undefined;
  return member && isConstant(member, tree) ? member.init : undefined;
}

function isConstant({ name, node }: Member, tree: Tree): boolean {
  if (!isFieldNode(node) || !(node.readonly || CONSTANT_CASE.test(name))) return false;
  // A constructor may set even a `readonly` one again.
  return !tree.all('AssignmentExpression').some(({ left }) => left.type === 'MemberExpression' && memberName(left) === name);
}
