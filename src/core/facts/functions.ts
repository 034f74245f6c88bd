import type { TSESTree } from '@typescript-eslint/utils';
import type { Bindings, Variable } from '../scope/bindings.js';
import { decoratorsOf, isFieldNode, isFunctionNode, keyName, lastName, memberName, parentOf, parseMethodCall, unwrap, wrapped, type CallLike, type FunctionNode, type Node } from '../syntax/nodes.js';
import { addTo } from '../multimap.js';
import { nameGivenTo } from '../syntax/chained-values.js';
import type { Tree } from '../syntax/tree.js';
import { functionBehind, type Member, type Owner, type Owners, type ThisOwner } from './owners.js';
import type { Exports } from './exports.js';
import { Occasions } from './occasions.js';
import type { Others } from '../linkage/others.js';
import type { Place, Places } from './places.js';
import type { Stores } from './stores.js';
import { Triggers, type Trigger } from './triggers.js';

/** A listener registration: which event of what. */
export interface Registration {
  readonly event: string;
  /** The emitter, if an expression names it; a table of listeners has none. */
  readonly emitter: Node | undefined;
  readonly node: Node;
}

export interface FunctionFact {
  readonly id: number;
  readonly node: FunctionNode | TSESTree.Program | TSESTree.ClassDeclaration | TSESTree.ClassExpression;
  /** Display name; empty for the module and for functions without one. */
  readonly name: string;
  /** The function it is written in. */
  readonly parent: FunctionFact | undefined;
  /** The object whose method it is. */
  readonly method: { readonly owner: Owner; readonly member: Member } | undefined;
  readonly self: ThisOwner | undefined;
  readonly isConstructor: boolean;
  readonly calls: Call[];
  readonly registrations: Registration[];
  /** When it runs: by itself, and whenever one of its callers does. */
  readonly triggers: Triggers;
  /** When it runs by itself, as the file shows it. */
  readonly ownTriggers: Set<Trigger>;
  /** Whether its value leaves the function it is written in (returned, stored, exported, handed on). */
  escapes: boolean;
  /** Runs in place or as a continuation of `parent`: an iteration callback, an executor, `then`. */
  inline: boolean;
}

/** A call of a function of this file. */
export interface Call {
  readonly node: CallLike;
  readonly from: FunctionFact;
  readonly to: FunctionFact;
  /** The place of the receiver, where the callee's `this` is not the caller's. */
  readonly receiver: Place | undefined;
  /** For a function that an iteration is given by name: what it visits, an element per call. */
  readonly over?: Node;
}

const INIT_METHOD = /^_?(?:init|initiali[sz]e|setup|configure|bootstrap|onModuleInit|ngOnInit|postConstruct)$/i;

/** All functions of a file, who calls whom, and when each runs. */
export class Functions {
  readonly all: FunctionFact[] = [];
  readonly module: FunctionFact;
  readonly #byNode = new Map<Node, FunctionFact>();
  readonly #instances = new Map<string, Owner>();
  readonly #constructions = new Map<Owner, TSESTree.NewExpression[]>();
  readonly #callsOf = new Map<FunctionFact, Call[]>();
  /** Both are asked for over and over, once all calls are noted. */
  readonly #callers = new Map<FunctionFact, readonly FunctionFact[]>();
  readonly #shown = new Map<FunctionFact, string | undefined>();
  /** Functions that everybody may call who gets hold of them. */
  // leakproof-owned-by: the facts of one file, which are dropped with it
  readonly #public = new Set<FunctionFact>();
  /** What was asked for so far. */
  // leakproof-owned-by: the facts of one file, which are dropped with it
  readonly #triggers = new Map<FunctionFact, Triggers>();
  /** The exported names of variables that hold an instance. */
  #shownInstances: Map<Owner, string> | undefined;

