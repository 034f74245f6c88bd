import type { TSESTree } from '@typescript-eslint/utils';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { Operation } from '../../src/core/facts/operations.js';
import { ELEMENT, type Place } from '../../src/core/facts/places.js';
import { lifetimeOf } from '../../src/core/questions/lifetime.js';
import type { Variable } from '../../src/core/scope/bindings.js';
import { bodyStatements, contains, isFunctionNode, parseMethodCall, unwrap, type Node } from '../../src/core/syntax/nodes.js';

/** Ends what is still at work, which is more than letting go of it. */
const MORE_THAN_RELEASE = new Set(['kill', 'terminate', 'end', 'quit', 'shutdown']);

/**
 * Tells statements that only let go of what is kept for one key from those that
 * do other work. Unsure means other work.
 */
export class PureReleases {
  /** Locals that hold the key's entry of a collection: `const timer = this.timers.get(id)`. */
  readonly #entries = new Map<Variable, Place>();

  /**
   * @param key the key, as `Summaries.keyText` writes it
   * @param spared keys of places that are not to be released
   * @param helpers what is known of the functions that are called with the key
   */
  constructor(
    private readonly facts: Facts,
    private readonly key: string,
    private readonly spared: ReadonlySet<string>,
    private readonly helpers = new Map<string, boolean>(),
  ) {}

  /** The statements of a body that are pure releases, with the declarations that only they use. */
  among(statements: readonly TSESTree.Statement[]): TSESTree.Statement[] {
    this.#noteEntries(statements);
    for (;;) {
      const pure = statements.filter((statement) => this.#isPure(statement));
      const shared = [...this.#entries.keys()].filter((variable) => !variable.references.every((reference) => pure.some((statement) => contains(statement, reference.identifier))));
      if (shared.length === 0) return pure.some((statement) => statement.type !== 'VariableDeclaration') ? pure : [];
      for (const variable of shared) this.#entries.delete(variable);
    }
  }

  /** The places of which a pure statement releases the key's entry. */
  placesIn(statement: Node): Place[] {
    return [
      ...this.facts.operations.filter((operation) => contains(statement, operation.node) && operation.kind === 'shrink').map((operation) => operation.place),
      ...this.facts.functions.all.flatMap((fn) => fn.calls).filter((call) => contains(statement, call.node)).flatMap((call) => this.facts.summaries.of(call.to).filter((effect) => effect.operation.kind === 'shrink').map((effect) => effect.place)),
    ];
  }

  /** The function of this file that a statement calls with the key, if that is all that the statement does. */
  calledWithKey(statement: Node): FunctionFact | undefined {
    const expression = statement.type === 'ExpressionStatement' ? unwrap(statement.expression) : undefined;
    return expression?.type === 'CallExpression' ? this.#helper(expression) : undefined;
  }

  /** Whether a pure statement may throw: it runs code that the file does not show. */
  canThrow(statement: TSESTree.ExpressionStatement): boolean {
    const expression = unwrap(statement.expression);
    const operation = this.#operationAt(expression);
    return operation === undefined || operation.kind === 'end' || operation.kind === 'invoke';
  }

  #noteEntries(statements: readonly Node[]): void {
    for (const declarator of this.facts.tree.all('VariableDeclarator')) {
      if (declarator.parent.kind !== 'const' || !statements.some((statement) => contains(statement, declarator))) continue;
      const place = declarator.init && this.#entryOf(declarator.init);
      const variable = declarator.id.type === 'Identifier' ? this.facts.bindings.variableOf(declarator.id) : undefined;
      if (place && variable) this.#entries.set(variable, place);
    }
  }

  #isPure(statement: Node): boolean {
    switch (statement.type) {
      case 'EmptyStatement':
        return true;
      case 'BlockStatement':
        return statement.body.every((inner) => this.#isPure(inner));
      case 'VariableDeclaration':
        return statement.declarations.every((declarator) => {
          const variable = declarator.id.type === 'Identifier' ? this.facts.bindings.variableOf(declarator.id) : undefined;
          return variable !== undefined && this.#entries.has(variable);
        });
      case 'IfStatement':
        return !statement.alternate && this.#isPureTest(statement.test) && this.#isPure(statement.consequent);
      case 'ForOfStatement':
        return !statement.await && this.#isPureLoop(statement);
      case 'TryStatement':
        return !statement.finalizer && this.#isPure(statement.block) && statement.handler !== null && this.#onlyLogs(statement.handler.body);
      case 'ExpressionStatement':
        return this.#isPureExpression(unwrap(statement.expression));
      default:
        return false;
    }
  }

  #isPureExpression(expression: Node): boolean {
    const operation = this.#operationAt(expression);
    if (!operation) return expression.type === 'CallExpression' && this.#helper(expression) !== undefined;
    const hasPlainArguments = expression.type !== 'CallExpression' || expression.arguments.every((argument) => argument.type === 'Literal' || this.#isKey(argument) || this.#entryOf(argument) !== undefined);
    if (!hasPlainArguments) return false;
    switch (operation.kind) {
      case 'shrink':
        return this.#isKey(operation.key) && this.#isReleasable(operation.place);
      case 'clear':
        return expression.type === 'CallExpression' && expression.arguments[0] !== undefined && this.#entryOf(expression.arguments[0]) !== undefined;
      case 'end':
      case 'empty': {
        const call = parseMethodCall(expression);
        return call !== undefined && !MORE_THAN_RELEASE.has(call.method) && this.#entryOf(call.object) !== undefined;
      }
      case 'invoke':
        return expression.type === 'CallExpression' && this.#entryOf(expression.callee) !== undefined;
      default:
        return false;
    }
  }

  /** `if (timer)`, `if (timer !== undefined)`, `if (this.timers.has(id))`. */
  #isPureTest(test: Node): boolean {
    const inner = unwrap(test);
    if (inner.type === 'BinaryExpression' && /^!==?$/u.test(inner.operator)) return this.#entryOf(inner.left) !== undefined && isNothing(inner.right);
    const call = parseMethodCall(inner);
    if (call?.method === 'has') return this.#isKey(call.args[0]) && this.#placeOf(call.object) !== undefined;
    return this.#entryOf(inner) !== undefined;
  }

