import { createServer } from 'node:net';

export class GameServer {
  private readonly scores = new Map<string, number>();
  private readonly server = createServer();

  start(port: number): void {
    this.server.listen(port);
  }

  win(playerId: string): void {
    this.scores.set(playerId, (this.scores.get(playerId) ?? 0) + 1);
  }

  stop(): void {
    this.server.close();
  }
}
