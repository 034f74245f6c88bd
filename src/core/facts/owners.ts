import type { TSESTree } from '@typescript-eslint/utils';
import { isParameter, type Bindings, type Variable } from '../scope/bindings.js';
import { chainedValue, nameGivenTo } from '../syntax/chained-values.js';
import { isClassNode, isFieldNode, isFunctionNode, keyName, memberName, parentOf, parseMethodCall, unwrap, type ClassNode, type FunctionNode, type Node } from '../syntax/nodes.js';
import type { Tree } from '../syntax/tree.js';

/** What `this` can be: a class, a constructor function with its prototype, or an object literal with methods. */
export interface Owner {
  readonly id: number;
  readonly kind: 'class' | 'prototype' | 'object';
  readonly name: string;
  readonly node: Node;
  /** The variable that names it, to tell `new C()` and `C.x`. */
  readonly variable: Variable | undefined;
  /** What it extends, as written. */
  readonly superClass: Node | undefined;
  readonly members: Map<string, Member>;
}

/** A declared member: a method, or a field with its initialiser. */
export interface Member {
  readonly name: string;
  readonly isStatic: boolean;
  /** Not reachable from outside by its own declaration: `#x`, `private x`, `protected x`. */
  readonly isPrivate: boolean;
  readonly node: Node;
  readonly fn: FunctionNode | undefined;
  readonly init: Node | undefined;
  readonly annotation: TSESTree.TypeNode | undefined;
}

/** `this` at some node: whose, and whether it is the class itself. */
export interface ThisOwner {
  readonly owner: Owner;
  readonly isStatic: boolean;
}

/** All owners of a file, and who `this` is where. */
export class Owners {
  readonly all: Owner[] = [];
  readonly #byNode = new Map<Node, Owner>();
  readonly #byVariable = new Map<Variable, Owner>();
  readonly #thisOf = new Map<Node, ThisOwner | undefined>();
  readonly #byFunction = new Map<Owner, Map<FunctionNode, Member>>();
  /** The names that follow `this.` in an owner's code. */
  readonly #mentioned = new Map<Owner, Set<string>>();

  constructor(private readonly tree: Tree, private readonly bindings: Bindings) {
    for (const type of ['ClassDeclaration', 'ClassExpression'] as const) for (const node of tree.all(type)) this.#addClass(node);
    this.#addPrototypes();
    for (const node of tree.all('ObjectExpression')) this.#addObject(node);
    for (const node of tree.all('MemberExpression')) this.#noteMention(node);
  }

  ofNode(node: Node): Owner | undefined {
    return this.#byNode.get(node);
  }

  ofVariable(variable: Variable): Owner | undefined {
    return this.#byVariable.get(variable);
  }

  /** The class in this file that an owner extends. */
  superOf(owner: Owner): Owner | undefined {
    const superClass = owner.superClass && unwrap(owner.superClass);
    const variable = superClass?.type === 'Identifier' ? this.bindings.variableOf(superClass) : undefined;
    const found = variable && this.#byVariable.get(variable);
    return found === owner ? undefined : found;
  }