  constructor(
    program: TSESTree.Program,
    private readonly tree: Tree,
    private readonly bindings: Bindings,
    private readonly owners: Owners,
    private readonly places: Places,
    stores: Stores,
    private readonly exports: Exports,
    private readonly others: Others,
  ) {
    this.module = this.#add(program, '', undefined);
    this.module.ownTriggers.add('load');
    const nodes = [...tree.all('FunctionDeclaration'), ...tree.all('FunctionExpression'), ...tree.all('ArrowFunctionExpression')].sort((left, right) => left.range[0] - right.range[0]);
    for (const node of nodes) this.#add(node, displayName(node), this.around(node));
    this.#noteInstances();
    const handed = new Occasions(tree, places, stores, this, (call) => this.#calleeOf(call) !== undefined).note();
    for (const call of handed) this.#noteCall(call);
    this.#notePublic();
    this.#noteCalls();
  }

  of(node: Node): FunctionFact | undefined {
    return this.#byNode.get(node);
  }

  /** The function in which a node runs: field initialisers run in the constructor. */
  around(node: Node): FunctionFact {
    let child = node;
    for (let current = node.parent; current; child = current, current = current.parent) {
      // Asked of every node that does something: each type is looked at once.
      switch (current.type) {
        case 'FunctionDeclaration':
        case 'FunctionExpression':
        case 'ArrowFunctionExpression': {
          const found = this.#byNode.get(current);
          if (found) return found;
          break;
        }
        case 'PropertyDefinition':
        case 'AccessorProperty': {
          const owner = child === current.value && !current.static ? this.owners.ofNode(current.parent.parent) : undefined;
          if (owner) return this.constructorOf(owner) ?? this.#implicitConstructor(owner);
        }
      }
    }
    return this.module;
  }

  /** The constructor of a class, or of a prototype class; undefined if it has none written. */
  constructorOf(owner: Owner): FunctionFact | undefined {
    if (owner.kind === 'prototype') return this.#byNode.get(owner.node);
    const fn = owner.members.get('constructor')?.fn;
    return (fn && this.#byNode.get(fn)) ?? this.#byNode.get(owner.node);
  }

  /** The method of that name, looked up through the classes of this file. */
  method(owner: Owner, name: string): FunctionFact | undefined {
    const fn = this.owners.member(owner, name)?.fn;
    return fn && this.#byNode.get(fn);
  }

  /** The functions whose `this` is an instance of an owner, nested ones included. */
  within(owner: Owner): FunctionFact[] {
    return this.all.filter((fn) => fn.self?.owner === owner);
  }

  /** Where the file makes instances of a class. */
  constructionsOf(owner: Owner): readonly TSESTree.NewExpression[] {
    return this.#constructions.get(owner) ?? [];
  }

  /** Whether the file makes instances of an owner. */
  isInstantiated(owner: Owner): boolean {
    return this.#constructions.has(owner);
  }

  /** The calls of a function. */
  callsOf(fn: FunctionFact): readonly Call[] {
    return this.#callsOf.get(fn) ?? [];
  }

  /** The functions that call a function. */
  callersOf(fn: FunctionFact): readonly FunctionFact[] {
    let callers = this.#callers.get(fn);
    if (!callers) this.#callers.set(fn, (callers = [...new Set(this.callsOf(fn).map((call) => call.from))]));
    return callers;
  }

  /** The name under which other files may call a function: an exported function, or a method of an exported class or object. */
  shownAs(fn: FunctionFact): string | undefined {
    if (!this.#shown.has(fn)) this.#shown.set(fn, this.#findShown(fn));
    return this.#shown.get(fn);
  }

  #findShown(fn: FunctionFact): string | undefined {
    if (!isFunctionNode(fn.node)) return undefined;
    if (fn.method) {
      const { owner, member } = fn.method;
      if (fn.isConstructor || isHidden(member)) return undefined;
      const shown = (owner.variable && this.exports.nameOf(owner.variable)) ?? this.exports.nameOfNode(owner.node) ?? this.#instanceShownAs(owner);
      return shown === undefined ? undefined : `${shown}.${member.name}`;
    }
    const variable = this.#variableFor(fn.node);
    return variable ? this.exports.nameOf(variable) : this.exports.nameOfNode(fn.node);
  }

  /** The name of an exported variable that holds an instance of a class which is not exported itself. */
  #instanceShownAs(owner: Owner): string | undefined {
    if (!this.#shownInstances) {
      this.#shownInstances = new Map();
      for (const { local, from } of this.#instances.size > 0 ? this.exports.entries : []) {
        const variable = from === undefined ? this.exports.variableOf(local) : undefined;
        const held = variable && this.instanceAt({ root: { type: 'variable', variable }, path: [] });
        if (held && !this.#shownInstances.has(held)) this.#shownInstances.set(held, local);
      }
    }
    return this.#shownInstances.get(owner);
  }

  /**
   * Whether a function is there for others to call, and no file of the project
   * does, nor does anything in this one that is called.
   */
  isUncalled(fn: FunctionFact, seen = new Set<FunctionFact>()): boolean {
    if (seen.has(fn)) return true;
    seen.add(fn);
    if (fn.registrations.length > 0 || fn === this.module || fn.isConstructor) return false;
    if (fn.inline && fn.parent) return this.isUncalled(fn.parent, seen);
    const shown = this.shownAs(fn);
    if (shown === undefined ? fn.escapes : !this.others.ask('isUncalled', shown) || (fn.method && isCalledByFrameworks(fn.method.owner))) return false;
    const callers = this.callersOf(fn);
    return shown === undefined ? callers.length > 0 && callers.every((caller) => this.isUncalled(caller, seen)) : callers.every((caller) => this.isUncalled(caller, seen));
  }

  /** The class of this file of which a place holds an instance. */
  instanceAt(place: Place): Owner | undefined {
    return this.#instances.get(this.places.key(place));
  }

  /** The place by which a class knows what its instances hold: `this.rooms.*.messages` is `messages` of `Room`. */
  fieldOf(place: Place): Place {
    for (let length = place.path.length - 1; length >= 0; length--) {
      const owner = this.instanceAt({ root: place.root, path: place.path.slice(0, length) });
      const name = place.path[length];
      if (owner && name !== undefined) return this.places.canonical({ root: { type: 'owner', owner, isStatic: false }, path: place.path.slice(length) });
    }
    return place;
  }

  /** The function that an expression evaluates to, if the file shows it. */
  valueOf(node: Node): FunctionFact | undefined {
    const inner = unwrap(node);
    if (isFunctionNode(inner)) return this.#byNode.get(inner);
    if (inner.type === 'Identifier') {
      const variable = this.bindings.variableOf(inner);
      const fn = variable && functionBehind(variable);
      return fn && this.#byNode.get(fn);
    }
    if (inner.type === 'MemberExpression') return this.#memberFunction(inner)?.fn;
    // request.on('error', this.onError = (error) => { … })
    if (inner.type === 'AssignmentExpression' && inner.operator === '=') return this.valueOf(inner.right);
    if (inner.type === 'CallExpression') {
      const call = parseMethodCall(inner);
      if (call?.method === 'bind') return this.valueOf(call.object);
      if (inner.callee.type === 'Identifier' && /^use(?:Callback|Event|EffectEvent)$/.test(inner.callee.name) && inner.arguments[0]) return this.valueOf(inner.arguments[0]);
    }
    return undefined;
  }

  #add(node: FunctionFact['node'], name: string, parent: FunctionFact | undefined): FunctionFact {
    const known = this.#byNode.get(node);
    if (known) return known;
    const method = isFunctionNode(node) ? this.#methodOf(node) : undefined;
    const own = this.owners.ofNode(node);
    const self = own && own.kind !== 'object' ? { owner: own, isStatic: false } : isFunctionNode(node) ? (node.type === 'ArrowFunctionExpression' ? this.owners.thisAt(node) : this.owners.thisIn(node)) : undefined;
    const isConstructor = (own !== undefined && own.kind !== 'object') || method?.member.name === 'constructor';
    const fact = new NotedFunction(this.all.length, node, name || (method?.member.name ?? ''), parent, method, self, isConstructor, this.#triggersOf);
    this.all.push(fact);
    this.#byNode.set(node, fact);
    if (fact.isConstructor) fact.ownTriggers.add('construct');
    return fact;
  }

  #implicitConstructor(owner: Owner): FunctionFact {
    return this.#add(owner.node as FunctionFact['node'], 'constructor', undefined);
  }

  #methodOf(node: FunctionNode): FunctionFact['method'] {
    const self = node.type === 'ArrowFunctionExpression' ? this.owners.thisAt(node) : this.owners.thisIn(node);
    const holder = parentOf(node);
    if (holder?.type === 'Property' && holder.parent.type === 'ObjectExpression') {
      const owner = this.owners.ofNode(holder.parent);
      const name = keyName(holder);
      const member = owner && name !== undefined ? owner.members.get(name) : undefined;
      return owner && member?.fn === node ? { owner, member } : undefined;
    }
    const member = self && this.owners.memberWith(self.owner, node);
    return member && { owner: self.owner, member };
  }

