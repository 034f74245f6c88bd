import type { Facts } from '../facts/facts.js';
import type { FunctionFact } from '../facts/functions.js';
import { ELEMENT, type Place } from '../facts/places.js';
import type { ResourceAcquisition } from '../facts/resources.js';
import type { Related, Verdict } from '../findings.js';
import { isEndingEvent } from '../kinds/events.js';
import { endingListeners, findLongLife, findRestart, optionGiven, runsToCompletion } from '../questions/child-life.js';
import { findGivenUp } from '../questions/given-up.js';
import { isOnExitPath } from '../questions/exit-paths.js';
import { findReturnWithoutEnd } from '../questions/left-by-return.js';
import { lifetimeOf, type Lifetime } from '../questions/lifetime.js';
import { mayBeInherited } from '../questions/may-be-inherited.js';
import { mentionsOf } from '../questions/mentions.js';
import { isClosedScript, isOneShotScript } from '../questions/one-shot-script.js';
import { bareName, functionOwner, ownerName } from '../questions/owner-name.js';
import { findPartialEnd, type PartialEnd } from '../questions/partial-end.js';
import { endsOf, findNamedEnd, type ResourceEnd } from '../questions/resource-ends.js';
import { findEndById, returnsOfId } from '../questions/handed-over-by-id.js';
import { handleOf, type Handle } from '../questions/resource-handle.js';
import { findReset } from '../questions/reset-without-end.js';
import { isStartOfProgram, runsOnce, startsProgram } from '../questions/runs-once.js';
import { isTeardown, teardownsAround } from '../questions/teardowns.js';
import { effectAround, extendsOnlyFramework, isComponent } from '../questions/unmount.js';
import { declaringFunction, isParameter } from '../scope/bindings.js';
import { isExported } from '../facts/functions.js';
import { spanOf } from '../source-model.js';
import { bodyNodes, contains, hasPath, isFunctionNode, memberName, parentOf, pathText, wrapped, type Node } from '../syntax/nodes.js';
import { Argument } from './argument.js';

/** All that is asked about one resource. */
interface Case {
  readonly resource: ResourceAcquisition;
  readonly handle: Handle;
  /** The place that lives longest; undefined if the handle is dropped. */
  readonly place: Place | undefined;
  readonly ends: readonly ResourceEnd[];
  readonly teardowns: readonly FunctionFact[];
  readonly facts: Facts;
}

/** What comes to an end by itself, or is collected with what it belongs to. */
const PASSING: ReadonlySet<string> = new Set(['process', 'stream', 'socket', 'observer']);
/** What a program may run for as long as it lives. */
const SERVES: ReadonlySet<string> = new Set(['server', 'watcher', 'socket']);

/** `no-orphaned-resource`: is there code that ends each resource when its owner, or the program, ends? */
export function judgeResources(facts: Facts): Verdict[] {
  const spoken = new Set<number | Node>();
  return facts.resources.flatMap((resource) => judgeResource(resource, facts).filter(({ span, outcome }) => {
    if (outcome === 'silent') return true;
    // One end of what is acquired in two places is one finding, and so is what two arms of a choice acquire.
    const subject = span.start === spanOf(resource.node).start ? choiceAround(resource.node) : span.start;
    const isRepeated = spoken.has(subject);
    spoken.add(subject);
    return !isRepeated;
  }));
}

/** The outermost `a ? b : c` whose value is what is acquired here, or the acquisition itself. */
function choiceAround(node: Node): Node {
  let found = node;
  for (let child = wrapped(node), current = child.parent; current; child = wrapped(current), current = child.parent) {
    if (current.type === 'ConditionalExpression' && current.test !== child) found = current;
    else if (current.type !== 'AwaitExpression') break;
  }
  return found;
}

function judgeResource(resource: ResourceAcquisition, facts: Facts): Verdict[] {
  const handle = handleOf(resource, facts);
  const one: Case = {
    resource, handle, facts, place: longestLived(handle.places, facts),
    ends: endsOf(handle.places, resource, facts), teardowns: teardownsAround(resource.fn, facts).filter((teardown) => !takesListener(teardown) && !preparesRerun(teardown, facts) && !hearsOwnEnd(teardown, handle.places, facts)),
  };
  const argument = new Argument();
  decide(one, argument);
  const partial = argument.outcome === 'silent' ? findPartialEnd(resource, handle.places, one.ends, facts) : undefined;
  return [verdictOf(one, argument), ...(partial ? [partialVerdict(one, partial)] : [])];
}