  /**
   * The owner of a member, looking up through classes of this file: the nearest
   * that declares it, else the topmost that says `this.name`, since a field that
   * JavaScript does not declare is one field for the whole chain.
   */
  declaring(owner: Owner, name: string): Owner {
    if (!owner.superClass) return owner;
    const seen = new Set<Owner>();
    let topmost = owner;
    for (let current: Owner | undefined = owner; current && !seen.has(current); current = this.superOf(current)) {
      if (current.members.has(name)) return current;
      if (this.#mentioned.get(current)?.has(name)) topmost = current;
      seen.add(current);
    }
    return topmost;
  }

  member(owner: Owner, name: string): Member | undefined {
    return this.declaring(owner, name).members.get(name);
  }

  /** The member of an owner that a function is. */
  memberWith(owner: Owner, fn: FunctionNode): Member | undefined {
    let members = this.#byFunction.get(owner);
    if (!members) {
      // Of two members that are one function, the first.
      members = new Map([...owner.members.values()].toReversed().flatMap((member) => (member.fn ? [[member.fn, member] as const] : [])));
      this.#byFunction.set(owner, members);
    }
    return members.get(fn);
  }

  /** Who `this` is at a node; undefined where a call decides it. */
  thisAt(node: Node): ThisOwner | undefined {
    let child: Node = node;
    for (let current = node.parent; current; child = current, current = current.parent) {
      switch (current.type) {
        case 'PropertyDefinition':
        case 'AccessorProperty':
          if (child === current.value) return this.#classOf(current, current.static);
          break;
        case 'StaticBlock':
          return this.#classOf(current, true);
        case 'FunctionDeclaration':
        case 'FunctionExpression':
          // A default value of a parameter has the same `this` as the body.
          return this.thisIn(current);
      }
    }
    return undefined;
  }

  /** Who `this` is inside a function that is no arrow. */
  thisIn(fn: FunctionNode): ThisOwner | undefined {
    if (!this.#thisOf.has(fn)) {
      this.#thisOf.set(fn, undefined); // a cycle answers: unknown
      this.#thisOf.set(fn, this.#resolveThisIn(fn));
    }
    return this.#thisOf.get(fn);
  }

  #resolveThisIn(fn: FunctionNode): ThisOwner | undefined {
    const own = this.#byNode.get(fn);
    if (own) return { owner: own, isStatic: false };
    const parent = parentOf(fn);
    if (parent?.type === 'MethodDefinition') return this.#classOf(parent, parent.static);
    if (parent?.type === 'Property') {
      const owner = this.#byNode.get(parent.parent);
      return owner && { owner, isStatic: false };
    }
    if (parent?.type === 'AssignmentExpression') return this.#assignedTo(unwrap(parent.left));
    if (parent?.type === 'MemberExpression' && memberName(parent) === 'bind') {
      const call = parentOf(parent);
      const argument = call?.type === 'CallExpression' ? call.arguments[0] : undefined;
      return argument?.type === 'ThisExpression' ? this.thisAt(argument) : undefined;
    }
    if (parent?.type === 'CallExpression') {
      // items.forEach(function () { … }, this)
      const last = parent.arguments.at(-1);
      return last?.type === 'ThisExpression' && parent.arguments.length > 1 ? this.thisAt(last) : undefined;
    }
    return undefined;
  }

