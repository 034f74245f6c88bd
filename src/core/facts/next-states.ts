import type { TSESTree } from '@typescript-eslint/utils';
import { hasReleasingName } from '../kinds/releases.js';
import { declaratorOf, onlyValue, type Bindings, type Variable } from '../scope/bindings.js';
import { keyName, lastName, memberName, parseMethodCall, pathText, unwrap, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import { growthBySpread, type AddOperation, type Operation } from './operations.js';
import type { Place, Places } from './places.js';
import type { Stores } from './stores.js';

/** Methods whose result may hold less than they are called on. */
const TAKES_OUT = /^(?:slice|filter|splice|toSpliced|omit)$/;
/** Methods whose result holds as many elements. */
const KEEPS = /^(?:map|sort|toSorted|reverse|toReversed|with|flat)$/;

/**
 * What replacing a state does to the collections in it: `{ ...state, list:
 * [...state.list, item] }` is growth of the list, `list: state.list.filter(…)`
 * shrinks it, `list: []` empties it.
 */
export class NextStates {
  /** Copies of a collection in which the next state is made ready. */
  readonly #drafts = new Map<Variable, Place>();

  constructor(private readonly stores: Stores, private readonly tree: Tree, private readonly places: Places, private readonly bindings: Bindings, private readonly add: AddOperation) {
    for (const { store, value } of stores.next) this.#replaced(store.state, value, value);
  }

  /** What is done to a draft is done to what it replaces: `const next = { ...state.byId }; delete next[id];`. */
  onDrafts(operations: readonly Operation[]): void {
    if (this.#drafts.size === 0) return;
    for (const { kind, place, node, how, key, value } of [...operations]) {
      if (place.root.type !== 'variable' || place.path.length > 0 || (kind !== 'grow' && kind !== 'shrink' && kind !== 'empty') || how === '=') continue;
      const target = this.#drafts.get(place.root.variable);
      if (target) this.add(kind, target, node, how, key, value);
    }
  }

  #replaced(place: Place, original: Node, at: Node, depth = 0): void {
    const value = unwrap(original);
    if (depth > 8 || this.#isIt(value, place)) return;
    const added = growthBySpread(value, (node) => this.#isIt(node, place));
    if (added && (added.key ?? added.value)) { this.add('grow', place, at, 'spread', added.key, added.value); return; }
    switch (value.type) {
      case 'ConditionalExpression':
        this.#replaced(place, value.consequent, value.consequent, depth + 1);
        this.#replaced(place, value.alternate, value.alternate, depth + 1);
        return;
      case 'LogicalExpression':
        this.#replaced(place, value.left, value.left, depth + 1);
        this.#replaced(place, value.right, value.right, depth + 1);
        return;
      case 'ObjectExpression':
        this.#replacedByObject(place, value, at, depth);
        return;
      case 'Identifier':
        this.#replacedByLocal(place, value, at, depth);
        return;
      case 'CallExpression':
        this.#replacedByCall(place, value, at, depth);
        return;
      default:
        if (value.type === 'ArrayExpression' && value.elements.length === 1 && value.elements[0]?.type === 'SpreadElement' && this.#isIt(value.elements[0].argument, place)) return;
        this.#overwritten(place, value, at);
    }
  }

  #replacedByObject(place: Place, value: TSESTree.ObjectExpression, at: Node, depth: number): void {
    const isState = this.stores.all.some(({ state }) => this.places.key(state) === this.places.key(place));
    const keeps = value.properties.some((property) => property.type === 'SpreadElement' && this.#isIt(property.argument, place));
    // What a store is given is merged; anything else that does not carry the old value over replaces it.
    if (!isState && !keeps) { this.#overwritten(place, value, at); return; }
    for (const property of value.properties) {
      const name = property.type === 'Property' ? keyName(property) : undefined;
      if (property.type === 'Property' && name !== undefined && !name.startsWith('[')) this.#replaced({ root: place.root, path: [...place.path, name] }, property.value, property, depth + 1);
    }
  }

  #replacedByLocal(place: Place, identifier: TSESTree.Identifier, at: Node, depth: number): void {
    const variable = this.bindings.variableOf(identifier);
    const declarator = variable && declaratorOf(variable);
    if (!variable || !declarator?.init) { this.#overwritten(place, identifier, at); return; }
    // const { [id]: gone, ...rest } = state.byId
    if (declarator.id.type === 'ObjectPattern' && this.#isIt(declarator.init, place)) { this.add('shrink', place, declarator, 'rest'); return; }
    const init = unwrap(declarator.init);
    if (declarator.id.type !== 'Identifier') { this.#overwritten(place, identifier, at); return; }
    if (this.#isCopy(init, place)) this.#drafts.set(variable, place);
    else if (onlyValue(variable)) this.#replaced(place, init, at, depth + 1);
    else this.#overwritten(place, identifier, at);
  }

  #replacedByCall(place: Place, value: TSESTree.CallExpression, at: Node, depth: number): void {
    const method = parseMethodCall(value);
    const base = method && unwrap(method.object);
    if (method && base && (TAKES_OUT.test(method.method) || KEEPS.test(method.method)) && this.#reads(base, place)) {
      this.#replaced(place, base, at, depth + 1);
      if (TAKES_OUT.test(method.method) && method.args.length > 0) this.add('shrink', place, value, method.method);
      return;
    }
    if (method?.method === 'set' && base && this.#isCopy(base, place)) { this.add('grow', place, at, 'set', method.args[0], method.args[1]); return; }
    // boundedAppend(state.errors, error, MAX)
    if (value.arguments.some((argument) => this.#reads(argument, place))) {
      this.add(hasReleasingName(lastName(value.callee)) ? 'shrink' : 'hand-over', place, value, pathText(value.callee) ?? 'call');
      return;
    }
    this.#overwritten(place, value, at);
  }

  /** Something else takes its place; what is made from the old value in a way that is not understood may well have less in it. */
  #overwritten(place: Place, value: Node, at: Node): void {
    if (this.#reads(value, place)) this.add('shrink', place, at, 'replaced');
    else this.add('empty', place, at, '=', undefined, value);
  }

  #reads(root: Node, place: Place): boolean {
    return this.tree.some(root, (node) => {
      if (node.type === 'Identifier') {
        const variable = this.bindings.variableOf(node);
        const init = variable && onlyValue(variable);
        if (init && init !== root && (init.type === 'ArrayExpression' || init.type === 'ObjectExpression') && this.tree.some(init, (inner) => this.#isIt(inner, place))) return true;
      }
      return this.#isIt(node, place);
    });
  }

  /** `{ ...x }`, `[...x]`, `new Map(x)`, `x.slice()`. */
  #isCopy(node: Node, place: Place): boolean {
    const inner = unwrap(node);
    if (inner.type === 'NewExpression') return inner.arguments[0] !== undefined && this.#isIt(inner.arguments[0], place);
    const only = inner.type === 'ArrayExpression' && inner.elements.length === 1 ? inner.elements[0] : inner.type === 'ObjectExpression' && inner.properties.length === 1 ? inner.properties[0] : undefined;
    if (only) return only.type === 'SpreadElement' && this.#isIt(only.argument, place);
    const method = parseMethodCall(inner);
    return method?.method === 'slice' && method.args.length === 0 && this.#isIt(method.object, place);
  }

  /** The collection itself, or nothing where it is missing: `state.list ?? []`. */
  #isIt(node: Node, place: Place): boolean {
    const inner = unwrap(node);
    if (inner.type === 'LogicalExpression' && inner.operator !== '&&') return this.#isIt(inner.left, place);
    if (inner.type !== 'Identifier' && inner.type !== 'CallExpression' && (inner.type !== 'MemberExpression' || memberName(inner) === undefined)) return false;
    const found = this.places.resolve(inner);
    return found !== undefined && this.places.key(found) === this.places.key(place);
  }
}
