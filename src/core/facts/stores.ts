import type { TSESTree } from '@typescript-eslint/utils';
import { addTo } from '../multimap.js';
import { importOf, onlyValue, type Bindings, type Variable } from '../scope/bindings.js';
import { contains, hasPath, isFunctionNode, keyName, lastName, literalText, memberName, parentOf, parseMethodCall, pathText, unwrap, wrapped, type FunctionNode, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';
import { functionBehind, type Owners } from './owners.js';
import type { Place } from './places.js';

/** A state that is never changed but replaced: of a reducer, a slice, or a store. */
export interface Store {
  /** Where the state lives: at the value it begins with. */
  readonly state: Place;
  /** A component has its own state, and ends with it. */
  readonly holder: 'component' | 'module';
  /** What it begins with. */
  readonly initial: Node;
  /** What it is called. */
  readonly name: string;
  /** The variable by which other files may have it. */
  readonly variable: Variable | undefined;
}

/** The value that replaces a state. */
export interface NextState {
  readonly store: Store;
  readonly value: Node;
}

/** The action that a branch of a reducer answers, and where the file dispatches it. */
interface Reducer {
  readonly store: Store;
  /** The action's name, where the function answers one only. */
  readonly action: string | undefined;
}

/** The stores and reducers of a file: `useReducer`, `createSlice`, `createReducer`, plain reducers, and zustand's `create`. */
export class Stores {
  readonly all: Store[] = [];
  readonly next: NextState[] = [];
  /** Functions whose first parameter is the state. */
  readonly #givenState = new Map<Node, Store>();
  readonly #reducers = new Map<Node, Reducer>();
  /** Callbacks that run as a part of the call that replaces the state. */
  readonly #updaters = new Set<Node>();
  readonly #stateOf = new Map<Variable, Store>();
  readonly #reads = new Map<Node, Store>();
  readonly #initials = new Map<Node, Store>();
  #returns: Map<Node, Node[]> | undefined;
  #dispatched: Map<string, Node[]> | undefined;

  readonly #knowsZustand: boolean;

  constructor(private readonly tree: Tree, private readonly bindings: Bindings, private readonly owners: Owners) {
    this.#knowsZustand = [...tree.modules].some(isZustand);
    for (const call of tree.all('CallExpression')) this.#addCall(call);
    for (const node of [...tree.all('FunctionDeclaration'), ...tree.all('FunctionExpression'), ...tree.all('ArrowFunctionExpression')]) this.#addPlainReducer(node);
    for (const declarator of tree.all('VariableDeclarator')) this.#addSlice(declarator);
  }

  /** The store whose state a place belongs to. */
  of(place: Place): Store | undefined {
    return this.all.find(({ state }) => isSameRoot(state, place) && state.path.every((name, index) => place.path[index] === name));
  }

  /** The state behind a variable: `const [state, dispatch] = useReducer(…)`. */
  behind(variable: Variable): Place | undefined {
    return this.#stateOf.get(variable)?.state;
  }

  /** The state that a function gets as its first parameter. */
  givenTo(fn: Node): Place | undefined {
    return this.#givenState.get(fn)?.state;
  }

  /** The state that a call gives: `get()`, `useStore.getState()`. */
  readBy(call: Node): Place | undefined {
    return this.#reads.get(call)?.state;
  }

  /** The state that begins with a value. */
  beginningWith(node: Node): Place | undefined {
    return this.#initials.get(node)?.state;
  }

  /** Whether a function makes the next state for an action. */
  isReducer(fn: Node): boolean {
    return this.#reducers.has(fn);
  }

  /** Whether a function runs as a part of the call that it is given to. */
  isUpdater(fn: Node): boolean {
    return this.#updaters.has(fn);
  }

  /** Where the file dispatches the action that a node in a reducer answers; undefined for functions that are no reducers. */
  dispatchesOf(fn: Node, node: Node): readonly Node[] | undefined {
    const reducer = this.#reducers.get(fn);
    if (!reducer) return undefined;
    const actions = reducer.action === undefined ? actionsAround(node, fn) : [reducer.action];
    return actions.flatMap((action) => this.#dispatches().get(action) ?? []);
  }

  /** The names of the actions that a node in a reducer answers. */
  actionsOf(fn: Node, node: Node): readonly string[] {
    const reducer = this.#reducers.get(fn);
    return !reducer ? [] : reducer.action === undefined ? actionsAround(node, fn) : [reducer.action];
  }

  #addCall(call: TSESTree.CallExpression): void {
    const name = lastName(call.callee);
    const [first, second] = call.arguments;
    if (name === 'useReducer' && first && second) this.#addHook(call, first, second);
    else if (name === 'createSlice' && first?.type === 'ObjectExpression') this.#addToolkitSlice(call, first);
    else if (name === 'createReducer' && first && second) this.#addBuilt(call, first, second);
    else if (first && this.#knowsZustand && this.#makesStore(call)) {
      const creator = this.#functionIn(first);
      if (creator) this.#addCreator(creator, variableGiven(call, this.bindings), call);
    }
  }

  /** `const [state, dispatch] = useReducer(reducer, INITIAL)` */
  #addHook(call: TSESTree.CallExpression, reducer: Node, initial: Node): void {
    const declarator = parentOf(wrapped(call));
    const [state] = declarator?.type === 'VariableDeclarator' && declarator.id.type === 'ArrayPattern' ? declarator.id.elements : [];
    const variable = state?.type === 'Identifier' ? this.bindings.variableOf(state) : undefined;
    const fn = this.#functionIn(reducer);
    if (!fn) return;
    const store = this.#add(initial, 'component', variable, [], nameOf(fn) ?? 'reducer');
    if (!store) return;
    if (variable) this.#stateOf.set(variable, store);
    this.#addReducer(fn, store, undefined);
  }

  /** `createSlice({ name, initialState, reducers: { added(state, action) { … } } })` */
  #addToolkitSlice(call: TSESTree.CallExpression, options: TSESTree.ObjectExpression): void {
    const variable = variableGiven(call, this.bindings);
    const initial = propertyOf(options, 'initialState');
    const store = initial && this.#add(initial, 'module', variable, ['initialState'], variable?.name ?? 'slice');
    if (!store) return;
    const reducers = propertyOf(options, 'reducers');
    for (const property of reducers?.type === 'ObjectExpression' ? reducers.properties : []) {
      if (property.type !== 'Property') continue;
      const value = unwrap(property.value);
      const fn = this.#functionIn(value.type === 'ObjectExpression' ? (propertyOf(value, 'reducer') ?? value) : value);
      if (fn) this.#addReducer(fn, store, keyName(property) ?? '');
    }
    const extra = propertyOf(options, 'extraReducers');
    if (extra) this.#addBuilderCases(extra, store);
  }

  /** `createReducer(INITIAL, (builder) => builder.addCase(added, (state, action) => …))` */
  #addBuilt(call: TSESTree.CallExpression, initial: Node, build: Node): void {
    const variable = variableGiven(call, this.bindings);
    const store = this.#add(initial, 'module', variable, ['initialState'], variable?.name ?? 'reducer');
    if (store) this.#addBuilderCases(build, store);
  }

  #addBuilderCases(build: Node, store: Store): void {
    for (const call of this.tree.all('CallExpression')) {
      const method = parseMethodCall(call);
      if (!method || !/^add(?:Case|Matcher|DefaultCase)$/.test(method.method) || call.range[0] < build.range[0] || call.range[1] > build.range[1]) continue;
      const last = method.args.at(-1);
      const fn = last && this.#functionIn(last);
      const action = method.args[0] && method.args.length > 1 ? (literalText(unwrap(method.args[0])) ?? pathText(method.args[0])?.split('.').at(-1)) : undefined;
      if (fn) this.#addReducer(fn, store, action ?? '');
    }
  }

  /** `function reducer(state = INITIAL, action) { switch (action.type) { … } }` */
  #addPlainReducer(fn: FunctionNode): void {
    const [state, action] = fn.params;
    if (state?.type !== 'AssignmentPattern' || state.left.type !== 'Identifier' || fn.params.length !== 2 || !action || this.#reducers.has(fn)) return;
    const isAction = action.type === 'Identifier' ? /action/i.test(action.name) : action.type === 'ObjectPattern' && action.properties.some((property) => property.type === 'Property' && keyName(property) === 'type');
    const store = isAction && unwrap(state.right).type === 'Identifier' ? this.#add(state.right, 'module', undefined, [], nameOf(fn) ?? 'reducer') : undefined;
    if (store) this.#addReducer(fn, store, undefined);
  }

  /** `create((set, get) => ({ … }))`, `create<State>()(devtools((set) => ({ … })))`, of zustand. */
  #makesStore(call: TSESTree.CallExpression): boolean {
    let callee = unwrap(call.callee);
    if (callee.type === 'CallExpression' && callee.arguments.length === 0) callee = unwrap(callee.callee);
    const variable = callee.type === 'Identifier' ? this.bindings.variableOf(callee) : undefined;
    const from = variable && importOf(variable);
    return from !== undefined && isZustand(from.module) && /^(?:create\w*|default)$/.test(from.name);
  }

  /** `const createFishSlice: StateCreator<…> = (set) => ({ … })`: a part of a store that another file puts together. */
  #addSlice(declarator: TSESTree.VariableDeclarator): void {
    const annotation = declarator.id.type === 'Identifier' ? declarator.id.typeAnnotation?.typeAnnotation : undefined;
    if (annotation?.type !== 'TSTypeReference' || annotation.typeName.type !== 'Identifier' || !annotation.typeName.name.endsWith("StateCreator") || !declarator.init) return;
    const creator = this.#functionIn(declarator.init);
    if (creator && !this.#reducers.has(creator)) this.#addCreator(creator, declarator.id.type === 'Identifier' ? this.bindings.variableOf(declarator.id) : undefined, declarator);
  }

  #addCreator(creator: FunctionNode, variable: Variable | undefined, node: Node): void {
    const [initial] = this.#returnsOf(creator).map(unwrap);
    if (initial?.type !== 'ObjectExpression' || this.#initials.has(initial)) return;
    const store = this.#add(initial, this.#isAtModuleLevel(node) ? 'module' : 'component', variable, ['state'], variable?.name ?? nameOf(creator) ?? 'store');
    if (!store) return;
    const [set, get] = creator.params.map((parameter) => (parameter.type === 'Identifier' ? this.bindings.variableOf(parameter) : undefined));
    for (const call of callsOf(set)) this.#addUpdate(call, store);
    for (const call of callsOf(get)) this.#reads.set(call, store);
    for (const reference of variable?.references ?? []) {
      const member = parentOf(reference.identifier);
      const call = member?.type === 'MemberExpression' && unwrap(member.object) === reference.identifier ? parentOf(member) : undefined;
      if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression' || unwrap(call.callee) !== member) continue;
      if (memberName(member) === 'setState') this.#addUpdate(call, store);
      if (memberName(member) === 'getState') this.#reads.set(call, store);
    }
  }

  /** `set({ … })`, `set((state) => ({ … }))`, `set(produce((state) => { … }))`. */
  #addUpdate(call: TSESTree.CallExpression, store: Store): void {
    const [update] = call.arguments;
    if (!update) return;
    const fn = this.#functionIn(update);
    if (!fn) { this.next.push({ store, value: update }); return; }
    if (unwrap(update) === fn || update.type === 'CallExpression') this.#updaters.add(fn);
    this.#give(fn, store);
  }

  #addReducer(fn: FunctionNode, store: Store, action: string | undefined): void {
    if (this.#reducers.has(fn)) return;
    this.#reducers.set(fn, { store, action });
    this.#give(fn, store);
  }

  #give(fn: FunctionNode, store: Store): void {
    this.#givenState.set(fn, store);
    for (const value of this.#returnsOf(fn)) this.next.push({ store, value });
  }

  #add(initial: Node, holder: Store['holder'], variable: Variable | undefined, path: readonly string[], name: string): Store | undefined {
    const begins = unwrap(initial);
    const named = begins.type === 'Identifier' ? this.bindings.variableOf(begins) : undefined;
    const value = named ? onlyValue(named) : begins;
    if (value?.type !== 'ObjectExpression' && value?.type !== 'ArrayExpression') return undefined;
    const owner = named ? this.owners.ofVariable(named) : this.owners.ofNode(value);
    const state: Place | undefined = owner ? { root: { type: 'owner', owner, isStatic: false }, path: [] } : named ? { root: { type: 'variable', variable: named }, path: [] } : variable && { root: { type: 'variable', variable }, path };
    if (!state) return undefined;
    const store: Store = { state, holder, initial: value, name, variable };
    this.all.push(store);
    this.#initials.set(value, store);
    return store;
  }

  /** The function that an expression is, or that it wraps: `devtools(immer((set) => …))`. */
  #functionIn(node: Node): FunctionNode | undefined {
    let inner: Node | undefined = unwrap(node);
    for (let step = 0; inner && step < 6; step++) {
      if (isFunctionNode(inner)) return inner;
      if (inner.type === 'Identifier') {
        const variable = this.bindings.variableOf(inner);
        return variable && functionBehind(variable);
      }
      inner = inner.type === 'CallExpression' && inner.arguments[0] ? unwrap(inner.arguments[0]) : undefined;
    }
    return undefined;
  }

  #returnsOf(fn: FunctionNode): Node[] {
    if (fn.body.type !== 'BlockStatement') return [fn.body];
    if (!this.#returns) {
      this.#returns = new Map();
      for (const statement of this.tree.all('ReturnStatement')) {
        let home: Node | undefined = statement.parent;
        while (home && !isFunctionNode(home)) home = home.parent;
        if (home && statement.argument) addTo(this.#returns, home, statement.argument);
      }
    }
    return this.#returns.get(fn) ?? [];
  }

  #isAtModuleLevel(node: Node): boolean {
    for (let current = node.parent; current; current = current.parent) if (isFunctionNode(current)) return false;
    return true;
  }

  /** Every `dispatch({ type: 'added', … })` and `added(…)` of the file, by the action's name. */
  #dispatches(): Map<string, Node[]> {
    if (this.#dispatched) return this.#dispatched;
    const found = new Map<string, Node[]>();
    for (const call of this.tree.all('CallExpression')) {
      const [action] = call.arguments;
      const type = action?.type === 'ObjectExpression' ? propertyOf(action, 'type') : undefined;
      const name = type && (literalText(unwrap(type)) ?? pathText(type));
      if (name !== undefined) addTo(found, name, call);
      const callee = unwrap(call.callee);
      // dispatch(added(item)), dispatch(slice.actions.added(item))
      const creator = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' && hasPath(callee.object, /actions$/i) ? memberName(callee) : undefined;
      const outer = parentOf(wrapped(call));
      if (creator !== undefined && outer?.type === 'CallExpression') addTo(found, creator, call);
    }
    return (this.#dispatched = found);
  }
}