  /** `this.timers = new TimerSet()`: calls on that place are calls of that class. */
  #noteInstances(): void {
    for (const created of this.tree.all('NewExpression')) {
      const callee = unwrap(created.callee);
      const variable = callee.type === 'Identifier' ? this.bindings.variableOf(callee) : undefined;
      const owner = variable && this.owners.ofVariable(variable);
      if (!owner) continue;
      const destination = this.places.destinationOf(created);
      addTo(this.#constructions, owner, created);
      if (destination.type === 'place') this.#instances.set(this.places.key(destination.place), owner);
    }
    // What is declared as a class of this file is taken for one.
    for (const reference of this.tree.all('TSTypeReference')) {
      const variable = reference.typeName.type === 'Identifier' ? this.bindings.variableOf(reference.typeName) : undefined;
      const owner = variable && this.owners.ofVariable(variable);
      const declared = reference.parent.type === 'TSTypeAnnotation' ? reference.parent.parent : undefined;
      if (!owner || owner.kind === 'object' || declared?.type !== 'Identifier') continue;
      const place = this.places.resolve(declared);
      if (place) this.#instances.set(this.places.key(place), owner);
    }
  }

  #memberFunction(node: TSESTree.MemberExpression): { fn: FunctionFact; receiver: Place | undefined } | undefined {
    const name = memberName(node);
    const base = name === undefined ? undefined : this.places.resolve(node.object);
    if (!base || name === undefined) return undefined;
    if (base.root.type === 'owner' && base.path.length === 0) {
      const fn = unwrap(node.object).type === 'Super' ? this.#superMethod(base.root.owner, name) : this.method(base.root.owner, name);
      return fn && { fn, receiver: undefined };
    }
    const instance = this.instanceAt(base);
    const fn = instance && this.method(instance, name);
    return fn && { fn, receiver: base };
  }

  #superMethod(owner: Owner, name: string): FunctionFact | undefined {
    const parent = this.owners.superOf(owner);
    return parent && this.method(parent, name);
  }

  #noteCalls(): void {
    for (const node of [...this.tree.all('CallExpression'), ...this.tree.all('NewExpression')]) {
      const target = this.#calleeOf(node);
      if (!target) continue;
      const from = this.around(node);
      this.#noteCall({ node, from, to: target.fn, receiver: target.receiver });
    }
  }

  #noteCall(call: Call): void {
    call.from.calls.push(call);
    addTo(this.#callsOf, call.to, call);
  }

  #calleeOf(node: CallLike): { fn: FunctionFact; receiver: Place | undefined } | undefined {
    const callee = unwrap(node.callee);
    if (node.type === 'NewExpression') {
      const variable = callee.type === 'Identifier' ? this.bindings.variableOf(callee) : undefined;
      const owner = variable && this.owners.ofVariable(variable);
      const fn = owner && owner.kind !== 'object' ? this.constructorOf(owner) : undefined;
      return fn && { fn, receiver: { root: { type: 'global', name: '(new)' }, path: [] } };
    }
    if (callee.type === 'Super') {
      const self = this.owners.thisAt(callee);
      const parent = self && this.owners.superOf(self.owner);
      const fn = parent && this.constructorOf(parent);
      return fn && { fn, receiver: undefined };
    }
    if (callee.type === 'MemberExpression') {
      const method = memberName(callee);
      if (method === 'call' || method === 'apply') {
        const fn = this.valueOf(callee.object);
        return fn && { fn, receiver: undefined };
      }
      return this.#memberFunction(callee);
    }
    const fn = this.valueOf(callee);
    return fn && { fn, receiver: undefined };
  }

  #notePublic(): void {
    for (const fn of this.all) {
      if (fn.method && !fn.isConstructor) {
        const { member, owner } = fn.method;
        fn.escapes = true;
        if (owner.kind === 'object') continue;
        if (INIT_METHOD.test(member.name) || isInitDecorated(member.node)) fn.ownTriggers.add('construct');
        else if (!isHidden(member)) this.#public.add(fn);
      } else if (isFunctionNode(fn.node)) {
        const variable = this.#variableFor(fn.node);
        if ((variable && isExported(variable)) || fn.node.parent.type === 'ExportDefaultDeclaration') { fn.escapes = true; this.#public.add(fn); }
      }
    }
  }

  #variableFor(node: FunctionNode): Variable | undefined {
    const id = node.type !== 'ArrowFunctionExpression' && node.id ? node.id : nameGivenTo(node);
    return id && this.bindings.variableOf(id);
  }

  /** A callee runs when its callers run; an inline callback when the function around it does. */
  readonly #triggersOf = (fn: FunctionFact): Triggers => {
    const known = this.#triggers.get(fn);
    if (known) return known;
    const own = new Set<Trigger>();
    const shown = new Set<string>();
    const reached = new Set<FunctionFact>([fn]);
    for (const current of reached) {
      const closed = this.#triggers.get(current);
      for (const trigger of closed?.own ?? current.ownTriggers) own.add(trigger);
      for (const name of closed?.shown ?? []) shown.add(name);
      if (closed) continue;
      if (this.#public.has(current)) this.#noteCallers(current, own, shown);
      // A constructor runs where its object is made, and that is all that is said of it.
      if (current.isConstructor) continue;
      for (const { from } of this.callsOf(current)) reached.add(from);
      if (current.inline && current.parent) reached.add(current.parent);
    }
    const found = new Triggers(own, shown, this.others);
    this.#triggers.set(fn, found);
    return found;
  };

  /** Whoever calls a public function sets it going: the files that are known to, or anybody. */
  #noteCallers(fn: FunctionFact, own: Set<Trigger>, shown: Set<string>): void {
    const name = this.shownAs(fn);
    if (name !== undefined) shown.add(name);
    if (name === undefined || (fn.method !== undefined && isCalledByFrameworks(fn.method.owner))) own.add('call');
  }
}

