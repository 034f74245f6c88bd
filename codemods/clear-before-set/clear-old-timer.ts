import type { Facts } from '../../src/core/facts/facts.js';
import { ELEMENT, type Place } from '../../src/core/facts/places.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { declaringFunction } from '../../src/core/scope/bindings.js';
import type { Refusal } from '../../src/codemod/codemod.js';
import type { CodeWriter, Lines } from '../../src/codemod/writing/code-writer.js';
import { isDeclaredHere, releaseOf } from '../track-timers/dropped-timer.js';
import { findClearingCall } from './clearing-function.js';
import { declaredType } from './declared-type.js';
import type { HandleWrite } from './handle-write.js';
import { guardOf } from './neighbours.js';

/** The statements that clear the old timer, as the file's own code does it. */
export function clearOldTimer(write: HandleWrite, place: Place, acquisition: TimerAcquisition, facts: Facts, writer: CodeWriter): Lines | Refusal {
  const { indent, semicolon, typed } = writer.style;
  const call = findClearingCall(write, place, acquisition, facts, writer);
  if (call !== undefined) return [`${call}${semicolon}`];

  const release = releaseOf(acquisition);
  if (isDeclaredHere(release, facts)) return { refused: `${release} is something else in this file.` };
  const type = declaredType(place, facts);
  if (typed && isReadTooSoon(place, acquisition, type)) return { refused: 'Its variable is declared without a value, which TypeScript does not let code read before it is set.' };
  const access = accessTo(write, writer);
  // The types of Node take no null. What a Map has no entry for is undefined.
  const mayBeNull = typed && (type === undefined ? place.path.at(-1) !== ELEMENT && write.path.length === 0 : /\bnull\b/u.test(type));
  const guard = guardOf(place, facts);
  if (write.key || write.path.length > 0) return [`${release}(${access}${mayBeNull ? ' ?? undefined' : ''})${semicolon}`];
  if (guard === 'line') return [`if (${access}) ${release}(${access})${semicolon}`];
  return guard === 'block' || mayBeNull || takesOnlyHandles(acquisition) ? [`if (${access}) {`, `${indent}${release}(${access})${semicolon}`, '}'] : [`${release}(${access})${semicolon}`];
}

/** A project's own function may not take `undefined`, as those of the platform do. */
function takesOnlyHandles({ kind }: TimerAcquisition): boolean {
  return !kind.release.includes('clearTimeout');
}

/** The expression for the old handle: `this.timer`, `timers.get(id)`, `watches.get(id)?.timer`. */
function accessTo({ target, key, path }: HandleWrite, writer: CodeWriter): string {
  const entry = key ? `${writer.textOf(target)}.get(${writer.textOf(key)})` : writer.textOf(target);
  return [entry, ...path].join('?.');
}

/** `let timer: Timeout;` in the function that sets it: TypeScript sees that nothing has been assigned yet. */
function isReadTooSoon({ root, path }: Place, { fn }: TimerAcquisition, type: string | undefined): boolean {
  if (root.type !== 'variable' || path.length > 0 || type === undefined || /\b(?:undefined|any|unknown)\b/u.test(type)) return false;
  const [identifier] = root.variable.identifiers;
  return identifier?.parent.type === 'VariableDeclarator' && identifier.parent.init === null && (declaringFunction(root.variable) ?? undefined) === (fn.node.type === 'Program' ? undefined : fn.node);
}