/** How long places live, the longest last. */
const BY_LIFETIME: readonly Lifetime[] = ['call', 'unknown', 'closure', 'instance', 'process', 'entry'];

function longestLived(places: readonly Place[], facts: Facts): Place | undefined {
  const rank = (place: Place): number => BY_LIFETIME.indexOf(place.path.includes(ELEMENT) && lifetimeOf(place, facts) !== 'call' ? 'entry' : lifetimeOf(place, facts));
  const named = places.filter(({ root }) => !(root.type === 'variable' && isParameter(root.variable)));
  return [...named].sort((left, right) => rank(right) - rank(left))[0] ?? places[0];
}

function decide(one: Case, argument: Argument): void {
  const { resource, handle, ends, facts } = one;
  const { kind, node } = resource;
  const restart = kind.id === 'process' && !resource.acquire.endsAtExit ? findRestart(resource, handle.places, facts) : undefined;
  const givenUp = findGivenUp(resource, facts);
  if (isUsing(node)) argument.settle('release', 'disposed-by-scope', node);
  else if (optionGiven(resource, 'signal', facts)) argument.settle('release', 'signal-ends-resource', node);
  else if (resource.acquire.mayComplete && !restart && runsToCompletion(resource, handle.places, facts)) argument.settle('bound', 'runs-to-completion', node);
  else if (givenUp) argument.evidence('given-up', givenUp, { handle: symbolOf(one), noun: kind.noun }).doubt('may-fail-by-itself', node, { noun: kind.noun });
  else if (handle.given && (ends.length === 0 || handle.given.code !== 'handle-handed-on')) argument.settle('release', handle.given.code, handle.given.node, { function: resource.fn.name });
  else if (isMeantToOutlive(one)) argument.settle('bound', 'meant-to-outlive', node);
  else if (isIdle(one) && !isKept(one)) argument.settle('bound', 'opens-nothing', node, { option: resource.acquire.idleWith ?? '' });
  else if (!isOpened(one)) argument.settle('bound', 'never-opened', node, { how: resource.acquire.opensBy ?? '' });
  else if (resource.acquire.endsAtExit && endsAsScript(facts)) argument.settle('bound', 'ends-with-script', node);
  else if (resource.acquire.isByName && ends.length === 0) argument.settle('bound', 'no-end-shown', node);
  else if (ends.length > 0) weighEnds(one, restart, argument);
  else {
    const namesake = findNamedEnd(handle.places, facts);
    if (namesake) argument.settle('release', 'ended-by-name', namesake);
    else weighNoEnd(one, restart, argument);
  }
  if (!argument.settled && argument.reasons.length > 0) weighDoubts(one, argument);
}

/** Whether the file is a script that exits by itself. */
function endsAsScript(facts: Facts): boolean {
  return isClosedScript(facts) && facts.tree.all('CallExpression').some(({ callee }) => pathText(callee) === 'process.exit');
}

/** A resource that the file ends somewhere: on the ways that count? */
function weighEnds(one: Case, restart: Node | undefined, argument: Argument): void {
  const { resource, handle, ends, place, facts } = one;
  const [end] = ends;
  if (!end) return;
  const reset = place && findReset(resource, place, ends, facts);
  if (reset) argument.evidence('reset-without-end', reset.node, { handle: reset.name, where: reset.where });
  const exit = place && !handle.given && !isKept(one) && !PASSING.has(resource.kind.id) ? findReturnWithoutEnd(resource, place, ends, facts, returnsOfRemote(one)) : undefined;
  if (exit) argument.evidence('left-by-return', exit, { handle: bareName(place as Place) });
  // Whoever is given it as well may end it when the program does.
  const isLeft = resource.kind.survives === true && !resource.acquire.endsAtExit && !handle.given && !ends.some(({ node }) => isOnExitPath(node, facts)) && isKept(one);
  if (isLeft && restart) argument.evidence('restarted-without-exit', restart);
  else if (isLeft && isEntry(one) && findLongLife(resource, one.handle.places, facts)) argument.evidence('no-exit-path', end.node).evidence('survives-program', resource.node, { noun: resource.kind.noun }, 'supporting').doubt('callers-unknown', end.node);
  if (argument.reasons.length === 0) argument.settle('release', 'resource-ended', end.node, { how: end.how });
}

/** `this.link.on('close', this.onClose)`: what is called when the thing itself has ended need not end it. */
function hearsOwnEnd(teardown: FunctionFact, places: readonly Place[], facts: Facts): boolean {
  const known = new Set(places.map((place) => facts.places.key(place)));
  const isOwn = (emitter: Node | undefined): boolean => { const heard = emitter && facts.places.resolve(emitter); return heard !== undefined && known.has(facts.places.key(heard)); };
  return teardown.registrations.some(({ event }) => isEndingEvent(event)) && teardown.registrations.every(({ emitter }) => isOwn(emitter));
}

