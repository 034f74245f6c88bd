/** How long an entry of sessions may go unused. */
const SESSION_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of sessions are looked for. */
const SESSION_SWEEP_MS = 60 * 1000;

export interface Session {
  count: number;
}

export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private readonly sessionLastActivity = new Map<string, number>();
  private readonly sessionSweep: ReturnType<typeof setInterval>;

  constructor() {
    this.sessionSweep = setInterval(() => this.sweepSessions(), SESSION_SWEEP_MS);
    this.sessionSweep.unref?.();
  }

  open(sessionId: string): Session {
    let session = this.sessions.get(sessionId);
    if (!session) {
      session = { count: 0 };
      this.sessions.set(sessionId, session);
    } else {
      session.count += 1;
    }
    this.touchSession(sessionId);
    return session;
  }

  async fetch(sessionId: string): Promise<Session> {
    let session = this.sessions.get(sessionId);
    this.touchSession(sessionId);
    if (!session) {
      session = await load(sessionId);
      this.sessions.set(sessionId, session);
      this.touchSession(sessionId);
    }
    return session;
  }

  dispose(): void {
    clearInterval(this.sessionSweep);
    this.sessionLastActivity.clear();
    this.sessions.clear();
  }

  /** Notes that an entry of sessions was used just now. */
  private touchSession(sessionId: string): void {
    if (this.sessions.has(sessionId)) {
      this.sessionLastActivity.set(sessionId, Date.now());
    }
  }

  /** Lets go of the entries of sessions that went unused for too long. */
  private sweepSessions(): void {
    const now = Date.now();
    for (const sessionId of this.sessions.keys()) {
      const lastActivity = this.sessionLastActivity.get(sessionId);
      if (lastActivity === undefined) {
        // Not stamped yet: its time starts now.
        this.sessionLastActivity.set(sessionId, now);
      } else if (now - lastActivity >= SESSION_TTL_MS) {
        this.sessionLastActivity.delete(sessionId);
        this.sessions.delete(sessionId);
      }
    }
  }
}

declare function load(sessionId: string): Promise<Session>;

export const sessions = new Sessions();
