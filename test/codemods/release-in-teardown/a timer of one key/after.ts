export class Sessions {
  private readonly names = new Map<string, string>();
  private readonly sizes = new Map<string, number>();
  private readonly saveTimers = new Map<string, NodeJS.Timeout>();
  private readonly sendTimers = new Map<string, NodeJS.Timeout>();

  touch(session: { id: string; name: string; size: number }) {
    this.names.set(session.id, session.name);
    this.sizes.set(session.id, session.size);
    clearTimeout(this.saveTimers.get(session.id));
    this.saveTimers.set(session.id, setTimeout(() => this.save(session.id), 60_000));
    clearTimeout(this.sendTimers.get(session.id));
    this.sendTimers.set(session.id, setTimeout(() => this.send(session.id), 60_000));
  }

  private save(sessionId: string) {
    this.saveTimers.delete(sessionId);
  }

  private send(sessionId: string) {
    this.sendTimers.delete(sessionId);
  }

  cleanupSession(sessionId: string) {
    clearTimeout(this.saveTimers.get(sessionId));
    this.saveTimers.delete(sessionId);
    clearTimeout(this.sendTimers.get(sessionId));
    this.sendTimers.delete(sessionId);
    this.names.delete(sessionId);
    this.sizes.delete(sessionId);
  }
}
