import type { Facts } from '../facts/facts.js';
import type { Destination, Place } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import { isParameter } from '../scope/bindings.js';
import { isFunctionNode, isNamed, lastName, parentOf, unwrap, wrapped, type Node } from '../syntax/nodes.js';
import { isInForeignHands } from './foreign.js';
import { mentionsOf } from './mentions.js';
import { isOnlyCalledHere } from './only-called-here.js';

/** Where the handle of a resource goes. */
export interface Handle {
  /** Every place at which the file keeps it, in the order in which it gets there. */
  readonly places: readonly Place[];
  /** Where it goes to somebody whom the file does not show, and who may end it. */
  readonly given: { readonly code: string; readonly node: Node } | undefined;
  /** Calls of the functions that return it, in whose callers it is dropped or kept. */
  readonly passedOnBy: readonly Node[];
}

/** Methods that give back the resource, or nothing at all: after them it is where it was. */
const CHAINS = /^(?:on|once|addListener|prependListener|addEventListener|listen|ref|unref|resume|observe|connect|catch|finally|set[A-Z]\w*)$/;
/** Callees that look at what they are given and keep nothing. */
const LOOKS = /^(?:delete|has|get|includes|indexOf|lastIndexOf|bind|log|debug|info|warn|error|trace|isArray|String|Boolean|Number|stringify|expect|assert|strictEqual|equal|ok)$/;

/** Follows a handle through variables, fields, collections, and the functions that return it to callers of this file. */
export function handleOf(resource: ResourceAcquisition, facts: Facts): Handle {
  const places = new Map<string, Place>();
  const passedOnBy: Node[] = [];
  let given: Handle['given'];
  const pending: { destination: Destination; isFirst: boolean }[] = [{ destination: facts.places.destinationOf(afterChain(resource.node)), isFirst: true }];
  const give = (code: string, node: Node): void => { given ??= { code, node }; };
  const keep = (kept: Place): void => {
    const place = unaliased(kept, facts);
    const key = facts.places.key(place);
    if (places.has(key)) return;
    places.set(key, place);
    if (isInForeignHands(place, facts)) give('handle-handed-on', resource.node);
    for (const mention of mentionsOf(place, facts)) {
      if (mention.parent?.type === 'JSXExpressionContainer') give('handle-handed-on', mention);
      pending.push({ destination: facts.places.destinationOf(afterChain(mention)), isFirst: false });
    }
  };
  const callback = resource.kind.id === 'client' ? resource.node.arguments.at(-1) : undefined;
  // `connect(url, (error, connection) => …)`: the call itself gives back nothing.
  if (callback && isFunctionNode(callback) && callback.params.length > 1) give('handle-handed-on', callback);
  for (const { destination, isFirst } of pending) {
    switch (destination.type) {
      case 'place':
        keep(destination.place);
        // this.child = child = spawn(…)
        if (destination.node.type === 'AssignmentExpression') pending.push({ destination: facts.places.destinationOf(destination.node), isFirst: false });
        break;
      case 'returned': {
        const calls = callsThatGet(destination.node, facts);
        if (!calls) give('handle-returned', destination.node);
        for (const call of calls ?? []) if (!passedOnBy.includes(call)) {
          passedOnBy.push(call);
          pending.push({ destination: facts.places.destinationOf(afterChain(call)), isFirst: true });
        }
        break;
      }
      case 'argument': {
        const parameter = parameterFor(destination, facts);
        if (parameter) keep(parameter);
        else if (isFirst || !LOOKS.test(lastName(destination.call.callee))) give('handle-handed-on', destination.call);
        break;
      }
      case 'used':
        if (isFirst) give('handle-used', destination.node);
        // `stateOf(id).files.get(name).handle = handle`: kept by what a call gives, whose others may end it.
        else if (destination.node.type === 'AssignmentExpression' && destination.node.left.type === 'MemberExpression' && !facts.places.resolve(destination.node.left)) give('handle-handed-on', destination.node);
        break;
      case 'dropped':
    }
  }
  return { places: [...places.values()], given, passedOnBy };
}

/** A variable that is another name of a place stands for that place. */
function unaliased(place: Place, facts: Facts): Place {
  const [identifier] = place.root.type === 'variable' && place.path.length === 0 ? place.root.variable.identifiers : [];
  return (identifier && facts.places.resolve(identifier)) ?? place;
}

/** The outermost call of a chain that gives back the same thing: `spawn(…).on(…)`, `createServer().listen(…)`. */
function afterChain(node: Node): Node {
  let current = node;
  for (;;) {
    const outer = wrapped(current);
    const member = outer.parent?.type === 'AwaitExpression' ? parentOf(wrapped(outer.parent)) : parentOf(outer);
    const call = member?.type === 'MemberExpression' && unwrap(member.object) === (outer.parent?.type === 'AwaitExpression' ? outer.parent : unwrap(outer)) ? parentOf(member) : undefined;
    if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression' || unwrap(call.callee) !== member || !isNamed(member, CHAINS)) return current;
    current = call;
  }
}

/** The calls that get what a function returns, if they are all in this file. */
function callsThatGet(node: Node, facts: Facts): readonly Node[] | undefined {
  const fn = isFunctionNode(node) ? facts.functions.of(node) : facts.functions.around(node);
  return fn && isOnlyCalledHere(fn, facts) && facts.functions.callsOf(fn).every((call) => !call.over) ? facts.functions.callsOf(fn).map((call) => call.node) : undefined;
}

/** The parameter by which a function of this file knows what it is given. */
function parameterFor({ call, index }: Extract<Destination, { type: 'argument' }>, facts: Facts): Place | undefined {
  const fn = call.type === 'CallExpression' ? facts.functions.valueOf(call.callee) : undefined;
  const parameter = fn && isFunctionNode(fn.node) ? fn.node.params[index] : undefined;
  const variable = parameter?.type === 'Identifier' ? facts.bindings.variableOf(parameter) : undefined;
  return variable && isParameter(variable) && parameter ? facts.places.resolve(parameter) : undefined;
}
