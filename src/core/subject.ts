import type { Collection } from './facts/collections.js';
import type { FunctionFact } from './facts/functions.js';
import type { ListenerRegistration, ListenerRemoval } from './facts/listeners.js';
import type { Effect } from './facts/summaries.js';
import type { Operation } from './facts/operations.js';
import type { Place } from './facts/places.js';
import type { ResourceAcquisition } from './facts/resources.js';
import type { TimerAcquisition } from './facts/timers.js';
import type { Obligation } from './questions/obligations.js';
import type { Node } from './syntax/nodes.js';

/** The facts behind a verdict, for those who repair it. */
export type Subject = TimerSubject | DelaySubject | CollectionSubject | HandlerSubject | EndingSubject | TeardownSubject | ListenerSubject | ResourceSubject;

export interface TimerSubject {
  readonly type: 'timer';
  readonly acquisition: TimerAcquisition;
  /** Entries that the callback itself deletes. */
  readonly expires: readonly Expiry[];
  /** The functions that end the timer's owner. */
  readonly teardowns: readonly FunctionFact[];
}

/** A time that another module waits for, and of which it gives no handle. */
export interface DelaySubject {
  readonly type: 'delay';
  readonly node: Node;
}

/** A collection from which a timer's callback deletes a key. */
export interface Expiry {
  readonly collection: Collection | undefined;
  readonly place: Place;
  readonly deletion: Operation;
  /** Other deletions from the same collection, by which an entry ends early. */
  readonly early: readonly Operation[];
  /** Places that empty the whole collection. */
  readonly emptied: readonly Operation[];
}

export interface CollectionSubject {
  readonly type: 'collection';
  readonly collection: Collection;
  readonly growth: readonly Effect[];
}

/** One thing that a clean-up lets go of. */
export interface Released {
  readonly place: Place;
  /** Bare name of the collection, field or variable. */
  readonly name: string;
  readonly effects: readonly Effect[];
}

export interface HandlerSubject {
  readonly type: 'handler';
  readonly handler: FunctionFact;
  /** The part of it that counts, where that is not all: a branch of a dispatcher. */
  readonly within: Node | undefined;
  /** The function that releases the most. */
  readonly cleanup: FunctionFact;
  readonly released: readonly Released[];
  readonly skipped: readonly Released[];
  /** What the clean-up releases and a person declared to survive. */
  readonly survivors: readonly Released[];
}

/** An end of the program that does not do all that it should. */
export interface EndingSubject {
  readonly type: 'ending';
  readonly node: Node;
}

export interface ResourceSubject {
  readonly type: 'resource';
  readonly acquisition: ResourceAcquisition;
  /** Where its handle is kept; empty if it is dropped. */
  readonly places: readonly Place[];
  /** The functions that end the resource's owner. */
  readonly teardowns: readonly FunctionFact[];
}

/** A function that ends an object, and what that object has acquired. */
export interface TeardownSubject {
  readonly type: 'teardown';
  readonly teardown: FunctionFact;
  /** What it ends on some path at least. */
  readonly released: readonly Obligation[];
  /** What it leaves, the surest first. */
  readonly forgotten: readonly Obligation[];
}

/** A listener that stays. */
export interface ListenerSubject {
  readonly type: 'listener';
  /** Where it is added; undefined if the file shows only a removal that cannot match. */
  readonly registration: ListenerRegistration | undefined;
  /** The call that is meant to take it away, and does not. */
  readonly removal: ListenerRemoval | undefined;
  /** The functions that end what adds it. */
  readonly teardowns: readonly FunctionFact[];
}
