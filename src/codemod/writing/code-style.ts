import type { SourceModel } from '../../core/index.js';
import type { Tree } from '../../core/syntax/tree.js';
import { indentationUnit } from './indentation.js';

/** How a file is written, so that what we add looks like the rest. */
export interface CodeStyle {
  /** One step of indentation. */
  readonly indent: string;
  /** What ends a statement: `;` or nothing. */
  readonly semicolon: ';' | '';
  readonly quote: "'" | '"';
  /** Whether types may be written. */
  readonly typed: boolean;
}

/** The style of a file: what most of it does; semicolons and single quotes in a draw. */
export function codeStyleOf(model: SourceModel, tree: Tree): CodeStyle {
  return {
    indent: indentationUnit(model.text),
    semicolon: omitsSemicolons(model, tree) ? '' : ';',
    quote: prefersDoubleQuotes(model, tree) ? '"' : "'",
    typed: /\.[cm]?tsx?$/u.test(model.path),
  };
}

function omitsSemicolons({ text }: SourceModel, tree: Tree): boolean {
  const statements = [...tree.all('ExpressionStatement'), ...tree.all('ReturnStatement'), ...tree.all('PropertyDefinition')];
  const without = statements.filter((statement) => text[statement.range[1] - 1] !== ';');
  return without.length * 2 > statements.length;
}

function prefersDoubleQuotes({ text }: SourceModel, tree: Tree): boolean {
  const quotes = tree.all('Literal').map((literal) => text[literal.range[0]]);
  return quotes.filter((quote) => quote === '"').length > quotes.filter((quote) => quote === "'").length;
}
