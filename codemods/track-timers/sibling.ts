import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Operation } from '../../src/core/facts/operations.js';
import { unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { memberNamesTaken } from '../../src/codemod/writing/member-names.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';

/** What a Map of timers beside a collection is called, after what that holds: `sessions` → `sessionTimeouts`. */
export function wishedSiblingName(collection: Collection, noun: 'timeout' | 'interval'): string {
  return `${singular(collection.name)}${noun === 'timeout' ? 'Timeouts' : 'Intervals'}`;
}

/** The wished name, or the next one that is free; undefined where no sibling can stand. */
export function siblingName(collection: Collection, noun: 'timeout' | 'interval', facts: Facts): string | undefined {
  const { place, declaration } = collection;
  const { root } = place;
  const wish = wishedSiblingName(collection, noun);
  if (root.type === 'owner' && place.path.length === 1) {
    const taken = memberNamesTaken(root.owner, facts);
    return freeName(wish, (name) => taken.has(name));
  }
  if (root.type !== 'variable' || place.path.length > 0) return undefined;
  const taken = namesTakenAround(declaration, facts.model);
  return freeName(wish, (name) => taken.has(name));
}

/** Declares the sibling under its collection, as that is declared; false where it is declared in another form. */
export function declareSibling(collection: Collection, name: string, value: string, writer: CodeWriter): boolean {
  const { declaration } = collection;
  const { semicolon } = writer.style;
  switch (declaration.type) {
    case 'PropertyDefinition': {
      const modifiers = /^(?:(?:public|private|protected|static|readonly)\s+)*/u.exec(writer.textOf(declaration))?.[0] ?? '';
      writer.under(declaration, [`${modifiers}${name} = ${value}${semicolon}`]);
      return true;
    }
    case 'VariableDeclarator': {
      const variables = declaration.parent;
      const statement = variables.parent.type === 'ExportNamedDeclaration' ? variables.parent : variables;
      writer.under(statement, [`${variables.kind === 'var' ? 'var' : 'const'} ${name} = ${value}${semicolon}`]);
      return true;
    }
    case 'AssignmentExpression': {
      const target = unwrap(declaration.left);
      if (declaration.parent.type !== 'ExpressionStatement' || target.type !== 'MemberExpression' || target.computed) return false;
      writer.under(declaration.parent, [`${writer.textOf(target.object)}.${name} = ${value}${semicolon}`]);
      return true;
    }
    default:
      return false;
  }
}

/** The expression by which an operation names its collection: `this.sessions` of `this.sessions.delete(id)`. */
export function collectionNode({ node }: Operation): Node | undefined {
  if (node.type === 'CallExpression') {
    const callee = unwrap(node.callee);
    return callee.type === 'MemberExpression' ? callee.object : undefined;
  }
  if (node.type === 'AssignmentExpression') return node.left;
  const target = node.type === 'UnaryExpression' ? unwrap(node.argument) : undefined;
  return target?.type === 'MemberExpression' ? target.object : undefined;
}

/** How code that names the collection by an expression names its sibling; undefined if it cannot. */
export function accessToSibling(expression: Node, collection: Collection, name: string, facts: Facts, writer: CodeWriter): string | undefined {
  const inner = unwrap(expression);
  const place = facts.places.resolve(inner);
  if (!place || facts.places.key(place) !== facts.places.key(collection.place)) return undefined;
  if (place.root.type !== 'owner') return name;
  if (inner.type === 'MemberExpression' && !inner.computed && !inner.optional) return `${writer.textOf(inner.object)}.${name}`;
  // An alias: const { sessions } = this.
  const self = facts.owners.thisAt(expression);
  return self?.isStatic === place.root.isStatic && facts.owners.declaring(self.owner, collection.name) === place.root.owner ? `this.${name}` : undefined;
}

/** `photoSessions` → `photoSession`, `entries` → `entry`, `searches` → `search`; `caches` → `cache`; `status` stays. */
export function singular(name: string): string {
  if (name.endsWith('ies')) return name.replace(/ies$/u, 'y');
  if (/(?:ss|us|is)$/u.test(name)) return name;
  return name.replace(/(?<=[^aeiou]ch|sh|x|ss)es$|s$/u, '');
}
