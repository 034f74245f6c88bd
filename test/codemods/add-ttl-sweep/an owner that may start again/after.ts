import { createServer } from 'node:net';

/** How long an entry of scores may go unused. */
const SCORE_TTL_MS = 30 * 60 * 1000;
/** How often unused entries of scores are looked for. */
const SCORE_SWEEP_MS = 60 * 1000;

export class GameServer {
  private readonly scores = new Map<string, number>();
  private readonly scoreLastActivity = new Map<string, number>();
  private readonly server = createServer();
  private scoreSweep?: ReturnType<typeof setInterval>;

  start(port: number): void {
    clearInterval(this.scoreSweep);
    this.scoreSweep = setInterval(() => this.sweepScores(), SCORE_SWEEP_MS);
    this.scoreSweep.unref();
    this.server.listen(port);
  }

  win(playerId: string): void {
    this.scores.set(playerId, (this.scores.get(playerId) ?? 0) + 1);
    this.touchScore(playerId);
  }

  stop(): void {
    clearInterval(this.scoreSweep);
    this.server.close();
  }

  /** Notes that an entry of scores was used just now. */
  private touchScore(playerId: string): void {
    if (this.scores.has(playerId)) {
      this.scoreLastActivity.set(playerId, Date.now());
    }
  }

  /** Lets go of the entries of scores that went unused for too long. */
  private sweepScores(): void {
    const now = Date.now();
    for (const playerId of this.scores.keys()) {
      const lastActivity = this.scoreLastActivity.get(playerId);
      if (lastActivity === undefined) {
        // Not stamped yet: its time starts now.
        this.scoreLastActivity.set(playerId, now);
      } else if (now - lastActivity >= SCORE_TTL_MS) {
        this.scoreLastActivity.delete(playerId);
        this.scores.delete(playerId);
      }
    }
  }
}
