import type { Facts } from '../../src/core/facts/facts.js';
import { contains, isFunctionNode, memberName, unwrap, type FunctionNode, type Node } from '../../src/core/syntax/nodes.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import type { DroppedTimer } from './dropped-timer.js';

/** A callback that can be given statements of its own: one written in place, or a reference that can be wrapped in one. */
export type OwnCallback =
  | { readonly type: 'written'; readonly fn: FunctionNode }
  | { readonly type: 'reference'; readonly node: Node; readonly call: string };

export function parseOwnCallback({ call }: Pick<DroppedTimer, 'call'>, writer: CodeWriter): OwnCallback | Refusal {
  const [argument] = call.arguments;
  if (!argument) return { refused: 'The timer has no callback.' };
  const callback = unwrap(argument);
  if (isFunctionNode(callback)) {
    const hasParenthesizedBody = callback.body.range[1] !== callback.range[1];
    if (callback.generator || hasParenthesizedBody) return { refused: 'Its callback has no plain body to write into.' };
    return { type: 'written', fn: callback };
  }
  if (call.arguments.length > 2) return { refused: 'Its callback is declared elsewhere and is given arguments.' };
  if (callback.type === 'Identifier') return { type: 'reference', node: argument, call: `${callback.name}()` };
  const bound = boundMethod(callback);
  if (bound) return { type: 'reference', node: argument, call: `${writer.textOf(bound)}()` };
  return { refused: 'Its callback is declared elsewhere, and calling it from a new one could change its `this`.' };
}

/** Puts lines at the start of a callback. */
export function writeIntoCallback(callback: OwnCallback, lines: Lines, writer: CodeWriter, shift: string): void {
  if (callback.type === 'written') {
    const { body } = callback.fn;
    if (body.type === 'BlockStatement') writer.atStartOf(body, lines, shift);
    else writer.around({ type: 'arrow', node: body }, lines, [], { shift });
    return;
  }
  writer.replaceWithBlock(callback.node, '() => ', [...lines, `${callback.call}${writer.style.semicolon}`], shift);
}

/** Whether something in a callback has another meaning in front of it: `this` of a plain function, or a name declared within. */
export function dependsOnCallback(node: Node, callback: OwnCallback, facts: Facts): boolean {
  if (callback.type === 'reference') return false;
  const { fn } = callback;
  return facts.tree.some(node, (inner) => {
    if (inner.type === 'ThisExpression') return fn.type !== 'ArrowFunctionExpression';
    const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
    return variable?.identifiers.some((name) => contains(fn, name)) ?? false;
  });
}

/** `this.flush` of `this.flush.bind(this)`. */
function boundMethod(node: Node): Node | undefined {
  if (node.type !== 'CallExpression' || node.arguments.length !== 1) return undefined;
  const bind = unwrap(node.callee);
  if (bind.type !== 'MemberExpression' || memberName(bind) !== 'bind') return undefined;
  const method = unwrap(bind.object);
  const [self] = node.arguments;
  return method.type === 'MemberExpression' && method.object.type === 'ThisExpression' && self?.type === 'ThisExpression' ? method : undefined;
}