function isZustand(module: string): boolean {
  return /^zustand(?:\/|$)/.test(module);
}

function isSameRoot({ root: left }: Place, { root: right }: Place): boolean {
  if (left.type === 'owner') return right.type === 'owner' && left.owner === right.owner;
  return left.type === 'variable' && right.type === 'variable' && left.variable === right.variable;
}

/** `case 'added':`, and the cases that fall through to it, or `if (action.type === 'added')`, or `action.type === 'added' ? … : …`. */
function actionsAround(node: Node, fn: Node): string[] {
  for (let current: Node | undefined = node; current && current !== fn; current = current.parent) {
    if (current.type === 'SwitchCase') {
      const { cases } = current.parent;
      const names: string[] = [];
      for (let index = cases.indexOf(current); index >= 0; index--) {
        const one = cases[index];
        if (!one || (one !== current && one.consequent.length > 0)) break;
        const name = one.test && (literalText(unwrap(one.test)) ?? pathText(one.test));
        if (name !== null && name !== undefined) names.push(name);
      }
      return names;
    }
    if ((current.type === 'IfStatement' || current.type === 'ConditionalExpression') && contains(current.consequent, node) && current.test.type === 'BinaryExpression' && /^===?$/.test(current.test.operator)) {
      const name = literalText(unwrap(current.test.right)) ?? pathText(current.test.right);
      if (name !== undefined && hasPath(current.test.left, /(?:^|\.)type$/)) return [name];
    }
  }
  return [];
}

function propertyOf(object: TSESTree.ObjectExpression, name: string): Node | undefined {
  const property = object.properties.find((one) => one.type === 'Property' && keyName(one) === name);
  return property?.type === 'Property' ? unwrap(property.value) : undefined;
}

/** The variable that a call's value is given to where it stands. */
function variableGiven(call: Node, bindings: Bindings): Variable | undefined {
  let node = wrapped(call);
  // create<State>()(…)
  for (let outer = node.parent; outer?.type === 'CallExpression' && unwrap(outer.callee) === unwrap(node); outer = node.parent) node = wrapped(outer);
  const parent = parentOf(node);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? bindings.variableOf(parent.id) : undefined;
}

function callsOf(variable: Variable | undefined): TSESTree.CallExpression[] {
  return (variable?.references ?? []).flatMap((reference) => {
    const call = parentOf(reference.identifier);
    return call?.type === 'CallExpression' && unwrap(call.callee) === reference.identifier ? [call] : [];
  });
}

function nameOf(fn: FunctionNode): string | undefined {
  if (fn.type !== 'ArrowFunctionExpression' && fn.id) return fn.id.name;
  const holder = parentOf(wrapped(fn));
  return holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' ? holder.id.name : undefined;
}
