import type { Analysis, Finding } from '../../src/core/index.js';
import type { Facts } from '../../src/core/facts/facts.js';
import { removalElsewhere } from '../../src/core/questions/elsewhere.js';
import type { CollectionSubject } from '../../src/core/subject.js';
import type { Codemod, Plan, RepairValues } from '../../src/codemod/codemod.js';
import { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import { findAge } from './age.js';
import { planBlanked } from './blanked.js';
import { findBusySign } from './busy.js';
import { chooseDurations, describeDurations } from './durations.js';
import { findHome } from './home.js';
import { findReasonToKeep } from './keep.js';
import { parseKeys } from './keys.js';
import { nameSweep } from './names.js';
import { findRelease } from './release.js';
import { planSettled } from './settled.js';
import { collectSiblings } from './siblings.js';
import { writeStamps, writeStarts } from './stamps.js';
import { findStop } from './stop.js';
import type { Sweep } from './sweep.js';
import { unrefForm } from './unref.js';
import { planWeak } from './weak.js';
import { writeSweep } from './write-sweep.js';

/**
 * Lets the entries of a collection go when nobody has used them for a while: an
 * interval sweeps them, through the function that ends one where there is one.
 * The forms and what is left alone are in README.md beside this file.
 */
export const addTtlSweep: Codemod = {
  id: 'add-ttl-sweep',
  title: 'Let unused entries of collections go after a while',
  rules: ['no-unbounded-collection', 'no-manual-only-release'],
  // A Map that its type calls weak is made so.
  plan(finding: Finding, { facts }: Analysis, values: RepairValues): Plan {
    const { subject } = finding;
    if (subject.type !== 'collection') return { refused: 'This is not about a collection.' };
    // What an entry waits for, or what its type says, is a surer end than its age.
    return planWeak(subject.collection, facts) ?? planBlanked(subject, facts) ?? planSettled(subject, finding, facts) ?? planFor(finding, subject, facts, values);
  },
};

function planFor(finding: Finding, subject: CollectionSubject, facts: Facts, values: RepairValues): Plan {
  const { collection, growth } = subject;
  const kept = findReasonToKeep(finding, subject, facts);
  if (kept !== undefined) return { refused: kept };
  const writer = new CodeWriter(facts.model, facts.tree);
  const home = findHome(collection, facts, writer);
  if ('refused' in home) return home;
  const keys = parseKeys(collection, growth, facts, writer);
  if ('refused' in keys) return keys;
  const beside = collectSiblings(collection, facts);
  const ended = beside.map(({ name, place }) => ({ name, removal: removalElsewhere(place, facts) })).find(({ removal }) => removal !== undefined);
  if (ended?.removal) return { refused: `${ended.name} gets the same keys and loses them in ${ended.removal.file}, line ${String(ended.removal.line)}, where ${collection.name} should lose them, too: an age of its own would end half of an entry.` };
  const release = findRelease(collection, home, finding.reasons.some(({ code }) => code === 'closed-unheard'), facts, writer);
  if ('refused' in release) return release;
  const age = findAge(collection, growth, home, values, facts, writer);
  if ('refused' in age) return age;

  const keyName = release.fn?.keyName ?? keys.name;
  const names = nameSweep(collection, home, keyName, facts);
  const durations = chooseDurations(collection, names, age, values, facts, writer);
  const sweep: Sweep = {
    collection, home, age, names, durations, facts, writer,
    key: { name: keyName, type: keys.type },
    release: release.fn,
    siblings: release.fn ? [] : beside,
    busy: findBusySign(collection, facts),
    stop: findStop(collection, growth, home, facts),
    unref: unrefForm(facts),
  };
  const stamps = age.type === 'stamps' ? writeStamps(sweep, growth) : writeStarts(sweep, growth);
  if ('refused' in stamps) return stamps;
  const refusal = writeSweep(sweep, stamps);
  if (refusal) return refusal;
  return { edits: writer.edits, safety: 'review', notes: describe(sweep) };
}

/** What a person should know of the repair. */
function describe(sweep: Sweep): string[] {
  const { collection, age, busy, release, siblings, stop, home, names } = sweep;
  return [
    ...describeDurations(sweep),
    ...(release ? [`unused entries of ${collection.name} are ended by ${release.name}()`] : siblings.length > 0 ? [`${siblings.map(({ name }) => name).join(', ')} loses the keys of ${collection.name}`] : []),
    ...(age.type === 'stamps' && !busy && release ? [`nothing shows when an entry of ${collection.name} is at work: work that takes longer must use it meanwhile`] : []),
    ...(stop.type === 'none' && home.type !== 'scope' ? [`${home.owner.name || 'its owner'} has no teardown: call ${names.stop}() where one is let go of, or the interval keeps it`] : []),
  ];
}
