export class Board {
  private tasks: Map<string, object> = new Map();
  private taskTimeouts = new Map<string, ReturnType<typeof setTimeout>>();

  start(id: string): void {
    this.tasks.set(id, {});
  }

  retry(id: string): void {
    clearTimeout(this.taskTimeouts.get(id));
    const timeout = setTimeout(() => {
      if (this.taskTimeouts.get(id) === timeout) {
        this.taskTimeouts.delete(id);
      }
      this.tasks.delete(id);
    }, 5000);
    this.taskTimeouts.set(id, timeout);
  }

  finish(id: string): void {
    clearTimeout(this.taskTimeouts.get(id));
    this.taskTimeouts.delete(id);
    this.tasks.delete(id);
  }

  reset(): void {
    for (const timeout of this.taskTimeouts.values()) {
      clearTimeout(timeout);
    }
    this.taskTimeouts.clear();
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
