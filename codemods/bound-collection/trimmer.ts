import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { isClassNode, unwrap } from '../../src/core/syntax/nodes.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { prefersHashNames } from '../../src/codemod/writing/member-names.js';
import { freeName, namesTakenAround } from '../../src/codemod/writing/names.js';
import type { CallSite } from './growth-site.js';

/**
 * Declares the function that trims a collection which grows in several places,
 * and answers how it is named there; undefined where they share no such place.
 *
 * @param trim the statements for a collection that is named so
 */
export function declareTrimmer(sites: readonly CallSite[], collection: Collection, trim: (object: string) => Lines, writer: CodeWriter, facts: Facts): string | undefined {
  const bare = collection.name.replace(/^[#_$]+/u, '');
  const wish = `trim${bare.charAt(0).toUpperCase()}${bare.slice(1)}`;
  const { root, path } = collection.place;
  if (root.type === 'owner' && path.length === 1 && !root.isStatic) return declareMethod(wish, sites, collection, trim, writer, facts);
  if (root.type === 'variable' && path.length === 0) return declareFunction(wish, sites, collection, trim, writer, facts);
  return undefined;
}

function declareMethod(wish: string, sites: readonly CallSite[], { place: { root }, name }: Collection, trim: (object: string) => Lines, writer: CodeWriter, facts: Facts): string | undefined {
  const { indent, typed } = writer.style;
  if (root.type !== 'owner' || !isClassNode(root.owner.node)) return undefined;
  const { owner } = root;
  const isOwn = sites.every(({ object }) => {
    const inner = unwrap(object);
    return inner.type === 'MemberExpression' && inner.object.type === 'ThisExpression' && facts.owners.thisAt(object)?.owner === owner;
  });
  const last = isClassNode(owner.node) ? owner.node.body.body.at(-1) : undefined;
  if (!isOwn || !last) return undefined;
  const isHashed = prefersHashNames(owner) && typed ? true : name.startsWith('#');
  const prefix = isHashed ? '#' : name.startsWith('_') ? '_' : '';
  const method = freeName(`${prefix}${wish}`, (candidate) => owner.members.has(candidate));
  const head = `${typed && !isHashed ? 'private ' : ''}${method}()${typed ? ': void' : ''} {`;
  writer.under(last, ['', head, ...trim(`this.${name}`).map((line) => `${indent}${line}`), '}']);
  return `this.${method}`;
}

function declareFunction(wish: string, sites: readonly CallSite[], { place: { root }, declaration }: Collection, trim: (object: string) => Lines, writer: CodeWriter, facts: Facts): string | undefined {
  const { indent, typed } = writer.style;
  if (root.type !== 'variable' || declaration.type !== 'VariableDeclarator') return undefined;
  const { variable } = root;
  const isOwn = sites.every(({ object }) => facts.bindings.variableOf(unwrap(object)) === variable);
  const variables = declaration.parent;
  const statement = variables.parent.type === 'ExportNamedDeclaration' ? variables.parent : variables;
  const mayBeNothing = variables.kind !== 'const';
  if (!isOwn || mayBeNothing || !/^(?:Program|BlockStatement)$/u.test(statement.parent.type)) return undefined;
  const taken = namesTakenAround(declaration, facts.model);
  const name = freeName(wish, (candidate) => taken.has(candidate));
  const siblings = facts.tree.childrenOf(statement.parent);
  const next = siblings[siblings.indexOf(statement) + 1];
  const isCrowded = next !== undefined && !/\n\s*\n/u.test(facts.model.text.slice(statement.range[1], next.range[0]));
  writer.under(statement, ['', `function ${name}()${typed ? ': void' : ''} {`, ...trim(variable.name).map((line) => `${indent}${line}`), '}', ...(isCrowded ? [''] : [])]);
  return name;
}
