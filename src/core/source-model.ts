import type { TSESTree } from '@typescript-eslint/utils';
import type { Scope } from '@typescript-eslint/utils/ts-eslint';

/**
 * One parsed file, as the core sees it: the same shape whether a linter or our
 * own command parsed it. Every node has its `parent`; positions are UTF-16
 * offsets into `text`, which has no byte order mark.
 */
export interface SourceModel {
  /** Path as the user would name it, with `/`. Only ever a hint. */
  readonly path: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  /** All nodes by type, each type in source order, where whoever parsed the file has listed them. */
  readonly nodes?: ReadonlyMap<string, readonly TSESTree.Node[]>;
  readonly scopes: Scope.ScopeManager;
  /** Child keys per node type, in source order. */
  readonly visitorKeys: Readonly<Record<string, readonly string[] | undefined>>;
  readonly comments: readonly TSESTree.Comment[];
}

/** Half-open range of UTF-16 offsets into the text without its byte order mark. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of a node. */
export function spanOf(node: { range: readonly [number, number] }): Span {
  return { start: node.range[0], end: node.range[1] };
}
