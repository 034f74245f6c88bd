export class Presence {
  private pingTimer: ReturnType<typeof setInterval> | undefined;
  private readonly online = new Set<string>();
  private reportInterval: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly ping: () => void) {
    this.pingTimer = setInterval(this.ping, 5_000);
    this.reportInterval = setInterval(() => {
      this.report();
    }, 60_000);
  }

  report(): void {
    console.log(this.online.size);
  }

  destroy(): void {
    clearInterval(this.reportInterval);
    this.reportInterval = undefined;
    clearInterval(this.pingTimer);
    this.pingTimer = undefined;
    this.online.clear();
  }
}
