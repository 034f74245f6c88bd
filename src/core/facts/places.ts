import type { TSESTree } from '@typescript-eslint/utils';
import { addTo } from '../multimap.js';
import { declaratorOf, declaringFunction, isParameter, type Bindings, type Variable } from '../scope/bindings.js';
import { hasPath, isFunctionNode, isNamed, isNothing, keyName, literalText, memberName, parentOf, parseMethodCall, unwrap, wrapped, type FunctionNode, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import { textsOf } from '../scope/texts.js';
import { functionBehind, type Owner, type Owners } from './owners.js';
import type { Stores } from './stores.js';

/** Where a path starts: an instance or a class, a variable, a global name, or a variable of another module that only its functions reach. */
export type Root =
  | { readonly type: 'owner'; readonly owner: Owner; readonly isStatic: boolean }
  | { readonly type: 'variable'; readonly variable: Variable }
  | { readonly type: 'global'; readonly name: string }
  | { readonly type: 'module'; readonly file: string; readonly name: string };

/**
 * Where a value lives: a root and the names that lead on from it, with `*` for
 * "some element of the collection". Two expressions with the same place name
 * the same thing, whatever aliases lie between. (Access paths, as in alias
 * analysis of field-sensitive leak checkers.)
 */
export interface Place {
  readonly root: Root;
  readonly path: readonly string[];
}

export const ELEMENT = '*';

/** What becomes of the value of an expression. */
export type Destination =
  | { readonly type: 'place'; readonly place: Place; readonly node: Node }
  | { readonly type: 'returned'; readonly node: Node }
  | { readonly type: 'argument'; readonly call: TSESTree.CallExpression | TSESTree.NewExpression; readonly index: number }
  | { readonly type: 'dropped'; readonly node: Node }
  | { readonly type: 'used'; readonly node: Node };

/** Methods that give an element of a collection. */
const ELEMENT_OF = new Set(['get', 'at', 'find', 'findLast', 'pop', 'shift']);
/** Methods whose result holds the same elements. */
const SAME_ELEMENTS = new Set(['values', 'slice', 'splice', 'filter', 'toReversed', 'toSorted', 'concat', 'reverse', 'sort']);
const ITERATES_ELEMENTS = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap', 'findIndex']);
const MAX_DEPTH = 24;

export class Places {
  readonly #aliases = new Map<Variable, Place | undefined>();
  readonly #storedAt = new Map<Variable, Place>();
  /** Of a variable that stands for one of several places in turn. */
  // leakproof-owned-by: the facts of one file, which are dropped with it
  readonly #alternatives = new Map<Variable, readonly Place[]>();
  readonly #returned = new Map<Node, Place | undefined>();
  #returns: Map<Node, Node[]> | undefined;
  #depth = 0;
  /** Places of expressions that were asked for; undefined until all stores are noted, on which the answers depend. */
  // leakproof-owned-by: the facts of one file, which are dropped with it
  #known: Map<Node, Place | undefined> | undefined;

  constructor(private readonly tree: Tree, private readonly bindings: Bindings, private readonly owners: Owners, private readonly stores: Stores) {
    this.#noteStores();
    this.#known = new Map();
  }

  /** Where the value of an expression lives, or undefined if it has no place of its own. */
  resolve(node: Node): Place | undefined {
    if (this.#depth > MAX_DEPTH) return undefined;
    // Within another answer the same question may be cut short.
    const known = this.#depth === 0 ? this.#known : undefined;
    const before = known?.get(node);
    if (before || known?.has(node)) return before;
    this.#depth++;
    try {
      const found = this.#resolve(node);
      const place = found && this.canonical(found);
      known?.set(node, place);
      return place;
    } finally {
      this.#depth--;
    }
  }

  /** The place by which everybody else reaches it: `session.timer` → `this.sessions.*.timer` once `session` is stored there. */
  canonical(place: Place): Place {
    let current = place;
    for (let step = 0; step < 4; step++) {
      const stored = current.root.type === 'variable' ? this.#storedAt.get(current.root.variable) : undefined;
      if (!stored) break;
      current = { root: stored.root, path: [...stored.path, ...current.path] };
    }
    const { root, path } = current;
    const [name] = path;
    if (root.type !== 'owner' || name === undefined) return current;
    const owner = this.owners.declaring(root.owner, name);
    return owner === root.owner ? current : { root: { ...root, owner }, path };
  }

  /** All places that an expression may mean: a loop variable over a list of handles means each of them, `this[name]` each member that `name` may name. */
  resolveAll(node: Node): readonly Place[] {
    const place = this.resolve(node);
    if (!place) return [];
    const members = this.#membersBehind(node);
    if (members.length > 0) return members;
    const alternatives = place.root.type === 'variable' ? this.#alternatives.get(place.root.variable) : undefined;
    return alternatives?.map((one) => ({ root: one.root, path: [...one.path, ...place.path] })) ?? [place];
  }

  /** What an iteration visits: the elements of a collection, or each item of a list that is written out. */
  elementsOf(iterable: Node): Place[] {
    const list = unwrap(iterable);
    if (list.type === 'ArrayExpression') return list.elements.flatMap((item) => (!item ? [] : item.type === 'SpreadElement' ? this.elementsOf(item.argument) : (this.resolve(item) ?? [])));
    const element = this.#element(list);
    return element ? [element] : [];
  }

  /** A text that is the same for the same place. */
  key(place: Place): string {
    const { root } = place;
    let key = root.type === 'owner' ? `${root.isStatic ? 's' : 'o'}${root.owner.id}` : root.type === 'variable' ? `v${this.bindings.idOf(root.variable)}` : root.type === 'module' ? `m:${root.file}#${root.name}` : `g:${root.name}`;
    for (const name of place.path) key += `.${name}`;
    return key;
  }

  /** What becomes of a value: where it is put, or that nobody takes it. */
  destinationOf(value: Node): Destination {
    const state = this.stores.beginningWith(value);
    if (state) return { type: 'place', place: state, node: value };
    let node = wrapped(value);
    for (;;) {
      const parent = node.parent;
      if (!parent) return { type: 'used', node };
      switch (parent.type) {
        case 'ExpressionStatement':
          return { type: 'dropped', node: parent };
        case 'UnaryExpression':
          return parent.operator === 'void' ? { type: 'dropped', node: parent } : { type: 'used', node: parent };
        case 'VariableDeclarator':
          return this.#toPattern(parent.id, parent);
        case 'AssignmentPattern':
          return parent.right === node ? this.#toPattern(parent.left, parent.parent.type === 'TSParameterProperty' ? parent.parent : parent) : { type: 'used', node: parent };
        case 'AssignmentExpression': {
          if (parent.right !== node) return { type: 'used', node: parent };
          const place = this.resolve(parent.left);
          return place ? { type: 'place', place, node: parent } : { type: 'used', node: parent };
        }
        case 'PropertyDefinition':
        case 'AccessorProperty': {
          const owner = parent.value === node ? this.owners.thisAt(node) : undefined;
          const name = keyName(parent);
          return owner && name !== undefined ? { type: 'place', place: this.canonical({ root: { type: 'owner', ...owner }, path: [name] }), node: parent } : { type: 'used', node: parent };
        }
        case 'Property': {
          const object = parent.parent;
          const name = keyName(parent);
          if (object.type !== 'ObjectExpression' || parent.value !== node || name === undefined) return { type: 'used', node: parent };
          const outer = this.destinationOf(object);
          return outer.type === 'place' ? { type: 'place', place: { root: outer.place.root, path: [...outer.place.path, name] }, node: parent } : outer.type === 'dropped' ? { type: 'used', node: parent } : outer;
        }
        case 'ArrayExpression':
        case 'SpreadElement': {
          const outer = this.destinationOf(parent);
          return outer.type === 'place' ? { type: 'place', place: { root: outer.place.root, path: [...outer.place.path, ELEMENT] }, node: outer.node } : outer;
        }
        case 'LogicalExpression':
        case 'ConditionalExpression':
          if (parent.type === 'ConditionalExpression' && parent.test === node) return { type: 'used', node: parent };
          node = wrapped(parent);
          continue;
        case 'AwaitExpression':
          node = wrapped(parent);
          continue;
        case 'SequenceExpression':
          if (parent.expressions.at(-1) !== node) return { type: 'dropped', node: parent };
          node = wrapped(parent);
          continue;
        case 'ReturnStatement':
          return this.#toCaller(enclosingFunction(parent), parent);
        case 'YieldExpression':
          return { type: 'returned', node: parent };
        case 'ArrowFunctionExpression':
          return parent.body === node ? this.#toCaller(parent, parent) : { type: 'used', node: parent };
        case 'CallExpression':
        case 'NewExpression':
          return this.#toArgument(parent, node);
        case 'MemberExpression': {
          // setTimeout(…).unref() hands the timer on.
          const call = parentOf(parent);
          if (parent.object === node && call?.type === 'CallExpression' && unwrap(call.callee) === parent && isNamed(parent, /^(?:unref|ref|hasRef)$/)) {
            node = wrapped(call);
            continue;
          }
          return { type: 'used', node: parent };
        }
        default:
          return { type: 'used', node: parent };
      }
    }
  }

  /** What a function returns: to whoever calls it, or into the list that `map` makes. */
  #toCaller(fn: Node | undefined, node: Node): Destination {
    const call = fn && parentOf(wrapped(fn));
    if (call?.type !== 'CallExpression') return { type: 'returned', node };
    if (unwrap(call.callee) === fn) return this.destinationOf(call);
    const method = parseMethodCall(call)?.method;
    const isCollected = call.arguments[0] === fn ? method === 'map' || method === 'flatMap' : method === 'from' && call.arguments[1] === fn;
    if (!isCollected) return { type: 'returned', node };
    const list = this.destinationOf(call);
    return list.type === 'place' ? { type: 'place', place: { root: list.place.root, path: [...list.place.path, ELEMENT] }, node } : list;
  }

  #toPattern(pattern: Node, node: Node): Destination {
    if (pattern.type !== 'Identifier') return { type: 'used', node };
    const variable = this.bindings.variableOf(pattern);
    const owner = variable && this.owners.ofVariable(variable);
    if (owner?.kind === 'object') return { type: 'place', place: { root: { type: 'owner', owner, isStatic: false }, path: [] }, node };
    return variable ? { type: 'place', place: this.canonical({ root: { type: 'variable', variable }, path: [] }), node } : { type: 'used', node };
  }

  #toArgument(call: TSESTree.CallExpression | TSESTree.NewExpression, node: Node): Destination {
    const index = call.arguments.indexOf(node as TSESTree.CallExpressionArgument);
    if (index < 0) return { type: 'used', node: call };
    const method = parseMethodCall(call);
    if (method && ((method.method === 'set' && index === 1) || (/^(?:add|push|unshift)$/.test(method.method)))) {
      const target = this.resolve(method.object);
      if (target) return { type: 'place', place: { root: target.root, path: [...target.path, ELEMENT] }, node: call };
    }
    const callee = unwrap(call.callee);
    const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (index === 0 && name !== undefined && /^(?:useRef|ref|shallowRef|reactive|createRef|signal|observable|markRaw|freeze)$/.test(name)) {
      const outer = this.destinationOf(call);
      const step = name === 'useRef' ? ['current'] : /^(?:ref|shallowRef)$/.test(name) ? ['value'] : [];
      if (outer.type === 'place') return { type: 'place', place: { root: outer.place.root, path: [...outer.place.path, ...step] }, node: outer.node };
    }
    return { type: 'argument', call, index };
  }

  #resolve(original: Node): Place | undefined {
    const node = unwrap(original);
    switch (node.type) {
      case 'AwaitExpression':
        return this.#resolve(node.argument);
      case 'ThisExpression': {
        const owner = this.owners.thisAt(node);
        return owner && { root: { type: 'owner', ...owner }, path: [] };
      }
      case 'Super': {
        const owner = this.owners.thisAt(node);
        return owner && { root: { type: 'owner', ...owner }, path: [] };
      }
      case 'Identifier':
        return this.#resolveIdentifier(node);
      case 'AssignmentExpression':
        return this.#resolve(node.left);
      case 'LogicalExpression':
        return this.#resolve(node.left);
      case 'ConditionalExpression': {
        const arm = onlyArm(node);
        return arm && this.#resolve(arm);
      }
      case 'MemberExpression':
        return this.#resolveMember(node);
      case 'CallExpression': {
        const state = this.stores.readBy(node);
        if (state) return state;
        const fn = this.#calledFunction(node);
        if (fn) return this.#returnedBy(fn);
        const call = parseMethodCall(node);
        return call && ELEMENT_OF.has(call.method) ? this.#element(call.object) : undefined;
      }
      default:
        return undefined;
    }
  }

  #resolveIdentifier(node: TSESTree.Identifier): Place | undefined {
    const variable = this.bindings.variableOf(node);
    if (!variable) return { root: { type: 'global', name: node.name }, path: [] };
    const owner = this.owners.ofVariable(variable);
    if (owner) return { root: { type: 'owner', owner, isStatic: owner.kind !== 'object' }, path: [] };
    const self = this.owners.selfOf(node);
    if (self) return { root: { type: 'owner', ...self }, path: [] };
    return this.#aliasOf(variable) ?? { root: { type: 'variable', variable }, path: [] };
  }

  #resolveMember(node: TSESTree.MemberExpression): Place | undefined {
    const base = this.resolve(node.object);
    if (!base) return undefined;
    const name = memberName(node);
    if (name === undefined) {
      const symbol = this.#symbolName(node);
      return { root: base.root, path: [...base.path, symbol ?? ELEMENT] };
    }
    if (base.root.type === 'owner' && base.path.length === 0) {
      // this.constructor.x, C.prototype.x
      if (name === 'constructor' && !base.root.isStatic) return { root: { ...base.root, isStatic: true }, path: [] };
      if (name === 'prototype' && base.root.isStatic) return { root: { ...base.root, isStatic: false }, path: [] };
      const member = this.owners.member(base.root.owner, name);
      const behind = member?.node.type === 'MethodDefinition' && member.node.kind === 'get' && member.fn ? this.#returnedBy(member.fn) : undefined;
      if (behind) return behind;
    }
    return { root: base.root, path: [...base.path, name] };
  }

  /** The function or method of this file that a call runs, with the caller's own `this`. */
  #calledFunction(call: TSESTree.CallExpression): FunctionNode | undefined {
    const callee = unwrap(call.callee);
    if (callee.type === 'Identifier') {
      const variable = this.bindings.variableOf(callee);
      return variable && functionBehind(variable);
    }
    const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
    if (callee.type !== 'MemberExpression' || name === undefined || unwrap(callee.object).type !== 'ThisExpression') return undefined;
    const self = this.owners.thisAt(callee);
    return self && this.owners.member(self.owner, name)?.fn;
  }

  /** What an accessor gives, if it gives one place only: `get(id) { … return this.sessions.get(id); }`. */
  #returnedBy(fn: FunctionNode): Place | undefined {
    if (fn.generator) return undefined;
    if (!this.#returned.has(fn)) {
      this.#returned.set(fn, undefined); // a cycle answers: no place
      this.#returned.set(fn, this.#findReturned(fn));
    }
    return this.#returned.get(fn);
  }

  #findReturned(fn: FunctionNode): Place | undefined {
    let found: Place | undefined;
    for (const value of this.#returnValues(fn)) {
      if (isNothing(value)) continue;
      const place = this.resolve(value);
      // What the function itself declares means nothing to its callers.
      if (!place || (place.root.type === 'variable' && declaringFunction(place.root.variable) === fn)) return undefined;
      if (found && this.key(found) !== this.key(place)) return undefined;
      found = place;
    }
    return found;
  }

  #returnValues(fn: FunctionNode): Node[] {
    if (fn.body.type !== 'BlockStatement') return [fn.body];
    if (!this.#returns) {
      this.#returns = new Map();
      for (const statement of this.tree.all('ReturnStatement')) {
        const home = enclosingFunction(statement);
        if (home && statement.argument) addTo(this.#returns, home, statement.argument);
      }
    }
    return this.#returns.get(fn) ?? [];
  }

  /** `this[kTimer]` names one property where the key is a constant symbol; `this[id]` is an element. */
  #symbolName(node: TSESTree.MemberExpression): string | undefined {
    const key = unwrap(node.property);
    if (key.type !== 'Identifier') return undefined;
    const variable = this.bindings.variableOf(key);
    const init = variable && declaratorOf(variable)?.init;
    const value = init ? unwrap(init) : undefined;
    const isSymbol = value?.type === 'CallExpression' && hasPath(value.callee, /^Symbol(?:\.for)?$/);
    const imported = variable !== undefined && value === undefined && /^k[A-Z]/.test(key.name) && !isParameter(variable);
    const destructured = value?.type === 'CallExpression' && hasPath(value.callee, /^require$/) && /^k[A-Z]/.test(key.name);
    return isSymbol || imported || destructured ? `[${key.name}]` : undefined;
  }

  /** The members that `object[name]` may mean, where the file shows every text that `name` stands for. */
  #membersBehind(original: Node): Place[] {
    const node = unwrap(original);
    const base = node.type === 'MemberExpression' && node.computed && memberName(node) === undefined ? this.resolve(node.object) : undefined;
    if (!base || node.type !== 'MemberExpression') return [];
    return textsOf(node.property, this.bindings).map((name) => this.canonical({ root: base.root, path: [...base.path, name] }));
  }

  #element(collection: Node): Place | undefined {
    const base = this.#collectionBehind(collection);
    return base && { root: base.root, path: [...base.path, ELEMENT] };
  }

  /** The collection whose elements an iterable gives: `m.values()`, `Object.values(m)`, `[...m]`, `Array.from(m.values())`. */
  #collectionBehind(original: Node): Place | undefined {
    const node = unwrap(original);
    if (node.type === 'ArrayExpression' && node.elements.length === 1 && node.elements[0]?.type === 'SpreadElement') return this.#collectionBehind(node.elements[0].argument);
    const call = parseMethodCall(node);
    if (call) {
      const base = unwrap(call.object);
      if (base.type === 'Identifier' && this.bindings.isGlobal(base)) {
        const argument = call.args[0];
        if (argument && ((base.name === 'Object' && call.method === 'values') || (base.name === 'Array' && call.method === 'from'))) return this.#collectionBehind(argument);
      }
      if (SAME_ELEMENTS.has(call.method)) return this.#collectionBehind(call.object);
    }
    return this.resolve(node);
  }

  /** The collection whose entries an iterable gives as pairs: `map`, `map.entries()`, `Object.entries(o)`. */
  #entriesBehind(original: Node): Place | undefined {
    const node = unwrap(original);
    if (node.type === 'ArrayExpression' && node.elements.length === 1 && node.elements[0]?.type === 'SpreadElement') return this.#entriesBehind(node.elements[0].argument);
    const call = parseMethodCall(node);
    if (call?.method === 'entries' && call.args.length === 0) return this.resolve(call.object);
    const base = call && unwrap(call.object);
    if (call?.args[0] && base?.type === 'Identifier' && this.bindings.isGlobal(base)) {
      if (base.name === 'Object' && call.method === 'entries') return this.resolve(call.args[0]);
      if (base.name === 'Array' && call.method === 'from') return this.#entriesBehind(call.args[0]);
    }
    return this.resolve(node);
  }

  /** The place that a variable is just another name of. */
  #aliasOf(variable: Variable): Place | undefined {
    const state = this.stores.behind(variable);
    if (state) return state;
    if (!this.#aliases.has(variable)) {
      this.#aliases.set(variable, undefined); // a cycle answers: its own place
      this.#aliases.set(variable, this.#findAlias(variable));
    }
    return this.#aliases.get(variable);
  }

  #findAlias(variable: Variable): Place | undefined {
    const definition = variable.defs[0];
    if (variable.defs.length !== 1 || !definition) return undefined;
    const node = definition.node as Node;
    const identifier = definition.name as Node;
    if (isFunctionNode(node)) return this.#callbackParameter(node, identifier);
    if (node.type !== 'VariableDeclarator') return undefined;
    if (variable.references.some((reference) => reference.isWrite() && reference.init !== true) && variable.references.filter((reference) => reference.isWrite()).length > 1) return undefined;
    const loop = node.parent.parent;
    if (loop.type === 'ForOfStatement' && loop.left === node.parent) return this.#iterated(loop.right, node.id, identifier);
    if (!node.init) return this.#onlyAssignment(variable);
    const value = unwrap(node.init);
    const members = node.id.type === 'Identifier' ? this.#membersBehind(value) : [];
    if (members.length > 0) {
      this.#alternatives.set(variable, members);
      return undefined;
    }
    if (node.id.type === 'Identifier') return isPath(value) ? this.resolve(value) : undefined;
    const base = this.resolve(value);
    return base && pathInPattern(base, node.id, identifier);
  }

  /** `let t; t = this.timer;` written once is an alias, too. */
  #onlyAssignment(variable: Variable): Place | undefined {
    const writes = variable.references.filter((reference) => reference.isWrite());
    const value = writes.length === 1 && writes[0]?.writeExpr ? unwrap(writes[0].writeExpr) : undefined;
    return value && isPath(value) ? this.resolve(value) : undefined;
  }

  #iterated(iterable: Node, pattern: Node, identifier: Node): Place | undefined {
    if (pattern.type === 'ArrayPattern') {
      const entries = this.#entriesBehind(iterable);
      const value = pattern.elements[1];
      const element = entries && { root: entries.root, path: [...entries.path, ELEMENT] };
      return element && value ? pathInPattern(element, value, identifier) : undefined;
    }
    const found = this.elementsOf(iterable).flatMap((element) => pathInPattern(element, pattern, identifier) ?? []);
    const variable = found.length > 1 ? this.bindings.variableOf(identifier) : undefined;
    if (variable) this.#alternatives.set(variable, found);
    return variable ? undefined : found[0];
  }

  /** `map.forEach((value) => …)`: the parameter is an element. */
  #callbackParameter(fn: FunctionNode, identifier: Node): Place | undefined {
    const call = parentOf(fn);
    const method = call && parseMethodCall(call);
    const pattern = fn.params[0];
    const state = pattern && (this.stores.givenTo(fn) ?? this.#drafted(fn, call));
    if (state) {
      const found = pathInPattern(state, pattern.type === 'AssignmentPattern' ? pattern.left : pattern, identifier);
      if (found) return found;
    }
    if (method && identifier === fn.params[2] && method.args[0] && unwrap(method.args[0]) === fn && ITERATES_ELEMENTS.has(method.method)) return this.resolve(method.object);
    if (!method || !ITERATES_ELEMENTS.has(method.method) || !method.args[0] || unwrap(method.args[0]) !== fn || !pattern) return undefined;
    return this.#iterated(method.object, pattern, identifier);
  }

  /** `produce(state, (draft) => …)`: the draft stands for the state. */
  #drafted(fn: FunctionNode, call: Node | undefined): Place | undefined {
    if (call?.type !== 'CallExpression' || !hasPath(call.callee, /^(?:\w+\.)?produce$/)) return undefined;
    const [base, recipe] = call.arguments;
    return base && recipe && unwrap(recipe) === fn ? this.resolve(base) : undefined;
  }

  /** Local objects that are put into a collection or a field are reached by that place from then on. */
  #noteStores(): void {
    for (const call of this.tree.all('CallExpression')) {
      const method = parseMethodCall(call);
      if (!method) continue;
      const value = method.method === 'set' ? method.args[1] : /^(?:add|push|unshift)$/.test(method.method) ? method.args[0] : undefined;
      if (value) this.#noteStore(value, () => { const target = this.resolve(method.object); return target && { root: target.root, path: [...target.path, ELEMENT] }; });
    }
    for (const property of this.tree.all('TSParameterProperty')) {
      const name = property.parameter.type === 'AssignmentPattern' ? property.parameter.left : property.parameter;
      const variable = this.bindings.variableOf(name);
      const owner = this.owners.thisAt(name);
      if (variable && owner) this.#storedAt.set(variable, { root: { type: 'owner', ...owner }, path: [name.name] });
    }
    for (const assignment of this.tree.all('AssignmentExpression')) {
      if (unwrap(assignment.left).type === 'MemberExpression') this.#noteStore(assignment.right, () => this.resolve(assignment.left));
    }
  }

  #noteStore(value: Node, target: () => Place | undefined): void {
    const inner = unwrap(value);
    if (inner.type !== 'Identifier') return;
    const variable = this.bindings.variableOf(inner);
    if (!variable || this.#storedAt.has(variable) || this.owners.ofVariable(variable)) return;
    const isLocalObject = isParameter(variable) || holdsFreshObject(variable);
    if (!isLocalObject || variable.scope.type === 'module' || variable.scope.type === 'global') return;
    const place = target();
    // Only what outlives the call is worth naming it by; a parameter stored in itself is not.
    if (place && !(place.root.type === 'variable' && place.root.variable === variable) && !this.#reaches(place, variable)) this.#storedAt.set(variable, place);
  }

  #reaches(place: Place, variable: Variable): boolean {
    let current: Place | undefined = place;
    for (let step = 0; current && step < 8; step++) {
      if (current.root.type !== 'variable') return false;
      if (current.root.variable === variable) return true;
      current = this.#storedAt.get(current.root.variable);
    }
    return false;
  }
}

