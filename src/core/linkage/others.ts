import type { Trigger } from '../facts/triggers.js';
import type { Outside, OutsideEffect, OutsideJoint, OutsideTeardown, OutsideUse } from './outline.js';

/** What a file asked about the others of its project, and what it was told; plain data. */
export type Testimony = readonly Answer[];

export interface Answer {
  readonly question: Question;
  readonly name: string;
  readonly answer: unknown;
}

/** A use in another file: where, and what is known of the key. */
export type ForeignPlace = Pick<OutsideUse, 'file' | 'line' | 'key'>;

/** A use in another file that adds to a collection. */
export type Growth = Pick<OutsideUse, 'file' | 'line' | 'key' | 'arrives'>;

/** Where another file makes an object and keeps it to itself, with the methods that it calls on it. */
export interface Maker {
  readonly file: string;
  readonly line: number;
  readonly calls: readonly string[];
}

type Uses = readonly OutsideUse[] | undefined;

/** Everything that a judgement may ask about a name that its file shows to others. */
const OF_SHOWN = {
  /** What sets a public function going: the files that are known to, or, where that is not known or none does, anybody. */
  triggers: triggersOf,
  /** Whether it is known that nothing in another file sets it going. */
  isUncalled: (uses) => uses !== undefined && !uses.some(isSetGoing),
  /** Whether it is known that something in another file sets it going. */
  isCalled: (uses) => uses?.some(isSetGoing) ?? false,
  /** Whether others may do to it what cannot be seen. */
  isInUnknownHands: (uses) => uses === undefined || uses.some(({ does }) => does === 'pass'),
  /** Where entries are taken out of a collection, in code that something sets going. */
  removal: (uses) => placeOf(uses?.find(({ does, triggers }) => (does === 'shrink' || does === 'empty') && triggers.length > 0)),
  /** Where entries are added to a collection, in code that something sets going. */
  growths: (uses): readonly Growth[] => (uses ?? []).flatMap((use) => (use.does === 'grow' && use.triggers.length > 0 ? [{ ...placeOf(use), ...(use.arrives ? { arrives: true } : {}) }] : [])),
  /** Where a collection is given to code that may do with it what it likes. */
  given: (uses) => placeOf(uses?.find(({ does }) => does === 'pass')),
  /** Whether it is known that other files make no instances of a class. */
  isMadeNowhere: (uses) => constructions(uses)?.length === 0,
  /** Whether they are known to make one that lives as long as the program. */
  isMadeForGood: (uses) => constructions(uses)?.some(({ lives }) => lives === 'process') ?? false,
  /** Whether they are known to make some, none of which lives longer than a call. */
  isMadeForCalls: (uses) => {
    const made = constructions(uses) ?? [];
    return made.length > 0 && made.every(({ lives }) => lives === 'call');
  },
  /** Whether other files make exactly one instance of a class, while modules are loaded. */
  isMadeOnceAtLoad: (uses) => {
    const [only, ...more] = constructions(uses) ?? [];
    return only !== undefined && more.length === 0 && only.triggers.every((trigger) => trigger === 'load');
  },
  /** Where instances of a class are made, if whoever makes one keeps it to itself, and no longer than the program runs; else none. */
  makers: (uses): readonly Maker[] => {
    const made = constructions(uses) ?? [];
    const kept = made.flatMap(({ file, line, calls, lives, triggers }) => (calls && lives !== 'process' && triggers.length > 0 ? [{ file, line, calls }] : []));
    return kept.length === made.length ? kept : [];
  },
} satisfies Record<string, (uses: Uses) => unknown>;

/** What it may ask about the known callers of a function, though others than the project may call it too. */
const OF_KNOWN = {
  /** Whether they all call it on failure, or at the end of their owner, and none gives it away. */
  isCalledOnFailure: (uses) => uses.length > 0 && uses.every(({ does, onFailure }) => does === 'call' && onFailure),
  isCalledAtEnd: (uses) => uses.length > 0 && uses.every(({ does, atEnd }) => does === 'call' && atEnd),
  /** Whether one of them makes an instance of a class. */
  isMade: (uses) => uses.some(({ does }) => does === 'construct'),
  /** Where one of them puts the promise that it gets into a race. */
  race: (uses) => placeOf(uses.find(({ isRaced }) => isRaced)),
  /** Where components call it, of which a page has one after the other. */
  componentCalls: (uses): readonly ForeignPlace[] => uses.flatMap((use) => (use.byComponent && use.triggers.length > 0 ? [placeOf(use)] : [])),
  /** Where they are. */
  calls: (uses): readonly Pick<OutsideUse, 'file' | 'line' | 'triggers' | 'onNew'>[] => uses.map(({ file, line, triggers, onNew }) => ({ file, line, triggers, ...(onNew ? { onNew } : {}) })),
} satisfies Record<string, (uses: readonly OutsideUse[]) => unknown>;