/** Where the id of a remote resource is returned; the id of anything else is a name only. */
function returnsOfRemote({ resource, handle, facts }: Case): readonly Node[] {
  return resource.kind.id === 'sandbox' ? returnsOfId(handle.places, facts) : [];
}

/** A resource that nothing in the file ends. */
function weighNoEnd(one: Case, restart: Node | undefined, argument: Argument): void {
  const { resource, facts, teardowns, place } = one;
  const { kind, fn, node } = resource;
  const names = { handle: symbolOf(one), noun: kind.noun };
  const [handOver] = returnsOfRemote(one);
  if (handOver) { argument.settle('release', 'id-returned', handOver, { function: fn.name }); return; }
  if (restart) argument.evidence('restarted-without-exit', restart);
  // The next of a queue of jobs is started like this, too.
  if (restart && !isKept(one)) argument.doubt('may-be-next-job', restart);
  if (kind.id === 'process' && !restart && !(isKept(one) && findLongLife(resource, one.handle.places, facts))) { argument.settle('bound', 'may-run-to-completion', node); return; }
  if (place && isEntry(one) && endsByItself(one)) { argument.settle('bound', 'entry-ends-by-itself', node); return; }
  const effect = effectAround(fn, facts);
  if (effect && kind.id !== 'stream') argument.evidence('effect-leaves-it', effect.fn.node, { hook: effect.name });
  const [teardown] = teardowns;
  if (teardown && kind.id !== 'stream' && !(kind.id === 'socket' && !isKept(one))) {
    const isStrong = teardowns.some((each) => letsGo(each, facts));
    argument.evidence(isKept(one) ? 'teardown-leaves-it' : 'teardown-cannot-reach-it', teardown.node, { ...names, teardown: teardown.name }, isStrong ? 'strong' : 'supporting');
  }
  if (isEntry(one) && kind.id !== 'stream') argument.evidence('entries-never-ended', node, names);
  weighRuns(one, names, argument);
  weighHolder(one, names, argument);
  if (argument.reasons.length === 0) argument.settle('bound', 'lives-as-long-as-program', node);
}

/** How often it is acquired: each run of the function leaves one behind. */
function weighRuns(one: Case, names: Record<string, string>, argument: Argument): void {
  const { resource: { kind, fn, node }, facts } = one;
  if (argument.hasStrongEvidence || PASSING.has(kind.id) || runsOnce(fn, facts) || (SERVES.has(kind.id) && isStartOfProgram(fn, facts))) return;
  const isRepeated = fn.triggers.has('request', 'event', 'timer');
  if (isRepeated && !(isKept(one) && isGuarded(one))) argument.evidence('one-more-per-run', node, { ...names, function: fn.name });
  else if (!isKept(one)) argument.evidence('left-open', node, { ...names, function: fn.name }, serves(one) || fn.isConstructor ? 'supporting' : 'strong');
}

/** Who holds it, and has no end of its own. */
function weighHolder(one: Case, names: Record<string, string>, argument: Argument): void {
  const { resource: { kind, fn, node }, facts, place, teardowns } = one;
  if (argument.hasStrongEvidence || !place || !isKept(one) || fn === facts.functions.module || /^(?:observer|stream|client|audio)$/.test(kind.id)) return;
  switch (lifetimeOf(place, facts)) {
    case 'instance':
      if (teardowns.length === 0 && !isReachable(place, facts)) argument.evidence('owner-has-no-end', node, names).doubt('owner-may-be-only-one', node);
      return;
    case 'process':
      if (kind.id !== 'worker' && exportsSomething(facts)) argument.evidence('kept-and-never-ended', node, names).doubt('process-lifetime', node);
      return;
    default:
      return;
  }
}

