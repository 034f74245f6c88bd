export class Reporter {
  private isStopped = false;
  private readonly removeListeners: (() => void)[] = [];

  constructor(private readonly send: (text: string) => Promise<void>) {
    const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];
    signals.forEach((signal) => {
      const onSignal = async () => {
        await this.send(signal);
      };
      process.once(signal, onSignal);
      this.removeListeners.push(() => process.off(signal, onSignal));
    });
  }

  dispose(): void {
    this.isStopped = true;
    for (const removeListener of this.removeListeners.splice(0)) {
      removeListener();
    }
  }
}
