export class Reporter {
  private isStopped = false;

  constructor(private readonly send: (text: string) => Promise<void>) {
    const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
    signals.forEach((signal) => {
      process.once(signal, async () => {
        await this.send(signal);
      });
    });
  }

  dispose(): void {
    this.isStopped = true;
  }
}
