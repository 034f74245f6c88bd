export class Respawns {
  private readonly respawns = new Map<string, { readonly timer: NodeJS.Timeout; readonly endAt: number }>();

  constructor(private readonly respawn: (id: string) => void) {}

  schedule(id: string, delayMs: number): void {
    this.cancel(id);
    const timer = setTimeout(() => {
      this.respawns.delete(id);
      this.respawn(id);
    }, delayMs);
    this.respawns.set(id, { timer, endAt: Date.now() + delayMs });
  }

  cancel(id: string): void {
    const known = this.respawns.get(id);
    if (known) {
      clearTimeout(known.timer);
      this.respawns.delete(id);
    }
  }

  stop(): void {
    // Nothing may come back.
    this.respawns.clear();
  }
}
