import type { Facts } from '../../src/core/facts/facts.js';
import type { Place } from '../../src/core/facts/places.js';
import { declaratorOf } from '../../src/core/scope/bindings.js';
import type { Node } from '../../src/core/syntax/nodes.js';

/** The type of what holds a handle, as its declaration writes it: of a field, a variable, a ref; undefined if the file does not show it. */
export function declaredType({ root, path }: Place, facts: Facts): string | undefined {
  const textOf = (node: Node | null | undefined): string | undefined => (node ? facts.model.text.slice(...node.range) : undefined);
  const [name] = path;
  if (root.type === 'owner') {
    const member = name === undefined ? undefined : facts.owners.member(root.owner, name);
    return textOf(member?.annotation) ?? textOf(typeArgumentsOf(member?.init));
  }
  if (root.type !== 'variable') return undefined;
  const [identifier] = root.variable.identifiers;
  return textOf(identifier?.type === 'Identifier' ? identifier.typeAnnotation : undefined) ?? textOf(typeArgumentsOf(declaratorOf(root.variable)?.init));
}

/** `<number | null>` of `useRef<number | null>(null)` and `new Map<string, number>()`. */
function typeArgumentsOf(init: Node | null | undefined): Node | undefined {
  return init?.type === 'CallExpression' || init?.type === 'NewExpression' ? init.typeArguments : undefined;
}
