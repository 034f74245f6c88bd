export class Dashboard {
  private refreshTimer: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly refresh: () => void) {
    this.refreshTimer = setInterval(this.refresh, 5_000);
    setInterval(() => this.paint(), 1_000);
  }

  paint(): void {
    console.log('painted');
  }

  destroy(): void {
    if (this.refreshTimer) {
      clearInterval(this.refreshTimer);
      this.refreshTimer = null;
    }
  }
}
