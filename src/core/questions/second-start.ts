import type { Facts } from '../facts/facts.js';
import type { Call, FunctionFact, Registration } from '../facts/functions.js';
import type { Place } from '../facts/places.js';
import type { TimerAcquisition } from '../facts/timers.js';
import { flowOf } from '../flow/flow.js';
import { isEndingEvent } from '../kinds/events.js';
import { isEntryEndName } from '../kinds/releases.js';
import { declaringFunction, onlyValue } from '../scope/bindings.js';
import { hasPath, unwrap, type Node } from '../syntax/nodes.js';
import { clearingSteps } from './clearing-steps.js';
import { emitterKey } from './endings.js';
import { isStart, stateBefore, testsBefore } from './overwrite.js';
import { asksAbout } from './releasing-steps.js';
import { isTeardown } from './teardowns.js';
import { unmountsFor } from './unmount.js';

/**
 * A way into the function that starts a timer: its object is built, or was made
 * just now by a factory, a framework mounts it, an emitter opens or ends,
 * something happens that may happen again, or code outside the file calls it.
 */
interface Door {
  readonly how: 'setup' | 'made' | 'mount' | 'opening' | 'ending' | 'again' | 'call';
  readonly fn: FunctionFact;
  readonly registration: Registration | undefined;
}

/** Events that say that an emitter is ready, or something of it (`session_start`): as a rule once for each emitter, unless it ends in between. */
const OPENING = /^(?:(?:secure_?)?connect(?:ed)?|open(?:ed)?|ready|listening)$|[-_:.](?:start(?:ed)?|connect(?:ed)?|open(?:ed)?|ready|load(?:ed)?|init(?:iali[sz]ed)?)$/i;

/** Why a handle is given one timer at a time; `paired`: what started it ends, with a clear, before it starts it again. */
export interface OneStart {
  readonly code: 'paired' | 'started-once' | 'started-when-made' | 'opens-once' | 'ends-once' | 'guarded-by-state';
  readonly node: Node;
  readonly fn: FunctionFact;
}

/** What speaks against a second start: all ways into the function are such that they come once, as far as the file shows. */
export function findOneStart(timer: TimerAcquisition, place: Place, facts: Facts): OneStart | undefined {
  const doors = doorsTo(timer, place, facts);
  const [door] = doors;
  if (!door || doors.some(({ how }) => how === 'again')) return undefined;
  if (doors.every((one) => isPaired(one, place, facts))) return { code: 'paired', node: door.registration?.node ?? door.fn.node, fn: door.fn };
  if (doors.every(({ how }) => how === 'made')) return { code: 'started-when-made', node: door.fn.node, fn: door.fn };
  if (doors.every(({ how }) => how === 'ending')) return { code: 'ends-once', node: door.registration?.node ?? door.fn.node, fn: door.fn };
  // It is started while its object is built or mounted, or one public function starts it as another does.
  if (doors.length > 1) return undefined;
  if (door.how === 'opening') {
    if (isOfSameCall(door, place, facts)) return { code: 'opens-once', node: door.fn.node, fn: door.fn };
    const guard = door.registration && stateBefore(door.registration.node, facts.functions.around(door.registration.node), facts, 0);
    return guard && { code: 'guarded-by-state', node: guard, fn: door.fn };
  }
  return door.how === 'call' && isNamedForOnce(door.fn, place, facts) ? { code: 'started-once', node: door.fn.node, fn: door.fn } : undefined;
}

