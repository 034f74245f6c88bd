import type { TSESTree } from '@typescript-eslint/utils';

export type Node = TSESTree.Node;
export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;
export type CallLike = TSESTree.CallExpression | TSESTree.NewExpression;

export function isFunctionNode(node: Node | null | undefined): node is FunctionNode {
  return node?.type === 'FunctionDeclaration' || node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';
}

export function isClassNode(node: Node | null | undefined): node is ClassNode {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';
}

/** A field of a class, `accessor` fields included. */
export function isFieldNode(node: Node): node is TSESTree.PropertyDefinition | TSESTree.AccessorProperty {
  return node.type === 'PropertyDefinition' || node.type === 'AccessorProperty';
}

/** The expression without what only the type checker or the optional chain sees: `(x as T)!` → `x`. */
export function unwrap(node: Node): Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}

/** The node that `node` stands in, past the wrappers that `unwrap` removes. */
export function parentOf(node: Node): Node | undefined {
  let parent = node.parent;
  while (parent && parent !== unwrap(parent)) parent = parent.parent;
  return parent;
}

/** The outermost wrapper around `node` (itself if there is none): what its parent holds. */
export function wrapped(node: Node): Node {
  let current = node;
  while (current.parent && unwrap(current.parent) !== current.parent) current = current.parent;
  return current;
}

/** The member name if it is written in the source: `.a`, `['a']`, `.#a`, `[Symbol.a]` → `a`, `a`, `#a`, `[Symbol.a]`. */
export function memberName(node: TSESTree.MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === 'PrivateIdentifier' ? `#${node.property.name}` : node.property.name;
  return literalText(node.property) ?? wellKnownSymbol(node.property);
}

/** `Symbol.dispose` as the name of a member: `[Symbol.dispose]`. */
function wellKnownSymbol(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier' || node.object.name !== 'Symbol') return undefined;
  return node.property.type === 'Identifier' ? `[Symbol.${node.property.name}]` : undefined;
}

/** The key of a property, method or field if it is written in the source; `[kName]` for a computed identifier. */
export function keyName(node: { key: Node; computed?: boolean }): string | undefined {
  const { key } = node;
  if (node.computed) return literalText(key) ?? (key.type === 'Identifier' ? `[${key.name}]` : wellKnownSymbol(key));
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return literalText(key);
}

/** The text of a string or number literal, or of a template without holes. */
export function literalText(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value);
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** `null`, `undefined`, `void 0`. */
export function isNothing(node: Node): boolean {
  return (node.type === 'Literal' && node.value === null && !('regex' in node) && !('bigint' in node)) || (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'UnaryExpression' && node.operator === 'void');
}

/** The callee as written, if it is a plain path: `setTimeout`, `window.setTimeout`, `this.timers.set`. */
export function pathText(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'Super') return 'super';
  if (inner.type === 'MemberExpression') {
    const base = pathText(inner.object);
    const name = memberName(inner);
    return base !== undefined && name !== undefined ? `${base}.${name}` : undefined;
  }
  return undefined;
}

/** Whether an expression is a plain path, as `pathText` gives it, that a pattern fits. */
export function hasPath(node: Node, pattern: RegExp): boolean {
  const text = pathText(node);
  return text !== undefined && pattern.test(text);
}

/** The last name of a path as text: `set` of `this.timers.set`. */
export function lastOfPath(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** The last name of an expression as written, whatever it is a member of: `closed` of `closed`, `Events.closed`, `open().closed`; else the empty text, which no name is. */
export function lastName(node: Node): string {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  return inner.type === 'MemberExpression' ? (memberName(inner) ?? '') : '';
}

/** Whether a member has a name, as `memberName` gives it, that a pattern fits. */
export function isNamed(member: TSESTree.MemberExpression, pattern: RegExp): boolean {
  const name = memberName(member);
  return name !== undefined && pattern.test(name);
}

/** The value of an option in an object that is written out: `signal` of `{ signal }`. */
export function optionOf(options: Node | undefined, name: string): Node | undefined {
  const inner = options && unwrap(options);
  if (inner?.type !== 'ObjectExpression') return undefined;
  for (const property of inner.properties) if (property.type === 'Property' && keyName(property) === name) return property.value;
  return undefined;
}

/** A call `object.method(…)`, taken apart. */
export interface MethodCall {
  readonly object: Node;
  readonly method: string;
  readonly args: readonly Node[];
}

export function parseMethodCall(node: Node): MethodCall | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  const method = memberName(callee);
  return method === undefined ? undefined : { object: callee.object, method, args: node.arguments };
}

/** Whether a node is a call of a method whose name a pattern fits. */
export function isMethodCall(node: Node, pattern: RegExp): boolean {
  const call = parseMethodCall(node);
  return call !== undefined && pattern.test(call.method);
}

/** Whether `inner` lies within `outer`, or is it. */
export function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The statements of a function's body; an expression body counts as none. */
export function bodyStatements(fn: FunctionNode): readonly TSESTree.Statement[] {
  return fn.body.type === 'BlockStatement' ? fn.body.body : [];
}

/** What a function does, as nodes: its statements, or its expression body. */
export function bodyNodes(fn: FunctionNode): readonly Node[] {
  return fn.body.type === 'BlockStatement' ? fn.body.body : [fn.body];
}

/** The decorators of a class or a member; parsers of plain JavaScript leave the list out. */
export function decoratorsOf(node: { readonly decorators: readonly TSESTree.Decorator[] }): readonly TSESTree.Decorator[] {
  const written: Partial<Pick<typeof node, 'decorators'>> = node;
  return written.decorators ?? [];
}