/** What it may ask about a member of an imported type, which stands for that member of every such object. */
const OF_MEMBER = {
  memberRemoval: OF_SHOWN.removal,
  memberGrowths: OF_SHOWN.growths,
  memberGiven: OF_SHOWN.given,
} satisfies Record<string, (uses: Uses) => unknown>;

/** What it may ask about a method of one of its classes, by the names of both. */
const OF_METHOD = {
  /** The teardown of that name that the class has from another file. */
  inherited: (teardown): OutsideTeardown | undefined => teardown,
} satisfies Record<string, (teardown: OutsideTeardown | undefined) => unknown>;

/** What it may ask that has no name: of the file as a whole. */
const OF_FILE = {
  /** What calls of imported functions do, by `keyOfReference`. Where that stands is no part of it. */
  effects: (outside): Readonly<Record<string, readonly Omit<OutsideEffect, 'line'>[]>> => mapped(outside?.effects, (effects) => effects.map(({ does, file, collection, argument, path }) => ({ does, file, collection, argument, path }))),
  /** The imported functions that keep a listener, by `keyOfReference`. */
  subscribers: (outside): readonly string[] => outside?.subscribers ?? [],
  /** The clean-ups of other files that take one key out of several members of an imported type, by `keyOfReference`. */
  joint: (outside): Readonly<Record<string, readonly OutsideJoint[]>> => outside?.joint ?? {},
  /** Whether there are other files at all. */
  isInProject: (outside): boolean => outside !== undefined,
} satisfies Record<string, (outside: Outside | undefined) => unknown>;

/** What it may ask about who else than the project uses a name. */
const OF_PUBLIC = {
  /** Whether others than the project may use it, as often as they like: a package publishes it, or the file is all that is known. */
  isPublished: (outside, name) => !outside || isAmong(outside.published, name),
} satisfies Record<string, (outside: Outside | undefined, name: string) => unknown>;

/** What it may ask about some triggers, by them and the name of a function: `event,timer removeSession`. */
const OF_TRIGGERS = {
  /** Whether one of them sets a public function going. */
  isSetGoingBy: (uses, wanted): boolean => triggersOf(uses).some((trigger) => wanted.includes(trigger)),
  /** Whether one of them sets a known caller going. */
  isCalledBy: (_uses, wanted, known): boolean => known.some(({ triggers }) => triggers.some((trigger) => wanted.includes(trigger))),
  /** Whether one of them sets a place going that is known to make an instance of a class. */
  isMadeBy: (_uses, wanted, known): boolean => known.some(({ does, triggers }) => does === 'construct' && triggers.some((trigger) => wanted.includes(trigger))),
} satisfies Record<string, (uses: Uses, wanted: readonly string[], known: readonly OutsideUse[]) => boolean>;

/** Without them no candidate is new: what has none does not depend on the other questions. */
const GIVE_CANDIDATES: ReadonlySet<Question> = new Set(['effects', 'subscribers', 'inherited', 'joint', 'race']);

type Questions = typeof OF_SHOWN & typeof OF_KNOWN & typeof OF_TRIGGERS & typeof OF_MEMBER & typeof OF_METHOD & typeof OF_FILE & typeof OF_PUBLIC;

export type Question = keyof Questions;
/** A question about the file as a whole, which needs no name. */
type QuestionOfFile = keyof typeof OF_FILE;
type AnswerTo<Q extends Question> = ReturnType<Questions[Q]>;

/**
 * The other files of a project, as one file may ask about them. What was asked
 * is kept: a judgement stands as long as every question would get the same
 * answer again, whatever else has changed (a verifying trace, as in Mokhov,
 * Mitchell and Peyton Jones, "Build Systems à la Carte").
 */
export class Others {
  readonly #asked = new Map<string, Answer>();

