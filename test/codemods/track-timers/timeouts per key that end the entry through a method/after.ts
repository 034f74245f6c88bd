export interface Game {
  readonly id: string;
  players: string[];
}

export class Lobby {
  private games: Record<string, Game> = {};
  private gameTimeouts = new Map<string, ReturnType<typeof setTimeout>>();

  open(game: Game): void {
    this.games[game.id] = game;
    clearTimeout(this.gameTimeouts.get(game.id));
    const timeout = setTimeout(() => {
      if (this.gameTimeouts.get(game.id) === timeout) {
        this.gameTimeouts.delete(game.id);
      }
      this.end(game.id);
    }, 3_600_000);
    this.gameTimeouts.set(game.id, timeout);
  }

  end(gameId: string): void {
    console.log('over:', gameId);
    clearTimeout(this.gameTimeouts.get(gameId));
    this.gameTimeouts.delete(gameId);
    delete this.games[gameId];
  }

  leave(gameId: string, player: string): void {
    const game = this.games[gameId];
    if (!game) return;
    game.players = game.players.filter((one) => one !== player);
    if (game.players.length === 0) {
      clearTimeout(this.gameTimeouts.get(gameId));
      this.gameTimeouts.delete(gameId);
      delete this.games[gameId];
    }
  }
}