function weighDoubts(one: Case, argument: Argument): void {
  const { resource, place, facts } = one;
  const { kind, fn, node } = resource;
  if (isOneShotScript(facts.model)) argument.doubt('one-shot-script', node);
  if (facts.tree.some(fn.node, (part) => part.type === 'CallExpression' && pathText(part.callee) === 'process.exit')) argument.doubt('process-ends', node);
  if (place && mayBeInherited(place, facts) && !(place.root.type === 'owner' && extendsOnlyFramework(place.root.owner, facts))) argument.doubt('may-be-inherited', node);
  if (resource.acquire.isByName) argument.doubt('kind-by-name', node);
  if (resource.acquire.hasChannel) argument.idiom('ends-with-channel', node, { noun: kind.noun });
  if (isIdle(one)) argument.idiom('opens-nothing', node, { option: resource.acquire.idleWith ?? '' });
  const endById = kind.id === 'sandbox' ? findEndById(resource, facts) : undefined;
  if (endById) argument.doubt('ended-by-id', endById);
  if (isUnrefed(one)) argument.doubt('unrefed', node);
  if (isKept(one) && place && !argument.has('restarted-without-exit') && isReachable(place, facts)) argument.doubt('reachable-from-outside', node, { handle: symbolOf(one) });
  if (runsOnce(fn, facts) && !kind.survives && !argument.has('process-lifetime')) argument.doubt('process-lifetime', node);
  // A name explains why it stays, not why there is one more with each run.
  if (startsProgram(fn) && ['left-open', 'owner-has-no-end', 'kept-and-never-ended'].some((code) => argument.has(code))) argument.idiom('starts-program', node, { function: fn.name });
}

/** Whether it is kept for longer than the call that acquires it. */
function isKept({ place, facts }: Case): boolean {
  return place !== undefined && lifetimeOf(place, facts) !== 'call';
}

function isEntry({ place }: Case): boolean {
  return place?.path.includes(ELEMENT) ?? false;
}

/** Whether it goes on to work for others when the function is done: it listens, or is given what it is to do. */
function serves({ resource: { kind, node }, handle, facts }: Case): boolean {
  if (SERVES.has(kind.id) || node.arguments.some((argument) => facts.functions.valueOf(argument))) return true;
  const keys = new Set(handle.places.map((place) => facts.places.key(place)));
  return facts.listeners.registrations.some(({ targetPlace, event }) => event !== 'error' && targetPlace !== undefined && keys.has(facts.places.key(targetPlace)));
}

/** Whether the file opens what is only made by its constructor; what others open is theirs. */
function isOpened({ resource, handle, facts }: Case): boolean {
  const { opensBy } = resource.acquire;
  return opensBy === undefined || isOpening(resource.node, opensBy) || handle.places.some((place) => mentionsOf(place, facts).some((mention) => isOpening(mention, opensBy)));
}

/** Whether it opens nothing of its own: `new WebSocketServer({ noServer: true })`. */
function isIdle({ resource, facts }: Case): boolean {
  const { idleWith } = resource.acquire;
  const option = idleWith === undefined ? undefined : optionGiven(resource, idleWith, facts);
  return option?.type === 'Literal' && option.value === true;
}

function isOpening(node: Node, method: string): boolean {
  const member = parentOf(node);
  return member?.type === 'MemberExpression' && memberName(member) === method;
}

/** `onClose(fn)` takes a listener of the end, and is none. */
function takesListener({ node, name }: FunctionFact): boolean {
  const [first] = isFunctionNode(node) ? node.params : [];
  return /^on[A-Z]/.test(name) && first?.type === 'Identifier' && /^(?:fn|func|f|cb|callback|handler|listener)$/.test(first.name);
}

/** A `cleanUp()` that lets nothing go and that a method of the same object calls before it goes on to work: it makes ready for the next run. */
function preparesRerun(teardown: FunctionFact, facts: Facts): boolean {
  if (letsGo(teardown, facts)) return false;
  return facts.functions.callsOf(teardown).some(({ node, from }) => {
    const last = isFunctionNode(from.node) ? bodyNodes(from.node).at(-1) : undefined;
    return from.self?.owner === teardown.self?.owner && !from.isConstructor && !isTeardown(from.name, facts) && last !== undefined && !contains(last, node);
  });
}

/** `using watcher = …`, `await using browser = …`. */
function isUsing(node: Node): boolean {
  let current = parentOf(node);
  if (current?.type === 'AwaitExpression') current = parentOf(current);
  return current?.type === 'VariableDeclarator' && current.parent.kind.endsWith('using');
}

/** A child of its own group that the parent does not wait for. */
function isMeantToOutlive(one: Case): boolean {
  return one.resource.kind.id === 'process' && isUnrefed(one) && optionGiven(one.resource, 'detached', one.facts) !== undefined;
}

function isUnrefed({ resource, handle, facts }: Case): boolean {
  const persistent = optionGiven(resource, 'persistent', facts);
  if (persistent?.type === 'Literal' && persistent.value === false) return true;
  const member = parentOf(resource.node);
  if (member?.type === 'MemberExpression' && member.property.type === 'Identifier' && member.property.name === 'unref') return true;
  return handle.places.some((place) => facts.effectsOn(place).some(({ operation }) => operation.kind === 'unref'));
}

