import type { Facts } from '../../core/facts/facts.js';
import type { FunctionFact } from '../../core/facts/functions.js';
import type { ListenerRegistration } from '../../core/facts/listeners.js';
import type { Place } from '../../core/facts/places.js';
import { isEntryEndName, isTeardownName } from '../../core/kinds/releases.js';
import { importOf } from '../../core/scope/bindings.js';
import type { CollectionSubject } from '../../core/subject.js';
import type { TimerAcquisition } from '../../core/facts/timers.js';
import type { CodemodId, RepairValues } from '../codemod.js';
import type { Proposal } from '../run.js';
import { doorsTo, type Door } from './door.js';
import type { Count, Imported, Scenario, Step } from './scenario.js';
import { CYCLE } from './scenario.js';
import { sizeOf, type Size } from './sizes.js';

/** Why no test can be written: one sentence. */
export interface Untestable {
  readonly untestable: string;
}

/** Cycles of a test of timers or listeners; one would do, several show that it grows. */
const CYCLES = 3;
/** What a collection is filled with, unless a larger limit is known. */
const FILLED = 2_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What could show that a repair lets go of what the code kept before: one
 * scenario for each way in and out, the likeliest first. They are proposals:
 * only a run without and with the repair tells which of them show it.
 */
export function planTests({ finding: { subject }, codemod, analysis: { facts }, outcome }: Proposal, values: RepairValues): readonly Scenario[] | Untestable {
  const after = outcome.facts;
  switch (subject.type) {
    case 'timer':
      return planTimers([subject.acquisition], facts, after);
    case 'teardown': {
      const timers = facts.timers.filter((timer) => subject.forgotten.some(({ node }) => node === timer.node));
      return timers.length > 0 ? planTimers(timers, facts, after) : { untestable: `A test of it would open a real ${subject.forgotten[0]?.noun ?? 'resource'}.` };
    }
    case 'listener':
      return subject.registration ? planListener(subject.registration, facts, after) : { untestable: 'It adds no listener.' };
    case 'collection':
      if (codemod === 'delete-on-fire') return planTimerEntries(subject, facts, after);
      return planCollection(subject.growth.map(({ operation }) => operation.fn), [subject.collection.place], codemod, facts, after, values);
    case 'handler': {
      const places = subject.skipped.map(({ place }) => place);
      const filling = subject.skipped.flatMap(({ place }) => facts.effectsOn(place).filter(({ operation }) => operation.kind === 'grow').map(({ operation }) => operation.fn));
      return planCollection(filling, places, codemod, facts, after, values);
    }
    case 'resource':
      return { untestable: `A test of it would open a real ${subject.acquisition.kind.noun}.` };
    case 'delay':
      return { untestable: 'Its timer is set in another file.' };
    case 'ending':
      return { untestable: 'A test of it would have to end its own process.' };
  }
}

/** Timers that are gone once their owner has ended, or of which a second start leaves no more than the first. */
function planTimers(timers: readonly TimerAcquisition[], facts: Facts, after: Facts): readonly Scenario[] | Untestable {
  return tryAll(timers.map(({ fn }) => fn), facts, (door) => {
    const clock = timers.some(({ kind }) => kind.id === 'interval') ? 'setInterval' : 'setTimeout';
    const noun = clock === 'setInterval' ? 'interval' : 'time-out';
    const count: Count = { timers: true };
    const ended = endsFor(door, after).map((end) => endedScenario(door, end, `leaves no ${noun} behind after ${end.name}()`, count, clock));
    const again = door.call && startedAgain(door, door.call.callee, `has no more live ${noun}s after further calls of ${door.call.name}()`, count, clock);
    return [...ended, ...(again ? [again] : [])];
  });
}

/** Listeners of what a test can count them on: the process, or an emitter that the file imports. */
function planListener(registration: ListenerRegistration, facts: Facts, after: Facts): readonly Scenario[] | Untestable {
  const { targetPlace, target, event, eventNode } = registration;
  const name = facts.model.text.slice(...target.range);
  const root = targetPlace?.root;
  const source = root?.type === 'variable' && targetPlace?.path.length === 0 ? importOf(root.variable) : undefined;
  const isProcess = root?.type === 'global' && root.name === 'process' && targetPlace?.path.length === 0;
  if (registration.style !== 'method' || (!isProcess && !source) || eventNode?.type !== 'Literal') return { untestable: `A test cannot count the listeners of \`${name}\`.` };
  const count: Count = { expression: `${name}.listenerCount('${event}')` };
  const besides = source ? [{ name: { name, exported: source.name }, from: source.module }] : [];
  return tryAll([registration.fn], facts, (door) => endsFor(door, after).map((end) => ({ ...endedScenario(door, end, `leaves no listener of ${name} behind after ${end.name}()`, count, undefined), besides })));
}

