import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import { memberName, unwrap, type Node } from '../../src/core/syntax/nodes.js';

/** Names and values that say that something is at work. */
const BUSY_NAME = /^(?:is|has)?_?(?:busy|processing|answering|streaming|generating|executing|working|running|in_?(?:progress|use|flight))$/iu;
const BUSY_STATE = /^(?:running|busy|processing|working|streaming|executing|in[_-]?progress)$/iu;

/**
 * What follows the name of an entry to ask whether it is at work: `.answering`,
 * `.pendingCalls > 0`, `.status === 'running'`. Work is visible where a member
 * of the entry is switched on and off again: around an `await`, or by its name.
 */
export function findBusySign(collection: Collection, facts: Facts): string | undefined {
  for (const [name, switches] of switchesOf(collection, facts)) {
    const ofKind = (kind: Switch['kind']): Switch[] => switches.filter((one) => one.kind === kind);
    if (ofKind('on').length > 0 && ofKind('off').length > 0 && (BUSY_NAME.test(name) || spansAwait(ofKind('on'), ofKind('off'), facts))) return `.${name}`;
    if (ofKind('up').length > 0 && ofKind('down').length > 0 && spansAwait(ofKind('up'), ofKind('down'), facts)) return `.${name} > 0`;
    const working = ofKind('state').find(({ value }) => BUSY_STATE.test(value));
    if (working && ofKind('state').some(({ value }) => !BUSY_STATE.test(value))) return `.${name} === ${working.text}`;
  }
  return undefined;
}

interface Switch {
  readonly kind: 'on' | 'off' | 'up' | 'down' | 'state';
  readonly node: Node;
  readonly value: string;
  readonly text: string;
}

/** What the file sets members of an entry to, by the name of the member. */
function switchesOf(collection: Collection, facts: Facts): Map<string, Switch[]> {
  const entry = `${facts.places.key(collection.place)}.${ELEMENT}`;
  const found = new Map<string, Switch[]>();
  const note = (target: Node, kind: Switch['kind'], node: Node, value = '', text = ''): void => {
    const member = unwrap(target);
    const name = member.type === 'MemberExpression' && !member.computed ? memberName(member) : undefined;
    const place = name === undefined ? undefined : facts.places.resolve(member);
    if (name === undefined || !place || facts.places.key(place) !== `${entry}.${name}`) return;
    found.set(name, [...(found.get(name) ?? []), { kind, node, value, text }]);
  };
  for (const node of facts.tree.all('AssignmentExpression')) {
    const { left, operator } = node;
    const value = unwrap(node.right);
    if (value.type !== 'Literal') continue;
    if (operator === '=' && typeof value.value === 'boolean') note(left, value.value ? 'on' : 'off', node);
    else if (operator === '=' && typeof value.value === 'string') note(left, 'state', node, value.value, facts.model.text.slice(...value.range));
    else if (value.value === 1 && (operator === '+=' || operator === '-=')) note(left, operator === '+=' ? 'up' : 'down', node);
  }
  for (const node of facts.tree.all('UpdateExpression')) note(node.argument, node.operator === '++' ? 'up' : 'down', node);
  return found;
}

/** Whether one function switches on, waits, and switches off. */
function spansAwait(on: readonly Switch[], off: readonly Switch[], facts: Facts): boolean {
  const waits = facts.tree.all('AwaitExpression');
  return on.some((start) => off.some((end) => facts.functions.around(start.node) === facts.functions.around(end.node) && waits.some((wait) => start.node.range[1] <= wait.range[0] && wait.range[1] <= end.node.range[0])));
}
