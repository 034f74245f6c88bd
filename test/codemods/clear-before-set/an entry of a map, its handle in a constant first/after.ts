export class Streams {
  private readonly keepAlives = new Map<string, ReturnType<typeof setInterval>>();

  resume(streamId: string, write: (text: string) => void): void {
    if (streamId === '') return;
    clearInterval(this.keepAlives.get(streamId));
    const timer = setInterval(() => {
      write(': still here');
    }, 15_000);
    this.keepAlives.set(streamId, timer);
  }

  close(): void {
    for (const timer of this.keepAlives.values()) clearInterval(timer);
    this.keepAlives.clear();
  }

  end(streamId: string): void {
    clearInterval(this.keepAlives.get(streamId));
    this.keepAlives.delete(streamId);
    console.log(streamId);
  }
}
