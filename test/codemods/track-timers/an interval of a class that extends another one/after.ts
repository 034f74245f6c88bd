import { Emitter } from './emitter.js';

export class Heartbeat extends Emitter {
  static make() {
    return new Heartbeat();
  }

  public interval = 5000;
  private pulseInterval?: ReturnType<typeof setInterval>;

  public async init(): Promise<void> {
    await this.start();
  }

  private async start(): Promise<void> {
    clearInterval(this.pulseInterval);
    this.pulseInterval = setInterval(() => this.pulse(), this.interval);
  }

  private pulse() {
    this.emit('pulse');
  }

  public clearPulseInterval(): void {
    clearInterval(this.pulseInterval);
  }
}
