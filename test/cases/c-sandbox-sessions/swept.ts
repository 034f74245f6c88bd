import { randomUUID } from 'node:crypto';

import { Sandbox } from './sandbox.js';
import type { RunResult } from './sandbox.js';

const DEFAULT_IMAGE = 'node-22';
const MAX_SESSIONS_PER_STUDENT = 3;
const STALE_AFTER_MS = 60 * 60 * 1000;
/** How often unused entries of activeSessions are looked for. */
const ACTIVE_SESSION_SWEEP_MS = 60 * 1000;

interface ExerciseSession {
  readonly sandbox: Sandbox;
  readonly studentId: string;
  readonly startedAt: number;
  lastActivityAt: number;
  runs: number;
}

export interface SessionSummary {
  readonly sessionId: string;
  readonly startedAt: number;
  readonly runs: number;
  readonly stale: boolean;
}

/** The exercises that students work on right now, each in a sandbox of its own. */
const activeSessions = new Map<string, ExerciseSession>();

let isSweepingActiveSessions = false;
const activeSessionSweep = setInterval(() => void sweepActiveSessions(), ACTIVE_SESSION_SWEEP_MS);
activeSessionSweep.unref();

/** Ends the entries of activeSessions that went unused for too long. */
async function sweepActiveSessions(): Promise<void> {
  if (isSweepingActiveSessions) {
    return;
  }
  isSweepingActiveSessions = true;
  try {
    for (const [sessionId, activeSession] of activeSessions) {
      if (Date.now() - activeSession.lastActivityAt > STALE_AFTER_MS) {
        try {
          await endSession(sessionId);
        } catch (error) {
          console.error('sweepActiveSessions: endSession failed', error);
        }
      }
    }
  } finally {
    isSweepingActiveSessions = false;
  }
}

/** Stops the sweep and ends all entries of activeSessions; call it before the program ends. After a crash, only a time-out of what they stand for can end that. */
export async function closeActiveSessions(): Promise<void> {
  clearInterval(activeSessionSweep);
  for (const sessionId of activeSessions.keys()) {
    try {
      await endSession(sessionId);
    } catch (error) {
      console.error('closeActiveSessions: endSession failed', error);
    }
  }
}

export async function startSession(
  studentId: string,
  files: ReadonlyMap<string, string>,
): Promise<string> {
  if (listSessions(studentId).length >= MAX_SESSIONS_PER_STUDENT) {
    throw new Error(`At most ${String(MAX_SESSIONS_PER_STUDENT)} exercises at a time`);
  }

  const sandbox = await Sandbox.create(DEFAULT_IMAGE);
  try {
    for (const [path, text] of files) {
      await sandbox.upload(path, text);
    }
  } catch (error) {
    await sandbox.kill();
    throw error;
  }

  const sessionId = randomUUID();
  const startedAt = Date.now();
  activeSessions.set(sessionId, {
    sandbox,
    studentId,
    startedAt,
    lastActivityAt: startedAt,
    runs: 0,
  });
  return sessionId;
}

export async function saveFile(sessionId: string, path: string, text: string): Promise<void> {
  const session = requireSession(sessionId);
  session.lastActivityAt = Date.now();
  await session.sandbox.upload(path, text);
}

export async function runTests(sessionId: string): Promise<RunResult> {
  const session = requireSession(sessionId);
  session.lastActivityAt = Date.now();
  session.runs += 1;
  return session.sandbox.run('npm test');
}

export function listSessions(studentId: string): SessionSummary[] {
  const now = Date.now();
  return [...activeSessions]
    .filter(([, session]) => session.studentId === studentId)
    .map(([sessionId, session]) => ({
      sessionId,
      startedAt: session.startedAt,
      runs: session.runs,
      stale: now - session.lastActivityAt > STALE_AFTER_MS,
    }));
}

/** Hands the exercise in and gives its sandbox back. */
export async function endSession(sessionId: string): Promise<boolean> {
  const session = activeSessions.get(sessionId);
  if (session === undefined) {
    return false;
  }
  activeSessions.delete(sessionId);
  await session.sandbox.kill();
  return true;
}

function requireSession(sessionId: string): ExerciseSession {
  const session = activeSessions.get(sessionId);
  if (session === undefined) {
    throw new Error(`No exercise session ${sessionId}`);
  }
  return session;
}