function holdsFreshObject(variable: Variable): boolean {
  const declarator = declaratorOf(variable);
  if (declarator?.id.type !== 'Identifier') return false;
  if (!declarator.init) return true;
  const init = unwrap(declarator.init);
  return init.type === 'ObjectExpression' || init.type === 'NewExpression' || init.type === 'ArrayExpression' || init.type === 'CallExpression' || init.type === 'AwaitExpression';
}

/** Whether an expression can be an alias: a member, an element, a name; not a fresh object. */
function isPath(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
    case 'ThisExpression':
    case 'MemberExpression':
      return true;
    case 'AwaitExpression':
      return isPath(inner.argument);
    case 'AssignmentExpression':
      return inner.operator === '=' ? isPath(inner.left) : inner.operator === '??=' || inner.operator === '||=';
    case 'LogicalExpression':
      return isPath(inner.left);
    case 'CallExpression':
      return true;
    case 'ConditionalExpression': {
      const arm = onlyArm(inner);
      return arm !== undefined && isPath(arm);
    }
    default:
      return false;
  }
}

/** `this.engine ? await this.getEngine() : null`: what it gives if it gives anything. */
function onlyArm({ consequent, alternate }: TSESTree.ConditionalExpression): Node | undefined {
  if (isNothing(unwrap(alternate))) return consequent;
  return isNothing(unwrap(consequent)) ? alternate : undefined;
}

function enclosingFunction(node: Node): Node | undefined {
  let current = node.parent;
  while (current && !isFunctionNode(current)) current = current.parent;
  return current;
}

/** The place of one name in a destructuring pattern over `base`. */
function pathInPattern(base: Place, pattern: Node, identifier: Node): Place | undefined {
  switch (pattern.type) {
    case 'Identifier':
      return pattern === identifier ? base : undefined;
    case 'AssignmentPattern':
      return pathInPattern(base, pattern.left, identifier);
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type !== 'Property') continue;
        const name = keyName(property) ?? literalText(property.key);
        const found = name === undefined ? undefined : pathInPattern({ root: base.root, path: [...base.path, name] }, property.value, identifier);
        if (found) return found;
      }
      return undefined;
    case 'ArrayPattern':
      for (const element of pattern.elements) {
        const found = element && pathInPattern({ root: base.root, path: [...base.path, ELEMENT] }, element, identifier);
        if (found) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}
