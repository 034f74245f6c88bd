import type { TSESTree } from '@typescript-eslint/utils';
import type { Edit, SourceModel, Span } from '../../core/index.js';
import type { Tree } from '../../core/syntax/tree.js';
import { codeStyleOf, type CodeStyle } from './code-style.js';
import { EditList } from './edit-list.js';
import { endOfLine, indentationAt, startOfLine } from './indentation.js';
import type { StatementSlot } from './statement-slot.js';

type Node = TSESTree.Node;

/** Lines of code, each indented relative to the place where they are put. */
export type Lines = readonly string[];

/**
 * Puts lines of code into a file, in its own style, and leaves all other text
 * as it is. New text has `\n`; the engine adapts it.
 */
export class CodeWriter {
  readonly style: CodeStyle;
  readonly #edits = new EditList();
  readonly #openedUp = new Set<Node>();

  constructor(private readonly model: SourceModel, private readonly tree: Tree) {
    this.style = codeStyleOf(model, tree);
  }

  /** All edits so far. */
  get edits(): Edit[] {
    return this.#edits.all();
  }

  /** The text of a node as it is in the file. */
  textOf(node: Node): string {
    return this.model.text.slice(...node.range);
  }

  insert(offset: number, text: string): void {
    this.#edits.insert(offset, text);
  }

  replace(span: Span, text: string): void {
    this.#edits.replace(span, text);
  }

  /** Whole lines under a node that stands in a list of statements or members. */
  under(node: Node, lines: Lines): void {
    if (lines.length === 0) return;
    this.insert(this.#endOfCode(node), this.#below(this.#indentationOf(node), lines));
  }

  /** Whole lines under a node, with a blank line on both sides. */
  apart(node: Node, lines: Lines): void {
    const isFollowedAtOnce = /^[^\n]*\n[^\S\n]*\S/u.test(this.model.text.slice(node.range[1]));
    this.under(node, ['', ...lines, ...(isFollowedAtOnce ? [''] : [])]);
  }

  /** Whole lines above a node. */
  above(node: Node, lines: Lines): void {
    const indentation = this.#indentationOf(node);
    this.insert(node.range[0], lines.map((line, index) => `${line}\n${lines[index + 1] === '' ? '' : indentation}`).join(''));
  }

  /**
   * Lines around the statement of a slot, with braces where there are none yet.
   * Answers by how much the statement's own lines were indented.
   *
   * @param options.keepsValue whether the value of an arrow function's expression is still returned
   * @param options.shift indentation that the lines around get by another edit
   */
  around(slot: StatementSlot, before: Lines, after: Lines, options: { keepsValue?: boolean; shift?: string } = {}): string {
    const { node } = slot;
    if (slot.type === 'listed') {
      this.above(node, before);
      this.under(node, after);
      return this.#openedUp.has(node.parent as Node) ? this.style.indent : '';
    }
    const { text } = this.model;
    const header = this.#endOfCodeBefore(node.range[0]);
    const between = text.slice(header, node.range[0]);
    const isOnOwnLine = between.includes('\n');
    const outer = indentationAt(text, (node.parent ?? node).range[0]) + (options.shift ?? '');
    const inner = isOnOwnLine && between.trim() === '' ? indentationAt(text, node.range[0]) + (options.shift ?? '') : outer + this.style.indent;
    const shift = isOnOwnLine ? '' : this.style.indent;
    if (shift !== '') this.#indentLines({ start: node.range[0], end: node.range[1] }, shift);

    const opening = before.map((line) => `${line}\n${inner}`).join('') + (slot.type === 'arrow' && options.keepsValue ? 'return ' : '');
    if (between.trim() === '') this.replace({ start: header, end: node.range[0] }, ` {\n${inner}${opening}`);
    else {
      // A comment stays between the header and the statement.
      this.insert(header, ' {');
      if (isOnOwnLine) this.insert(node.range[0], opening);
      else this.replace({ start: header + between.trimEnd().length, end: node.range[0] }, `\n${inner}${opening}`);
    }
    const end = slot.type === 'arrow' ? node.range[1] : this.#endOfCode(node);
    const semicolon = slot.type === 'arrow' ? this.style.semicolon : '';
    this.insert(end, `${semicolon}${this.#below(inner, after)}\n${outer}}`);
    return shift;
  }

  /**
   * Lines at the start of a block.
   *
   * @param shift indentation that the block's lines get by another edit
   */
  atStartOf(block: Node, lines: Lines, shift = ''): void {
    const { text } = this.model;
    const opened = block.range[0] + 1;
    const closed = block.range[1] - 1;
    const outer = indentationAt(text, block.range[0]);
    const lineEnd = endOfLine(text, opened);
    const first = this.tree.childrenOf(block)[0];
    if (lineEnd < closed && (first === undefined || first.range[0] > lineEnd)) {
      const inner = first ? indentationAt(text, first.range[0]) : outer + this.style.indent;
      this.insert(lineEnd, this.#below(inner + shift, lines));
      return;
    }
    const inner = outer + shift + this.style.indent;
    const content = text.slice(opened, closed);
    if (content.trim() === '') {
      this.replace({ start: opened, end: closed }, `${this.#below(inner, lines)}\n${outer}${shift}`);
      return;
    }
    this.#replaceMargins(block, `${this.#below(inner, lines)}\n${inner}`, `\n${outer}${shift}`);
  }

  /** An expression becomes a function of these lines, or any other construct that ends in a block. */
  replaceWithBlock(node: Node, head: string, lines: Lines, shift = ''): void {
    const outer = indentationAt(this.model.text, node.range[0]) + shift;
    this.replace({ start: node.range[0], end: node.range[1] }, `${head}{${this.#below(outer + this.style.indent, lines)}\n${outer}}`);
  }

  /** A block of lines at an offset, between a head and a tail, indented as the statement in which it stands. */
  insertBlock(offset: number, head: string, lines: Lines, tail: string, statement: Node): void {
    const outer = indentationAt(this.model.text, statement.range[0]);
    this.insert(offset, `${head}{${this.#below(outer + this.style.indent, lines)}\n${outer}}${tail}`);
  }

  /** The indentation of a member of a list; a block that starts on the line of its brace is opened up first. */
  #indentationOf(node: Node): string {
    const { text } = this.model;
    const block = node.parent;
    const first = block?.type === 'BlockStatement' ? block.body[0] : undefined;
    if (!block || !first || text.slice(block.range[0], first.range[0]).includes('\n')) return indentationAt(text, node.range[0]);
    const outer = indentationAt(text, block.range[0]);
    const inner = outer + this.style.indent;
    if (!this.#openedUp.has(block)) {
      this.#openedUp.add(block);
      this.#replaceMargins(block, `\n${inner}`, `\n${outer}`);
      this.#indentLines({ start: block.range[0], end: block.range[1] - 1 }, this.style.indent);
    }
    return inner;
  }

  /** Gives a block other white space behind its opening and before its closing brace. */
  #replaceMargins(block: Node, leading: string, trailing: string): void {
    const start = block.range[0] + 1;
    const end = block.range[1] - 1;
    const content = this.model.text.slice(start, end);
    this.replace({ start, end: start + content.length - content.trimStart().length }, leading);
    const kept = content.trimEnd().length;
    if (!content.slice(kept).includes('\n')) this.replace({ start: start + kept, end }, trailing);
  }

