import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import type { ListenerRegistration } from '../../src/core/facts/listeners.js';
import { isSignalName } from '../../src/core/kinds/listener-targets.js';
import { effectAround, findUnmountOf } from '../../src/core/questions/unmount.js';
import type { ListenerSubject } from '../../src/core/subject.js';
import { isFunctionNode, memberName, unwrap, type Node } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { findHome } from '../track-timers/home.js';
import { chooseTeardown } from '../track-timers/teardown.js';
import { planWithAddedTeardown } from './added-teardown.js';
import { planSubscription } from './subscription.js';
import { planAtEndOfRun } from './end-of-run.js';
import { lastingEnds } from './ending.js';
import { planInEffect } from './effect.js';
import { writeReleases } from './insertion.js';
import { referenceSeenFrom } from './kept-listener.js';
import { keepListener } from './keep-listener.js';
import { planInLoop, planPerCall } from './in-loop.js';
import { planListenCallback } from './listen.js';
import { callOf, removalFor, type Removal } from './removal.js';
import { planForSignal } from './signal.js';

/** Takes a listener away where what added it ends. */
export function planListener({ registration, removal, teardowns }: ListenerSubject, facts: Facts): Plan {
  if (!registration || removal) return { refused: 'Something takes it away already, in another form than it was added.' };
  if (isSignal(registration.target)) return planAtEndOfRun(registration, facts) ?? planForSignal(registration, facts);
  if (registration.style === 'callback') return planListenCallback(registration, facts);
  const unmount = findUnmountOf(registration.fn, facts);
  const effect = effectAround(registration.fn, facts);
  if (effect?.fn === registration.fn) return planInEffect(registration, effect.fn, facts);
  if (unmount?.code === 'no-unmount') return planWithAddedTeardown(registration, unmount.hook, facts);
  if (registration.style === 'event' || registration.style === 'subscribe') return planSubscription(registration, teardowns, facts);
  const written = unmount?.code === 'unmount-leaves-listener' && registration.fn.self ? facts.functions.method(registration.fn.self.owner, unmount.hook) : undefined;
  const lasting = written ? [written] : lastingEnds(registration, teardowns);
  const teardown = written ?? chooseTeardown(lasting, facts);
  if (teardown) return planInTeardown(registration, teardown, facts);
  if (lasting.length === 0 && teardowns.length > 0) return { refused: `After ${teardowns[0]?.name ?? ''}() the owner may go on, and need the listener.` };
  return teardowns.length > 0 ? { refused: `${teardowns[0]?.name ?? ''}() is told what to end, so it may not end the owner of the listener.` } : (planAtEndOfRun(registration, facts) ?? planWithAddedTeardown(registration, undefined, facts));
}

function isSignal(target: Node): boolean {
  const inner = unwrap(target);
  return isSignalName(inner.type === 'MemberExpression' ? (memberName(inner) ?? '') : inner.type === 'Identifier' ? inner.name : '');
}

function planInTeardown(registration: ListenerRegistration, teardown: FunctionFact, facts: Facts): Plan {
  const listed = planInLoop(registration, teardown, facts) ?? planPerCall(registration, teardown, facts);
  if (listed) return listed;
  const writer = new CodeWriter(facts.model, facts.tree);
  const removal = removalFor(registration, bodyOf(teardown), facts);
  if ('refused' in removal) return removal;
  const reference = referenceSeenFrom(registration.handler, bodyOf(teardown), facts);
  const home = reference === undefined ? findHome(registration.fn, registration.node, teardown, facts) : undefined;
  if (reference === undefined && !home) return { refused: `No field or variable is seen both by ${teardown.name}() and where the listener is added.` };
  const lines = home ? keepListener(registration, removal, home, [teardown.node], writer, facts) : [`${callOf(removal, reference ?? '')}${writer.style.semicolon}`];
  if ('refused' in lines) return lines;
  const beside = siblingRemoval(removal, facts);
  if (beside && !home) {
    writer.under(beside.slot, lines);
    return { edits: writer.edits, safety: 'review', notes: [`${beside.fn.name}() now takes the listener away with the others`] };
  }
  writeReleases([{ lines }], teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now takes the listener away`] };
}

/** The statement that takes another listener of what is named `this.socket?` away. */
function siblingRemoval({ target }: Removal, facts: Facts): { readonly slot: Node; readonly fn: FunctionFact } | undefined {
  if (!target.endsWith('?')) return undefined;
  const name = target.slice(0, -1);
  const sibling = facts.listeners.removals.find((one) => facts.model.text.slice(...one.target.range) === name);
  const slot = sibling && findStatementSlot(sibling.node.parent.type === 'ChainExpression' ? sibling.node.parent : sibling.node);
  return sibling && slot?.type === 'listed' ? { slot: slot.node, fn: sibling.fn } : undefined;
}

/** A node within a function, whose `this` and names are the function's own. */
function bodyOf({ node }: FunctionFact): Node {
  return isFunctionNode(node) ? node.body : node;
}