/** Every way into the function that starts a timer, but those on which the old one is cleared or asked for. */
function doorsTo(timer: TimerAcquisition, place: Place, facts: Facts): Door[] {
  const doors: Door[] = [];
  const pending = new Set([timer.fn]);
  for (const fn of pending) {
    if (fn.inline && fn.parent) { pending.add(fn.parent); continue; }
    for (const registration of fn.registrations) doors.push({ how: OPENING.test(registration.event) ? 'opening' : isEndingEvent(registration.event) ? 'ending' : 'again', fn, registration });
    if (fn.isConstructor || fn === facts.functions.module) doors.push({ how: 'setup', fn, registration: undefined });
    const callers: FunctionFact[] = [];
    let isMade = false;
    for (const call of facts.functions.callsOf(fn)) {
      const flow = flowOf(call.from.node, facts.tree);
      const step = flow.stepOf(call.node);
      if (step && flow.leadsTo(step, step)) doors.push({ how: 'again', fn, registration: undefined });
      if (isCallOfNewObject(call, facts)) {
        doors.push({ how: 'made', fn, registration: undefined });
        isMade = true;
        continue;
      }
      if (!isCallBehindClear(call, place, facts)) callers.push(call.from);
    }
    for (const caller of callers) pending.add(caller);
    const isMount = unmountsFor(fn, facts).length > 0;
    // What another function here starts is a part of that, but what the object starts by itself others may start again.
    const isPart = isMade || callers.some((caller) => !caller.isConstructor && caller !== facts.functions.module && unmountsFor(caller, facts).length === 0);
    if (!fn.isConstructor && fn.registrations.length === 0 && !isPart && isOpenToOthers(fn, facts)) doors.push({ how: isMount ? 'mount' : runsAgain(fn, facts) ? 'again' : 'call', fn, registration: undefined });
  }
  return doors;
}

/** Whether a call comes only when a handle has been cleared, or asked for. */
export function isCallBehindClear({ node, from }: Call, place: Place, facts: Facts): boolean {
  const flow = flowOf(from.node, facts.tree);
  const step = flow.stepOf(node);
  const steps = [...clearingSteps(place, from, facts), ...testsBefore(node, from, facts).filter((test) => asksAbout(place, test, facts))];
  return step !== undefined && steps.length > 0 && flow.isPrecededBy(step, steps);
}

/** `const meter = new Meter(); meter.start();`: what a function starts just when it has made it, for which it is the first start. */
export function isCallOfNewObject({ receiver, from }: Pick<Call, 'receiver' | 'from'>, facts: Facts): boolean {
  if (receiver?.root.type !== 'variable' || receiver.path.length > 0) return false;
  const home = declaringFunction(receiver.root.variable);
  let fn: FunctionFact | undefined = from;
  while (fn && fn.node !== home && fn.inline) fn = fn.parent;
  const value = fn !== undefined && fn.node === home && fn !== facts.functions.module ? onlyValue(receiver.root.variable) : undefined;
  return value !== undefined && isMaking(value);
}

