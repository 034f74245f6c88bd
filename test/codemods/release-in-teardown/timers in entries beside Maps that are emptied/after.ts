interface Waiting {
  timer: ReturnType<typeof setTimeout>;
  since: number;
}

export class Calls {
  private readonly waiting = new Map<number, Waiting>();
  private readonly handlers = new Map<number, () => void>();
  private readonly progress = new Map<number, () => void>();

  call(id: number, done: () => void): void {
    this.handlers.set(id, done);
    this.progress.set(id, done);
    this.waiting.set(id, { timer: setTimeout(() => this.cancel(id), 60_000), since: Date.now() });
  }

  cancel(id: number): void {
    clearTimeout(this.waiting.get(id)?.timer);
    this.waiting.delete(id);
    this.handlers.delete(id);
    this.progress.delete(id);
  }

  close(): void {
    for (const entry of this.waiting.values()) {
      clearTimeout(entry.timer);
    }
    this.waiting.clear();
    this.handlers.clear();
    this.progress.clear();
  }
}
