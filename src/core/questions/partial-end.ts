import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import { ELEMENT } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { REGISTERS_LISTENER } from '../kinds/events.js';
import { declaratorOf, onlyValue } from '../scope/bindings.js';
import { lastName, literalText, parentOf, parseMethodCall, unwrap, type Node } from '../syntax/nodes.js';
import { optionGiven } from './child-life.js';
import { mentionsOf } from './mentions.js';
import type { ResourceEnd } from './resource-ends.js';

/** An end that leaves a part of the resource open. */
export interface PartialEnd {
  readonly code: 'leaves-clients' | 'kills-shell-only';
  readonly end: ResourceEnd;
  /** What it leaves: `clients`. */
  readonly left: string;
}

/** Where the file ends a resource but not what hangs on it: the clients of a server, the command behind a shell. */
export function findPartialEnd(resource: ResourceAcquisition, places: readonly Place[], ends: readonly ResourceEnd[], facts: Facts): PartialEnd | undefined {
  return leavesMember(resource, places, ends, facts) ?? killsShellOnly(resource, ends, facts);
}

/** `wss.close()` without ending `wss.clients`, or what the server hands to its `connection` listener. */
function leavesMember(resource: ResourceAcquisition, places: readonly Place[], ends: readonly ResourceEnd[], facts: Facts): PartialEnd | undefined {
  const left = resource.acquire.leaves;
  const end = ends.find(({ how }) => resource.kind.release.includes(how));
  if (left === undefined || !end || ends.length > 1 && ends.some(({ how }) => !resource.kind.release.includes(how))) return undefined;
  const tracked = optionGiven(resource, 'clientTracking', facts);
  if (tracked?.type === 'Literal' && tracked.value === false) return undefined;
  const members = places.flatMap(({ root, path }) => [{ root, path: [...path, left] }, { root, path: [...path, left, ELEMENT] }]);
  const isEnded = (place: Place): boolean => facts.effectsOn(place).some(({ operation: { kind } }) => kind === 'end' || kind === 'hand-over');
  if (members.some(isEnded) || closesConnections(facts) || !takesConnections(places, facts)) return undefined;
  return { code: 'leaves-clients', end, left };
}

/** Whether the file shows that there are clients: a listener for them, or upgrades that it handles. */
function takesConnections(places: readonly Place[], facts: Facts): boolean {
  return places.some((place) => mentionsOf(place, facts).some((mention) => {
    const member = parentOf(mention);
    const call = member?.type === 'MemberExpression' && member.object === mention ? parentOf(member) : undefined;
    if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression') return false;
    return lastName(member) === 'handleUpgrade' || (REGISTERS_LISTENER.has(lastName(member)) && literalText(call.arguments[0]) === 'connection');
  }));
}

/** Whether the file ends sockets somewhere by `terminate()`, as one does with those that it keeps itself, or destroys any. */
function closesConnections(facts: Facts): boolean {
  return facts.operations.some(({ kind, how }) => kind === 'end' && (how === 'terminate' || how === 'destroy'))
    || facts.tree.all('CallExpression').some((call) => parseMethodCall(call)?.method === 'terminate');
}

/** `child.kill()` where the child is a shell: the command that it runs goes on. */
function killsShellOnly(resource: ResourceAcquisition, ends: readonly ResourceEnd[], facts: Facts): PartialEnd | undefined {
  const end = ends.find(({ how }) => how === 'kill');
  if (resource.kind.id !== 'process' || !end || ends.some(({ how }) => how !== 'kill') || !runsInShell(resource, facts)) return undefined;
  return { code: 'kills-shell-only', end, left: 'command' };
}

const SHELL = /^(?:(?:\/\w+)*\/)?(?:ba|z|da)?sh$|^cmd(?:\.exe)?$|^powershell(?:\.exe)?$/;

function runsInShell(resource: ResourceAcquisition, facts: Facts): boolean {
  const shell = optionGiven(resource, 'shell', facts);
  const command = literalText(unwrap(valueOf(resource.node.arguments[0], facts) ?? resource.node));
  if (optionGiven(resource, 'detached', facts)) return false;
  return (shell?.type === 'Literal' && shell.value === true) || (command !== undefined && SHELL.test(command) && !/(?:^|\.)exec$/.test(resource.callee));
}

function valueOf(node: Node | undefined, facts: Facts): Node | undefined {
  const variable = node?.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
  return (variable && declaratorOf(variable) && onlyValue(variable)) ?? node;
}
