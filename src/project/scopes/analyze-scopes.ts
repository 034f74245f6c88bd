import type { TSESTree } from '@typescript-eslint/utils';
import { READ, Reference, Scope, TYPE, VALUE, WRITE, type DefinitionType, type Name, type ScopeType } from './scope.js';
import { visitorKeys } from '../visitor-keys.js';

type Node = TSESTree.Node;
type Maybe<Value> = Value | null | undefined;
type Identifier = TSESTree.Identifier;
type FunctionLike = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression | TSESTree.TSDeclareFunction | TSESTree.TSEmptyBodyFunctionExpression;
type FunctionTypeLike = TSESTree.TSCallSignatureDeclaration | TSESTree.TSConstructorType | TSESTree.TSConstructSignatureDeclaration | TSESTree.TSFunctionType | TSESTree.TSMethodSignature;
type FieldLike = TSESTree.PropertyDefinition | TSESTree.AccessorProperty | TSESTree.TSAbstractPropertyDefinition | TSESTree.TSAbstractAccessorProperty | TSESTree.TSAbstractMethodDefinition;
/** What gives a name in a pattern a value where nothing else does. */
type Default = TSESTree.AssignmentPattern | TSESTree.AssignmentExpression;
/** Told of each name in a pattern, with the default values that it may get. */
type OnName = (name: Identifier, defaults: readonly Default[]) => void;

/**
 * The scopes of a tree with the variables and uses of names in them, as
 * `@typescript-eslint/scope-manager` has them (without globals of a library, and
 * without variables that an assignment makes): the same, in the same order, which
 * a test holds it to. It takes a quarter of the time, since it keeps less and does
 * not look at how things are strict, declared nowhere, or reached by `with`.
 *
 * @param isModule what is no module gets a function's scope within the global one, as Node gives it
 * @throws RangeError where the tree is too deep for the stack
 */
export function analyzeScopes(program: TSESTree.Program, isModule: boolean): readonly Scope[] {
  return new Walk(program, isModule).scopes;
}

const NO_DEFAULTS: readonly Default[] = [];

class Walk {
  readonly scopes: Scope[] = [];
  #scope: Scope;
  #isJsxNoted = false;

  constructor(program: TSESTree.Program, isModule: boolean) {
    this.#scope = new Scope('global', program, null);
    this.scopes.push(this.#scope);
    this.#enter(isModule ? 'module' : 'function', program);
    this.#visitAll(program.body);
    this.#leave();
    this.#scope.close();
  }

  #enter(type: ScopeType, block: Node): void {
    this.#scope = new Scope(type, block, this.#scope);
    this.scopes.push(this.#scope);
  }

  #leave(): void {
    const { upper } = this.#scope;
    this.#scope.close();
    if (upper) this.#scope = upper;
  }

