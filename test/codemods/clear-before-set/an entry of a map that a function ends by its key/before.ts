export class Streams {
  private readonly keepAlives = new Map<string, NodeJS.Timeout>();

  resume(streamId: string, write: (text: string) => void): void {
    this.keepAlives.set(streamId, setInterval(() => write(': still here'), 15_000).unref());
  }

  close(): void {
    for (const streamId of this.keepAlives.keys()) this.stopKeepAlive(streamId);
  }

  end(streamId: string): void {
    this.stopKeepAlive(streamId);
    console.log(streamId);
  }

  private stopKeepAlive(id: string): void {
    const timer = this.keepAlives.get(id);
    if (timer) {
      clearInterval(timer);
      this.keepAlives.delete(id);
    }
  }
}