  /** `C.prototype.m = fn`, `C.m = fn`, `self.m = fn`, `this.m = fn`. */
  #assignedTo(left: Node): ThisOwner | undefined {
    if (left.type !== 'MemberExpression') return undefined;
    const target = unwrap(left.object);
    if (target.type === 'ThisExpression') return this.thisAt(target);
    if (target.type === 'MemberExpression' && memberName(target) === 'prototype') {
      const owner = this.#ownerNamedBy(target.object);
      return owner && { owner, isStatic: false };
    }
    if (target.type === 'Identifier') {
      const variable = this.bindings.variableOf(target);
      const owner = variable && this.#byVariable.get(variable);
      if (owner) return { owner, isStatic: owner.kind !== 'object' };
      return this.selfOf(target);
    }
    return undefined;
  }

  /** The owner behind `const self = this`. */
  selfOf(identifier: Node): ThisOwner | undefined {
    const variable = this.bindings.variableOf(identifier);
    const definition = variable?.defs[0]?.node as Node | undefined;
    const init = definition?.type === 'VariableDeclarator' && definition.id.type === 'Identifier' && definition.init ? unwrap(definition.init) : undefined;
    return init?.type === 'ThisExpression' ? this.thisAt(init) : undefined;
  }

  #noteMention(node: TSESTree.MemberExpression): void {
    if (unwrap(node.object).type !== 'ThisExpression') return;
    const name = memberName(node);
    const owner = this.thisAt(node)?.owner;
    if (!owner || name === undefined) return;
    const names = this.#mentioned.get(owner);
    if (names) names.add(name);
    else this.#mentioned.set(owner, new Set([name]));
  }

  #ownerNamedBy(node: Node): Owner | undefined {
    const inner = unwrap(node);
    const variable = inner.type === 'Identifier' ? this.bindings.variableOf(inner) : undefined;
    return variable && this.#byVariable.get(variable);
  }

  #classOf(member: Node, isStatic: boolean): ThisOwner | undefined {
    let current: Node | undefined = member.parent;
    while (current && !isClassNode(current)) current = current.parent;
    const owner = current && this.#byNode.get(current);
    return owner && { owner, isStatic };
  }

  #add(kind: Owner['kind'], node: Node, name: string, variable: Variable | undefined, superClass?: Node): Owner {
    const owner: Owner = { id: this.all.length, kind, name, node, variable, superClass, members: new Map() };
    this.all.push(owner);
    this.#byNode.set(node, owner);
    if (variable && !this.#byVariable.has(variable)) this.#byVariable.set(variable, owner);
    return owner;
  }

  #addClass(node: ClassNode): void {
    const holder = node.id ?? nameGivenTo(node);
    const variable = holder && this.bindings.variableOf(holder);
    const owner = this.#add('class', node, holder?.name ?? 'class', variable, node.superClass ?? undefined);
    // Inside a class its name is a second variable.
    for (const name of this.bindings.innerClassNames(node)) this.#byVariable.set(name, owner);
    for (const element of node.body.body) {
      if (element.type === 'MethodDefinition' || isFieldNode(element)) {
        const name = keyName(element);
        if (name === undefined) continue;
        const value = element.value ? unwrap(element.value) : undefined;
        // A getter does not hide the field behind it.
        if (owner.members.has(name) && element.type === 'MethodDefinition') continue;
        owner.members.set(name, {
          name,
          isStatic: element.static,
          isPrivate: name.startsWith('#') || element.accessibility === 'private' || element.accessibility === 'protected',
          node: element,
          fn: isFunctionNode(value) ? value : undefined,
          init: isFieldNode(element) ? value : undefined,
          annotation: isFieldNode(element) ? element.typeAnnotation?.typeAnnotation : undefined,
        });
        if (element.type === 'MethodDefinition' && element.kind === 'constructor') {
          for (const parameter of element.value.params) {
            if (parameter.type !== 'TSParameterProperty') continue;
            const target = parameter.parameter.type === 'AssignmentPattern' ? parameter.parameter.left : parameter.parameter;
            owner.members.set(target.name, {
              name: target.name, isStatic: false, isPrivate: parameter.accessibility !== 'public', node: parameter, fn: undefined,
              init: parameter.parameter.type === 'AssignmentPattern' ? unwrap(parameter.parameter.right) : undefined,
              annotation: target.typeAnnotation?.typeAnnotation,
            });
          }
        }
      }
    }
  }

  /** `function C() {}` with `C.prototype.…`, `new C`, or `inherits(C, …)` is a class in the old spelling. */
  #addPrototypes(): void {
    const constructors = new Map<Variable, Node>();
    const note = (node: Node, certain: boolean): void => {
      const inner = unwrap(node);
      const variable = inner.type === 'Identifier' ? this.bindings.variableOf(inner) : undefined;
      const fn = variable && functionBehind(variable);
      if (variable && fn && fn.type !== 'ArrowFunctionExpression' && (certain || /^[A-Z]/.test(variable.name))) constructors.set(variable, fn);
    };
    for (const member of this.tree.all('MemberExpression')) if (memberName(member) === 'prototype') note(member.object, true);
    for (const call of this.tree.all('NewExpression')) note(call.callee, false);
    for (const call of this.tree.all('CallExpression')) {
      const name = call.callee.type === 'Identifier' ? call.callee.name : parseMethodCall(call)?.method;
      if ((name === 'inherits' || name === 'inherit') && call.arguments[0]) note(call.arguments[0], true);
    }
    for (const [variable, fn] of constructors) this.#add('prototype', fn, variable.name, variable);
    for (const assignment of this.tree.all('AssignmentExpression')) {
      const left = unwrap(assignment.left);
      const value = unwrap(assignment.right);
      if (left.type !== 'MemberExpression') continue;
      const name = memberName(left);
      const target = unwrap(left.object);
      if (name === 'prototype' && value.type === 'ObjectExpression') {
        const owner = this.#ownerNamedBy(left.object);
        if (owner) this.#fillFromObject(owner, value, true);
      } else if (name !== undefined && target.type === 'MemberExpression' && memberName(target) === 'prototype') {
        const owner = this.#ownerNamedBy(target.object);
        if (owner && !owner.members.has(name)) owner.members.set(name, plainMember(name, assignment, value));
      }
    }
    for (const call of this.tree.all('CallExpression')) {
      // Object.assign(C.prototype, { … })
      const [target, source] = call.arguments;
      if (!target || source?.type !== 'ObjectExpression') continue;
      const inner = unwrap(target);
      if (inner.type !== 'MemberExpression' || memberName(inner) !== 'prototype') continue;
      const owner = this.#ownerNamedBy(inner.object);
      if (owner) this.#fillFromObject(owner, source, true);
    }
  }

  /** An object literal is an owner if some method of it says `this`, or it has a name of its own. */
  #addObject(node: TSESTree.ObjectExpression): void {
    if (this.#byNode.has(node)) return;
    const hasFunction = node.properties.some((property) => property.type === 'Property' && isFunctionNode(unwrap(property.value)));
    if (!hasFunction) return;
    const holder = nameGivenTo(node);
    const variable = holder && this.bindings.variableOf(holder);
    const owner = this.#add('object', node, holder?.name ?? 'object', variable);
    this.#fillFromObject(owner, node, false);
  }

  #fillFromObject(owner: Owner, node: TSESTree.ObjectExpression, register: boolean): void {
    if (register) this.#byNode.set(node, owner);
    for (const property of node.properties) {
      if (property.type !== 'Property') continue;
      const name = keyName(property);
      if (name !== undefined && !owner.members.has(name)) owner.members.set(name, plainMember(name, property, unwrap(property.value)));
    }
  }
}

