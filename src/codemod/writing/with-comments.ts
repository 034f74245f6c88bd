import type { TSESTree } from '@typescript-eslint/utils';
import type { SourceModel, Span } from '../../core/index.js';
import { endOfLine, startOfLine } from './indentation.js';

/** The span of a statement with the comments that belong to it: those directly above it, and one behind it on its last line. */
export function spanWithComments(node: TSESTree.Node, { text, comments }: SourceModel): Span {
  let start = node.range[0];
  for (;;) {
    const above = comments.find((comment) => comment.range[1] <= start && /^[^\S\n]*(?:\n[^\S\n]*)?$/u.test(text.slice(comment.range[1], start)) && isFirstOnLine(text, comment.range[0]));
    if (!above || above.range[0] === start) break;
    start = above.range[0];
  }
  const lineEnd = endOfLine(text, node.range[1]);
  const behind = comments.find((comment) => comment.range[0] >= node.range[1] && comment.range[1] <= lineEnd && text.slice(node.range[1], comment.range[0]).trim() === '');
  const end = behind && text.slice(behind.range[1], lineEnd).trim() === '' ? behind.range[1] : node.range[1];
  return { start, end };
}

function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(startOfLine(text, offset), offset).trim() === '';
}
