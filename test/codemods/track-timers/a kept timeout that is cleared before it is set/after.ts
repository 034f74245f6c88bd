export class Lobby {
  private idleTimeout: ReturnType<typeof setTimeout> | undefined;
  private readonly tick: ReturnType<typeof setInterval>;

  constructor(private readonly onIdle: () => void) {
    this.tick = setInterval(onIdle, 60_000);
  }

  touch(): void {
    clearTimeout(this.idleTimeout);
    this.idleTimeout = setTimeout(() => {
      this.onIdle();
    }, 30_000);
  }

  dispose(): void {
    clearTimeout(this.idleTimeout);
    clearInterval(this.tick);
  }
}