  /** @param outside undefined where only this file is known */
  constructor(private readonly outside: Outside | undefined) {}

  ask<Q extends QuestionOfFile>(question: Q): AnswerTo<Q>;
  ask<Q extends Question>(question: Q, name: string): AnswerTo<Q>;
  ask<Q extends Question>(question: Q, name = ''): AnswerTo<Q> {
    const key = `${question} ${name}`;
    const known = this.#asked.get(key);
    if (known) return known.answer as AnswerTo<Q>;
    const answer = this.#answer(question, name) as AnswerTo<Q>;
    this.#asked.set(key, { question, name, answer });
    return answer;
  }

  /** All that was asked so far. */
  testimony(): Testimony {
    return [...this.#asked.values()];
  }

  /** What of it could give a file candidates that has none. */
  testimonyOnCandidates(): Testimony {
    return this.testimony().filter(({ question }) => GIVE_CANDIDATES.has(question));
  }

  #answer(question: Question, name: string): unknown {
    if (isIn(OF_FILE, question)) return OF_FILE[question](this.outside);
    if (isIn(OF_PUBLIC, question)) return OF_PUBLIC[question](this.outside, name);
    if (isIn(OF_KNOWN, question)) return OF_KNOWN[question](this.#knownUsesOf(name));
    if (isIn(OF_TRIGGERS, question)) {
      const [wanted = '', shown = ''] = name.split(' ');
      return OF_TRIGGERS[question](this.#usesOf(shown), wanted.split(','), this.#knownUsesOf(shown));
    }
    if (isIn(OF_MEMBER, question)) return OF_MEMBER[question](valueAt(this.outside?.members, name));
    if (isIn(OF_METHOD, question)) return OF_METHOD[question](this.#inheritedBy(name));
    return OF_SHOWN[question](this.#usesOf(name));
  }

  #knownUsesOf(name: string): readonly OutsideUse[] {
    return valueAt(this.outside?.uses, name) ?? [];
  }

  #inheritedBy(name: string): OutsideTeardown | undefined {
    const end = name.indexOf('.');
    return valueAt(valueAt(this.outside?.inherited, name.slice(0, end)), name.slice(end + 1));
  }

  /** What other files do to a name; undefined where that is not known, or the name is offered to everybody. */
  #usesOf(name: string): readonly OutsideUse[] | undefined {
    if (!this.outside) return undefined;
    const { offered, uses } = this.outside;
    if (isAmong(offered, name)) return undefined;
    return valueAt(uses, name) ?? [];
  }
}

/** Whether everything that was asked once would be answered in the same way now. */
export function stillHolds(testimony: Testimony, outside: Outside | undefined): boolean {
  const others = new Others(outside);
  return testimony.every(({ question, name, answer }) => JSON.stringify(others.ask(question, name)) === JSON.stringify(answer));
}

function isAmong(shown: readonly string[] | 'all', name: string): boolean {
  return shown === 'all' || shown.some((one) => name === one || name.startsWith(`${one}.`));
}

function triggersOf(uses: Uses): readonly Trigger[] {
  const triggers = uses?.flatMap((use) => (use.does === 'pass' ? (['callback'] as const) : use.triggers)) ?? [];
  return triggers.length === 0 ? ['call'] : [...new Set(triggers)];
}

/** Whether a use of a function in another file is one that ever runs. */
function isSetGoing({ does, triggers }: OutsideUse): boolean {
  return does === 'pass' || triggers.length > 0;
}

function constructions(uses: readonly OutsideUse[] | undefined): readonly OutsideUse[] | undefined {
  return uses === undefined || uses.some(({ does }) => does === 'pass') ? undefined : uses.filter(({ does }) => does === 'construct');
}

function placeOf(use: OutsideUse): ForeignPlace;
function placeOf(use: OutsideUse | undefined): ForeignPlace | undefined;
function placeOf(use: OutsideUse | undefined): ForeignPlace | undefined {
  return use && { file: use.file, line: use.line, ...(use.key ? { key: use.key } : {}) };
}

function valueAt<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

function mapped<From, To>(record: Readonly<Record<string, From>> | undefined, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([name, value]) => [name, change(value)]));
}

function isIn<Table extends object>(table: Table, question: PropertyKey): question is keyof Table {
  return Object.hasOwn(table, question);
}
