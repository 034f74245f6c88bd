import type { TSESTree } from '@typescript-eslint/utils';

type Node = TSESTree.Node;

/** What makes a scope; the words of ESLint's scope managers. */
export type ScopeType =
  | 'block' | 'catch' | 'class' | 'class-field-initializer' | 'class-static-block' | 'conditionalType' | 'for' | 'function' | 'function-expression-name'
  | 'functionType' | 'global' | 'mappedType' | 'module' | 'switch' | 'tsEnum' | 'tsModule' | 'type' | 'with';

/** What declares a variable; the words of ESLint's scope managers. */
export type DefinitionType =
  | 'CatchClause' | 'ClassName' | 'FunctionName' | 'ImportBinding' | 'Parameter' | 'TSEnumMemberName' | 'TSEnumName' | 'TSModuleName' | 'Type' | 'Variable';

/** Anything that stands for a name where it is used. */
export type Name = TSESTree.Identifier | TSESTree.JSXIdentifier;

/** Whether a name is looked for among values, types, or both; bits. */
export const VALUE = 1;
export const TYPE = 2;

const MEANS: Readonly<Record<DefinitionType, number>> = {
  CatchClause: VALUE, FunctionName: VALUE, Parameter: VALUE, Variable: VALUE, Type: TYPE,
  ClassName: VALUE | TYPE, ImportBinding: VALUE | TYPE, TSEnumMemberName: VALUE | TYPE, TSEnumName: VALUE | TYPE, TSModuleName: VALUE | TYPE,
};

export interface Definition {
  readonly type: DefinitionType;
  readonly name: Node;
  readonly node: Node;
  /** The declaration around it, of variables and imports. */
  readonly parent: Node | null;
}

export class Variable {
  readonly defs: Definition[] = [];
  readonly identifiers: Node[] = [];
  readonly references: Reference[] = [];
  /** What it can be, as bits; a variable that nothing declares, as `arguments`, can be either. */
  means = 0;

  constructor(readonly name: string, readonly scope: Scope) {}
}

export const READ = 1;
export const WRITE = 2;

/** A use of a name. */
export class Reference {
  resolved: Variable | null = null;

  constructor(
    readonly identifier: Name,
    readonly from: Scope,
    private readonly flag: number,
    /** As bits. */
    readonly sought: number,
    /** What is written; null for `x++`, undefined where nothing is. */
    readonly writeExpr?: Node | null,
    /** Whether it writes a first or a default value; undefined where nothing is written. */
    readonly init?: boolean,
  ) {}

  isRead(): boolean {
    return (this.flag & READ) !== 0;
  }

  isWrite(): boolean {
    return (this.flag & WRITE) !== 0;
  }
}

const NO_NAMES: ReadonlyMap<string, Variable> = new Map();

/** Where names are declared, and the uses of names in it. */
export class Scope {
  set: ReadonlyMap<string, Variable> = NO_NAMES;
  readonly variables: Variable[] = [];
  readonly references: Reference[] = [];
  /** Where `var` puts its names. */
  readonly variableScope: Scope;
  /** Uses in it, and in what is nested in it, whose variable is not found yet. */
  #open: Reference[] = [];

  constructor(readonly type: ScopeType, readonly block: Node, readonly upper: Scope | null) {
    this.variableScope = HOLDS_VARS.has(type) || !upper ? this : upper.variableScope;
    if (type === 'function' && block.type !== 'ArrowFunctionExpression') this.#variable('arguments').means = VALUE | TYPE;
    if (type === 'global') this.#variable('const').means = TYPE; // `as const`
  }

  /** @param at where the name stands: an identifier, or a text */
  define(name: string, at: TSESTree.Identifier | TSESTree.Literal, type: DefinitionType, node: Node, parent: Node | null = null): void {
    const variable = this.#variable(name);
    variable.defs.push({ type, name: at, node, parent });
    variable.means |= MEANS[type];
    if (at.type === 'Identifier') variable.identifiers.push(at);
  }

  use(reference: Reference): void {
    this.references.push(reference);
    this.#open.push(reference);
  }

  /** Finds the variables of all uses that are meant here; the others are for the scope around. */
  close(): void {
    const { upper } = this;
    const isEmpty = this.variables.length === 0 || this.type === 'with';
    for (const reference of this.#open) {
      const variable = isEmpty ? undefined : this.set.get(reference.identifier.name);
      if (variable && (variable.means & reference.sought) !== 0 && !this.#isBehind(variable, reference)) {
        variable.references.push(reference);
        reference.resolved = variable;
      } else if (upper) {
        upper.#open.push(reference);
      }
    }
    this.#open = [];
  }

  /** Whether a use stands among the parameters of a function, and the variable in its body: `function f(a = x) { var x; }`. */
  #isBehind({ defs }: Variable, { identifier }: Reference): boolean {
    if (this.type !== 'function' || this.block.type === 'Program') return false;
    const body = 'body' in this.block ? (this.block.body as Node | null)?.range[0] : undefined;
    return body !== undefined && identifier.range[0] < body && defs.every(({ name }) => name.range[0] >= body);
  }

  #variable(name: string): Variable {
    const known = this.set.get(name);
    if (known) return known;
    const variable = new Variable(name, this);
    if (this.set === NO_NAMES) this.set = new Map();
    (this.set as Map<string, Variable>).set(name, variable);
    this.variables.push(variable);
    return variable;
  }
}

const HOLDS_VARS: ReadonlySet<ScopeType> = new Set(['class-field-initializer', 'class-static-block', 'function', 'global', 'module', 'tsModule']);
