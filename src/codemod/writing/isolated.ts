import type { TSESTree } from '@typescript-eslint/utils';
import { applyEdits, type Edit, type SourceModel, type Span } from '../../core/index.js';
import type { Tree } from '../../core/syntax/tree.js';
import type { CodeStyle } from './code-style.js';
import { indentationAt } from './indentation.js';
import { freeName, namesTakenAt } from './names.js';
import { spanWithComments } from './with-comments.js';

/**
 * The text of a span in which each of some statements is wrapped in a `try` of
 * its own, so that one that throws does not stop those behind it.
 *
 * @param label what the message on the console starts with
 */
export function isolate(span: Span, throwing: readonly TSESTree.ExpressionStatement[], label: string, style: CodeStyle, model: SourceModel, tree: Tree): string {
  const edits = throwing.map((statement): Edit => {
    const { start, end } = { start: statement.range[0], end: spanWithComments(statement, model).end };
    const text = wrapInTry(statement, { start, end }, label, style, model, tree);
    return { start: start - span.start, end: end - span.start, text };
  });
  return applyEdits(model.text.slice(span.start, span.end), edits);
}

function wrapInTry(statement: TSESTree.ExpressionStatement, span: Span, label: string, style: CodeStyle, model: SourceModel, tree: Tree): string {
  const { indent, semicolon, quote } = style;
  // if (timer) timer.stop();
  const needsBraces = !startsLine(model.text, statement.range[0]) && !/^(?:BlockStatement|Program|StaticBlock|TSModuleBlock|SwitchCase)$/u.test(statement.parent.type);
  const outer = indentationAt(model.text, statement.range[0]);
  const inner = needsBraces ? outer + indent : outer;
  const taken = namesTakenAt(statement, model);
  const error = freeName('error', (name) => taken.has(name));
  const called = statement.expression.type === 'AwaitExpression' ? statement.expression.argument : statement.expression;
  const expression = model.text.slice(...called.range).replace(/\s+/gu, ' ');
  const message = `${label}: ${expression} failed`.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  const lines = [
    'try {',
    `${indent}${indentFurtherLines(span, indent, model, tree)}`,
    `} catch (${error}) {`,
    `${indent}console.error(${quote}${message}${quote}, ${error})${semicolon}`,
    '}',
  ];
  const text = lines.join(`\n${inner}`);
  return needsBraces ? `{\n${inner}${text}\n${outer}}` : text;
}

/** The text of a span, its lines but the first indented one step more; lines within a template are text and stay. */
export function indentFurtherLines({ start, end }: Span, indent: string, { text }: SourceModel, tree: Tree): string {
  const templates = tree.all('TemplateElement').filter((template) => start <= template.range[0] && template.range[1] <= end);
  const edits: Edit[] = [];
  for (let lineFeed = text.indexOf('\n', start); lineFeed !== -1 && lineFeed < end; lineFeed = text.indexOf('\n', lineFeed + 1)) {
    const line = lineFeed + 1;
    if (/[\r\n]/u.test(text[line] ?? '\n')) continue;
    if (templates.some((template) => template.range[0] < line && line <= template.range[1])) continue;
    edits.push({ start: line - start, end: line - start, text: indent });
  }
  return applyEdits(text.slice(start, end), edits);
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}
