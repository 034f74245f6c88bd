import type { Facts } from '../../src/core/facts/facts.js';
import type { Owner } from '../../src/core/facts/owners.js';
import { isSingleton } from '../../src/core/questions/runs-once.js';
import { isClassNode, type ClassNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';

/** A teardown that a class lacks: the hook that its framework calls, or `dispose()` and `[Symbol.dispose]()`, which whoever makes its objects has to call. */
export interface NewTeardown {
  readonly owner: Owner;
  readonly name: string;
  /** The member under which it is written. */
  readonly behind: Node;
  /** `public `, where the methods of the class say so. */
  readonly access: string;
  /** Whether `[Symbol.dispose]()` goes with it. */
  readonly hasCompanion: boolean;
  /** Whether its return type is written. */
  readonly isTyped: boolean;
  readonly note: string;
}

/**
 * The teardown that a class may be given.
 *
 * @param owner what has acquired something that has to be released
 * @param hook what its framework calls at the end; undefined for a class of its own
 * @param beside a member beside which a hook is written
 * @param release what a method is called that releases this one thing, and nothing that a base class could have a teardown for
 */
export function findNewTeardown(owner: Owner, hook: string | undefined, beside: Node | undefined, facts: Facts, release?: string): NewTeardown | Refusal {
  const { node, name: className, members } = owner;
  if (!isClassNode(node)) return { refused: `${className} is no class that could be given a ${hook ?? 'dispose'}().` };
  const isExtended = hook === undefined && Boolean(node.superClass);
  if (isExtended && release === undefined) return { refused: `${className} extends another class, which may have a teardown of its own.` };
  const name = hook ?? (isExtended ? release : undefined) ?? 'dispose';
  if (hook === undefined && isSingleton(node)) return { refused: `There is one ${className} for the whole program, and nobody would end it.` };
  const taken = [name, ...(isExtended ? [] : ['[Symbol.dispose]'])].find((one) => members.has(one));
  if (taken !== undefined) return { refused: `${className} has a member ${taken} already, which is no plain teardown of its own.` };
  const behind = hook === undefined ? node.body.body.at(-1) : beside;
  if (!behind || !isClassNode(behind.parent?.parent)) return { refused: `There is no place for a ${name}() in ${className}.` };
  const isTypeScript = /\.[cm]?tsx?$/u.test(facts.model.path);
  return {
    owner, name, behind,
    access: isTypeScript && saysPublic(node) ? 'public ' : '',
    hasCompanion: hook === undefined && !isExtended && (isTypeScript || facts.model.text.includes('Symbol.dispose')),
    isTyped: isTypeScript && hook === undefined,
    note: hook === undefined ? `whoever makes a ${className} must call its new ${name}()` : `${name}() is new, and is called by the framework`,
  };
}

export function writeNewTeardown({ name, behind, access, hasCompanion, isTyped }: NewTeardown, lines: Lines, writer: CodeWriter): void {
  const { indent, semicolon } = writer.style;
  const returns = isTyped ? ': void' : '';
  writer.under(behind, [
    '', `${access}${name}()${returns} {`, ...lines.map((line) => `${indent}${line}`), '}',
    ...(hasCompanion ? ['', `${access}[Symbol.dispose]()${returns} {`, `${indent}this.dispose()${semicolon}`, '}'] : []),
  ]);
}

/** Whether the methods of a class that anybody may call say `public`. */
export function saysPublic({ body }: ClassNode): boolean {
  const open = body.body.filter((member) => member.type === 'MethodDefinition' && member.kind === 'method' && !member.static && member.key.type !== 'PrivateIdentifier' && member.accessibility !== 'private' && member.accessibility !== 'protected');
  return open.length > 0 && open.every((member) => member.type === 'MethodDefinition' && member.accessibility === 'public');
}
