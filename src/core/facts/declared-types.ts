import type { TSESTree } from '@typescript-eslint/utils';
import type { Bindings, Variable } from '../scope/bindings.js';
import { isFieldNode, keyName, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import type { Owners } from './owners.js';
import { ELEMENT, type Place, type Places } from './places.js';

/** A part of a value, with the name of its type: the elements of a `Map<string, Session>` are `Session`s. */
interface Part {
  readonly path: readonly string[];
  readonly type: Variable;
}

/** What is known of a place by the type that is written for it, or for what it is a part of. */
export interface TypedPlace {
  /** The class or interface: of this file, or imported. */
  readonly type: Variable;
  /** The members that lead on from it; empty for the typed value itself. */
  readonly path: readonly string[];
}

/** The position of the type argument that says what the elements of a built-in collection are. */
const ELEMENTS: Readonly<Record<string, number>> = { Map: 1, ReadonlyMap: 1, Record: 1, Set: 0, ReadonlySet: 0, Array: 0, ReadonlyArray: 0 };
/** Types that stand for the value of their argument. */
const SAME_VALUE = /^(?:Readonly|Required|Partial|NonNullable|Promise)$/;

/** The types that a file writes beside its variables, parameters and fields. Nothing is inferred. */
export class DeclaredTypes {
  readonly #byPlace = new Map<string, Variable>();

  constructor(tree: Tree, private readonly bindings: Bindings, private readonly owners: Owners, private readonly places: Places) {
    for (const annotation of tree.all('TSTypeAnnotation')) {
      const parts = this.#partsOf(annotation.typeAnnotation);
      const place = parts.length > 0 ? this.#declaredPlace(annotation.parent) : undefined;
      if (place) this.#note(place, parts);
    }
    for (const created of tree.all('NewExpression')) {
      const parts = created.typeArguments && created.callee.type === 'Identifier' ? this.#elementsOf(created.callee.name, created.typeArguments.params) : [];
      const destination = parts.length > 0 ? places.destinationOf(created) : undefined;
      if (destination?.type === 'place') this.#note(destination.place, parts);
    }
  }

  /** The type from which a place can be named: of itself, or of the nearest thing that it is a part of. */
  of({ root, path }: Place): TypedPlace | undefined {
    for (let length = path.length; length >= 0; length--) {
      const type = this.#byPlace.get(this.places.key({ root, path: path.slice(0, length) }));
      if (type) return { type, path: path.slice(length) };
    }
    return undefined;
  }

  #note(place: Place, parts: readonly Part[]): void {
    for (const { path, type } of parts) {
      const key = this.places.key({ root: place.root, path: [...place.path, ...path] });
      if (!this.#byPlace.has(key)) this.#byPlace.set(key, type);
    }
  }

  #declaredPlace(declared: Node): Place | undefined {
    if (declared.type === 'Identifier') {
      // constructor(private readonly sessions: Sessions)
      const property = declared.parent.type === 'TSParameterProperty' ? declared.parent : undefined;
      const self = property && this.owners.thisAt(property);
      return self ? { root: { type: 'owner', ...self }, path: [declared.name] } : this.places.resolve(declared);
    }
    if (!isFieldNode(declared)) return undefined;
    const owner = this.owners.ofNode(declared.parent.parent);
    const name = keyName(declared);
    return owner && name !== undefined ? { root: { type: 'owner', owner, isStatic: declared.static }, path: [name] } : undefined;
  }

  #partsOf(type: TSESTree.TypeNode): Part[] {
    switch (type.type) {
      case 'TSUnionType': {
        const real = type.types.filter((one) => one.type !== 'TSNullKeyword' && one.type !== 'TSUndefinedKeyword');
        return real.length === 1 && real[0] ? this.#partsOf(real[0]) : [];
      }
      case 'TSArrayType':
        return within(this.#partsOf(type.elementType));
      case 'TSTypeReference': {
        if (type.typeName.type !== 'Identifier') return [];
        const { name } = type.typeName;
        const variable = this.bindings.variableOf(type.typeName);
        if (variable) return [{ path: [], type: variable }];
        const [inner] = type.typeArguments?.params ?? [];
        if (inner && SAME_VALUE.test(name)) return this.#partsOf(inner);
        return this.#elementsOf(name, type.typeArguments?.params ?? []);
      }
      default:
        return [];
    }
  }

  #elementsOf(collection: string, given: readonly TSESTree.TypeNode[]): Part[] {
    const index = Object.hasOwn(ELEMENTS, collection) ? ELEMENTS[collection] : undefined;
    const element = index === undefined ? undefined : given[index];
    return element ? within(this.#partsOf(element)) : [];
  }
}

function within(parts: readonly Part[]): Part[] {
  return parts.map(({ path, type }) => ({ path: [ELEMENT, ...path], type }));
}
