import type { Facts } from '../facts/facts.js';
import type { Place } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { handleOf } from './resource-handle.js';
import { mentionsOf } from './mentions.js';
import { endsOf } from './resource-ends.js';
import { isNamed, lastName, parentOf, pathText, unwrap, wrapped, type Node } from '../syntax/nodes.js';

const IS_ID = /^(?:id|\w+Id)$/;
/** Methods that give the handle of what runs already. */
const ATTACHES = /^(?:connect|reconnect|attach|resume|get|open|from[A-Z]\w*)$/;

/** Where a function returns the id of a remote resource: whoever has it can find the resource again and end it. */
export function returnsOfId(places: readonly Place[], facts: Facts): Node[] {
  return places.flatMap((place) => mentionsOf(place, facts)).flatMap((mention) => {
    const member = parentOf(mention);
    if (member?.type !== 'MemberExpression' || unwrap(member.object) !== unwrap(mention) || !isNamed(member, IS_ID)) return [];
    const destination = facts.places.destinationOf(member);
    return destination.type === 'returned' ? [destination.node] : [];
  });
}

/** Where the file finds a resource of the same sort by its id, and ends it: `const sandbox = await Sandbox.connect(id); await sandbox.kill()`. */
export function findEndById(resource: ResourceAcquisition, facts: Facts): Node | undefined {
  const owner = resource.callee.split('.').slice(0, -1).join('.');
  if (owner === '') return undefined;
  return facts.tree.all('CallExpression').find((call) => {
    const [name, ...rest] = (pathText(call.callee) ?? '').split('.').reverse();
    if (name === undefined || !ATTACHES.test(name) || rest.reverse().join('.') !== owner || call.arguments.length === 0) return false;
    return isEndedAtOnce(call, resource) || endsOf(handleOf({ ...resource, node: call, fn: facts.functions.around(call) }, facts).places, resource, facts).length > 0;
  });
}

/** `(await Sandbox.connect(id)).kill()`. */
function isEndedAtOnce(call: Node, { kind }: ResourceAcquisition): boolean {
  const outer = wrapped(call);
  const value = outer.parent?.type === 'AwaitExpression' ? outer.parent : call;
  const member = parentOf(wrapped(value));
  return member?.type === 'MemberExpression' && kind.release.includes(lastName(member));
}
