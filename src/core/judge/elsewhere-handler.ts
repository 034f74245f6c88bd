import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import type { Verdict } from '../findings.js';
import { memberOfImported } from '../linkage/joint-releases.js';
import { keyOfReference, type OutsideJoint } from '../linkage/outline.js';
import type { Ending } from '../questions/ending-functions.js';
import { functionOwner } from '../questions/owner-name.js';
import { keyed, releasedBy } from '../questions/released.js';
import { spanOf } from '../source-model.js';
import { contains } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** What a handler must share with a clean-up of another file to end the same thing. */
const MIN_SHARED = 2;

/**
 * Whether a clean-up of another file takes the key of an entry out of all that
 * a handler does, and out of more: both know the collections as members of one
 * imported type, such as that of the parts which several modules are given.
 */
export function judgeAgainstOthers(handler: Ending, facts: Facts): Verdict | undefined {
  const fn = releasing(handler, facts);
  const own = releasedBy(fn, facts, fn === handler.fn ? handler.within : undefined);
  const released = new Set<string>();
  const typesOf = new Map<string, Set<string>>();
  const entries = new Set(keyed(own));
  for (const one of own.values()) {
    const member = memberOfImported(one.place, facts);
    if (!member) continue;
    const type = keyOfReference(member.of);
    released.add(`${type} ${member.name}`);
    if (entries.has(one)) typesOf.set(type, (typesOf.get(type) ?? new Set<string>()).add(member.name));
  }
  for (const [type, shared] of typesOf) {
    if (shared.size < MIN_SHARED) continue;
    const fuller = (facts.others.ask('joint')[type] ?? []).filter(({ members }) => [...shared].every((name) => members.includes(name)) && members.some((name) => !released.has(`${type} ${name}`)))
      .sort((left, right) => right.members.length - left.members.length)[0];
    if (fuller) return verdictOf(handler, fn, fuller, fuller.members.filter((name) => !released.has(`${type} ${name}`)));
  }
  return undefined;
}

function verdictOf(handler: Ending, fn: FunctionFact, cleanup: OutsideJoint, skipped: readonly string[]): Verdict {
  const { file, line, name } = cleanup;
  const argument = new Argument().evidence('elsewhere-releases-more', fn.node, { cleanup: name, file, line: String(line), count: String(skipped.length) }, 'strong', cleanup);
  // That one object has them all is what its type says; whose they are is not.
  argument.doubt('known-by-type', fn.node);
  return {
    rule: 'no-partial-exit-handler', kind: 'handler', span: spanOf(fn.node), symbol: fn === handler.fn ? handler.name : fn.name, owner: functionOwner(fn.method || !fn.parent || fn === handler.fn ? fn : fn.parent), outcome: argument.outcome, reasons: argument.reasons,
    related: [
      { role: 'cleanup', name, span: spanOf(fn.node), at: { file, line } },
      ...skipped.map((member) => ({ role: 'skipped', name: member, span: spanOf(fn.node), at: { file, line } })),
    ],
    subject: { type: 'ending', node: fn.node },
  };
}

/** The function that takes the entries out: the handler itself, or the only one that it leaves this to. */
function releasing({ fn, within }: Ending, facts: Facts): FunctionFact {
  const calls = within ? facts.functions.all.flatMap((one) => one.calls).filter(({ node }) => contains(within, node)) : fn.calls;
  const called = new Set(calls.map(({ to }) => to).filter((to) => to.name !== '' && keyed(releasedBy(to, facts)).length >= MIN_SHARED));
  const [only] = called;
  return only && called.size === 1 ? only : fn;
}
