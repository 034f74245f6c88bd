import type { Finding } from '../../src/core/index.js';
import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { FunctionFact } from '../../src/core/facts/functions.js';
import { ELEMENT } from '../../src/core/facts/places.js';
import type { Effect } from '../../src/core/facts/summaries.js';
import type { CollectionSubject } from '../../src/core/subject.js';
import { startsProgram } from '../../src/core/questions/runs-once.js';
import { isParameter } from '../../src/core/scope/bindings.js';
import { isFunctionNode, parentOf, unwrap, wrapped, type Node } from '../../src/core/syntax/nodes.js';

/** What the judge of the finding has noted that makes a time to live the wrong answer, and why. */
const BY_REASON: Readonly<Record<string, string>> = {
  'registration-api': 'holds what is registered for good: nothing of it gets old',
  'duplicate-refused': 'refuses a key that it has already, which it would accept after a while',
  'static-domain-key': 'has keys that may be a fixed set, whose entries are not there for a while only',
  'warn-once': 'remembers what was said already, which would be said again',
  'stands-in-for-storage': 'may be the only copy of what it holds, and nothing shows that this is there for a while only',
  'store-of-records': 'may be the only copy of what it holds, and nothing shows that this is there for a while only',
  'may-be-a-store': 'may be the only copy of what it holds, and nothing shows that this is there for a while only',
  'entry-knows-owner': 'is an inventory: its entries know it, and take themselves out',
  'goes-with-entry': 'goes with the entry that it belongs to',
  'component-lifetime': 'belongs to a component, which ends it',
  'handed-over': 'is handed to other code, whose use of it this file does not show',
  'short-lived-owner': 'belongs to what may live for one piece of work, and goes with it',
  'owner-may-be-one-of-many': 'belongs to what may be one of many, and goes with it',
  'one-shot-script': 'belongs to a script, and goes with its end',
  'kept-on-rejection': 'holds what is at work, whose entry has to go with the run that added it, not with its age',
  'deleted-on-success': 'holds what is at work, whose entry has to go with the run that added it, not with its age',
  'kept-on-return': 'holds what is at work, whose entry has to go with the run that added it, not with its age',
  exported: 'is exported: who else uses its entries, this file does not show',
  public: 'is public: who else uses its entries, this file does not show',
  'read-elsewhere': 'is read by other files, and this one does not show when',
};

/** What the judge has noted that shows that entries are there for a while: they stand for one of ever more things, or have an end that is missed. */
const PASSING = new Set(['new-key', 'per-entity-key', 'aged-but-kept', 'ended-but-kept', 'sibling-released', 'closed-unheard', 'released-by-request', 'released-on-failure', 'released-by-same-key', 'released-by-call']);
/** The same by name: what can be made again, or belongs to something that passes. */
const PASSING_NAME = /cache|memo(?!r)|session|connection|socket|client|peer|request|pending|nonce|token|challenge|attempt|rate|limit|hits|bucket|throttle|recent|last|seen|typing|draft|presence|ticket|lease|context|conversation|upload|transfer/iu;
/** Names of what is kept on purpose, where nothing says that it is there for a while. */
const KEPT_ON_PURPOSE = /(?:users?|accounts?|customers?|products?|documents?|records?|preferences?|settings?|profiles?|balances?|configs?|histor(?:y|ies)|logs?|ledger|inventory|catalog(?:ue)?|boards?|projects?|posts?|notes?|todos?|articles?)$/iu;
/** Names of functions whose closures serve one run, request or stream. */
const ONE_PIECE_OF_WORK = /^(?:$|(?:run|handle|process|execute|stream|render|transform|convert|parse|build|generate|import|export|migrate)(?![a-z]))|(?:Run|Renderer|Stream|Request|Response|Reader|Writer|Parser|Agent|Handler)$/u;
/** Names of functions that make or begin what lives on. */
const MAKES = /^_?(?:create|make|build|open|register|attach|connect|mount|enable|activate|start|serve|with|use|provide|load)(?![a-z])/u;
/** Types of code: as many as the program's text has. */
const CODE_TYPE = /(?:Handler|Listener|Callback|Factory|Constructor|Plugin|Schema|Middleware|Command|Provider|Function)$/u;

