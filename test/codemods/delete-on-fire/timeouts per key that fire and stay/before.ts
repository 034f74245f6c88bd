export class Presence {
  private readonly idleTimers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly markIdle: (userId: string) => Promise<void>) {}

  touch(userId: string): void {
    const existing = this.idleTimers.get(userId);
    if (existing) {
      clearTimeout(existing);
    }

    const timer = setTimeout(async () => {
      // Nobody was there.
      await this.markIdle(userId);
    }, 60_000);

    this.idleTimers.set(userId, timer);
  }

  stop(): void {
    for (const timer of this.idleTimers.values()) {
      clearTimeout(timer);
    }
    this.idleTimers.clear();
  }
}
