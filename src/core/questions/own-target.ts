import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration } from '../facts/listeners.js';
import { isNothing, lastName, unwrap, type Node } from '../syntax/nodes.js';
import { assignmentsTo } from './assignments.js';

/** Functions that make something new by their name: `createEditor()`, `CodeMirror()`. */
const MAKES = /^(?:(?:create|make|build|new)(?:[A-Z]\w*)?|[A-Z][A-Z\d_]*[a-z]\w*)$/;

/**
 * Whether an object makes the target of a listener itself and lets it go in the
 * function that takes the listener's siblings away: the listener goes with it.
 */
export function isDroppedWithTarget({ targetPlace }: ListenerRegistration, removal: Node, facts: Facts): boolean {
  if (targetPlace?.root.type !== 'owner' || targetPlace.root.isStatic || targetPlace.path.length !== 1) return false;
  const given = assignmentsTo(targetPlace, facts);
  const made = given.filter(({ right }) => !isNothing(unwrap(right)));
  return made.length > 0 && made.every(({ right }) => makes(right))
    && given.some((assignment) => isNothing(unwrap(assignment.right)) && facts.functions.around(assignment) === facts.functions.around(removal));
}

function makes(value: Node): boolean {
  const inner = unwrap(value);
  return inner.type === 'NewExpression' || (inner.type === 'CallExpression' && MAKES.test(lastName(inner.callee)));
}