function plainMember(name: string, node: Node, value: Node): Member {
  return { name, isStatic: false, isPrivate: name.startsWith('#'), node, fn: isFunctionNode(value) ? value : undefined, init: isFunctionNode(value) ? undefined : value, annotation: undefined };
}

/** The function that a variable is declared as. */
export function functionBehind(variable: Variable): FunctionNode | undefined {
  const definition = variable.defs[0]?.node as Node | undefined;
  // A parameter is defined by its function, too; it is not the function.
  if (isParameter(variable)) return undefined;
  if (isFunctionNode(definition)) return definition;
  if (definition?.type !== 'VariableDeclarator' || definition.id.type !== 'Identifier') return undefined;
  if (definition.init) {
    let init = chainedValue(definition.init);
    // useCallback(() => …), memo wrappers: the first argument is the function.
    if (init.type === 'CallExpression' && init.callee.type === 'Identifier' && /^use(?:Callback|Event|EffectEvent)$/.test(init.callee.name) && init.arguments[0]) init = unwrap(init.arguments[0]);
    return isFunctionNode(init) ? (replacementOf(init, variable) ?? init) : undefined;
  }
  const writes = variable.references.filter((reference) => reference.isWrite());
  const value = writes.length === 1 && writes[0]?.writeExpr ? chainedValue(writes[0].writeExpr) : undefined;
  return isFunctionNode(value) ? value : undefined;
}

/** `let finish = () => {}; … finish = () => { … }`: the only function that ever takes the place of an empty one, which stands for "nothing to do yet". */
function replacementOf(empty: FunctionNode, variable: Variable): FunctionNode | undefined {
  if (!isEmptyFunction(empty)) return undefined;
  const written = variable.references.flatMap((reference) => (reference.isWrite() && reference.writeExpr ? [unwrap(reference.writeExpr)] : []));
  const [only, more] = written.filter((value) => !isFunctionNode(value) || !isEmptyFunction(value));
  return !more && isFunctionNode(only) ? only : undefined;
}

function isEmptyFunction({ body }: FunctionNode): boolean {
  return body.type === 'BlockStatement' && body.body.length === 0;
}
