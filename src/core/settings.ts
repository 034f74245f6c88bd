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
}

export const DEFAULT_SETTINGS: AnalysisSettings = { cleanupFunctions: [], timers: [] };
