const WINDOW_MS = 60_000;
/** How often unused entries of hits are looked for. */
const HIT_SWEEP_MS = 60 * 1000;

export class SocketRateLimiter {
  private readonly hits = new Map<string, { count: number; startedAt: number }>();
  private readonly hitSweep: ReturnType<typeof setInterval>;

  constructor() {
    this.hitSweep = setInterval(() => this.sweepHits(), HIT_SWEEP_MS);
    this.hitSweep.unref?.();
  }

  allows(ip: string): boolean {
    const hit = this.hits.get(ip);
    if (!hit || Date.now() - hit.startedAt > WINDOW_MS) {
      this.hits.set(ip, { count: 1, startedAt: Date.now() });
      return true;
    }
    hit.count += 1;
    return hit.count <= 100;
  }

  /** Stops the sweep of hits; call it when the object is no longer used. */
  stopHitSweep(): void {
    clearInterval(this.hitSweep);
  }

  /** Lets go of the entries of hits that are out of date. */
  private sweepHits(): void {
    const now = Date.now();
    for (const [ip, hit] of this.hits) {
      if (now - hit.startedAt > WINDOW_MS) {
        this.hits.delete(ip);
      }
    }
  }
}
