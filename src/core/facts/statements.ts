import type { SourceModel, Span } from '../source-model.js';

/** What no analysis can know, stated beside a declaration: `// leakproof-bounded: <why>`. */
export interface Statement {
  readonly says: 'bounded' | 'owned-by' | 'survives';
  readonly why: string;
  readonly span: Span;
  /** The lines on which the declaration may stand: the comment's own and the next one with code. 1-based. */
  readonly line: number;
}

const STATEMENT = /^(?:[^\S\n\r\u2028\u2029]|\*)*leakproof-(bounded|owned-by|survives):(.*)$/m;

export function collectStatements(model: SourceModel): Statement[] {
  const statements: Statement[] = [];
  // To ask the text is quicker than to list the comments of a file that says nothing.
  if (!model.text.includes('leakproof-')) return statements;
  for (const comment of model.comments) {
    const match = STATEMENT.exec(comment.value);
    if (!match) continue;
    statements.push({ says: match[1] as Statement['says'], why: (match[2] as string).trim(), span: { start: comment.range[0], end: comment.range[1] }, line: lineAt(model.text, comment.range[1]) });
  }
  return statements;
}

/** The statement beside a declaration that starts at an offset: on its own line, or alone on the lines directly above. */
export function statementFor(statements: readonly Statement[], model: SourceModel, offset: number): Statement | undefined {
  if (statements.length === 0) return undefined;
  const line = lineAt(model.text, offset);
  return statements.find((statement) => statement.line === line || (statement.line < line && standsAlone(statement, model.text) && onlyCommentsBetween(model.text, statement.span.end, offset)));
}

/** Whether no code stands before the comment on its line: else it speaks of that code. */
function standsAlone({ span }: Statement, text: string): boolean {
  return text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start).trim() === '';
}

function onlyCommentsBetween(text: string, from: number, to: number): boolean {
  const between = text.slice(from, to);
  return /^\s*$/.test(between.replace(/\/\/[^\n]*/g, '').replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?:export|declare|default|const|let|var|private|protected|public|readonly|static|override|abstract|accessor)\b/g, '').replace(/@\w+(?:\([^)]*\))?/g, ''));
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < offset; index = text.indexOf('\n', index + 1)) line++;
  return line;
}
