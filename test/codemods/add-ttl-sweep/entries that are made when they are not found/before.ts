export interface Session {
  count: number;
}

export class Sessions {
  private readonly sessions = new Map<string, Session>();

  open(sessionId: string): Session {
    let session = this.sessions.get(sessionId);
    if (!session) {
      session = { count: 0 };
      this.sessions.set(sessionId, session);
    } else {
      session.count += 1;
    }
    return session;
  }

  async fetch(sessionId: string): Promise<Session> {
    let session = this.sessions.get(sessionId);
    if (!session) {
      session = await load(sessionId);
      this.sessions.set(sessionId, session);
    }
    return session;
  }

  dispose(): void {
    this.sessions.clear();
  }
}

declare function load(sessionId: string): Promise<Session>;

export const sessions = new Sessions();
