import type { Finding, Span } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { Place } from '../../src/core/facts/places.js';
import type { ResourceAcquisition } from '../../src/core/facts/resources.js';
import type { ResourceSubject } from '../../src/core/subject.js';
import { parseMethodCall, pathText } from '../../src/core/syntax/nodes.js';
import type { Plan } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { freeName, namesTakenAt } from '../../src/codemod/writing/names.js';
import { findStatementSlot } from '../../src/codemod/writing/statement-slot.js';
import { chooseTeardown } from '../track-timers/teardown.js';
import { isolated, writeReleases } from './insertion.js';
import { planDropped } from './dropped.js';
import { planLocal } from './local.js';
import { releaseOf, type Held } from './release-of.js';

/** Ends a resource that is kept, in a teardown that leaves it. */
export function planResource({ acquisition, places, teardowns }: ResourceSubject, reasons: Finding['reasons'], facts: Facts): Plan {
  const { kind } = acquisition;
  const [place] = places;
  const reset = reasons.find(({ code }) => code === 'reset-without-end');
  if (place && reset) return planReset(acquisition, place, reset.span, facts);
  const left = reasons.find(({ code }) => code === 'leaves-clients');
  if (left) return planClients(left.span, facts);
  if (!place) return planDropped(acquisition, teardowns, facts);
  const teardown = chooseTeardown(teardowns, facts);
  if (!teardown) return { refused: `No function of this file ends the owner of the ${kind.noun}.` };
  const writer = new CodeWriter(facts.model, facts.tree);
  if (facts.summaries.of(teardown).some(({ operation, place: ended }) => operation.kind === 'end' && facts.places.key(ended) === facts.places.key(place))) return { refused: `${teardown.name}() ends the ${kind.noun} already; what is left is another one.` };
  const local = planLocal(acquisition, heldIn(acquisition, place), teardown, facts);
  if (local) return local;
  const release = releaseOf(heldIn(acquisition, place), teardown, [], writer, facts);
  if ('refused' in release) return release;
  writeReleases([release], teardown, writer, facts);
  return { edits: writer.edits, safety: 'review', notes: [`${teardown.name}() now ends the ${kind.noun}`] };
}

function heldIn({ kind, node }: ResourceAcquisition, place: Place): Held {
  return { place, kind: kind.id, noun: kind.noun, node, className: node.type === 'NewExpression' ? pathText(node.callee) : undefined };
}

/** Ends a resource where its handle, or the flag that says that it is there, is reset, wherever that happens without an end. */
function planReset(acquisition: ResourceAcquisition, place: Place, { start, end }: Span, facts: Facts): Plan {
  const { noun } = acquisition.kind;
  const first = facts.tree.all('AssignmentExpression').find(({ range }) => range[0] <= start && end <= range[1]);
  const target = first && facts.places.resolve(first.left);
  if (!target) return { refused: `The statement that forgets the ${noun} is not an assignment.` };
  const value = facts.model.text.slice(...first.right.range);
  const resets = facts.tree.all('AssignmentExpression').filter(({ left, right }) => {
    const found = facts.model.text.slice(...right.range) === value ? facts.places.resolve(left) : undefined;
    return found !== undefined && facts.places.key(found) === facts.places.key(target);
  });
  const writer = new CodeWriter(facts.model, facts.tree);
  for (const reset of resets) {
    const fn = facts.functions.around(reset);
    if (facts.summaries.own(fn).some(({ kind, place: ended }) => kind === 'end' && facts.places.key(ended) === facts.places.key(place))) continue;
    const slot = findStatementSlot(reset);
    if (slot?.type !== 'listed') return { refused: `There is no place for a statement in front of the one that forgets the ${noun}.` };
    const release = releaseOf(heldIn(acquisition, place), fn, [], writer, facts, { isTeardown: false });
    if ('refused' in release) return release;
    writer.above(slot.node, isolated(release, fn, slot.node, writer, facts));
  }
  if (writer.edits.length === 0) return { refused: `Every function that forgets the ${noun} ends it on some of its ways.` };
  return { edits: writer.edits, safety: 'review', notes: [`the ${noun} is ended before its handle is forgotten`] };
}

/** A server of web sockets stops listening when it is closed, and keeps its clients. */
function planClients({ start, end }: Span, facts: Facts): Plan {
  const call = facts.tree.all('CallExpression').find(({ range }) => range[0] === start && range[1] === end);
  const server = call && parseMethodCall(call);
  const slot = call && findStatementSlot(call);
  if (!server || pathText(server.object) === undefined || slot?.type !== 'listed') return { refused: 'There is no place for a statement in front of the one that closes the server.' };
  const writer = new CodeWriter(facts.model, facts.tree);
  const { indent, semicolon } = writer.style;
  const taken = namesTakenAt(slot.node, facts.model);
  const client = freeName('client', (name) => taken.has(name));
  writer.above(slot.node, [`for (const ${client} of ${writer.textOf(server.object)}.clients) {`, `${indent}${client}.terminate()${semicolon}`, '}']);
  return { edits: writer.edits, safety: 'review', notes: ['the clients of the server are ended with it'] };
}
