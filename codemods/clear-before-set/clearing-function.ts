import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Member } from '../../src/core/facts/owners.js';
import { ELEMENT, type Place } from '../../src/core/facts/places.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { declaratorOf, type Variable } from '../../src/core/scope/bindings.js';
import { contains, isFunctionNode, isNothing, parentOf, parseMethodCall, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import type { HandleWrite } from './handle-write.js';
import { clearsOf } from './neighbours.js';

/**
 * A call of a function of the file that clears the timer of a place and does
 * nothing else, `this.stopTimer()` or `this.stopTimer(id)`, as code in front of
 * a write can make it; undefined if there is none.
 */
export function findClearingCall(write: HandleWrite, place: Place, timer: TimerAcquisition, facts: Facts, writer: CodeWriter): string | undefined {
  for (const { fn } of clearsOf(place, facts)) {
    if (contains(fn.node, timer.node) || !new ClearingFunction(fn, place, write.key !== undefined || isElement(write, place), facts).doesNothingElse()) continue;
    const callee = calleeFor(fn, write, facts, writer);
    const key = keyOf(write);
    if (callee !== undefined) return `${callee}(${key && isElement(write, place) ? writer.textOf(key) : ''})`;
  }
  return undefined;
}

function isElement({ path }: HandleWrite, place: Place): boolean {
  return place.path[place.path.length - 1 - path.length] === ELEMENT;
}

/** The key of the entry that is written: of `timers.set(id, …)` and of `timers[id] = …`. */
function keyOf({ key, target }: HandleWrite): Node | undefined {
  return key ?? (target.type === 'MemberExpression' && target.computed ? target.property : undefined);
}

/** How code at the write calls a function: as a method of the object whose handle it is, or by a name that is seen there. */
function calleeFor(fn: FunctionFact, { target, slot }: HandleWrite, facts: Facts, writer: CodeWriter): string | undefined {
  if (fn.method) {
    if (!isNamedForIt(fn.method.member)) return undefined;
    const self = receiverIn(target, fn, facts);
    return self && fn.method.owner.members.get(fn.name)?.fn === fn.node ? `${writer.textOf(self)}.${fn.name}` : undefined;
  }
  const variable = variableOf(fn, facts);
  return variable && isSeenAt(slot.node, variable, facts) ? variable.name : undefined;
}

/** A public `stop()` or `dispose()` ends the whole object, and more of it in a class that extends this one; `stopPolling()` and hidden ones are about the timer. */
function isNamedForIt({ name, isPrivate }: Member): boolean {
  if (isPrivate || name.startsWith('_')) return true;
  return /[a-z][A-Z]|_/u.test(name) && !/dispose|destroy|unmount|teardown|tearDown|disconnected/iu.test(name);
}

/** `this` of `this.timer`, `self` of `self.timers[id]`: what stands for the object whose method a function is. */
function receiverIn(target: Node, { method, self }: FunctionFact, facts: Facts): Node | undefined {
  for (let node = unwrap(target); node.type === 'MemberExpression'; node = unwrap(node.object)) {
    const object = unwrap(node.object);
    const place = facts.places.resolve(object);
    if (place?.root.type === 'owner' && place.path.length === 0) return place.root.owner === method?.owner && place.root.isStatic === self?.isStatic ? object : undefined;
  }
  return undefined;
}

function variableOf({ node }: FunctionFact, facts: Facts): Variable | undefined {
  if (node.type === 'FunctionDeclaration') return node.id ? facts.bindings.variableOf(node.id) : undefined;
  const declarator = parentOf(node);
  if (declarator?.type !== 'VariableDeclarator' || declarator.parent.kind !== 'const') return undefined;
  const variable = facts.bindings.variableOf(declarator.id);
  return variable && declaratorOf(variable) ? variable : undefined;
}

/** Whether a name means a variable at a node, and has its value there. */
function isSeenAt(node: Node, variable: Variable, facts: Facts): boolean {
  const [declared] = variable.identifiers;
  const named = facts.model.scopes.scopes.filter((scope) => contains(scope.block, node) && scope.set.has(variable.name));
  const innermost = named.reduce<(typeof named)[number] | undefined>((inner, scope) => (!inner || contains(inner.block, scope.block) ? scope : inner), undefined);
  return innermost?.set.get(variable.name) === variable && declared !== undefined && (declared.parent.type === 'FunctionDeclaration' || declared.range[1] <= node.range[0]);
}

/** Tells a function that only clears and forgets the timer of one place from one that does other work. Unsure means other work. */
class ClearingFunction {
  readonly #place: string;
  /** The collection that has the place as an element. */
  readonly #collection: string | undefined;
  readonly #key: string | undefined;

  constructor(private readonly fn: FunctionFact, place: Place, isKeyed: boolean, private readonly facts: Facts) {
    this.#place = facts.places.key(place);
    const element = place.path.lastIndexOf(ELEMENT);
    this.#collection = isKeyed && element >= 0 ? facts.places.key({ root: place.root, path: place.path.slice(0, element) }) : undefined;
    const parameter = isFunctionNode(fn.node) ? fn.node.params[0] : undefined;
    this.#key = this.#collection !== undefined && parameter?.type === 'Identifier' ? facts.summaries.keyText(parameter) : undefined;
  }

  doesNothingElse(): boolean {
    const { node } = this.fn;
    if (!isFunctionNode(node) || node.async || node.generator) return false;
    if (node.params.length !== (this.#collection === undefined ? 0 : 1) || (this.#collection !== undefined && this.#key === undefined)) return false;
    return node.body.type === 'BlockStatement' ? node.body.body.every((statement) => this.#isPure(statement)) : this.#isPureExpression(node.body);
  }

  #isPure(statement: Node): boolean {
    switch (statement.type) {
      case 'BlockStatement':
        return statement.body.every((inner) => this.#isPure(inner));
      case 'VariableDeclaration':
        return statement.kind === 'const' && statement.declarations.every(({ init }) => init !== null && this.#isHandle(init));
      case 'IfStatement': {
        const test = unwrap(statement.test);
        // if (!this.timer) return;
        if (test.type === 'UnaryExpression' && test.operator === '!') return this.#asks(test.argument) && !statement.alternate && isReturn(statement.consequent);
        return this.#asks(test) && !statement.alternate && this.#isPure(statement.consequent);
      }
      case 'ExpressionStatement':
        return this.#isPureExpression(statement.expression);
      default:
        return false;
    }
  }

  #isPureExpression(node: Node): boolean {
    const expression = unwrap(node);
    if (expression.type === 'AssignmentExpression') {
      const isForgotten = isNothing(unwrap(expression.right)) || this.#isPureExpression(expression.right);
      return isForgotten && this.#isHandle(expression.left);
    }
    if (expression.type === 'UnaryExpression') return expression.operator === 'delete' && this.#isHandle(expression.argument);
    if (expression.type !== 'CallExpression') return false;
    const [argument, ...others] = expression.arguments;
    if (!argument || others.length > 0) return false;
    const isClear = this.facts.operations.some(({ kind, node: cleared }) => kind === 'clear' && cleared === expression);
    return isClear ? this.#isHandle(argument) : parseMethodCall(expression)?.method === 'delete' && this.#isOwnEntry(expression);
  }

  #asks(test: Node): boolean {
    const inner = unwrap(test);
    if (inner.type === 'BinaryExpression') return /^!==?$/u.test(inner.operator) && isNothing(inner.right) && this.#isHandle(inner.left);
    return this.#isHandle(inner) || (parseMethodCall(inner)?.method === 'has' && this.#isOwnEntry(inner));
  }

  /** The handle, by any of its names; in a collection that of the key that the function is given, or its entry. */
  #isHandle(node: Node): boolean {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') {
      const variable = this.facts.bindings.variableOf(inner);
      const init = variable && contains(this.fn.node, variable.identifiers[0] ?? inner) ? declaratorOf(variable)?.init : undefined;
      if (init) return this.#isHandle(init);
    }
    if (this.#collection === undefined) return this.#keyAt(inner) === this.#place;
    if (inner.type === 'CallExpression') return parseMethodCall(inner)?.method === 'get' && this.#isOwnEntry(inner);
    if (inner.type !== 'MemberExpression') return false;
    if (!inner.computed) return this.#isHandle(inner.object);
    return this.#keyAt(inner.object) === this.#collection && this.facts.summaries.keyText(inner.property) === this.#key;
  }

  /** `timers.get(id)`, `timers.delete(id)` with the parameter for a key. */
  #isOwnEntry(node: Node): boolean {
    const call = parseMethodCall(node);
    return call !== undefined && this.#keyAt(call.object) === this.#collection && call.args.length === 1 && this.facts.summaries.keyText(call.args[0]) === this.#key;
  }

  #keyAt(node: Node): string | undefined {
    const place = this.facts.places.resolve(node);
    return place && this.facts.places.key(place);
  }
}

function isReturn(node: Node): boolean {
  if (node.type === 'BlockStatement') return node.body.length === 1 && node.body[0] !== undefined && isReturn(node.body[0]);
  return node.type === 'ReturnStatement' && node.argument === null;
}