/** Timers whose entry goes when they fire, or which are cleared with the collection that holds them. */
function planTimerEntries({ collection, growth }: CollectionSubject, facts: Facts, after: Facts): readonly Scenario[] | Untestable {
  const filling = growth.map(({ operation }) => operation.fn);
  const delays = facts.timers.flatMap(({ fn, delay }) => (filling.includes(fn) ? [delay ?? DAY_MS] : []));
  return tryAll(filling, facts, (door) => {
    const size = sizeOf(collection.place, door, facts);
    const fired = size && door.call ? [firedScenario(door, size, Math.max(1, ...delays))] : [];
    const cleared = endsFor(door, after).map((end) => endedScenario(door, end, `leaves no time-out behind after ${end.name}()`, { timers: true }, 'setTimeout'));
    return [...fired, ...cleared];
  });
}

/** Filled with timers, until all of them have fired. */
function firedScenario(door: Door, size: Size, ms: number): Scenario {
  const steps: Step[] = [...making(door), ...filledWith(door, size), { type: 'wait', ms }, expectEqualTo(size, '0')];
  return { ...scenarioOf(door, [], 'keeps no entry of a timer that has fired', 'setTimeout'), isAsync: true, imported: imports([door], size.imported), steps };
}

function planCollection(filling: readonly FunctionFact[], places: readonly Place[], codemod: CodemodId, facts: Facts, after: Facts, values: RepairValues): readonly Scenario[] | Untestable {
  const planned = tryAll(filling, facts, (door) => {
    const sizes = places.map((place) => sizeOf(place, door, facts)).filter((size) => size !== undefined);
    const [size] = sizes;
    if (!size || sizes.length < places.length || !door.call) return [];
    if (codemod === 'bound-collection') return [boundedScenario(door, size, values)];
    if (codemod === 'add-ttl-sweep') return [agedScenario(door, size, values)];
    return endsFor(door, after).map((end) => forgottenScenario(door, end, sizes));
  });
  const isHidden = 'untestable' in planned && planned.untestable === NO_WAY && places.some(({ path }) => path.length === 0 || path[0]?.startsWith('#'));
  return isHidden ? { untestable: 'What it holds cannot be seen from outside.' } : planned;
}

/** Filled with far more than a limit would let it keep. */
function boundedScenario(door: Door, size: Size, { limit = 0 }: RepairValues): Scenario {
  const filled = Math.max(FILLED, 2 * limit);
  const steps: Step[] = [...making(door), cycles(calling(door), filled), { type: 'expect', count: size, is: 'below', value: String(filled) }];
  return { ...scenarioOf(door, [], 'keeps no more than its limit', undefined), imported: imports([door], size.imported), steps };
}

/** Filled, and then left alone for long. */
function agedScenario(door: Door, size: Size, { ttlMs = 0, sweepEveryMs = 0 }: RepairValues): Scenario {
  const steps: Step[] = [...making(door), ...filledWith(door, size), { type: 'wait', ms: Math.max(DAY_MS, 2 * (ttlMs + sweepEveryMs)) }, expectEqualTo(size, '0')];
  return { ...scenarioOf(door, [], 'keeps no entry that nobody used for a day', 'setInterval'), isAsync: true, imported: imports([door], size.imported), steps };
}

/** What comes and goes by its key is in none of the collections afterwards. */
function forgottenScenario(door: Door, end: End, sizes: readonly Size[]): Scenario {
  const total: Count = { expression: sizes.map(({ expression }) => expression).join(' + ') };
  const steps: Step[] = [...making(door), cycles([...calling(door), ...endSteps(end)]), expectEqualTo(total, '0')];
  return { ...scenarioOf(door, [end], `keeps nothing of a key after ${end.name}()`, undefined), imported: imports([door, end], ...sizes.map((size) => size.imported)), steps };
}

function filledWith(door: Door, size: Size): Step[] {
  return [cycles(calling(door)), { type: 'expect', count: size, is: 'above', value: '0' }];
}

const NO_WAY = 'No call that a test can make shows the difference.';

