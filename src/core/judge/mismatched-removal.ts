import type { Facts } from '../facts/facts.js';
import type { ListenerRegistration, ListenerRemoval } from '../facts/listeners.js';
import type { Related, Verdict } from '../findings.js';
import { removalsOf } from '../questions/listener-pairs.js';
import { findMismatch, type Mismatch } from '../questions/mismatched-removal.js';
import { functionOwner } from '../questions/owner-name.js';
import { teardownsAround } from '../questions/teardowns.js';
import { spanOf } from '../source-model.js';
import { pathText } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/**
 * Removals that take away nothing, since what they name was never added, or is
 * not there. A report stands where the listener is added, if that then stays;
 * at the removal, if another one takes it away or the file does not show it.
 */
export function judgeRemovals(facts: Facts): Verdict[] {
  const mismatches = facts.listeners.removals.flatMap((removal) => {
    const mismatch = findMismatch(removal, facts);
    return mismatch ? [{ removal, mismatch }] : [];
  });
  const vain = new Set(mismatches.map(({ removal }) => removal));
  const spoken = new Set<ListenerRegistration>();
  return mismatches.flatMap(({ removal, mismatch }) => {
    const { registration } = mismatch;
    const stays = registration && removalsOf(registration, facts).every((one) => vain.has(one)) ? registration : undefined;
    if (stays && spoken.has(stays)) return [];
    if (stays) spoken.add(stays);
    return [verdictOf(removal, mismatch, stays, facts)];
  });
}

function verdictOf(removal: ListenerRemoval, mismatch: Mismatch, stays: ListenerRegistration | undefined, facts: Facts): Verdict {
  const { registration } = mismatch;
  const removing = pathText(removal.node.callee) ?? removal.method;
  const argument = new Argument().evidence(mismatch.code, mismatch.node, { handler: pathText(removal.handler ?? removal.node) ?? 'the listener', target: pathText(removal.target) ?? 'its target', event: removal.event ?? '' });
  const related: Related[] = stays ? [{ role: 'removal', name: removing, span: spanOf(removal.node) }] : registration ? [{ role: 'registration', name: registration.callee, span: spanOf(registration.node) }] : [];
  return {
    rule: 'no-mismatched-removal', kind: 'listener', span: spanOf(stays?.node ?? removal.node), symbol: stays?.callee ?? removing, owner: functionOwner(stays?.fn ?? removal.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'listener', registration, removal, teardowns: registration ? teardownsAround(registration.fn, facts) : [] },
  };
}
