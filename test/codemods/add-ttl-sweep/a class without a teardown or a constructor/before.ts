const WINDOW_MS = 60_000;

export class SocketRateLimiter {
  private readonly hits = new Map<string, { count: number; startedAt: number }>();

  allows(ip: string): boolean {
    const hit = this.hits.get(ip);
    if (!hit || Date.now() - hit.startedAt > WINDOW_MS) {
      this.hits.set(ip, { count: 1, startedAt: Date.now() });
      return true;
    }
    hit.count += 1;
    return hit.count <= 100;
  }
}
