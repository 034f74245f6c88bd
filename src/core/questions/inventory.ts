import type { Collection } from '../facts/collections.js';
import type { Facts } from '../facts/facts.js';
import { namedAround } from './growth-shape.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { Effect } from '../facts/summaries.js';
import { isClassNode, isFieldNode, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';

/** `if (map.has(key)) throw …` before the key is set: the collection lists what exists, and nothing comes twice. */
export function findRefusal(place: Place, growth: readonly Effect[], facts: Facts): Node | undefined {
  const key = facts.places.key(place);
  for (const { operation } of growth) {
    const found = facts.tree.find(operation.fn.node, (node) => node.type === 'IfStatement' && node.range[0] < operation.node.range[0] && refuses(node.consequent)
      && facts.tree.some(node.test, (part) => {
        const call = parseMethodCall(part);
        const asked = call?.method === 'has' ? facts.places.resolve(call.object) : part.type === 'MemberExpression' && part.computed ? facts.places.resolve(part.object) : undefined;
        return asked !== undefined && facts.places.key(asked) === key;
      }));
    if (found) return found;
  }
  return undefined;
}

function refuses(node: Node): boolean {
  return node.type === 'ThrowStatement' || (node.type === 'BlockStatement' && node.body.at(-1)?.type === 'ThrowStatement');
}

/** `worker.page = this` beside `this.workers.add(worker)`: whoever knows the owner can leave it. */
export function findBackReference(growth: readonly Effect[], facts: Facts): Node | undefined {
  for (const { operation } of growth) {
    const value = operation.value && unwrap(operation.value);
    const variable = value?.type === 'Identifier' ? facts.bindings.variableOf(value) : undefined;
    if (!variable) continue;
    const found = facts.tree.find(operation.fn.node, (node) => {
      if (node.type !== 'AssignmentExpression' || unwrap(node.right).type !== 'ThisExpression') return false;
      const left = unwrap(node.left);
      const object = left.type === 'MemberExpression' ? unwrap(left.object) : undefined;
      return object?.type === 'Identifier' && facts.bindings.variableOf(object) === variable;
    });
    if (found) return found;
  }
  return undefined;
}

/** Whether only those functions that fill a public `readonly` field of an exported class ever mention it: it is kept for somebody else. */
export function isOnlyFilledHere({ place }: Collection, growth: readonly Effect[], facts: Facts): boolean {
  const { root, path: [name] } = place;
  if (root.type !== 'owner' || name === undefined || place.path.length > 1 || !isClassNode(root.owner.node) || !root.owner.node.parent.type.startsWith("Export")) return false;
  const member = root.owner.members.get(name);
  if (!member || member.isPrivate || !isFieldNode(member.node) || !member.node.readonly) return false;
  const key = facts.places.key(place);
  const fillers = growth.map(({ operation }) => namedAround(operation.fn).node);
  return !facts.tree.all('MemberExpression').some((node) => {
    const found = facts.places.resolve(node);
    if (!found || facts.places.key(found) !== key) return false;
    const home = namedAround(facts.functions.around(node));
    return !home.isConstructor && !fillers.includes(home.node);
  });
}

/** Where the entry goes to which a collection belongs: `turns.delete(id)` lets go of `turns.get(id).tools`, too. */
export function findEntryAround({ root, path }: Place, facts: Facts): Node | undefined {
  const index = path.indexOf(ELEMENT);
  if (index < 0 || index === path.length - 1) return undefined;
  return facts.effectsOn({ root, path: path.slice(0, index) }).find(({ operation }) => operation.kind === 'shrink')?.operation.node;
}

/** `public readonly sessions = new Map()`: the word is written for those who use it from outside. */
export function isDeclaredPublic(declaration: Node): boolean {
  return isFieldNode(declaration) && declaration.accessibility === 'public';
}
