import { readFileSync } from 'node:fs';

/** The rules that speak of these cases. */
export type RuleOfToday =
  'no-untracked-timer' | 'no-unbounded-collection' | 'no-manual-only-release' | 'no-copy-only-trim' | 'no-partial-exit-handler' | 'no-orphaned-resource';

export interface ExpectedFinding {
  readonly rule: RuleOfToday;
  readonly symbol: string;
  /** 1-based. */
  readonly line: number;
  /** What a handler skips, in the order of the declarations; only for `no-partial-exit-handler`. */
  readonly skips?: readonly string[];
}

export interface ExpectedFile {
  readonly starting: 'A' | 'B' | 'C' | 'D' | 'E';
  /** Relative to this folder, with `/`. */
  readonly file: string;
  /** All that the rules of today may report, whatever the confidence; sorted by line. */
  readonly findings: readonly ExpectedFinding[];
  /** Symbols that no rule of today may report. */
  readonly silent: readonly string[];
}

/** The 1-based line of the only line of a file that contains a text. */
function lineOf(file: string, text: string): number {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8').split('\n');
  const hits = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  const [hit] = hits;
  if (hit === undefined || hits.length > 1) {
    throw new Error(`${file}: ${String(hits.length)} lines contain ${JSON.stringify(text)}`);
  }
  return hit;
}

const A_BEFORE = 'a-photo-sessions/before.ts';
const B = 'b-session-manager/before.ts';
const C = 'c-sandbox-sessions/before.ts';
const D_BEFORE = 'd-terminal-server/before.ts';
const E_USER = 'e-plugins/user-plugin.ts';
const E_SECURE = 'e-plugins/secure-plugin.ts';

/** The per-session state that the exit handler of case D skips and its clean-up releases. */
const D_SKIPPED = [
  'viewers',
  'startTimes',
  'titles',
  'previews',
  'commandCounts',
  'lastActivity',
  'idleTimers',
  'watchers',
  'unsubscribers',
];
const D_RELEASED = ['pausedSessions', 'pendingInput'];
/** `sessions` survives an exit on purpose, and says so in a comment. */
const D_SURVIVORS = ['sessions'];

export const expectedFiles: readonly ExpectedFile[] = [
  {
    starting: 'A',
    file: A_BEFORE,
    findings: [
      {
        rule: 'no-untracked-timer',
        symbol: 'setTimeout',
        line: lineOf(A_BEFORE, 'setTimeout(() => {'),
      },
    ],
    silent: ['photoSessions'],
  },
  {
    starting: 'A',
    file: 'a-photo-sessions/after.ts',
    findings: [],
    silent: ['photoSessions', 'photoSessionTimeouts', 'setTimeout', 'timeout'],
  },
  {
    starting: 'B',
    file: B,
    findings: [
      {
        rule: 'no-copy-only-trim',
        symbol: 'history',
        line: lineOf(B, 'readonly history: Turn[] = [];'),
      },
      {
        rule: 'no-manual-only-release',
        symbol: 'sessions',
        line: lineOf(B, 'private readonly sessions = new Map'),
      },
    ],
    silent: [],
  },
  {
    starting: 'B',
    file: 'b-session-manager/swept.ts',
    findings: [
      {
        rule: 'no-copy-only-trim',
        symbol: 'history',
        line: lineOf('b-session-manager/swept.ts', 'readonly history: Turn[] = [];'),
      },
    ],
    silent: ['sessions', 'sessionLastActivity', 'sessionSweep'],
  },
  {
    starting: 'C',
    file: C,
    findings: [
      {
        rule: 'no-manual-only-release',
        symbol: 'activeSessions',
        line: lineOf(C, 'const activeSessions = new Map'),
      },
      {
        rule: 'no-orphaned-resource',
        symbol: 'sandbox',
        line: lineOf(C, 'const sandbox = await Sandbox.create('),
      },
    ],
    silent: [],
  },
  {
    starting: 'C',
    file: 'c-sandbox-sessions/swept.ts',
    findings: [
      {
        rule: 'no-orphaned-resource',
        symbol: 'sandbox',
        line: lineOf('c-sandbox-sessions/swept.ts', 'const sandbox = await Sandbox.create('),
      },
    ],
    silent: ['activeSessions', 'activeSessionSweep'],
  },
  {
    starting: 'D',
    file: D_BEFORE,
    findings: [
      {
        rule: 'no-partial-exit-handler',
        symbol: 'exit',
        line: lineOf(D_BEFORE, 'exit: (exitCode: number) => {'),
        skips: D_SKIPPED,
      },
    ],
    silent: [...D_SURVIVORS, ...D_SKIPPED, ...D_RELEASED, 'resumeInput', 'data', 'title', 'timer'],
  },
  {
    starting: 'D',
    file: 'd-terminal-server/after.ts',
    findings: [],
    silent: [
      ...D_SURVIVORS,
      ...D_SKIPPED,
      ...D_RELEASED,
      'exit',
      'releaseSession',
      'resumeInput',
      'data',
      'title',
      'timer',
    ],
  },
  {
    starting: 'E',
    file: E_USER,
    findings: [
      {
        rule: 'no-unbounded-collection',
        symbol: 'userContexts',
        line: lineOf(E_USER, 'const userContexts = new Map'),
      },
      {
        rule: 'no-unbounded-collection',
        symbol: 'sessionEncryptions',
        line: lineOf(E_USER, 'const sessionEncryptions = new Map'),
      },
    ],
    silent: [],
  },
  {
    starting: 'E',
    file: E_SECURE,
    findings: [
      {
        rule: 'no-manual-only-release',
        symbol: 'verifiedSessions',
        line: lineOf(E_SECURE, 'const verifiedSessions = new Map'),
      },
    ],
    silent: ['sessionEncryptions'],
  },
  {
    starting: 'E',
    file: 'e-plugins/user-plugin.swept.ts',
    findings: [],
    silent: ['userContexts', 'userContextLastActivity', 'userContextSweep', 'sessionEncryptions', 'sessionEncryptionLastActivity', 'sessionEncryptionSweep'],
  },
  {
    starting: 'E',
    file: 'e-plugins/secure-plugin.swept.ts',
    findings: [],
    silent: ['verifiedSessions', 'verifiedSessionSweep', 'sessionEncryptions'],
  },
];