/** Whether a teardown lets go of anything at all. */
function letsGo(teardown: FunctionFact, facts: Facts): boolean {
  return facts.summaries.of(teardown).some(({ operation: { kind } }) => kind === 'end' || kind === 'clear' || kind === 'shrink' || kind === 'empty' || kind === 'invoke')
    || facts.listeners.removals.some(({ node }) => contains(teardown.node, node));
}

/** Whether an entry goes when what it holds has ended by itself. */
function endsByItself({ resource, handle, place, facts }: Case): boolean {
  if (!place) return false;
  const holder = { root: place.root, path: place.path.slice(0, place.path.indexOf(ELEMENT)) };
  const key = facts.places.key(holder);
  return endingListeners(resource, handle.places, facts).some(({ handlerFn }) => handlerFn && facts.summaries.of(handlerFn).some(({ operation, place: gone }) => /^(?:shrink|empty)$/.test(operation.kind) && facts.places.key(gone) === key));
}

/** Whether a field is only set while it is empty: `if (this.watcher) return`, `this.watcher ??= …`. */
function isGuarded({ resource, place, facts }: Case): boolean {
  return place !== undefined && mentionsOf(place, facts).some((mention) => contains(resource.fn.node, mention) && isTested(mention, resource.fn.node));
}

function isTested(node: Node, within: Node): boolean {
  for (let child = node, current = node.parent; current && child !== within; child = current, current = current.parent) {
    if ((current.type === 'IfStatement' || current.type === 'ConditionalExpression') && current.test === child) return true;
    if (current.type === 'LogicalExpression' && current.left === child) return true;
    if (current.type === 'AssignmentExpression' && /^(?:\?\?|\|\|)=$/.test(current.operator) && current.left === child) return true;
  }
  return false;
}

/** Whether code outside the file can get at a place: a public field, an exported variable, a property of `exports`. */
function isReachable({ root, path }: Place, facts: Facts): boolean {
  const [name] = path;
  switch (root.type) {
    case 'owner': {
      const member = name === undefined ? undefined : facts.owners.member(root.owner, name);
      return name === undefined || (!isComponent(root.owner, facts) && !(member?.isPrivate && !isProtected(member.node)) && !/^[_#[]/.test(name));
    }
    case 'variable':
      return declaringFunction(root.variable) === undefined && isExported(root.variable);
    case 'global':
    case 'module':
      return true;
  }
}

/** A class that it extends, or that extends it, knows a protected field, too. */
function isProtected(node: Node): boolean {
  return 'accessibility' in node && node.accessibility === 'protected';
}

function exportsSomething({ model, tree }: Facts): boolean {
  return model.ast.body.some(({ type }) => type.startsWith('Export')) || tree.all('AssignmentExpression').some(({ left }) => hasPath(left, /^(?:module\.)?exports(?:$|\.)/));
}

function symbolOf({ resource, place }: Case): string {
  return place ? bareName(place) : resource.callee;
}

function verdictOf(one: Case, argument: Argument): Verdict {
  const { resource, place, handle, teardowns, ends, facts } = one;
  const related: Related[] = [
    ...teardowns.map((teardown) => ({ role: 'teardown', name: teardown.name, span: spanOf(teardown.node) })),
    ...handle.passedOnBy.map((call) => ({ role: 'call', name: resource.callee, span: spanOf(call) })),
    ...ends.map(({ node, how }) => ({ role: 'release', name: how, span: spanOf(node) })),
  ];
  return {
    rule: 'no-orphaned-resource', kind: resource.kind.id, span: spanOf(resource.node), symbol: symbolOf(one),
    owner: place ? ownerName(place, facts) : functionOwner(resource.fn),
    outcome: argument.outcome, reasons: argument.reasons, related,
    subject: { type: 'resource', acquisition: resource, places: handle.places, teardowns },
  };
}

/** What an end leaves open is reported where the end stands. */
function partialVerdict(one: Case, { code, end, left }: PartialEnd): Verdict {
  const argument = new Argument().evidence(code, end.node, { handle: symbolOf(one), left, how: end.how }).doubt(code === 'leaves-clients' ? 'clients-may-be-closed' : 'shell-may-pass-it-on', end.node);
  const { resource } = one;
  return { ...verdictOf(one, argument), span: spanOf(end.node), related: [{ role: 'acquisition', name: resource.callee, span: spanOf(resource.node) }] };
}