  /** `for (const viewer of this.viewers.get(id) ?? []) viewer.close();` */
  #isPureLoop({ left, right, body }: TSESTree.ForOfStatement): boolean {
    const iterable = unwrap(right);
    const values = parseMethodCall(iterable);
    const entry = this.#entryOf(iterable.type === 'LogicalExpression' ? iterable.left : values?.method === 'values' ? values.object : iterable);
    const declared = left.type === 'VariableDeclaration' ? left.declarations[0].id : undefined;
    const variable = declared?.type === 'Identifier' ? this.facts.bindings.variableOf(declared) : undefined;
    if (!entry || !variable) return false;
    this.#entries.set(variable, { root: entry.root, path: [...entry.path, ELEMENT] });
    return this.#isPure(body);
  }

  #onlyLogs(block: TSESTree.BlockStatement): boolean {
    return block.body.every((statement) => {
      const call = statement.type === 'ExpressionStatement' ? parseMethodCall(unwrap(statement.expression)) : undefined;
      return call !== undefined && /^(?:log|debug|info|warn|error|trace)$/u.test(call.method);
    });
  }

  /** The collection of which a node is the key's entry, or a part of it: `this.timers.get(id)`, `timers[id]`, or a local that holds it. */
  #entryOf(node: Node): Place | undefined {
    const inner = unwrap(node);
    if (inner.type === 'Identifier') {
      const variable = this.facts.bindings.variableOf(inner);
      return variable && this.#entries.get(variable);
    }
    const call = parseMethodCall(inner);
    if (call?.method === 'get') return this.#isKey(call.args[0]) ? this.#placeOf(call.object) : undefined;
    if (inner.type !== 'MemberExpression') return undefined;
    if (inner.computed && this.#isKey(inner.property)) return this.#placeOf(inner.object);
    // info.timer of the entry `info`.
    return inner.computed ? undefined : this.#entryOf(inner.object);
  }

  #placeOf(collection: Node): Place | undefined {
    const place = this.facts.places.resolve(unwrap(collection));
    return place && this.#isReleasable(place) ? place : undefined;
  }

  #isReleasable(place: Place): boolean {
    const lifetime = lifetimeOf(place, this.facts);
    return lifetime !== 'call' && lifetime !== 'unknown' && !this.spared.has(this.facts.places.key(place));
  }

  #isKey(node: Node | undefined): boolean {
    return node !== undefined && this.facts.summaries.keyText(node) === this.key;
  }

  #operationAt(expression: Node): Operation | undefined {
    return this.facts.operations.find((operation) => operation.node === expression && operation.kind !== 'hand-over');
  }

  /** A function of this file that is given the key and only releases what is kept for it. */
  #helper(call: TSESTree.CallExpression): FunctionFact | undefined {
    const target = this.facts.functions.all.flatMap((fn) => fn.calls).find((one) => one.node === call)?.to;
    const [argument, ...others] = call.arguments;
    if (!target || !isFunctionNode(target.node) || target.node.async || others.length > 0 || !this.#isKey(argument)) return undefined;
    const [parameter] = target.node.params;
    if (target.node.params.length !== 1 || parameter?.type !== 'Identifier') return undefined;
    const inner = this.facts.summaries.keyText(parameter);
    if (inner === undefined) return undefined;
    const identity = `${target.id} ${inner}`;
    const known = this.helpers.get(identity);
    if (known !== undefined) return known ? target : undefined;
    this.helpers.set(identity, false); // a function that calls itself is not taken for one
    const statements = bodyStatements(target.node);
    const isPure = statements.length > 0 && new PureReleases(this.facts, inner, this.spared, this.helpers).among(statements).length === statements.length;
    this.helpers.set(identity, isPure);
    return isPure ? target : undefined;
  }
}

function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');
}
