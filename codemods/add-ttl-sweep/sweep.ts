import type { Collection } from '../../src/core/facts/collections.js';
import type { Facts } from '../../src/core/facts/facts.js';
import type { CodeWriter } from '../../src/codemod/writing/code-writer.js';
import type { Age } from './age.js';
import type { Durations } from './durations.js';
import type { SweepHome } from './home.js';
import type { SweepNames } from './names.js';
import type { Release } from './release.js';
import type { Stop } from './stop.js';

/** All that is decided about one sweep, for those who write it. */
export interface Sweep {
  readonly collection: Collection;
  readonly home: SweepHome;
  readonly age: Age;
  readonly names: SweepNames;
  readonly durations: Durations;
  /** The name that functions give to the key of an entry, and its type as text where types are written. */
  readonly key: { readonly name: string; readonly type: string | undefined };
  /** The function that ends an entry; without one, the sweep deletes it. */
  readonly release: Release | undefined;
  /** Collections that lose the key together with this one. */
  readonly siblings: readonly Collection[];
  /** What follows the name of an entry to ask whether it is at work: `.answering`. */
  readonly busy: string | undefined;
  readonly stop: Stop;
  /** What follows an interval so that it does not keep the process alive; empty where nothing has to. */
  readonly unref: string;
  readonly facts: Facts;
  readonly writer: CodeWriter;
}
