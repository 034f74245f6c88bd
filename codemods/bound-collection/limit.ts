import type { TSESTree } from '@typescript-eslint/utils';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { headOf } from '../../src/codemod/writing/imports.js';
import { freeName } from '../../src/codemod/writing/names.js';
import { spanWithComments } from '../../src/codemod/writing/with-comments.js';

/** How many entries are kept where nobody says a number. */
export const DEFAULT_LIMIT = 1000;

/** What a limit is called, after what it limits: `errors` → `MAX_ERRORS`, `history` → `MAX_HISTORY_ENTRIES`; `maxErrors` in a file that spells its constants so. */
export function limitName({ name }: Collection, count: number, facts: Facts): string {
  const words = name.replace(/^[#_$]+/u, '').replace(/(?<=.)Ref$/u, '').replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, '_').toUpperCase();
  const isPlural = words.endsWith('S') && !/(?:SS|US|IS)$/u.test(words);
  const shouted = `MAX_${words}${isPlural ? '' : '_ENTRIES'}`;
  const wish = spellsConstantsSmall(facts) ? shouted.toLowerCase().replaceAll(/_([a-z\d])/gu, (_, letter: string) => letter.toUpperCase()) : shouted;
  const taken = new Set(facts.model.scopes.scopes.flatMap((scope) => [...scope.variables.map((variable) => variable.name), ...scope.references.map(({ identifier }) => identifier.name)]));
  return freeName(wish, (candidate) => taken.has(candidate) && !isDeclaredAs(candidate, count, facts));
}

/** Whether the module has the constant already, for a collection of the same name. */
function isDeclaredAs(name: string, count: number, { model }: Facts): boolean {
  return model.ast.body.some((statement) => numbersOf(statement).some(({ id, init }) => id.type === 'Identifier' && id.name === name && init?.type === 'Literal' && init.value === count));
}

/** Declares a limit where constants of the module are, unless it is there; false where there is no such place. */
export function declareLimit(name: string, count: number, { declaration }: Collection, writer: CodeWriter, facts: Facts): boolean {
  const statements = facts.model.ast.body;
  if (isDeclaredAs(name, count, facts)) return true;
  const line = `const ${name} = ${String(count)}${writer.style.semicolon}`;
  const head = headOf(facts.model);
  const numbers = statements.slice(head.length);
  const afterNumbers = numbers.findIndex((statement) => numbersOf(statement).length === 0);
  const lastNumber = numbers[(afterNumbers === -1 ? numbers.length : afterNumbers) - 1];
  const last = lastNumber ?? head.at(-1);
  if (last) {
    if (lastNumber) writer.under(lastNumber, [line]);
    else writer.apart(last, [line]);
    return true;
  }
  const around = statements.find((statement) => statement.range[0] <= declaration.range[0] && declaration.range[1] <= statement.range[1]);
  const target = around && /^(?:Export|Class|Variable)/u.test(around.type) ? around : statements[0];
  if (!target) return false;
  const { start } = spanWithComments(target, facts.model);
  writer.insert(start, `${line}\n\n`);
  return true;
}

/** The constants of a statement, if all of them are numbers. */
function numbersOf(statement: TSESTree.ProgramStatement): readonly TSESTree.VariableDeclarator[] {
  const variables = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (variables?.type !== 'VariableDeclaration' || variables.kind !== 'const') return [];
  return variables.declarations.every(({ init }) => init?.type === 'Literal' && typeof init.value === 'number') ? variables.declarations : [];
}

/** Whether the file has numbers as constants, and none of them in capitals. */
function spellsConstantsSmall({ model }: Facts): boolean {
  const names = model.ast.body.flatMap((statement) => numbersOf(statement).map(({ id }) => (id.type === 'Identifier' ? id.name : '')));
  return names.length > 0 && names.every((name) => /[a-z]/u.test(name));
}
