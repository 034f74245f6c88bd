export class Board {
  private tasks: Map<string, object> = new Map();

  start(id: string): void {
    this.tasks.set(id, {});
  }

  retry(id: string): void {
    setTimeout(() => {
      this.tasks.delete(id);
    }, 5000);
  }

  finish(id: string): void {
    this.tasks.delete(id);
  }

  reset(): void {
    this.tasks.clear();
  }
}

let board: Board | undefined;

export function getBoard(): Board {
  board ??= new Board();
  return board;
}

export function resetBoard(): void {
  if (board) {
    board.reset();
  }
}