/** `new Meter()`, `createMeter()`, or what is kept elsewhere, too: `this.meter = this.createMeter()`. */
function isMaking(value: Node): boolean {
  const inner = unwrap(value);
  if (inner.type === 'AssignmentExpression') return isMaking(inner.right);
  return inner.type === 'NewExpression' || (inner.type === 'CallExpression' && hasPath(inner.callee, /(?:^|\.)[_#]?(?:create|make|build)(?:[A-Z]\w*)?$/));
}

/** Whether code that the file does not show can call a function: a public method, an export, a callback that is given away. */
function isOpenToOthers(fn: FunctionFact, facts: Facts): boolean {
  const member = fn.method?.member;
  if (member) return !(member.isPrivate || /^[_#]/.test(member.name) || (member.node.type === 'MethodDefinition' && member.node.accessibility === 'protected')) || facts.functions.callsOf(fn).length === 0;
  return fn.escapes || facts.functions.callsOf(fn).length === 0;
}

/** What a timer, a request or an element of a page runs, it runs again. */
function runsAgain(fn: FunctionFact, facts: Facts): boolean {
  const isCalled = facts.functions.callsOf(fn).length > 0;
  return facts.timers.some((timer) => timer.callback === fn) || (!isCalled && !fn.method && fn.triggers.has('event', 'request'));
}

/** Whether what starts the timer alternates with what clears it: a mount with its unmount, the opening of an emitter with its end. */
function isPaired(door: Door, place: Place, facts: Facts): boolean {
  if (door.how === 'mount') return unmountsFor(door.fn, facts).some((hook) => clears(hook, place, facts));
  const { registration } = door;
  if (door.how !== 'opening' || !registration?.emitter || !isOfSameCall(door, place, facts)) return false;
  const emitter = emitterKey(registration.emitter, facts);
  return emitter !== undefined && facts.functions.all.some((fn) => clears(fn, place, facts)
    && fn.registrations.some((other) => other.emitter && isEndingEvent(other.event) && emitterKey(other.emitter, facts) === emitter));
}

/** Whether the listener is registered once for each handle: while the object is built, or in the call that the variable belongs to. */
function isOfSameCall({ registration }: Door, { root }: Place, facts: Facts): boolean {
  const registering = registration && facts.functions.around(registration.node);
  if (!registering) return false;
  if (root.type === 'variable') return (declaringFunction(root.variable) ?? facts.functions.module.node) === registering.node;
  return root.type === 'owner' && !root.isStatic && registering.isConstructor && registering.self?.owner === root.owner;
}

function clears(fn: FunctionFact, handle: Place, facts: Facts): boolean {
  const key = facts.places.key(handle);
  return facts.summaries.of(fn).some((effect) => effect.operation.kind === 'clear' && facts.places.key(effect.place) === key);
}

/**
 * Whether a function is named for what is done once: a start of what lasts as
 * long as the program or has an end of its own, or `setX` where `clearX` clears.
 */
function isNamedForOnce(fn: FunctionFact, handle: Place, facts: Facts): boolean {
  if (isStart(fn)) return livesWithModule(handle) || facts.functions.all.some((other) => (isTeardown(other.name, facts) || isEntryEndName(other.name) || isEndingEvent(other.name)) && clears(other, handle, facts));
  const what = /^[_#]*(?:set|add|create|schedule|arm|register)(?=[A-Z])(\w+)$/.exec(fn.name)?.[1];
  return what !== undefined && facts.functions.all.some((other) => new RegExp(`^[_#]*(?:clear|remove|destroy|cancel|disarm|stop|unset|unregister)${what}$`).test(other.name) && clears(other, handle, facts));
}

function livesWithModule({ root }: Place): boolean {
  return root.type === 'variable' && declaringFunction(root.variable) === undefined;
}

/** Callers of callers that are asked. */
const MAX_CALLERS = 4;

/**
 * Whether a function may well be run a second time: something happens again and
 * again that runs it, or it is offered to callers that nobody knows. One whose
 * callers are known, and of which none comes again, is started once by each.
 */
export function mayStartAgain(fn: FunctionFact, facts: Facts, depth = 0): boolean {
  if (fn.triggers.has('event', 'timer', 'request')) return true;
  if (depth > MAX_CALLERS) return false;
  if (fn.inline && fn.parent) return mayStartAgain(fn.parent, facts, depth + 1);
  const callers = facts.functions.callersOf(fn);
  if (callers.length > 0) return callers.some((caller) => caller !== fn && mayStartAgain(caller, facts, depth + 1));
  const shown = facts.functions.shownAs(fn);
  const isOffered = fn.method ? !fn.method.member.isPrivate && !fn.method.member.name.startsWith('_') : fn.escapes;
  return isOffered && !(shown !== undefined && facts.others.ask('isCalled', shown));
}

/** Whether a function starts a timer once for each object: the constructor, or what is only called on an object made just now. */
export function startsWithObject({ fn }: TimerAcquisition, facts: Facts): boolean {
  const calls = facts.functions.callsOf(fn);
  return fn.isConstructor || (calls.length > 0 && calls.every((call) => call.from.isConstructor || isCallOfNewObject(call, facts)));
}
