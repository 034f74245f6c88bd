import { createHash } from 'node:crypto';

/** How long an entry of attempts may go unused. */
const ATTEMPT_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of attempts are looked for. */
const ATTEMPT_SWEEP_MS = 60 * 1000;

interface Attempt {
  count: number;
}

const attempts = new Map<string, Attempt>();
const attemptLastActivity = new Map<string, number>();
const lastAddresses = new Map<string, string>();

const attemptSweep = setInterval(sweepAttempts, ATTEMPT_SWEEP_MS);
attemptSweep.unref();

/** Notes that an entry of attempts was used just now. */
function touchAttempt(userId: string): void {
  if (attempts.has(userId)) {
    attemptLastActivity.set(userId, Date.now());
  }
}

/** Lets go of the entries of attempts that went unused for too long. */
function sweepAttempts(): void {
  const now = Date.now();
  for (const userId of attempts.keys()) {
    const lastActivity = attemptLastActivity.get(userId);
    if (lastActivity === undefined) {
      // Not stamped yet: its time starts now.
      attemptLastActivity.set(userId, now);
    } else if (now - lastActivity >= ATTEMPT_TTL_MS) {
      attemptLastActivity.delete(userId);
      lastAddresses.delete(userId);
      attempts.delete(userId);
    }
  }
}

/** Stops the sweep of attempts; call it before the program ends. */
export function stopAttemptSweep(): void {
  clearInterval(attemptSweep);
}

export function noteAttempt(userId: string, address: string): number {
  const attempt = attempts.get(userId) ?? { count: 0 };
  attempt.count += 1;
  attempts.set(userId, attempt);
  touchAttempt(userId);
  lastAddresses.set(userId, createHash('sha256').update(address).digest('hex'));
  return attempt.count;
}
