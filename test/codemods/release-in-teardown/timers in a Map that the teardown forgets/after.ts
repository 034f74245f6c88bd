export class Debouncer {
  private readonly savers = new Map<string, NodeJS.Timeout>();
  private readonly senders = new Map<string, NodeJS.Timeout>();

  touch(id: string) {
    clearTimeout(this.savers.get(id));
    this.savers.set(id, setTimeout(() => this.save(id), 60_000));
    clearTimeout(this.senders.get(id));
    this.senders.set(id, setTimeout(() => this.send(id), 60_000));
  }

  private save(id: string) {
    this.savers.delete(id);
  }

  private send(id: string) {
    this.senders.delete(id);
  }

  close() {
    for (const timer of this.savers.values()) {
      clearTimeout(timer);
    }
    this.savers.clear();
    for (const timeout of this.senders.values()) {
      clearTimeout(timeout);
    }
    this.senders.clear();
  }
}
