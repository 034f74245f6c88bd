import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import { importOf } from '../scope/bindings.js';
import { isFunctionNode, type Node } from '../syntax/nodes.js';
import { keyOfReference, type JointRelease, type Reference } from './outline.js';

/** A clean-up that takes out of fewer collections is told from any other deletion by nothing. */
const MIN_MEMBERS = 3;

/** The functions of a file that take one key out of several collections, which are members of an object whose type the file imports. */
export function jointReleases(facts: Facts, lineOf: (node: Node) => number): JointRelease[] {
  const found = new Map<string, { of: Reference; fn: FunctionFact; line: number; members: Set<string> }>();
  for (const { kind, key, place, node, fn } of facts.operations) {
    const member = kind === 'shrink' && key ? memberOfImported(place, facts) : undefined;
    const text = key && facts.summaries.keyText(key);
    if (!member || text === undefined) continue;
    const run = runOf(fn);
    const id = `${String(run.id)} ${text} ${keyOfReference(member.of)}`;
    const joint = found.get(id) ?? { of: member.of, fn: run, line: lineOf(node), members: new Set<string>() };
    found.set(id, joint);
    joint.members.add(member.name);
  }
  return [...found.values()].flatMap(({ of, fn, line, members }) => (members.size >= MIN_MEMBERS ? [{ of, name: nameOf(fn), line, members: [...members].sort() }] : []));
}

/** The imported types of whose members a file takes something out by a key. */
export function releasedTypes(facts: Facts): Reference[] {
  const found = new Map<string, Reference>();
  for (const { kind, key, place } of facts.operations) {
    const member = kind === 'shrink' && key ? memberOfImported(place, facts) : undefined;
    if (member) found.set(keyOfReference(member.of), member.of);
  }
  return [...found.values()];
}

/** A place as a member of the imported type that is written for what it is a part of. */
export function memberOfImported(place: Place, facts: Facts): { readonly of: Reference; readonly name: string } | undefined {
  const typed = facts.types.of(place);
  const source = typed && typed.path.length > 0 && !typed.path.includes(ELEMENT) ? importOf(typed.type) : undefined;
  return source && typed && { of: { from: source.module, path: source.name === '*' ? [] : [source.name] }, name: typed.path.join('.') };
}

/** The function of whose run an inline callback is a part. */
function runOf(fn: FunctionFact): FunctionFact {
  return fn.inline && fn.parent ? runOf(fn.parent) : fn;
}

/** A function without a name goes by that of the one that makes it. */
function nameOf(fn: FunctionFact): string {
  for (let current: FunctionFact | undefined = fn; current; current = current.parent) if (current.name !== '' && isFunctionNode(current.node)) return current.name;
  return '';
}
