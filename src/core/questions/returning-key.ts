import type { Facts } from '../facts/facts.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { onlyValue } from '../scope/bindings.js';
import { unwrap, type Node } from '../syntax/nodes.js';

/** Names of functions that are called again for what is already there. */
const AGAIN = /(?:touch|refresh|reset|renew|extend|bump|restart|reschedule|schedule|debounce|keepAlive|heartbeat|mark|arm|defer|poke)/i;

/**
 * Whether the key under which a timer is kept comes again: `never` if it is made
 * on the spot, `again` if the function is named for coming back to a thing,
 * `unknown` otherwise; undefined where no entry is made.
 */
export function keyReturns(timer: TimerAcquisition, place: Place, facts: Facts): 'never' | 'again' | 'unknown' | undefined {
  if (!place.path.includes(ELEMENT) || timer.destination.type !== 'place') return undefined;
  const { node } = timer.destination;
  // `this.sessions.get(id).timer = …`: the entry is there already.
  if (node.type === 'AssignmentExpression' && place.path.at(-1) !== ELEMENT && unwrap(timer.node.parent) === node) return undefined;
  const key = node.type === 'CallExpression' ? node.arguments[0] : node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' ? node.left.property : undefined;
  if (key && isMadeHere(unwrap(key), facts)) return 'never';
  return AGAIN.test(timer.fn.name) ? 'again' : 'unknown';
}

/** `const id = randomUUID()`, `const id = ++this.last`. */
function isMadeHere(key: Node, facts: Facts): boolean {
  const variable = key.type === 'Identifier' ? facts.bindings.variableOf(key) : undefined;
  const value = variable ? onlyValue(variable) : key;
  if (value?.type === 'UpdateExpression' || value?.type === 'NewExpression') return true;
  if (value?.type === 'CallExpression') return /(?:uuid|nanoid|random|generate|next|unique|create\w*Id|new\w*Id|Symbol)/i.test(facts.model.text.slice(...value.callee.range));
  return value?.type === 'TemplateLiteral' && value.expressions.some((part) => isMadeHere(unwrap(part), facts));
}