  #below(indentation: string, lines: Lines): string {
    return lines.map((line) => (line === '' ? '\n' : `\n${indentation}${line}`)).join('');
  }

  /** Where the code of a node ends, with a comment behind it on its last line. */
  #endOfCode(node: Node): number {
    const lineEnd = endOfLine(this.model.text, node.range[1]);
    const rest = this.model.text.slice(node.range[1], lineEnd);
    return /^\s*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/\s*)?$/u.test(rest) ? lineEnd : node.range[1];
  }

  /** Where the code in front of an offset ends, comments and white space left out. */
  #endOfCodeBefore(offset: number): number {
    let end = offset;
    for (;;) {
      while (end > 0 && /\s/u.test(this.model.text[end - 1] ?? '')) end--;
      const comment = this.model.comments.find((one) => one.range[1] === end);
      if (!comment) return end;
      end = comment.range[0];
    }
  }

  /** Indents all lines of a span but the first, and those within a template, whose text it would change. */
  #indentLines({ start, end }: Span, shift: string): void {
    const { text } = this.model;
    const templates = this.tree.all('TemplateElement').filter((template) => start <= template.range[0] && template.range[1] <= end);
    for (let line = startOfLine(text, end); line > start; line = startOfLine(text, line - 1)) {
      const isBlank = endOfLine(text, line) === line;
      if (!isBlank && !templates.some((template) => template.range[0] < line && line <= template.range[1])) this.insert(line, shift);
    }
  }
}
