import type { OperationKind } from '../facts/operations.js';
import type { Trigger } from '../facts/triggers.js';
import type { KeyDomain } from '../kinds/keys.js';
import type { Lifetime } from '../questions/lifetime.js';

/**
 * What a file shows to others and does to what they show: plain data, made from
 * the file alone, kept in a cache. The names of what a file shows are paths:
 * `removeSession`, `sessions`, `SessionManager.close` (a member of the class's
 * instances), `store.items`.
 */
export interface Outline {
  readonly exports: readonly ExportEntry[];
  /** Modules of which all names are passed on: `export * from './x.js'`. */
  readonly stars: readonly string[];
  /** The functions that others may call, by the names they are shown under: `removeSession`, `SessionManager.close`. */
  readonly functions: readonly string[];
  readonly uses: readonly Use[];
  /** Methods called on objects whose class the file does not tell: whoever has a method of that name may be meant. */
  readonly methodCalls: readonly MethodUse[];
  /** Members by whose name something is taken out of an object of unknown class. */
  readonly removals: readonly MethodUse[];
  /** Imported types of which the file makes members: it wants to know what others do to them. */
  readonly wanted: readonly Reference[];
  /** What the functions that others may call do to collections of the module, by a key that they are given. */
  readonly effects: Readonly<Record<string, readonly KeyedEffect[]>>;
  /** The functions that others may call which keep a listener that they are given, and give back a function that takes it away. */
  readonly subscribers: readonly string[];
  /** The functions that take one key out of several collections, members of an object of an imported type. */
  readonly joint: readonly JointRelease[];
  /** The imported types of whose members it takes something out by a key. */
  readonly released: readonly Reference[];
  /** The classes of the file that have a teardown or a base class, by their own names. */
  readonly classes: Readonly<Record<string, ClassOutline>>;
}

/** A class, as far as classes of other files that extend it have to know it. */
export interface ClassOutline {
  /** The name under which others know it. */
  readonly shown?: string;
  /** What it extends: a class of this file by its name, or one of another. */
  readonly base?: string | Reference;
  /** Its teardowns that release something of the object. */
  readonly teardowns: Readonly<Record<string, Teardown>>;
}

export interface Teardown {
  readonly line: number;
  /** The fields that it releases. */
  readonly releases: readonly string[];
  /** Whether the class itself fills one of them; else a class that extends it may, or not. */
  readonly fills: boolean;
}

/** A teardown of a class in another file. */
export interface OutsideTeardown extends Teardown {
  readonly owner: string;
  readonly file: string;
}

/** What a call of a function does to a collection of the module in which the function stands. */
export interface KeyedEffect {
  readonly does: 'grow' | 'shrink';
  /** The variable that holds the collection. */
  readonly collection: string;
  /** The argument that is the key, or that has it under a path of properties. */
  readonly argument: number;
  readonly path: readonly string[];
  readonly line: number;
}

/** A function that takes one key out of several collections, which it knows as members of an imported type. */
export interface JointRelease {
  readonly of: Reference;
  readonly name: string;
  readonly line: number;
  readonly members: readonly string[];
}

/** The same, in another file. */
export interface OutsideJoint extends Omit<JointRelease, 'of'> {
  readonly file: string;
}

/** A keyed effect, with the file in which the function stands. */
export interface OutsideEffect extends KeyedEffect {
  readonly file: string;
}

/** A name under which something leaves the file: of its own (`local`), or passed on from another module. */
export interface ExportEntry {
  readonly name: string;
  /** The name that it has in this file, or in the module it comes from; `*` is the module itself. */
  readonly local: string;
  readonly from?: string;
  /** For a variable that holds an instance: of which class that the file shows. */
  readonly instanceOf?: string;
}

/** Something of another file, named by the module and the path that leads to it from there. */
export interface Reference {
  readonly from: string;
  readonly path: readonly string[];
}

/** Stands in a path for "an instance of the class". */
export const INSTANCE = '()';

/** Something that a file does to what another one shows. `pass`: it is given away as a value, and may be called or changed by whoever has it. */
export interface Use {
  readonly of: Reference;
  readonly does: 'call' | 'construct' | 'pass' | OperationKind;
  readonly line: number;
  readonly by: Origin;
  /** How long the new object lives, for `construct`. */
  readonly lives?: Lifetime;
  /** The methods that are called on the new object, for `construct`, if its maker keeps it to itself; undefined: anybody may have it. */
  readonly calls?: readonly string[];
  /** What is known of the key, for `grow`: whether it is new each time, else what its name says of its domain. */
  readonly key?: KeyDomain | 'new';
  /** Whether it runs only where something has failed. */
  readonly onFailure?: boolean;
  /** Whether a method is called on an object that the function has just made. */
  readonly onNew?: boolean;
  /** Whether the promise that a call gives takes part in a race. */
  readonly isRaced?: boolean;
  /** Whether a component calls, of which a page has one after the other. */
  readonly byComponent?: boolean;
  /** Whether what is added comes by itself, for `grow`: with a stream, an event, an interval. */
  readonly arrives?: boolean;
}

export interface MethodUse {
  readonly name: string;
  readonly line: number;
  readonly by: Origin;
}

/** What sets a piece of code going: triggers in its own file, and the functions of its file that others may call to get there. */
export interface Origin {
  readonly triggers: readonly Trigger[];
  readonly through: readonly string[];
  /** Whether it runs only where its owner ends. */
  readonly atEnd: boolean;
}

/** What all other files of a project do to one file, linked; plain data. */
export interface Outside {
  /** Per name that the file shows: what others do to it. A name that is missing is not touched by any. */
  readonly uses: Readonly<Record<string, readonly OutsideUse[]>>;
  /** Whether code outside the project may use a name: it is a part of what a package offers. */
  readonly offered: readonly string[] | 'all';
  /** What of it a package publishes to other projects, which may use it as often as they like. */
  readonly published: readonly string[] | 'all';
  /** Per imported type that the file wants, by `keyOfReference`: what others do to members of such objects. */
  readonly members: Readonly<Record<string, readonly OutsideUse[]>>;
  /** Per imported function, by `keyOfReference`: what a call of it does to the collections of its module. */
  readonly effects: Readonly<Record<string, readonly OutsideEffect[]>>;
  /** Per imported type, by `keyOfReference`: the functions of other files that take one key out of several of its members. */
  readonly joint: Readonly<Record<string, readonly OutsideJoint[]>>;
  /** The imported functions, by `keyOfReference`, that keep a listener and give back what takes it away. */
  readonly subscribers: readonly string[];
  /** Per class of the file, by its own name: the teardowns that it has from classes of other files, by their names. */
  readonly inherited: Readonly<Record<string, Readonly<Record<string, OutsideTeardown>>>>;
}

/** A text that is the same for the same reference of a file. */
export function keyOfReference({ from, path }: Reference): string {
  return `${from}#${path.filter((name) => name !== INSTANCE).join('.')}`;
}

export interface OutsideUse {
  readonly does: Use['does'];
  /** Path of the other file from the root of the project. */
  readonly file: string;
  readonly line: number;
  /** What sets it going in the end, followed through all files; none: nobody does. */
  readonly triggers: readonly Trigger[];
  readonly atEnd: boolean;
  readonly lives?: Lifetime;
  readonly calls?: readonly string[];
  readonly key?: KeyDomain | 'new';
  readonly onFailure?: boolean;
  readonly onNew?: boolean;
  readonly isRaced?: boolean;
  readonly byComponent?: boolean;
  readonly arrives?: boolean;
}
