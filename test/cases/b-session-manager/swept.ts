import { randomUUID } from 'node:crypto';

import type { AnswerModel, RouteRequest, RouteResult, Routes, Turn } from './types.js';

const MAX_TURNS_PER_REQUEST = 20;
/** How long an entry of sessions may go unused. */
const SESSION_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of sessions are looked for. */
const SESSION_SWEEP_MS = 60 * 1000;

class HelpSession {
  readonly id = randomUUID();
  readonly customerId: string;
  readonly cancellation = new AbortController();
  readonly history: Turn[] = [];
  answering = false;

  constructor(customerId: string) {
    this.customerId = customerId;
  }

  remember(speaker: Turn['speaker'], text: string): void {
    this.history.push({ speaker, text, at: Date.now() });
  }
}

/** The part of a conversation that fits into one request to the model. */
function truncatedHistory(session: HelpSession): Turn[] {
  return session.history.slice(-MAX_TURNS_PER_REQUEST);
}

/** Keeps the conversations of the help desk, one for each session. */
export class SessionManager {
  private readonly sessions = new Map<string, HelpSession>();
  private readonly sessionLastActivity = new Map<string, number>();
  private readonly model: AnswerModel;
  private readonly sessionSweep: ReturnType<typeof setInterval>;

  constructor(model: AnswerModel) {
    this.model = model;
    this.sessionSweep = setInterval(() => this.sweepSessions(), SESSION_SWEEP_MS);
    this.sessionSweep.unref();
  }

  openSession(customerId: string): string {
    const session = new HelpSession(customerId);
    this.sessions.set(session.id, session);
    this.touchSession(session.id);
    return session.id;
  }

  isAnswering(sessionId: string): boolean {
    return this.sessions.get(sessionId)?.answering ?? false;
  }

  belongsTo(sessionId: string, customerId: string): boolean {
    return this.sessions.get(sessionId)?.customerId === customerId;
  }

  async ask(sessionId: string, question: string): Promise<string> {
    const session = this.requireSession(sessionId);
    session.remember('customer', question);
    session.answering = true;
    try {
      const turns = truncatedHistory(session);
      const answer = await this.model.answer(turns, session.cancellation.signal);
      session.remember('assistant', answer);
      return answer;
    } finally {
      session.answering = false;
    }
  }

  /** A colleague steps in; the assistant sees the note with the next question. */
  addNote(sessionId: string, text: string): number {
    const session = this.requireSession(sessionId);
    session.history.push({ speaker: 'colleague', text, at: Date.now() });
    return session.history.length;
  }

  deleteSession(sessionId: string): boolean {
    const session = this.sessions.get(sessionId);
    if (session === undefined) {
      return false;
    }
    session.cancellation.abort();
    this.sessionLastActivity.delete(sessionId);
    return this.sessions.delete(sessionId);
  }

  shutdownAll(): void {
    clearInterval(this.sessionSweep);
    for (const sessionId of [...this.sessions.keys()]) {
      this.deleteSession(sessionId);
    }
  }

  private requireSession(sessionId: string): HelpSession {
    const session = this.sessions.get(sessionId);
    this.touchSession(sessionId);
    if (session === undefined) {
      throw new Error(`No help session ${sessionId}`);
    }
    return session;
  }

  /** Notes that an entry of sessions was used just now. */
  private touchSession(sessionId: string): void {
    if (this.sessions.has(sessionId)) {
      this.sessionLastActivity.set(sessionId, Date.now());
    }
  }

  /** Ends the entries of sessions that went unused for too long. */
  private sweepSessions(): void {
    const now = Date.now();
    for (const [sessionId, session] of this.sessions) {
      const lastActivity = this.sessionLastActivity.get(sessionId);
      if (lastActivity === undefined || session.answering) {
        // Not stamped yet, or at work: its time starts now.
        this.sessionLastActivity.set(sessionId, now);
      } else if (now - lastActivity >= SESSION_TTL_MS) {
        try {
          this.deleteSession(sessionId);
        } catch (error) {
          console.error('sweepSessions: deleteSession failed', error);
        }
      }
    }
  }
}

function handleDelete(manager: SessionManager, request: RouteRequest): RouteResult {
  if (!manager.belongsTo(request.sessionId, request.customerId)) {
    return { status: 404 };
  }
  manager.deleteSession(request.sessionId);
  return { status: 204 };
}

/** Adds the help desk to a server, which calls `shutdownAll()` when it stops. */
export function addHelpDesk(routes: Routes, model: AnswerModel): SessionManager {
  const manager = new SessionManager(model);

  routes.post('/help', ({ customerId }) => {
    return { status: 201, body: { sessionId: manager.openSession(customerId) } };
  });
  routes.post('/help/:sessionId/questions', async ({ sessionId, customerId, text }) => {
    if (!manager.belongsTo(sessionId, customerId)) {
      return { status: 404 };
    }
    if (manager.isAnswering(sessionId)) {
      return { status: 409, body: { error: 'The last question is still being answered.' } };
    }
    return { status: 200, body: { answer: await manager.ask(sessionId, text) } };
  });
  routes.post('/help/:sessionId/notes', ({ sessionId, text }) => {
    return { status: 201, body: { turns: manager.addNote(sessionId, text) } };
  });
  routes.delete('/help/:sessionId', (request) => handleDelete(manager, request));

  return manager;
}
