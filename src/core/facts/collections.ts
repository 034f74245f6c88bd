import type { TSESTree } from '@typescript-eslint/utils';
import type { Bindings } from '../scope/bindings.js';
import { isFieldNode, keyName, parentOf, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Owners } from './owners.js';
import type { Place, Places } from './places.js';

export type CollectionKind = 'map' | 'set' | 'array' | 'dictionary' | 'weak';

/** A collection that the file creates, and where it lives. */
export interface Collection {
  readonly kind: CollectionKind;
  /** The expression that makes it: `new Map()`, `[]`. The initialiser decides the kind, not the annotation. */
  readonly init: Node;
  readonly place: Place;
  /** The declaration: a variable declarator, a field, or the assignment that makes it. */
  readonly declaration: Node;
  /** Bare name of the variable or field. */
  readonly name: string;
  /** The written type, if any: of the annotation or the constructor's type arguments. */
  readonly annotation: TSESTree.TypeNode | undefined;
  readonly typeArguments: readonly TSESTree.TypeNode[];
}

export function collectCollections(tree: Tree, places: Places, owners: Owners, bindings: Bindings): Collection[] {
  const found = new Map<string, Collection>();
  const consider = (init: Node, kind: CollectionKind): void => {
    const destination = places.destinationOf(init);
    const place = destination.type === 'place' ? destination.place : placeInObject(init, owners);
    if (!place) return;
    const name = place.path.at(-1) ?? (place.root.type === 'variable' ? place.root.variable.name : '');
    const key = places.key(place);
    if (name === '' || name === '*' || found.has(key)) return;
    const declared = declarationOf(place, name, owners) ?? (destination.type === 'place' ? destination.node : init);
    found.set(key, { kind, init, place, declaration: declared, name: displayName(place, name), annotation: annotationOf(declared), typeArguments: typeArgumentsOf(init, declared) });
  };
  for (const node of tree.all('NewExpression')) {
    const callee = unwrap(node.callee);
    if (callee.type !== 'Identifier') continue;
    const kind = kindOfConstructor(callee, owners, bindings);
    if (kind) consider(node, kind);
  }
  for (const node of tree.all('ArrayExpression')) if (node.elements.length === 0) consider(node, 'array');
  for (const node of tree.all('ObjectExpression')) if (node.properties.length === 0) consider(node, 'dictionary');
  for (const node of tree.all('CallExpression')) {
    const [prototype] = node.arguments;
    if (pathText(node.callee) === 'Object.create' && prototype?.type === 'Literal' && prototype.value === null) consider(node, 'dictionary');
  }
  return [...found.values()].sort((left, right) => left.declaration.range[0] - right.declaration.range[0]);
}

/** The property of an object whose methods reach it by `this`, wherever the object itself goes. */
function placeInObject(init: Node, owners: Owners): Place | undefined {
  const property = parentOf(wrapped(init));
  const owner = property?.type === 'Property' ? owners.ofNode(property.parent) : undefined;
  const name = property?.type === 'Property' ? keyName(property) : undefined;
  return owner && name !== undefined ? { root: { type: 'owner', owner, isStatic: false }, path: [name] } : undefined;
}

const CONSTRUCTORS: Readonly<Record<string, CollectionKind>> = { Map: 'map', Set: 'set', Array: 'array', WeakMap: 'weak', WeakSet: 'weak' };

/** `new Map()`, and `new C()` for a `class C extends Map` of this file. */
function kindOfConstructor(callee: TSESTree.Identifier, owners: Owners, bindings: Bindings): CollectionKind | undefined {
  const variable = bindings.variableOf(callee);
  if (!variable) return CONSTRUCTORS[callee.name];
  let owner = owners.ofVariable(variable);
  for (let step = 0; owner && step < 4; step++) {
    const base = owner.superClass && unwrap(owner.superClass);
    // A subclass that bounds or empties itself is its own business.
    if ([...owner.members.keys()].some((name) => /^(?:set|add|push|delete|evict|prune|trim)$/.test(name))) return undefined;
    if (base?.type === 'Identifier' && !bindings.variableOf(base)) return CONSTRUCTORS[base.name];
    owner = owners.superOf(owner);
  }
  return undefined;
}

/** The field that declares `this.x`, or the variable's declarator. */
function declarationOf(place: Place, name: string, owners: Owners): Node | undefined {
  if (place.root.type === 'owner' && place.path.length === 1) return owners.member(place.root.owner, name)?.node;
  if (place.root.type === 'variable' && place.path.length === 0) return place.root.variable.defs[0]?.node;
  return undefined;
}

/** `ref.current` is called by the name of the ref. */
function displayName(place: Place, name: string): string {
  if (name !== 'current' && name !== 'value') return name;
  const before = place.path.at(-2);
  return before ?? (place.root.type === 'variable' ? place.root.variable.name : name);
}

function annotationOf(declaration: Node): TSESTree.TypeNode | undefined {
  if (isFieldNode(declaration)) return declaration.typeAnnotation?.typeAnnotation;
  if (declaration.type === 'VariableDeclarator' && declaration.id.type === 'Identifier') return declaration.id.typeAnnotation?.typeAnnotation;
  return undefined;
}

function typeArgumentsOf(init: Node, declaration: Node): readonly TSESTree.TypeNode[] {
  if (init.type === 'NewExpression' && init.typeArguments) return init.typeArguments.params;
  const outer = wrapped(init);
  if (outer.type === 'TSAsExpression' && outer.typeAnnotation.type === 'TSTypeReference') return outer.typeAnnotation.typeArguments?.params ?? [];
  const annotation = annotationOf(declaration);
  if (annotation?.type === 'TSTypeReference') return annotation.typeArguments?.params ?? [];
  if (annotation?.type === 'TSTypeLiteral') {
    // { [id: string]: Session }
    const index = annotation.members.find((member) => member.type === 'TSIndexSignature');
    const parameter = index?.parameters[0];
    if (parameter?.type === 'Identifier' && parameter.typeAnnotation) return [parameter.typeAnnotation.typeAnnotation];
  }
  return [];
}

