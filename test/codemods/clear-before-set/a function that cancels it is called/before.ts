export class Indicator {
  #refreshTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly show: () => void) {}

  startRefreshing(everyMs: number): void {
    this.#refreshTimer = setInterval(() => this.show(), everyMs);
  }

  dispose(): void {
    this.stopRefreshing();
  }

  stopRefreshing(): void {
    if (this.#refreshTimer !== undefined) {
      clearInterval(this.#refreshTimer);
      this.#refreshTimer = undefined;
    }
  }
}
