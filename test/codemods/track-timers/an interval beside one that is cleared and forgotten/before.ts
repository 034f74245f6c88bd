export class Presence {
  private pingTimer: ReturnType<typeof setInterval> | undefined;
  private readonly online = new Set<string>();

  constructor(private readonly ping: () => void) {
    this.pingTimer = setInterval(this.ping, 5_000);
    setInterval(() => {
      this.report();
    }, 60_000);
  }

  report(): void {
    console.log(this.online.size);
  }

  destroy(): void {
    clearInterval(this.pingTimer);
    this.pingTimer = undefined;
    this.online.clear();
  }
}