  #define(identifier: Identifier, type: DefinitionType, node: Node, parent?: Node): void {
    this.#scope.define(identifier.name, identifier, type, node, parent);
  }

  #read(identifier: Name, sought = VALUE): void {
    this.#scope.use(new Reference(identifier, this.#scope, READ, sought));
  }

  #write(identifier: Name, value: Node | null, init: boolean, flag = WRITE): void {
    this.#scope.use(new Reference(identifier, this.#scope, flag, VALUE, value, init));
  }

  #writeDefaults(identifier: Identifier, defaults: readonly Default[], init: boolean): void {
    for (const { right } of defaults) this.#write(identifier, right, init);
  }

  #visitAll(nodes: Maybe<readonly Maybe<Node>[]>): void {
    if (nodes) for (const node of nodes) this.#visit(node);
  }

  #visitTypes(nodes: Maybe<readonly Maybe<Node>[]>): void {
    if (nodes) for (const node of nodes) this.#visitType(node);
  }

  #visit(node: Maybe<Node>): void {
    if (!node) return;
    switch (node.type) {
      case 'Identifier':
        this.#read(node);
        this.#visitType(node.typeAnnotation);
        break;
      case 'MemberExpression':
        this.#visit(node.object);
        if (node.computed) this.#visit(node.property);
        break;
      case 'Literal':
      case 'ThisExpression':
      case 'Super':
      case 'PrivateIdentifier':
      case 'MetaProperty':
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ExportAllDeclaration':
      case 'ImportAttribute':
      case 'TemplateElement':
      case 'JSXText':
        break;
      case 'CallExpression':
      case 'NewExpression':
        this.#visit(node.callee);
        this.#visitAll(node.arguments);
        this.#visitType(node.typeArguments);
        break;
      case 'ExpressionStatement':
        this.#visit(node.expression);
        break;
      case 'Property':
        if (node.computed) this.#visit(node.key);
        this.#visit(node.value);
        break;
      case 'VariableDeclaration':
        this.#visitVariables(node);
        break;
      case 'BlockStatement':
        this.#enter('block', node);
        this.#visitAll(node.body);
        this.#leave();
        break;
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'TSDeclareFunction':
      case 'TSEmptyBodyFunctionExpression':
        this.#visitFunction(node);
        break;
      case 'AssignmentExpression':
        this.#visitAssignment(node);
        break;
      case 'UpdateExpression': {
        const argument = this.#targetOf(node.argument);
        if (isPattern(argument)) this.#visitPattern(argument, (name) => { this.#write(name, null, false, READ | WRITE); });
        else this.#visit(node.argument);
        break;
      }
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#visitClass(node);
        break;
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) this.#define(specifier.local, 'ImportBinding', specifier, node);
        break;
      case 'ExportNamedDeclaration':
        if (node.declaration) this.#visit(node.declaration);
        else if (!node.source) for (const { local, exportKind } of node.specifiers) this.#read(local, exportKind === 'type' || node.exportKind === 'type' ? TYPE : VALUE | TYPE);
        break;
      case 'ExportDefaultDeclaration':
        if (node.declaration.type === 'Identifier') this.#read(node.declaration, VALUE | TYPE);
        else this.#visit(node.declaration);
        break;
      case 'CatchClause':
        this.#enter('catch', node);
        if (node.param) this.#visitDeclared(node.param, (name) => { this.#define(name, 'CatchClause', node); });
        this.#visit(node.body);
        this.#leave();
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#visitForIn(node);
        break;
      case 'ForStatement': {
        const isScope = node.init?.type === 'VariableDeclaration' && node.init.kind !== 'var';
        if (isScope) this.#enter('for', node);
        this.#visit(node.init);
        this.#visit(node.test);
        this.#visit(node.update);
        this.#visit(node.body);
        if (isScope) this.#leave();
        break;
      }
      case 'SwitchStatement':
        this.#visit(node.discriminant);
        this.#enter('switch', node);
        this.#visitAll(node.cases);
        this.#leave();
        break;
      case 'WithStatement':
        this.#visit(node.object);
        this.#enter('with', node);
        this.#visit(node.body);
        this.#leave();
        break;
      case 'LabeledStatement':
        this.#visit(node.body);
        break;
      case 'TaggedTemplateExpression':
        this.#visit(node.tag);
        this.#visit(node.quasi);
        this.#visitType(node.typeArguments);
        break;
      case 'JSXAttribute':
        this.#visit(node.value);
        break;
      case 'JSXOpeningElement':
        this.#noteJsx();
        this.#visitJsxName(node.name);
        this.#visitType(node.typeArguments);
        this.#visitAll(node.attributes);
        break;
      case 'JSXClosingElement':
        this.#visitJsxName(node.name);
        break;
      case 'JSXFragment':
        this.#noteJsx();
        this.#visitAll(node.children);
        break;
      case 'JSXIdentifier':
        this.#read(node);
        break;
      case 'JSXMemberExpression':
        if (node.object.type !== 'JSXIdentifier' || node.object.name !== 'this') this.#visit(node.object);
        break;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
        this.#visit(node.expression);
        this.#visitType(node.typeAnnotation);
        break;
      case 'TSInstantiationExpression':
        this.#visit(node.expression);
        this.#visitType(node.typeArguments);
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        this.#visitType(node);
        break;
      case 'TSEnumDeclaration':
        this.#visitEnum(node);
        break;
      case 'TSModuleDeclaration':
        if (node.id.type === 'Identifier' && node.kind !== 'global') this.#define(node.id, 'TSModuleName', node);
        this.#enter('tsModule', node);
        this.#visit(node.body);
        this.#leave();
        break;
      case 'TSExportAssignment':
        if (node.expression.type === 'Identifier') this.#read(node.expression, VALUE | TYPE);
        else this.#visit(node.expression);
        break;
      case 'TSImportEqualsDeclaration':
        this.#define(node.id, 'ImportBinding', node, node);
        this.#visit(headOf(node.moduleReference));
        break;
      default:
        this.#visitChildren(node);
    }
  }

  #visitChildren(node: Node): void {
    for (const key of visitorKeys()[node.type] ?? []) {
      const child = (node as unknown as Record<string, Maybe<Node | readonly Maybe<Node>[]>>)[key];
      if (Array.isArray(child)) this.#visitAll(child as readonly Maybe<Node>[]);
      else this.#visit(child as Maybe<Node>);
    }
  }

  #visitVariables(node: TSESTree.VariableDeclaration): void {
    const home = node.kind === 'var' ? this.#scope.variableScope : this.#scope;
    for (const declarator of node.declarations) {
      const { id, init } = declarator;
      this.#visitDeclared(id, (name) => { home.define(name.name, name, 'Variable', declarator, node); }, (name) => {
        if (init) this.#write(name, init, true);
      });
      this.#visit(init);
      this.#visitType(id.typeAnnotation);
    }
  }

  /** A pattern whose names are declared, with their default values, and then what else stands in it. */
  #visitDeclared(pattern: Node, declare: (name: Identifier) => void, after?: (name: Identifier) => void): void {
    if (pattern.type === 'Identifier') {
      declare(pattern);
      after?.(pattern);
      return;
    }
    const values: Node[] = [];
    this.#visitPattern(pattern, (name, defaults) => {
      declare(name);
      this.#writeDefaults(name, defaults, true);
      after?.(name);
    }, values);
    this.#visitAll(values);
  }

  #visitAssignment(node: TSESTree.AssignmentExpression): void {
    const left = this.#targetOf(node.left);
    if (!isPattern(left)) this.#visit(left);
    else if (node.operator === '=') this.#visitWritten(left, node.right);
    else if (left.type === 'Identifier') this.#write(left, node.right, false, READ | WRITE);
    this.#visit(node.right);
  }

  /** A pattern whose names are given a value, and then what else stands in it. */
  #visitWritten(pattern: Node, value: Node): void {
    const values: Node[] = [];
    this.#visitPattern(pattern, (name, defaults) => {
      this.#writeDefaults(name, defaults, false);
      this.#write(name, value, false);
    }, values);
    this.#visitAll(values);
  }

  /** The expression that an assignment is to, without what only the type checker sees. */
  #targetOf(left: Node): Node {
    if (left.type === 'TSAsExpression' || left.type === 'TSTypeAssertion') this.#visitType(left.typeAnnotation);
    return left.type === 'TSAsExpression' || left.type === 'TSTypeAssertion' || left.type === 'TSNonNullExpression' ? left.expression : left;
  }

  #visitForIn(node: TSESTree.ForInStatement | TSESTree.ForOfStatement): void {
    const { left } = node;
    const isScope = left.type === 'VariableDeclaration' && left.kind !== 'var';
    if (isScope) this.#enter('for', node);
    if (left.type === 'VariableDeclaration') {
      this.#visit(left);
      this.#visitPattern(left.declarations[0].id, (name) => { this.#write(name, node.right, true); });
    } else {
      this.#visitWritten(left, node.right);
    }
    this.#visit(node.right);
    this.#visit(node.body);
    if (isScope) this.#leave();
  }

  #visitFunction(node: FunctionLike): void {
    const isNamed = node.type === 'FunctionExpression' && node.id;
    if (isNamed) this.#enterFunctionName(node, node.id as Identifier);
    else if (node.type !== 'FunctionExpression' && node.id) this.#define(node.id, 'FunctionName', node);
    this.#enter('function', node);
    for (const parameter of node.params) {
      this.#visitParameter(parameter, node);
      this.#visitAll((parameter as { decorators?: Node[] }).decorators);
    }
    this.#visitRestOfFunction(node);
    if (isNamed) this.#leave();
  }

  /** A method differs in that decorators of its parameters stand outside. */
  #visitMethodFunction(node: TSESTree.FunctionExpression): void {
    if (node.id) this.#enterFunctionName(node, node.id);
    for (const parameter of node.params) this.#visitAll((parameter as { decorators?: Node[] }).decorators);
    this.#enter('function', node);
    for (const parameter of node.params) this.#visitParameter(parameter, node);
    this.#visitRestOfFunction(node);
    if (node.id) this.#leave();
  }

  #enterFunctionName(node: TSESTree.FunctionExpression, id: Identifier): void {
    this.#enter('function-expression-name', node);
    this.#define(id, 'FunctionName', node);
  }

  #visitRestOfFunction(node: FunctionLike): void {
    this.#visitType(node.returnType);
    this.#visitType(node.typeParameters);
    const body = node.body as Maybe<Node>;
    if (body?.type === 'BlockStatement') this.#visitAll(body.body);
    else this.#visit(body);
    this.#leave();
  }

  #visitParameter(parameter: TSESTree.Parameter, fn: FunctionLike): void {
    this.#visitDeclared(parameter, (name) => { this.#define(name, 'Parameter', fn); });
    const inner = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    this.#visitType(inner.type === 'AssignmentPattern' ? inner.left.typeAnnotation : inner.typeAnnotation);
  }

  #visitClass(node: TSESTree.ClassDeclaration | TSESTree.ClassExpression): void {
    if (node.type === 'ClassDeclaration' && node.id) this.#define(node.id, 'ClassName', node);
    this.#visitAll(node.decorators);
    this.#enter('class', node);
    if (node.id) this.#define(node.id, 'ClassName', node);
    this.#visit(node.superClass);
    this.#visitType(node.typeParameters);
    this.#visitType(node.superTypeArguments);
    this.#visitTypes(node.implements);
    for (const element of node.body.body) this.#visitClassElement(element);
    this.#leave();
  }

  #visitClassElement(node: TSESTree.ClassElement): void {
    switch (node.type) {
      case 'MethodDefinition':
        if (node.computed) this.#visit(node.key);
        if (node.value.type === 'FunctionExpression') this.#visitMethodFunction(node.value);
        else this.#visit(node.value);
        this.#visitAll(node.decorators);
        break;
      case 'PropertyDefinition':
      case 'AccessorProperty':
      case 'TSAbstractPropertyDefinition':
      case 'TSAbstractAccessorProperty':
        this.#visitField(node);
        this.#visitType(node.typeAnnotation);
        break;
      case 'TSAbstractMethodDefinition':
        this.#visitField(node);
        break;
      case 'StaticBlock':
        this.#enter('class-static-block', node);
        this.#visitAll(node.body);
        this.#leave();
        break;
      case 'TSIndexSignature':
        this.#visitType(node);
    }
  }

  #visitField(node: FieldLike): void {
    if (node.computed) this.#visit(node.key);
    const value = node.value as Maybe<Node>;
    if (value && (node.type === 'PropertyDefinition' || node.type === 'AccessorProperty')) {
      this.#enter('class-field-initializer', value);
      this.#visit(value);
      this.#leave();
    } else this.#visit(value);
    this.#visitAll(node.decorators);
  }

  #visitEnum(node: TSESTree.TSEnumDeclaration): void {
    this.#define(node.id, 'TSEnumName', node);
    this.#enter('tsEnum', node);
    for (const member of node.body.members) {
      // The name in `'a' = 1` can be used like any other, but is no identifier.
      const { id } = member;
      if (id.type === 'Identifier') this.#define(id, 'TSEnumMemberName', member);
      else if (typeof id.value === 'string') this.#scope.define(id.value, id, 'TSEnumMemberName', member);
      this.#visit(member.initializer);
    }
    this.#leave();
  }

  /** JSX is a use of React, for the first element at least. */
  #noteJsx(): void {
    for (let scope: Scope | null = this.#isJsxNoted ? null : this.#scope; scope; scope = scope.upper) {
      const identifier = scope.set.get('React')?.identifiers[0];
      if (!identifier) continue;
      scope.use(new Reference(identifier as Identifier, scope, READ, VALUE));
      this.#isJsxNoted = true;
      return;
    }
  }

  /** Names in lower case are those of elements, and no variables. */
  #visitJsxName(name: TSESTree.JSXTagNameExpression): void {
    if (name.type !== 'JSXIdentifier') this.#visit(name);
    else if (name.name.charAt(0).toUpperCase() === name.name.charAt(0) || name.name === 'this') this.#read(name);
  }

  /** The names of a pattern. @param values takes what stands in it to be evaluated: default values, computed keys, targets that are no names. */
  #visitPattern(pattern: Maybe<Node>, onName: OnName, values: Node[] = [], defaults = NO_DEFAULTS): void {
    if (!pattern) return;
    switch (pattern.type) {
      case 'Identifier':
        onName(pattern, defaults);
        break;
      case 'ArrayPattern':
      case 'ArrayExpression':
        for (const element of pattern.elements) this.#visitPattern(element, onName, values, defaults);
        break;
      case 'AssignmentPattern':
      case 'AssignmentExpression':
        this.#visitPattern(pattern.left, onName, values, [...defaults, pattern]);
        values.push(pattern.right);
        break;
      case 'Property':
        if (pattern.computed) values.push(pattern.key);
        this.#visitPattern(pattern.value, onName, values, defaults);
        break;
      case 'RestElement':
      case 'SpreadElement':
        this.#visitPattern(pattern.argument, onName, values, defaults);
        break;
      case 'MemberExpression':
        if (pattern.computed) values.push(pattern.property);
        values.push(pattern.object);
        break;
      case 'CallExpression':
        values.push(...pattern.arguments);
        this.#visitPattern(pattern.callee, onName, values, defaults);
        break;
      case 'Decorator':
      case 'TSTypeAnnotation':
        break;
      default:
        for (const key of visitorKeys()[pattern.type] ?? []) {
          const child = (pattern as unknown as Record<string, Maybe<Node | readonly Maybe<Node>[]>>)[key];
          for (const one of Array.isArray(child) ? (child as readonly Maybe<Node>[]) : [child as Maybe<Node>]) this.#visitPattern(one, onName, values, defaults);
        }
    }
  }

  #visitType(node: Maybe<Node>): void {
    if (!node) return;
    switch (node.type) {
      case 'Identifier':
        this.#read(node, TYPE);
        break;
      case 'TSTypeAnnotation':
        this.#visitType(node.typeAnnotation);
        break;
      case 'TSTypeReference':
        this.#visitType(node.typeName);
        this.#visitType(node.typeArguments);
        break;
      case 'TSStringKeyword':
      case 'TSNumberKeyword':
      case 'TSBooleanKeyword':
      case 'TSVoidKeyword':
      case 'TSUndefinedKeyword':
      case 'TSAnyKeyword':
      case 'TSNullKeyword':
      case 'Literal':
        break;
      case 'MemberExpression':
        this.#visitType(node.object);
        break;
      case 'TSCallSignatureDeclaration':
      case 'TSConstructorType':
      case 'TSConstructSignatureDeclaration':
      case 'TSFunctionType':
        this.#visitFunctionType(node);
        break;
      case 'TSMethodSignature':
        if (node.computed) this.#visit(node.key);
        this.#visitFunctionType(node);
        break;
      case 'TSPropertySignature':
        if (node.computed) this.#visit(node.key);
        this.#visitType(node.typeAnnotation);
        break;
      case 'TSConditionalType':
        // What `infer` names is not known where the condition fails.
        this.#enter('conditionalType', node);
        this.#visitType(node.checkType);
        this.#visitType(node.extendsType);
        this.#visitType(node.trueType);
        this.#leave();
        this.#visitType(node.falseType);
        break;
      case 'TSImportType':
        this.#visitType(node.typeArguments);
        break;
      case 'TSIndexSignature':
        for (const parameter of node.parameters) if (parameter.type === 'Identifier') this.#visitType(parameter.typeAnnotation);
        this.#visitType(node.typeAnnotation);
        break;
      case 'TSInferType': {
        const { typeParameter } = node;
        this.#scopeOfInferred().define(typeParameter.name.name, typeParameter.name, 'Type', typeParameter);
        this.#visitType(typeParameter.constraint);
        break;
      }
      case 'TSInterfaceDeclaration':
        this.#define(node.id, 'Type', node);
        if (node.typeParameters) this.#enter('type', node);
        this.#visitType(node.typeParameters);
        this.#visitTypes(node.extends);
        this.#visitType(node.body);
        if (node.typeParameters) this.#leave();
        break;
      case 'TSTypeAliasDeclaration':
        this.#define(node.id, 'Type', node);
        if (node.typeParameters) this.#enter('type', node);
        this.#visitType(node.typeParameters);
        this.#visitType(node.typeAnnotation);
        if (node.typeParameters) this.#leave();
        break;
      case 'TSMappedType':
        this.#enter('mappedType', node);
        this.#define(node.key, 'Type', node);
        this.#visitType(node.constraint);
        this.#visitType(node.nameType);
        this.#visitType(node.typeAnnotation);
        this.#leave();
        break;
      case 'TSNamedTupleMember':
        this.#visitType(node.elementType);
        break;
      case 'TSQualifiedName':
        this.#visitType(node.left);
        break;
      case 'TSTypeParameter':
        this.#define(node.name, 'Type', node);
        this.#visitType(node.constraint);
        this.#visitType(node.default);
        break;
      case 'TSTypePredicate':
        if (node.parameterName.type === 'Identifier') this.#read(node.parameterName);
        this.#visitType(node.typeAnnotation);
        break;
      case 'TSTypeQuery': {
        if (node.exprName.type === 'TSImportType') this.#visitType(node.exprName);
        const head = headOf(node.exprName);
        if (head.type === 'Identifier') this.#read(head);
        this.#visitType(node.typeArguments);
        break;
      }
      default:
        for (const key of visitorKeys()[node.type] ?? []) {
          const child = (node as unknown as Record<string, Maybe<Node | readonly Maybe<Node>[]>>)[key];
          if (Array.isArray(child)) this.#visitTypes(child as readonly Maybe<Node>[]);
          else this.#visitType(child as Maybe<Node>);
        }
    }
  }

  #visitFunctionType(node: FunctionTypeLike): void {
    this.#enter('functionType', node);
    this.#visitType(node.typeParameters);
    for (const parameter of node.params) {
      this.#visitPattern(parameter, (name) => {
        this.#define(name, 'Parameter', node);
        this.#visitType(name.typeAnnotation);
      });
      // Of a pattern the annotation stands beside its names.
      if (parameter.type !== 'Identifier' && 'typeAnnotation' in parameter) this.#visitType(parameter.typeAnnotation);
    }
    this.#visitType(node.returnType);
    this.#leave();
  }

  /** Where `infer T` declares `T`: in the condition around it, past what is nested in that. */
  #scopeOfInferred(): Scope {
    let scope: Scope | null = this.#scope;
    while (scope && (scope.type === 'functionType' || scope.type === 'mappedType')) scope = scope.upper;
    return scope?.type === 'conditionalType' ? scope : this.#scope;
  }
}

function isPattern({ type }: Node): boolean {
  return type === 'Identifier' || type === 'ObjectPattern' || type === 'ArrayPattern' || type === 'SpreadElement' || type === 'RestElement' || type === 'AssignmentPattern';
}

/** The first name of a path: `A` of `A.B.C`. */
function headOf(node: Node): Node {
  let head = node;
  while (head.type === 'TSQualifiedName') head = head.left;
  return head;
}
