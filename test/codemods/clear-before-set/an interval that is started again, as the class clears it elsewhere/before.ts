export class Poller {
  private timer: NodeJS.Timeout | null = null;

  start(): void {
    this.log('started');
    // Every second is often enough.
    this.timer = setInterval(() => {
      this.poll();
    }, 1000);
  }

  stop(): void {
    if (this.timer) {
      clearInterval(this.timer);
      this.timer = null;
    }
  }

  private poll(): void {
    this.log('polled');
  }

  private log(message: string): void {
    console.log(message);
  }
}
