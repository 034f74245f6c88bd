export class Dashboard {
  private refreshTimer: ReturnType<typeof setInterval> | null = null;
  private paintInterval: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly refresh: () => void) {
    this.refreshTimer = setInterval(this.refresh, 5_000);
    this.paintInterval = setInterval(() => this.paint(), 1_000);
  }

  paint(): void {
    console.log('painted');
  }

  destroy(): void {
    if (this.paintInterval) {
      clearInterval(this.paintInterval);
      this.paintInterval = null;
    }
    if (this.refreshTimer) {
      clearInterval(this.refreshTimer);
      this.refreshTimer = null;
    }
  }
}
