export interface Game {
  readonly id: string;
  players: string[];
}

export class Lobby {
  private games: Record<string, Game> = {};

  open(game: Game): void {
    this.games[game.id] = game;
    setTimeout(() => this.end(game.id), 3_600_000);
  }

  end(gameId: string): void {
    console.log('over:', gameId);
    delete this.games[gameId];
  }

  leave(gameId: string, player: string): void {
    const game = this.games[gameId];
    if (!game) return;
    game.players = game.players.filter((one) => one !== player);
    if (game.players.length === 0) {
      delete this.games[gameId];
    }
  }
}
