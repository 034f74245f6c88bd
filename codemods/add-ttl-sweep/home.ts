import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Owner } from '../../src/core/facts/owners.js';
import { contains, isClassNode, isFunctionNode, type ClassNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';

/** Where a sweep and its interval live: with the collection. */
export type SweepHome = ClassHome | PrototypeHome | ScopeHome;

export interface ClassHome {
  readonly type: 'class';
  readonly owner: Owner;
  readonly node: ClassNode;
  /** Undefined where the class has none written. */
  readonly constructor: TSESTree.MethodDefinition | undefined;
}

/** A constructor function whose methods are given to its prototype. */
export interface PrototypeHome {
  readonly type: 'prototype';
  readonly owner: Owner;
  readonly node: TSESTree.FunctionDeclaration;
}

/** A module, or the body of a function whose closures outlive its call. */
export interface ScopeHome {
  readonly type: 'scope';
  readonly fn: FunctionFact;
  readonly isModule: boolean;
  /** The statement that declares the collection. */
  readonly statement: Node;
}

export function findHome(collection: Collection, facts: Facts, writer: CodeWriter): SweepHome | Refusal {
  const { place: { root, path }, declaration, init, name } = collection;
  const isThereFromStart = root.type === 'owner' ? facts.functions.around(init).isConstructor || root.isStatic : contains(declaration, init);
  if (!isThereFromStart) return { refused: `${name} is made when it is first needed, and may not be there when it is swept.` };
  if (root.type === 'owner' && path.length === 1) return root.isStatic ? { refused: `${name} is static: nothing ends what a class itself holds.` } : ownerHome(root.owner, name, writer);
  if (root.type !== 'variable' || path.length > 0 || declaration.type !== 'VariableDeclarator') return { refused: `${name} is part of something else, beside which no sweep can stand.` };
  const variables = declaration.parent;
  const statement = variables.parent.type === 'ExportNamedDeclaration' ? variables.parent : variables;
  const fn = facts.functions.around(declaration);
  const holder = statement.parent;
  const isListed = holder.type === 'Program' || (holder.type === 'BlockStatement' && isFunctionNode(holder.parent));
  if (!isListed || variables.declarations.length > 1) return { refused: `${name} is not declared where a sweep could stand beside it.` };
  if (/^use[A-Z]/u.test(fn.name) || facts.tree.all('JSXElement').some((element) => facts.functions.around(element) === fn)) return { refused: `${name} belongs to a component, which is made anew with each rendering.` };
  return { type: 'scope', fn, isModule: fn === facts.functions.module, statement };
}

function ownerHome(owner: Owner, name: string, writer: CodeWriter): SweepHome | Refusal {
  const { node } = owner;
  if (isClassNode(node)) {
    if (node.type === 'ClassDeclaration' && node.abstract) return { refused: `${owner.name} is abstract: the classes that extend it may know better when an entry ends.` };
    const constructor = node.body.body.find((member): member is TSESTree.MethodDefinition => member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.body !== null);
    return { type: 'class', owner, node, constructor };
  }
  if (owner.kind === 'prototype' && node.type === 'FunctionDeclaration' && node.parent.type === 'Program' && !writer.style.typed) return { type: 'prototype', owner, node };
  return { refused: `${name} belongs to ${owner.kind === 'object' ? 'an object that is written out' : owner.name}, to which no interval can be given.` };
}
