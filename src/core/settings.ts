import type { ResourceKind } from './kinds/resources.js';

/** How a timer is started and stopped. Data: a project may add its own wrappers. */
export interface TimerKind {
  readonly id: 'timeout' | 'interval';
  /** Callee names: a global (`setTimeout`), or a dotted path of a wrapper (`timers.start`). */
  readonly acquire: readonly string[];
  readonly release: readonly string[];
}

/** What a project can tell the analysis; from `leakproof.json`. */
export interface AnalysisSettings {
  /** Names of functions that clean up, besides those recognised by what they release. */
  readonly cleanupFunctions: readonly string[];
  /** Kinds of timers besides those of the platform. */
  readonly timers: readonly TimerKind[];
  /** Kinds of resources besides those that everybody has; their callees count as written. */
  readonly resources: readonly OwnResourceKind[];
}

/** A kind of resource that a project names. */
export interface OwnResourceKind extends ResourceKind {
  readonly isOwn: true;
}

export const DEFAULT_SETTINGS: AnalysisSettings = { cleanupFunctions: [], timers: [], resources: [] };
