import type { Finding, Span } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { coverageOfObligation } from '../../src/core/questions/obligation-coverage.js';
import { fieldOfObligation } from '../../src/core/questions/obligations.js';
import { bareName } from '../../src/core/questions/owner-name.js';
import type { TeardownSubject } from '../../src/core/subject.js';
import { parseMethodCall, unwrap } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { writeReleases, type Release } from './insertion.js';
import { releaseOf } from './release-of.js';

/** Writes into a teardown the releases of all that it leaves. */
export function planForgotten({ teardown, forgotten, released }: TeardownSubject, reasons: Finding['reasons'], facts: Facts): Plan {
  const again = reasons.find(({ code }) => code === 'registers-again');
  if (again) return planRegisteredAgain(again.span, teardown, facts);
  const writer = new CodeWriter(facts.model, facts.tree);
  const releases: Release[] = [];
  const seen = new Set<string>();
  for (const obligation of forgotten) {
    const key = facts.places.key(obligation.place);
    if (seen.has(key)) continue;
    seen.add(key);
    if (coverageOfObligation(obligation, teardown, facts).released === 'sometimes') return { refused: `${teardown.name}() releases the ${obligation.noun} on some of its ways, and the others may leave it on purpose.` };
    const release = releaseOf(obligation, teardown, released, writer, facts);
    if ('refused' in release) return release;
    releases.push(release);
  }
  const idle = reasons.find(({ code }) => code === 'teardown-is-idle')?.names['begun'];
  if (releases.length === 0 && idle !== undefined) return { refused: `${teardown.name}() ends nothing, and nothing in this file shows how what ${idle}() began is ended.` };
  if (releases.length === 0) return { refused: `Nothing is known that ${teardown.name}() leaves.` };
  writeReleases(releases, teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now also ends ${[...new Set(forgotten.map((one) => bareName(fieldOfObligation(one))))].join(', ')}`] };
}

/** `this.on(…)` in a teardown, where `this.off(…)` was meant. */
function planRegisteredAgain({ start, end }: Span, teardown: FunctionFact, facts: Facts): Plan {
  const added = facts.listeners.registrations.find(({ node }) => node.range[0] <= start && end <= node.range[1]);
  const callee = added && unwrap(added.node.callee);
  const removed = added === undefined ? undefined : facts.listeners.removals.find(({ node, fn }) => fn === added.fn && parseMethodCall(node)?.object.type === parseMethodCall(added.node)?.object.type);
  if (!added || !removed || callee?.type !== 'MemberExpression' || callee.computed) return { refused: `${teardown.name}() adds a listener, and nothing beside it shows how that is taken away.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  writer.replace({ start: callee.property.range[0], end: callee.property.range[1] }, removed.method);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now takes away the listener that it added`] };
}