/** A class, since objects that each have a getter of their own are slow to read. */
class NotedFunction implements FunctionFact {
  readonly calls: Call[] = [];
  readonly registrations: Registration[] = [];
  readonly ownTriggers = new Set<Trigger>();
  escapes = false;
  inline = false;

  constructor(
    readonly id: number,
    readonly node: FunctionFact['node'],
    readonly name: string,
    readonly parent: FunctionFact | undefined,
    readonly method: FunctionFact['method'],
    readonly self: ThisOwner | undefined,
    readonly isConstructor: boolean,
    private readonly findTriggers: (fn: FunctionFact) => Triggers,
  ) {}

  get triggers(): Triggers {
    return this.findTriggers(this);
  }
}

function isHidden(member: Member): boolean {
  return member.isPrivate || member.name.startsWith('_') || member.name.startsWith('[');
}

/** Whether others than the files of a project may call an object's methods: a base class that is not here, or a container that reads its decorators. */
function isCalledByFrameworks(owner: Owner): boolean {
  if (owner.superClass) return true;
  return (owner.node.type === 'ClassDeclaration' || owner.node.type === 'ClassExpression') && decoratorsOf(owner.node).length > 0;
}

/** Whether a variable leaves the module by an export, in either module system. */
export function isExported(variable: Variable): boolean {
  for (const definition of variable.defs) {
    const node = definition.node.type === 'VariableDeclarator' ? definition.node.parent : definition.node;
    if (definition.node.type === 'VariableDeclarator' && definition.node.init && isHandedToExports(definition.node.init)) return true;
    if (node.parent.type === 'ExportNamedDeclaration' || node.parent.type === 'ExportDefaultDeclaration') return true;
  }
  return variable.references.some((reference) => {
    const node = reference.identifier as Node;
    const parent = node.parent;
    if (parent?.type === 'ExportSpecifier' || parent?.type === 'ExportDefaultDeclaration' || parent?.type === 'TSExportAssignment') return true;
    if (parent?.type === 'AssignmentExpression' && parent.right === node) return isExportsTarget(parent.left);
    if (parent?.type === 'Property' && parent.value === node && parent.parent.parent.type === 'AssignmentExpression') return isExportsTarget(parent.parent.parent.left);
    return false;
  });
}

