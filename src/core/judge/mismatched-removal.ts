import type { Facts } from '../facts/facts.js';
import type { ListenerRemoval } from '../facts/listeners.js';
import type { Related, Verdict } from '../findings.js';
import { findMismatch } from '../questions/mismatched-removal.js';
import { functionOwner } from '../questions/owner-name.js';
import { teardownsAround } from '../questions/teardowns.js';
import { spanOf } from '../source-model.js';
import { pathText } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** Whether a removal takes away nothing, since what it names was never added, or not there; undefined if the file does not show that. */
export function judgeRemoval(removal: ListenerRemoval, facts: Facts): Verdict | undefined {
  const mismatch = findMismatch(removal, facts);
  if (!mismatch) return undefined;
  const { registration } = mismatch;
  const argument = new Argument().evidence(mismatch.code, mismatch.node, { handler: pathText(removal.handler ?? removal.node) ?? 'the listener', target: pathText(removal.target) ?? 'its target', event: removal.event ?? '' });
  const related: Related[] = registration ? [{ role: 'registration', name: registration.callee, span: spanOf(registration.node) }] : [];
  return {
    rule: 'no-mismatched-removal', kind: 'listener', span: spanOf(removal.node), symbol: pathText(removal.node.callee) ?? removal.method, owner: functionOwner(removal.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'listener', registration, removal, teardowns: registration ? teardownsAround(registration.fn, facts) : [] },
  };
}