/** Why entries must not go by their age, as one sentence; undefined if they may. */
export function findReasonToKeep({ reasons, rule }: Finding, { collection, growth }: CollectionSubject, facts: Facts): string | undefined {
  const { name, kind } = collection;
  if (kind === 'array') return `${name} is an array: its entries have no keys by which they could be used again, so a limit suits it better than a time to live.`;
  if (kind === 'weak') return `${name} is weak: it lets go by itself.`;
  if (settlesPromise(growth, facts)) return `An entry of ${name} settles a promise: who waits for it would wait for ever if it were let go.`;
  if (isMadeOfCode(collection, growth, facts)) return `An entry of ${name} is code that is called, not state that gets old.`;
  if (holdsTimers(collection, facts)) return `${name} holds timers: an entry goes when its timer has fired or is cleared.`;
  const known = reasons.find(({ code }) => Object.hasOwn(BY_REASON, code));
  if (known) return `${name} ${BY_REASON[known.code] ?? ''}.`;
  if (reasons.some(({ code }) => code === 'lifetime-unknown') && isOnePieceOfWork(facts.functions.around(collection.declaration))) return `${name} ${BY_REASON['short-lived-owner'] ?? ''}.`;
  if (/^[#_]*.$/u.test(name)) return `${name} has a name that a program gave it, not a person: its source is elsewhere.`;
  if (!reasons.some(({ code }) => PASSING.has(code)) && !PASSING_NAME.test(name)) return `Nothing shows that the entries of ${name} are there for a while only.`;
  const isDated = reasons.some(({ code }) => /^(?:aged-but-kept|ended-but-kept|sibling-released|holds-resource)$/u.test(code));
  if (rule === 'no-unbounded-collection' && KEPT_ON_PURPOSE.test(name) && !isDated) return `${name} ${BY_REASON['may-be-a-store'] ?? ''}.`;
  return undefined;
}

/** Whether the closures of a function serve one run: by its name, or since whoever calls it waits for it, and gets nothing that lives on. */
function isOnePieceOfWork(fn: FunctionFact): boolean {
  return ONE_PIECE_OF_WORK.test(fn.name) || (isFunctionNode(fn.node) && fn.node.async && !startsProgram(fn) && !MAKES.test(fn.name));
}

/** Whether growth keeps the means to settle a promise: parameters of its executor. */
function settlesPromise(growth: readonly Effect[], facts: Facts): boolean {
  const written = growth.flatMap(({ operation: { value } }) => (value === undefined ? [] : [value, ...valuesOf(value, facts)]));
  return written.some((value) => facts.tree.some(value, (node) => {
    if (node.type === 'Property' && !node.computed && node.key.type === 'Identifier' && /^(?:resolve|reject)$/u.test(node.key.name)) return true;
    const variable = node.type === 'Identifier' ? facts.bindings.variableOf(node) : undefined;
    const fn = variable && isParameter(variable) ? (variable.defs[0]?.node as Node | undefined) : undefined;
    const created = isFunctionNode(fn) ? parentOf(wrapped(fn)) : undefined;
    return created?.type === 'NewExpression' && created.callee.type === 'Identifier' && created.callee.name === 'Promise';
  }));
}

/** What the variable of an entry is given, where it has one: `entry = { … }; entries.set(key, entry)`. */
function valuesOf(value: Node, facts: Facts): readonly Node[] {
  const inner = unwrap(value);
  const variable = inner.type === 'Identifier' ? facts.bindings.variableOf(inner) : undefined;
  return (variable?.references ?? []).flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
}

/** Whether entries are functions or classes. */
function isMadeOfCode(collection: Collection, growth: readonly Effect[], facts: Facts): boolean {
  const type = collection.kind === 'set' ? collection.typeArguments[0] : collection.typeArguments.at(-1);
  if (type?.type === 'TSFunctionType' || type?.type === 'TSConstructorType') return true;
  if (type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && CODE_TYPE.test(type.typeName.name)) return true;
  if (growth.some(({ operation: { value } }) => value !== undefined && (/^Class|Function/u.test(unwrap(value).type) || facts.functions.valueOf(value) !== undefined))) return true;
  const entry = `${facts.places.key(collection.place)}.${ELEMENT}`;
  return facts.operations.some(({ kind, place }) => kind === 'invoke' && facts.places.key(place) === entry);
}

function holdsTimers(collection: Collection, facts: Facts): boolean {
  const entry = `${facts.places.key(collection.place)}.${ELEMENT}`;
  return facts.timers.some(({ destination }) => destination.type === 'place' && facts.places.key(destination.place) === entry);
}