/** `var C = module.exports = function () {}` */
function isHandedToExports(init: Node): boolean {
  const link = unwrap(init);
  return link.type === 'AssignmentExpression' && (isExportsTarget(link.left) || isHandedToExports(link.right));
}

function isExportsTarget(node: Node): boolean {
  if (node.type !== 'MemberExpression') return false;
  const base = unwrap(node.object);
  if (base.type === 'Identifier') return base.name === 'exports' || (base.name === 'module' && memberName(node) === 'exports');
  return isExportsTarget(base);
}

function displayName(node: FunctionNode): string {
  if (node.type !== 'ArrowFunctionExpression' && node.id) return node.id.name;
  const given = nameGivenTo(node);
  if (given) return given.name;
  const holder = parentOf(wrapped(node));
  if (holder && (holder.type === 'MethodDefinition' || isFieldNode(holder) || holder.type === 'Property')) return keyName(holder) ?? '';
  if (holder?.type === 'AssignmentExpression') return lastName(holder.left);
  return '';
}

/** `@postConstruct()`: the container calls it once the object is built. */
function isInitDecorated(member: Node): boolean {
  return member.type === 'MethodDefinition' && decoratorsOf(member).some((decorator) => {
    const { expression } = decorator;
    return /^postConstruct$/i.test(lastName(expression.type === 'CallExpression' ? expression.callee : expression));
  });
}
