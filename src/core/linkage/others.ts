import type { Trigger } from '../facts/functions.js';
import type { Outside, OutsideUse } from './outline.js';

/** What a file asked about the others of its project, and what it was told; plain data. */
export type Testimony = readonly Answer[];

export interface Answer {
  readonly question: Question;
  readonly name: string;
  readonly answer: unknown;
}

/** A use in another file: where, and what is known of the key. */
export type ForeignPlace = Pick<OutsideUse, 'file' | 'line' | 'key'>;

/** Everything that a judgement may ask about a name that its file shows to others. */
const QUESTIONS = {
  /** What sets a public function going: the files that are known to, or, where that is not known or none does, anybody. */
  triggers: (uses): readonly Trigger[] => {
    const triggers = uses?.flatMap((use) => (use.does === 'pass' ? (['callback'] as const) : use.triggers)) ?? [];
    return triggers.length === 0 ? ['call'] : [...new Set(triggers)];
  },
  /** Whether it is known that nothing in another file sets it going. */
  isUncalled: (uses) => uses !== undefined && !uses.some(isSetGoing),
  /** Whether it is known that something in another file sets it going. */
  isCalled: (uses) => uses?.some(isSetGoing) ?? false,
  /** Whether others may do to it what cannot be seen. */
  isInUnknownHands: (uses) => uses === undefined || uses.some(({ does }) => does === 'pass'),
  /** Where entries are taken out of a collection, in code that something sets going. */
  removal: (uses) => placeOf(uses?.find(({ does, triggers }) => (does === 'shrink' || does === 'empty') && triggers.length > 0)),
  /** Where entries are added to a collection, in code that something sets going. */
  growth: (uses) => placeOf(uses?.find(({ does, triggers }) => does === 'grow' && triggers.length > 0)),
  /** How long the instances live that other files make of a class: where they live no longer than a call, or one lives as long as the program, it matters. */
  instancesLive: (uses): 'nowhere' | 'call' | 'process' | 'unknown' => {
    const made = constructions(uses);
    if (!made) return 'unknown';
    if (made.some(({ lives }) => lives === 'process')) return 'process';
    if (made.length === 0) return 'nowhere';
    return made.every(({ lives }) => lives === 'call') ? 'call' : 'unknown';
  },
  /** Whether other files make exactly one instance of a class, while modules are loaded. */
  isMadeOnceAtLoad: (uses) => {
    const [only, ...more] = constructions(uses) ?? [];
    return only !== undefined && more.length === 0 && only.triggers.every((trigger) => trigger === 'load');
  },
} satisfies Record<string, (uses: readonly OutsideUse[] | undefined) => unknown>;

type Question = keyof typeof QUESTIONS;
type AnswerTo<Q extends Question> = ReturnType<(typeof QUESTIONS)[Q]>;

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

  ask<Q extends Question>(question: Q, name: string): AnswerTo<Q> {
    const key = `${question} ${name}`;
    const known = this.#asked.get(key);
    if (known) return known.answer as AnswerTo<Q>;
    const answer = QUESTIONS[question](this.#usesOf(name)) as AnswerTo<Q>;
    this.#asked.set(key, { question, name, answer });
    return answer;
  }

  /** All that was asked so far. */
  testimony(): Testimony {
    return [...this.#asked.values()];
  }

  /** What other files do to a name; undefined where that is not known, or the name is offered to everybody. */
  #usesOf(name: string): readonly OutsideUse[] | undefined {
    if (!this.outside) return undefined;
    const { offered, uses } = this.outside;
    if (offered === 'all' || offered.some((one) => name === one || name.startsWith(`${one}.`))) return undefined;
    return Object.hasOwn(uses, name) ? uses[name] : [];
  }
}

/** Whether everything that was asked once would be answered in the same way now. */
export function stillHolds(testimony: Testimony, outside: Outside | undefined): boolean {
  const others = new Others(outside);
  return testimony.every(({ question, name, answer }) => JSON.stringify(others.ask(question, name)) === JSON.stringify(answer));
}

/** Whether a use of a function in another file is one that ever runs. */
function isSetGoing({ does, triggers }: OutsideUse): boolean {
  return does === 'pass' || triggers.length > 0;
}

function constructions(uses: readonly OutsideUse[] | undefined): readonly OutsideUse[] | undefined {
  return uses === undefined || uses.some(({ does }) => does === 'pass') ? undefined : uses.filter(({ does }) => does === 'construct');
}

function placeOf(use: OutsideUse | undefined): ForeignPlace | undefined {
  return use && { file: use.file, line: use.line, ...(use.key ? { key: use.key } : {}) };
}
