import type { Channel, Message } from './types.js';

const RETRY_MS = 20_000;

export class Outbox {
  private readonly channel: Channel;

  constructor(channel: Channel) {
    this.channel = channel;
  }

  send(message: Message): void {
    if (!this.channel.trySend(message)) {
      setTimeout(() => this.send(message), RETRY_MS);
    }
  }

  announce(message: Message): void {
    setTimeout(announceLater, RETRY_MS);

    function announceLater(): void {
      console.log('announced', message);
    }
  }

  close(): void {
    this.channel.close();
  }
}
