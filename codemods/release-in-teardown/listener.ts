import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isSignalName } from '../../src/core/kinds/listener-targets.js';
import { isFinalEnd } from '../../src/core/questions/owner-ends.js';
import { effectAround, findUnmountOf } from '../../src/core/questions/unmount.js';
import type { ListenerSubject } from '../../src/core/subject.js';
import { isFunctionNode, memberName, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan, Refusal } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { declareAt, findHome, nameAt } from '../track-timers/home.js';
import { runsOncePerHome } from '../track-timers/runs-once.js';
import { chooseTeardown } from '../track-timers/teardown.js';
import { planWithAddedTeardown } from './added-teardown.js';
import { planIntoBag } from './bag.js';
import { planInEffect } from './effect.js';
import { writeReleases } from './insertion.js';
import { dependsOnCall, listenerText, listenerType, referenceSeenFrom, wishedListenerName } from './kept-listener.js';
import { removalFor, type Removal } from './removal.js';
import { planForSignal } from './signal.js';

/** Takes a listener away where what added it ends. */
export function planListener({ registration, removal, teardowns }: ListenerSubject, facts: Facts): Plan {
  if (!registration || removal) return { refused: 'Something takes it away already, in another form than it was added.' };
  if (isSignal(registration.target)) return planForSignal(registration, facts);
  const unmount = findUnmountOf(registration.fn, facts);
  const effect = effectAround(registration.fn, facts);
  if (effect?.fn === registration.fn) return planInEffect(registration, effect.fn, facts);
  if (unmount?.code === 'no-unmount') return planWithAddedTeardown(registration, unmount.hook, facts);
  if (registration.style === 'event' || registration.style === 'subscribe') return planIntoBag(registration, facts);
  const written = unmount?.code === 'unmount-leaves-listener' && registration.fn.self ? facts.functions.method(registration.fn.self.owner, unmount.hook) : undefined;
  const lasting = written ? [written] : lastingEnds(registration, teardowns);
  const teardown = written ?? chooseTeardown(lasting, facts);
  if (teardown) return planInTeardown(registration, teardown, facts);
  if (lasting.length === 0 && teardowns.length > 0) return { refused: `After ${teardowns[0]?.name ?? ''}() the owner may go on, and need the listener.` };
  return teardowns.length > 0 ? { refused: `${teardowns[0]?.name ?? ''}() is told what to end, so it may not end the owner of the listener.` } : planWithAddedTeardown(registration, undefined, facts);
}

function isSignal(target: Node): boolean {
  const inner = unwrap(target);
  return isSignalName(inner.type === 'MemberExpression' ? (memberName(inner) ?? '') : inner.type === 'Identifier' ? inner.name : '');
}

/** Names of ends after which their owner may begin again, by the function that added the listener. */
const PAIRED_END = /^[_#]*(?:stop|disconnect|end|detach|deactivate|uninstall|tear_?down|disable|quit|leave|unbind|discard|close|abort|release)$/iu;

/** The teardowns after which the listener is not needed: after a `stop()`, what the constructor added would be missed by a `start()`. */
function lastingEnds({ fn }: ListenerRegistration, teardowns: readonly FunctionFact[]): readonly FunctionFact[] {
  const final = teardowns.filter(({ name }) => isFinalEnd(name));
  const names = fn.self ? [...fn.self.owner.members.keys()] : [];
  const mayBeginAgain = fn.isConstructor && names.some((name) => /^[_#]*(?:start|open|connect|resume|run|begin|attach|restart|enable|activate)$/iu.test(name));
  if (mayBeginAgain) return final;
  return teardowns.filter((teardown) => final.includes(teardown) || PAIRED_END.test(teardown.name));
}

function planInTeardown(registration: ListenerRegistration, teardown: FunctionFact, facts: Facts): Plan {
  const writer = new CodeWriter(facts.model, facts.tree);
  const removal = removalFor(registration, bodyOf(teardown), facts);
  if ('refused' in removal) return removal;
  const reference = referenceSeenFrom(registration.handler, bodyOf(teardown), facts);
  const refusal = reference === undefined ? keepListener(registration, removal, teardown, writer, facts) : undefined;
  if (refusal) return refusal;
  if (reference !== undefined) writeReleases([{ lines: [`${callOf(removal, reference)}${writer.style.semicolon}`] }], teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now takes the listener away`] };
}

/** Keeps a listener that is written in place, so that the same one can be taken away. */
function keepListener(registration: ListenerRegistration, removal: Removal, teardown: FunctionFact, writer: CodeWriter, facts: Facts): Refusal | undefined {
  const { handler, fn, node } = registration;
  const { semicolon, indent, typed } = writer.style;
  const slot = findStatementSlot(node);
  const home = findHome(fn, node, teardown, facts);
  if (!slot) return { refused: 'There is no place for a statement in front of the one that adds it.' };
  if (!home) return { refused: `No field or variable is seen both by ${teardown.name}() and where the listener is added.` };
  const isOnce = runsOncePerHome(node, fn, home, facts);
  if (!isOnce && dependsOnCall(handler, fn, facts)) return { refused: 'Every call adds a listener of its own, and nothing shows when that one should go.' };
  const text = listenerText(handler, slot.node, writer, facts);
  if ('refused' in text) return text;
  if (text.length > 1 && slot.type !== 'listed') return { refused: 'It is added by a statement without braces.' };
  const isConstant = home.type === 'scope' && isOnce && slot.type === 'listed' && slot.node.parent === home.body;
  const isDefinite = isConstant || (home.type === 'member' && isOnce && fn.isConstructor && isFunctionNode(fn.node) && slot.node.parent === fn.node.body);
  const type = isConstant || !typed ? '' : listenerType(registration, writer);
  if (type === undefined) return { refused: 'The types of its parameters are known only where it is written.' };
  const { name, access } = nameAt(home, wishedListenerName(registration), facts);
  if (!isConstant && !declareAt(home, { name, type: isDefinite || home.type === 'member' ? type : `(${type})`, isDefinite }, [node, teardown.node], writer, facts)) return { refused: `There is no place to declare ${name}.` };

  const remove = `${callOf(removal, access)}${semicolon}`;
  const guarded = isDefinite ? [remove] : [`if (${access}) {`, `${indent}${remove}`, '}'];
  const [first = '', ...further] = text;
  writer.around(slot, [...(isOnce ? [] : guarded), `${isConstant ? `const ${name}` : access} = ${first}`, ...further].map((line, index, lines) => (index === lines.length - 1 ? `${line}${semicolon}` : line)), []);
  writer.replace({ start: handler.range[0], end: handler.range[1] }, access);
  writeReleases([{ lines: guarded }], teardown, writer, facts);
  return undefined;
}

export function callOf({ target, method, before, after }: Removal, listener: string): string {
  return `${target}.${method}(${before}${listener}${after})`;
}

/** A node within a function, whose `this` and names are the function's own. */
function bodyOf({ node }: FunctionFact): Node {
  return isFunctionNode(node) ? node.body : node;
}

