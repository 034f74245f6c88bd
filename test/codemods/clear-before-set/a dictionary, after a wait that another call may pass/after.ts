export class Reminders {
  private timers: Record<string, ReturnType<typeof setInterval>> = {};

  constructor(private readonly ask: (id: string) => Promise<number>, private readonly remind: (id: string) => void) {}

  async remindOf(id: string): Promise<void> {
    const everyMs = await this.ask(id);
    clearInterval(this.timers[id]);
    this.timers[id] = setInterval(() => this.remind(id), everyMs);
  }

  forget(id: string): void {
    clearInterval(this.timers[id]);
    delete this.timers[id];
  }
}
