import { Emitter } from './emitter.js';

export class Heartbeat extends Emitter {
  static make() {
    return new Heartbeat();
  }

  public interval = 5000;

  public async init(): Promise<void> {
    await this.start();
  }

  private async start(): Promise<void> {
    setInterval(() => this.pulse(), this.interval);
  }

  private pulse() {
    this.emit('pulse');
  }
}
