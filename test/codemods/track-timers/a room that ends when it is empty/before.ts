export class Room {
  private emptyTimeout?: NodeJS.Timeout;
  private tick?: NodeJS.Timeout;
  private readonly members = new Set<string>();

  constructor(private readonly onEmpty: () => void) {
    this.tick = setInterval(() => console.log(this.members.size), 1000);
  }

  leave(name: string): void {
    this.members.delete(name);
    clearTimeout(this.emptyTimeout);
    this.emptyTimeout = setTimeout(() => {
      this.emptyTimeout = undefined;
      this.disposeIfEmpty();
    }, 30_000);
  }

  disposeIfEmpty(): void {
    const isOver = this.emptyTimeout === undefined && this.members.size === 0;
    if (isOver) this.onEmpty();
  }

  dispose(): void {
    clearInterval(this.tick);
    this.tick = undefined;
  }

  close(): void {
    this.disposeIfEmpty();
  }
}