/** The scenarios of all doors to some functions; if there is none, why. */
function tryAll(functions: readonly FunctionFact[], facts: Facts, scenariosOf: (door: Door) => readonly Scenario[]): readonly Scenario[] | Untestable {
  let why: string | undefined;
  const scenarios: Scenario[] = [];
  for (const fn of new Set(functions)) {
    const doors = doorsTo(fn, facts);
    if ('closed' in doors) why ??= doors.closed;
    else scenarios.push(...doors.flatMap(scenariosOf));
  }
  return scenarios.length > 0 ? scenarios : { untestable: why ?? NO_WAY };
}

/** A call that ends what a door began. */
interface End {
  readonly name: string;
  readonly callee: string;
  readonly args: readonly string[];
  readonly isAsync: boolean;
  readonly imported: Imported;
}

/** The ways out of the repaired code that belong to a way in: those for good first. */
function endsFor(door: Door, after: Facts): End[] {
  const ends = new Map<string, End>();
  for (const fn of after.functions.all) {
    if (!isTeardownName(fn.name) && !isEntryEndName(fn.name)) continue;
    const doors = doorsTo(fn, after);
    if ('closed' in doors) continue;
    for (const { call, imported, instance } of doors) {
      const belongs = instance?.owner.name === door.instance?.owner.name && (instance !== undefined || imported.name === door.imported.name || door.call?.callee !== call?.callee);
      if (call && belongs && call.callee !== door.call?.callee) ends.set(call.callee, { ...call, imported });
    }
  }
  return [...ends.values()].sort((left, right) => left.args.length - right.args.length || Number(isTeardownName(right.name)) - Number(isTeardownName(left.name)));
}

/** Makes, starts and ends, several times; something is there in between, and nothing in the end. */
function endedScenario(door: Door, end: End, what: string, count: Count, clock: Scenario['clock']): Scenario {
  const before: Step = { type: 'remember', name: 'before', count };
  const cycle: Step[] = [...making(door), ...calling(door), { type: 'expect', count, is: 'above', value: 'before' }, ...endSteps(end)];
  return { ...scenarioOf(door, [end], what, clock), steps: [before, cycles(cycle), { type: 'expect', count, is: 'equal', value: 'before' }] };
}

function startedAgain(door: Door, callee: string, what: string, count: Count, clock: Scenario['clock']): Scenario {
  const args = door.call?.args.map((arg) => arg.replaceAll(`\${${CYCLE}}`, 'same').replaceAll(CYCLE, '1')) ?? [];
  const call: Step = { type: 'do', code: `${door.call?.isAsync ? 'await ' : ''}${callee}(${args.join(', ')})` };
  return { ...scenarioOf(door, [], what, clock), steps: [...making(door), call, { type: 'remember', name: 'once', count }, cycles([call]), { type: 'expect', count, is: 'equal', value: 'once' }] };
}

/** @param what the title, behind what it is about */
function scenarioOf(door: Door, ends: readonly End[], what: string, clock: Scenario['clock']): Omit<Scenario, 'steps'> {
  const isAsync = (door.call?.isAsync ?? false) || ends.some((end) => end.isAsync);
  return { title: `${nameOf(door)} ${what}`, imported: imports([door, ...ends]), besides: [], clock, isAsync };
}

function imports(doors: readonly { readonly imported: Imported }[], ...more: readonly (Imported | undefined)[]): Imported[] {
  const all = [...doors.map(({ imported }) => imported), ...more.filter((one) => one !== undefined)];
  return all.filter((one, index) => all.findIndex(({ name }) => name === one.name) === index);
}

function nameOf({ imported, call, instance }: Door): string {
  return instance || !call ? imported.name : call.callee;
}

function making({ instance }: Door): Step[] {
  return instance ? [{ type: 'do', code: `const ${instance.name} = ${instance.made}` }] : [];
}

function calling({ call }: Door): Step[] {
  return call ? [{ type: 'do', code: `${call.isAsync ? 'await ' : ''}${call.callee}(${call.args.join(', ')})` }] : [];
}

function endSteps({ callee, args, isAsync }: End): Step[] {
  return [{ type: 'do', code: `${isAsync ? 'await ' : ''}${callee}(${args.join(', ')})` }];
}

function cycles(steps: readonly Step[], count = CYCLES): Step {
  return { type: 'cycles', count, steps };
}

function expectEqualTo(count: Count, value: string): Step {
  return { type: 'expect', count, is: 'equal', value };
}
