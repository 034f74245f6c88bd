import type { Facts } from '../../src/core/facts/facts.js';
import type { Place } from '../../src/core/facts/places.js';
import type { TimerAcquisition } from '../../src/core/facts/timers.js';
import { contains } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { clearOldTimer } from '../clear-before-set/clear-old-timer.js';
import { declaredType } from '../clear-before-set/declared-type.js';
import { findHandleWrite } from '../clear-before-set/handle-write.js';
import { isOnlyWork, whyWaitedFor } from '../clear-before-set/needed-work.js';
import { dependsOnCall } from '../release-in-teardown/kept-listener.js';
import { releaseOf } from './dropped-timer.js';
import type { Ending } from './ending.js';
import type { Home } from './home.js';
import { isInLoop, runsOncePerHome } from './runs-once.js';

/** Form 4. The handle is kept already, and only the teardown does not clear it. */
export function planKept(acquisition: TimerAcquisition, handle: Place, home: Home, ending: Ending, facts: Facts): Plan {
  const writer = new CodeWriter(facts.model, facts.tree);
  const access = accessFrom(ending.fn, handle, home, facts);
  if (access === undefined) return { refused: `${ending.name} cannot see where the handle is kept.` };
  const isOnly = runsOncePerHome(acquisition.node, acquisition.fn, home, facts) || isClearedWhenStarted(acquisition, handle, facts);
  const refusal = isOnly ? undefined : clearFirst(acquisition, handle, access, writer, facts);
  if (refusal) return refusal;
  const clear = `${releaseOf(acquisition)}(${access})${writer.style.semicolon}`;
  // clearTimeout(null) is an error to the type checker.
  const mayBeNull = writer.style.typed && /\bnull\b/u.test(declaredType(handle, facts) ?? '');
  ending.write(mayBeNull ? [`if (${access}) {`, `${writer.style.indent}${clear}`, '}'] : [clear], writer);
  return { edits: writer.edits, safety: 'review', notes: [isOnly ? ending.note : `${ending.note}, and so does starting it again`] };
}

/** Several timers may be pending, and the place knows only the last of them: where they do the same, the next one takes the place of the one before it. */
function clearFirst(acquisition: TimerAcquisition, handle: Place, access: string, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const { fn, node, callbackNode } = acquisition;
  const isOneWork = isOnlyWork(acquisition, handle, facts) && callbackNode !== undefined && !dependsOnCall(callbackNode, fn, facts) && !isInLoop(node, fn);
  if (!isOneWork) return { refused: `${access} may hold only the last of several timers.` };
  const waiting = whyWaitedFor(acquisition, facts);
  if (waiting !== undefined) return { refused: waiting };
  const write = findHandleWrite(acquisition, facts);
  if ('refused' in write) return write;
  const lines = clearOldTimer(write, handle, acquisition, facts, writer);
  if ('refused' in lines) return lines;
  writer.around(write.slot, lines, [], { keepsValue: true });
  return undefined;
}

/** Whether the function that starts it clears the old one, so that no more than one is pending. */
function isClearedWhenStarted({ fn }: TimerAcquisition, handle: Place, facts: Facts): boolean {
  const key = facts.places.key(handle);
  return facts.summaries.of(fn).some(({ operation, place }) => operation.kind === 'clear' && facts.places.key(place) === key);
}

function accessFrom(teardown: Ending['fn'], { root, path }: Place, home: Home, facts: Facts): string | undefined {
  const [name, ...deeper] = path;
  if (root.type === 'owner') return home.type === 'member' && name !== undefined && deeper.length === 0 && !name.startsWith('[') && facts.owners.declaring(home.owner, name) === root.owner ? `this.${name}` : undefined;
  if (root.type !== 'variable' || name !== undefined) return undefined;
  return teardown && contains(root.variable.scope.block, teardown.node) ? root.variable.name : undefined;
}
